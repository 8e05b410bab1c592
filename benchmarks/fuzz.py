"""Check hostile and damaged workbooks by the thousand in one call: each answered, none changed.

    python benchmarks/fuzz.py [--files 2000] [--seed 1] [--keep FOLDER] [FOLDER…]

Of the files, two in ten are ordinary workbooks (of the folders, or made here), two are such with
one to four kinds of damage, three are made to do harm, and three are put together by chance. All
are given to the workers in one call, some with marks, pictures or a marked copy. Counted is what
must not happen: no clear verdict, a bug, more than ten seconds of processor time (of a worksheet
that takes more than a mebibyte: three more than it is allowed), an answer to another file or none,
and an ordinary file whose answer is not what it is alone. The memory of the parent is told as well.
File ``17`` of a seed is the same in every run; `--keep` saves the files that failed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from fuzzing import making  # noqa: E402

from sheetprop.checking.report import VERDICTS  # noqa: E402
from sheetprop.reports import FORMATS  # noqa: E402
from sheetprop.reports.look import Look  # noqa: E402
from sheetprop.workers.limits import USUAL, limits_for  # noqa: E402
from sheetprop.workers.pool import answers  # noqa: E402
from sheetprop.workers.task import Answer, Task  # noqa: E402

SECONDS_BESIDES = 3
"""Beyond those that a file is allowed, 7 for one that is not large: to read it and to answer."""

MOST_MEMORY = 300
"""MiB that the process may take that gives the files to the workers."""

SUFFIXES = making.SUFFIXES
WITH_REASON = ("unreadable", "not-recognised")


def main() -> None:
    """Make the files, check them, print what failed and a summary."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = _made(options, folder)
        alone = _alone(files, folder)
        start = time.perf_counter()
        outcomes = list(_outcomes(files, alone, folder))
        seconds = time.perf_counter() - start
        _keep(outcomes, options.keep)
        left = sorted(path.name for path in folder.rglob(".sheetprop-*"))
    _summary(outcomes, seconds, left)
    sys.exit(any(outcome.problem for outcome in outcomes) or bool(left))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the files that failed")
    return parser.parse_args()


def _made(options: argparse.Namespace, folder: Path) -> list[Path]:
    """Write all files, in other processes: what they need stays out of this one's memory."""
    numbers = range(options.first, options.first + options.files)
    kinds = [making.kind_of(options.seed, number) for number in numbers]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        (folder / "sources").mkdir()
        sources = pool.submit(making.made_here, folder / "sources").result()
        for given in options.folders:
            sources += sorted(path for path in given.rglob("*") if path.suffix in SUFFIXES)
        (folder / "files").mkdir()
        one = partial(making.made, options.seed)
        more = (repeat(sources), repeat(folder / "files"))
        return list(pool.map(one, numbers, kinds, *more, chunksize=8))


def _tasks(files: Sequence[Path], folder: Path) -> list[Task]:
    """Return a task for each file: all formats, and a marked copy of each third."""
    forms = [*FORMATS.values()]
    (folder / "copies").mkdir(exist_ok=True)
    return [
        Task(
            name=path.name,
            number=1,
            form=forms[index % len(forms)],
            look=Look(),
            path=path,
            copy=None if index % 3 else folder / "copies" / f"{index}.xlsx",
        )
        for index, path in enumerate(files)
    ]


def _is_ordinary(path: Path) -> bool:
    return f"-{making.ORDINARY}." in path.name


def _alone(files: Sequence[Path], folder: Path) -> dict[str, Answer]:
    """Return the answers to the ordinary files, in a call without the others."""
    tasks = [t for t, path in zip(_tasks(files, folder), files, strict=True) if _is_ordinary(path)]
    return {task.name: found for task, found in zip(tasks, answers(tasks), strict=True)}


@dataclass(frozen=True)
class Outcome:
    """What became of one file: a verdict, seconds of processor time, and what must not be."""

    path: Path
    verdict: str
    seconds: float
    problem: str = ""


def _outcomes(files: Sequence[Path], alone: dict[str, Answer], folder: Path) -> Iterator[Outcome]:
    tasks = _tasks(files, folder)
    for index, (path, task, found) in enumerate(zip(files, tasks, answers(tasks), strict=True), 1):
        outcome = Outcome(
            path,
            found.report.verdict,
            found.processor,
            _problem(task, found, alone.get(task.name)),
        )
        if outcome.problem:
            print(f"{path.name}: {outcome.verdict}: {outcome.problem}", flush=True)
        elif index % 500 == 0:
            print(f"{index} files", flush=True)
        if task.copy is not None:
            task.copy.unlink(missing_ok=True)
        yield outcome


def _problem(task: Task, found: Answer, alone: Answer | None) -> str:
    """Return what is wrong with an answer; nothing where nothing is."""
    report = found.report
    if found.bug:
        return f"a bug: {found.bug.strip().splitlines()[-1]}"
    if report.file != task.name:
        return f"the answer is to {report.file}"
    if alone is not None and (found.report, found.has_copy) != (alone.report, alone.has_copy):
        return "the answer is not what it is alone"
    if report.verdict not in VERDICTS or bool(report.reason) != (report.verdict in WITH_REASON):
        return f"no clear verdict: {report.reason}"
    if not found.text:
        return "nothing was written about it"
    if task.path and found.processor > _most_seconds(task.path):
        return f"{found.processor:.1f} s of processor time"
    return ""


def _most_seconds(path: Path) -> int:
    return limits_for(path.read_bytes(), USUAL).seconds + SECONDS_BESIDES


def _keep(outcomes: Sequence[Outcome], folder: Path | None) -> None:
    if folder is not None:
        folder.mkdir(exist_ok=True)
        for outcome in outcomes:
            if outcome.problem:
                shutil.copy(outcome.path, folder)


def _summary(outcomes: Sequence[Outcome], seconds: float, left: Sequence[str]) -> None:
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    failed = sum(bool(outcome.problem) for outcome in outcomes)
    memory = _most_memory()
    print(f"{len(outcomes)} files in one call, in {seconds:.0f} s")
    print(", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common()))
    print(f"slowest: {slowest.seconds:.2f} s of processor time ({slowest.path.name})")
    print(f"memory of this process at most {memory} MiB (allowed are {MOST_MEMORY})")
    print(f"left behind: {', '.join(left) or 'nothing'}")
    print(f"failures: {failed}")


def _most_memory() -> int:
    """Return how many MiB this process has taken at most, without those it started."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return next((int(x.split()[1]) >> 10 for x in status.splitlines() if x[:6] == "VmHWM:"), 0)


if __name__ == "__main__":
    main()
