"""Grade classes made at random: everybody right, everybody with one mistake, and all exchanged.

    python benchmarks/classes.py [--students 200] [--seed 1] [--keep FOLDER] [--show N]

Each student has numbers of their own, drawn as `sheetprop build --roster` draws them, and solves
the exercise in a layout, spellings and equivalent formulas drawn anew. Three classes are graded:

right      everybody has full marks, and the numbers are said to be their own
wrong      everybody makes one mistake of the catalogue: it is named, and it costs what the rubric
           says its quantities are worth, no more and no less
exchanged  everybody hands in what the next in the roster solved: it is said whose numbers these are
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from handmade.handed_in import KINDS, Handed, Outcome, handed, outcome_of  # noqa: E402

import sheetprop  # noqa: E402


def main() -> None:
    """Make the classes, grade them, print what is not as it should be."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        failed = sum(not one.is_right for kind in KINDS for one in _class(kind, options, folder))
    sys.exit(bool(failed))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=None)
    parser.add_argument("--show", type=int, default=20, metavar="N", help="print N failures")
    parser.add_argument("--keep", type=Path, help="folder in which all is left")
    return parser.parse_args()


def _class(kind: str, options: argparse.Namespace, folder: Path) -> Sequence[Outcome]:
    works = made(kind, options.seed, options.students, folder / kind, options.jobs)
    start = time.perf_counter()
    outcomes = list(graded(kind, options.seed, works, folder / kind))
    seconds = time.perf_counter() - start
    wrong = [one for one in outcomes if not one.is_right]
    print(f"{kind}: {len(works)} students graded in {seconds:.0f} s, {len(wrong)} not as they are")
    for measure, count in Counter(m for one in wrong for m in one.failures).most_common():
        print(f"  {measure}: {count}")
    for one in wrong[: options.show]:
        print(f"  {one.student}: {'; '.join(one.failures.values())}")
    return outcomes


def made(kind: str, seed: int, count: int, folder: Path, jobs: int | None = 1) -> list[Handed]:
    """Write a roster and what everybody in it hands in; return what is in each file."""
    (folder / "in").mkdir(parents=True)
    names = [f"s{number:04}" for number in range(count)]
    roster = "".join(f"{name},Student {name[1:]}\n" for name in names)
    (folder / "class.csv").write_text(f"id,name\n{roster}", encoding="ascii")
    one = partial(handed, kind, seed, names, folder / "in")
    if jobs == 1:
        return list(map(one, names))
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(one, names, chunksize=4))


def graded(kind: str, seed: int, works: Sequence[Handed], folder: Path) -> Iterator[Outcome]:
    """Grade a class as a teacher does, and yield for each student what came out."""
    roster, given, out = folder / "class.csv", folder / "in", folder / "out"
    book = sheetprop.grade(given, roster=roster, seed=seed, output=out, copies=False)
    for work, grade in zip(works, book.grades, strict=True):
        yield outcome_of(kind, work, grade)


if __name__ == "__main__":
    main()
