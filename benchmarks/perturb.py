"""Change right workbooks, one cell at a time or so that nothing changes, and check them.

    python benchmarks/perturb.py [--wrong 500] [--same 200] [--seed 1] [--corpus FOLDER] [--show 20]

Right workbooks are those of a folder of real ones (SHEETPROP_CORPUS) that its list and `check` both
call right, and random layouts. Of those with a cell changed, each must be found in that cell; those
written otherwise must stay `correct`. Each has a name such as ``wrong:1:17``; `--case` makes that
one again and tells all that is said of it, `--save` writes it to a file.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from perturbing.alike import ALIKE  # noqa: E402
from perturbing.around import AROUND  # noqa: E402
from perturbing.beside import BESIDE  # noqa: E402
from perturbing.changes import KINDS, MORE, Change, drawn_change  # noqa: E402
from perturbing.files import LOOKS, Finish, by_openpyxl, drawn_look  # noqa: E402
from perturbing.judged import (  # noqa: E402
    Outcome,
    checked,
    drawn_file_kind,
    judge_change,
    judge_sameness,
    without_values,
)
from perturbing.samenesses import SAMENESSES, Way, written_otherwise  # noqa: E402
from perturbing.sources import (  # noqa: E402
    Source,
    changed,
    corpus_sources,
    is_calculable,
    random_source,
    without_charts,
)
from perturbing.whatif import WhatIf  # noqa: E402

from sheetprop.workbooks.sheet import Workbook  # noqa: E402

BATCH = 10
"""Workbooks made of one source: opening it is most of the work."""
MOST_TRIES = 60
ONLY = "PERTURB_ONLY"
"""Where the processes find the kinds that were asked for."""
T = TypeVar("T")


def main() -> None:
    """Make the workbooks, check them, and print what came out."""
    options = _options()
    if options.corpus:
        os.environ["SHEETPROP_CORPUS"] = str(options.corpus)
    os.environ[ONLY] = ",".join(options.only)
    if options.case:
        _show_case(options.case, options.save)
        return
    more = "more-" if options.more else ""
    names = [f"{more}wrong:{options.seed}:{k}" for k in range(options.wrong)]
    names += [f"{more}same:{options.seed}:{k}" for k in range(options.same)]
    start = time.perf_counter()
    with ProcessPoolExecutor(options.jobs) as pool:
        outcomes = list(_shown(pool.map(outcome_of, names, chunksize=BATCH), options.show))
    for kind in ("wrong", "same"):
        _print_results(kind, [one for one in outcomes if kind in one.name])
    print(f"{len(outcomes)} workbooks in {time.perf_counter() - start:.0f} s")


def _shown(outcomes: Iterable[Outcome], most: int) -> Iterator[Outcome]:
    """Pass outcomes on, and print the first that are not as they should be."""
    for outcome in outcomes:
        if most > 0 and not all(outcome.marks.values()):
            most -= 1
            _print_outcome(outcome)
        yield outcome


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--wrong", type=int, default=500)
    parser.add_argument("--same", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--more", action="store_true", help="the kinds of changes added later")
    parser.add_argument("--only", nargs="+", default=[], metavar="KIND", help="these kinds alone")
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="real workbooks")
    parser.add_argument("--show", type=int, default=20, metavar="N", help="print N failures")
    parser.add_argument("--jobs", type=int, default=None)
    parser.add_argument("--case", metavar="NAME", help="make and show one workbook again")
    parser.add_argument("--save", type=Path, metavar="PATH", help="write it to a file")
    return parser.parse_args()


@cache
def _corpus(folder: str) -> tuple[Source, ...]:
    found = corpus_sources(Path(folder))
    return tuple(one for one in found if is_calculable(one))


@cache
def _source(batch: str) -> Source:
    """Return the source of a batch: a real workbook in half of them, where there are any."""
    draw = Random(batch)
    folder = os.environ.get("SHEETPROP_CORPUS")
    if folder and draw.random() < 0.5:
        return draw.choice(_corpus(folder))
    for number in range(MOST_TRIES):
        source = random_source(f"{batch}:{number}")
        if source is not None and is_calculable(source):
            return source
    raise RuntimeError(f"no right workbook was made for {batch}")


@cache
def _whatif(batch: str) -> WhatIf:
    for older in (_source, _whatif):
        if older.cache_info().currsize > 4:
            older.cache_clear()
    return WhatIf(_source(batch))


@dataclass(frozen=True)
class Made:
    """A workbook to check: how it is handed over, what it was made of, and what was done to it."""

    workbook: Workbook
    file_kind: str
    source: Source
    what: Change | str
    finish: Finish | None = None


def made(name: str) -> Made:
    """Return the workbook of a name, the same one every time."""
    kind, seed, number = name.split(":")
    batch = f"{seed}:{int(number) // BATCH}"
    draw = Random(name)
    whatif, file_kind = _whatif(batch), drawn_file_kind(draw)
    if kind.endswith("same"):
        ways = ALIKE | BESIDE | AROUND if kind.startswith("more") else SAMENESSES
        return _made_same(whatif.source, file_kind, draw, _only(ways))
    rewrites = _only(dict.fromkeys(MORE if kind.startswith("more") else KINDS, None))
    for _ in range(MOST_TRIES):
        change = drawn_change(whatif.source, whatif, draw, rewrites)
        if change is not None:
            workbook = _with_change(whatif, change, file_kind)
            return Made(without_charts(workbook), file_kind, whatif.source, change)
    raise RuntimeError(f"nothing could be changed for {name}")


def _only(kinds: Mapping[str, T]) -> Mapping[str, T]:
    """Return the kinds that were asked for, all where none was."""
    asked = os.environ.get(ONLY, "").split(",")
    return {name: kinds[name] for name in asked if name in kinds} or kinds


def _made_same(source: Source, file_kind: str, draw: Random, ways: Mapping[str, Way]) -> Made:
    what, other = written_otherwise(source, draw, ways)
    finish = None
    if file_kind == "file":
        look, finish = drawn_look(other, draw)
        what = f"{what} + {look}"
    elif file_kind == "formulas":
        other = replace(other, workbook=without_values(other.workbook))
    return Made(without_charts(other.workbook), file_kind, source, what, finish)


def _with_change(whatif: WhatIf, change: Change, file_kind: str) -> Workbook:
    workbook = changed(whatif.source.workbook, change.cells)
    if file_kind != "values":
        return without_values(workbook)
    whatif.plain.set(change.cells)
    workbook = whatif.plain.with_values(workbook)
    whatif.plain.set({place: whatif.source.cell(place) for place in change.cells})  # type: ignore[misc]
    return workbook


def outcome_of(name: str) -> Outcome:
    """Make a workbook, check it, and measure what came out."""
    try:
        case = made(name)
        kind, text = (
            (case.what.kind, case.what.text) if isinstance(case.what, Change) else (case.what, "")
        )
        outcome = Outcome(
            name, kind, case.file_kind, f"{case.source.name} {case.source.kind} {text}"
        )
        report = checked(case.workbook, case.file_kind, finish=case.finish)
        if isinstance(case.what, Change):
            judge_change(outcome, case.what, report)
        else:
            judge_sameness(outcome, report)
    except Exception:
        outcome = Outcome(name, "crash", "", traceback.format_exc(limit=-4), {"no crash": False})
    return outcome


def _print_results(kind: str, outcomes: list[Outcome]) -> None:
    if not outcomes:
        return
    print(f"\n{kind}: {len(outcomes)} workbooks")
    for measure in dict.fromkeys(m for one in outcomes for m in one.marks):
        seen = [one.marks[measure] for one in outcomes if measure in one.marks]
        print(f"  {measure:14} {sum(seen) / len(seen):8.2%}   {seen.count(False)} failed")
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        for part in one.kind.split(" + "):
            by_kind[part].append(one)
    for name, those in sorted(by_kind.items()):
        failed = Counter(m for one in those for m, is_right in one.marks.items() if not is_right)
        print(f"    {name:24} {len(those):4}   {dict(failed) or ''}")


def _print_outcome(outcome: Outcome) -> None:
    failed = [measure for measure, is_right in outcome.marks.items() if not is_right]
    print(f"\n--- {outcome.name} {outcome.kind}, {outcome.file_kind}: not {', '.join(failed)}")
    for line in (outcome.text, *outcome.said):
        print(f"  {line}", flush=True)


def _show_case(name: str, path: Path | None) -> None:
    if path is not None:
        case = made(name)
        by_openpyxl(case.workbook, path, case.finish)
    _print_outcome(outcome_of(name))


__all__ = ["KINDS", "LOOKS", "SAMENESSES", "made", "main", "outcome_of"]

if __name__ == "__main__":
    main()
