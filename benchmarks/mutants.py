"""Measure `check` on worksheets made at random, right ones and wrong ones.

    python benchmarks/mutants.py --rows 300 [--seed 1] [--show N]
    python benchmarks/mutants.py [--wrong 2000] [--right 1000] [--seed 1] [--show N] [--case NAME]

Every worksheet is drawn from a seed of its own, named ``wrong:1:17``, or ``rows:gates:1:17`` of a
lesson; `--case` makes that one again and shows it, `--save` writes it to a file.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from handmade.cases import case_named  # noqa: E402
from handmade.cell_cases import CELL_LESSONS, cell_case, cell_outcome  # noqa: E402
from handmade.measure import Outcome, outcome_of  # noqa: E402
from handmade.row_cases import row_case, row_outcome  # noqa: E402
from handmade.row_tables import LESSONS  # noqa: E402

from sheetprop.workbooks.sheet import Workbook  # noqa: E402
from sheetprop.workbooks.writing.write import write  # noqa: E402

LINEAR = "linear"
EVERY_LESSON = (*LESSONS, *CELL_LESSONS, LINEAR)
LEAST_GROUP = 8
"""Groups with fewer cases say nothing."""


def main() -> None:
    """Make the worksheets, check them, and print what came out."""
    options = _options()
    if options.case:
        _show_case(options.case, options.save)
        return
    if options.rows:
        _measure_rows(options)
        return
    names = [f"wrong:{options.seed}:{k}" for k in range(options.wrong)]
    names += [f"right:{options.seed}:{k}" for k in range(options.right)]
    start = time.perf_counter()
    with ProcessPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(_outcome, names, chunksize=20))
    for kind in ("wrong", "right"):
        _print_results(kind, [one for one in outcomes if one.name.startswith(kind)])
    print(f"{len(outcomes)} worksheets in {time.perf_counter() - start:.0f} s")
    for outcome in [one for one in outcomes if not all(one.marks.values())][: options.show]:
        _print_outcome(outcome)


def _measure_of(name: str) -> Callable[[str], Outcome]:
    """Return what measures a case: by the lesson in its name, where it has one."""
    lesson = name.split(":")[1] if name.count(":") == 3 else ""
    if lesson in CELL_LESSONS:
        return cell_outcome
    return row_outcome if lesson in LESSONS else _outcome


def _measure_rows(options: argparse.Namespace) -> None:
    """Measure so many right and wrong tables of each lesson in rows."""
    for lesson in options.lesson or EVERY_LESSON:
        for kind in ("wrong", "right") if lesson == LINEAR else ("rows", "right"):
            joint = "-" if lesson == LINEAR else ":"
            names = [f"{kind}{joint}{lesson}:{options.seed}:{k}" for k in range(options.rows)]
            with ProcessPoolExecutor(options.jobs) as pool:
                outcomes = list(pool.map(_measure_of(names[0]), names, chunksize=20))
            _print_results(f"{lesson}, {'right' if kind == 'right' else 'wrong'}", outcomes)
            for outcome in [o for o in outcomes if not all(o.marks.values())][: options.show]:
                _print_outcome(outcome)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--wrong", type=int, default=2000)
    parser.add_argument("--right", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=0, help="of each lesson in rows, so many")
    parser.add_argument("--lesson", nargs="+", choices=EVERY_LESSON, help="of these alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N failing cases")
    parser.add_argument("--jobs", type=int, default=None)
    parser.add_argument("--case", metavar="NAME", help="make and show one case again")
    parser.add_argument("--save", type=Path, metavar="PATH", help="write that case to a file")
    return parser.parse_args()


def _outcome(name: str) -> Outcome:
    try:
        return outcome_of(case_named(name))
    except Exception:
        failed = Outcome(name, {}, 0.0)
        failed.mark("no crash", False, traceback.format_exc(limit=-4))
        return failed


def _print_results(kind: str, outcomes: list[Outcome]) -> None:
    if not outcomes:
        return
    print(f"\n{kind}: {len(outcomes)} worksheets")
    for measure in dict.fromkeys(m for one in outcomes for m in one.marks):
        seen = [one for one in outcomes if measure in one.marks]
        failed = sum(not one.marks[measure] for one in seen)
        print(f"  {measure:18} {1 - failed / len(seen):8.2%}   {failed} failed")
    times = sorted((one.seconds, one.name) for one in outcomes)
    median, (longest, slowest) = times[len(times) // 2][0], times[-1]
    print(f"  median {median * 1000:.0f} ms, longest {longest:.2f} s ({slowest})")
    _print_groups(outcomes)


def _print_groups(outcomes: Iterable[Outcome], most: int = 14) -> None:
    by_group: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for one in outcomes:
        for group in one.groups.items():
            by_group[group].append(all(one.marks.values()))
    worst = sorted(
        (sum(marks) / len(marks), len(marks), *group)
        for group, marks in by_group.items()
        if len(marks) >= LEAST_GROUP and not all(marks)
    )
    for share, count, aspect, value in worst[:most]:
        print(f"    {share:6.1%} of {count:4} all right where {aspect} is {value!r}")


def _print_outcome(outcome: Outcome) -> None:
    print(f"\n--- {outcome.name} {outcome.groups}")
    for note in outcome.notes:
        print(f"  {note}")


def _made(name: str) -> tuple[Workbook, list[object]]:
    """Return the workbook of a case, and what is wrong in it."""
    measure = _measure_of(name)
    if measure is cell_outcome:
        _, wrong, book = cell_case(name)
        return book, [wrong]
    if measure is row_outcome:
        _, wrong, book, where = row_case(name)
        return book, [wrong, where]
    case = case_named(name)
    return case.workbook, [*case.slips]


def _show_case(name: str, path: Path | None) -> None:
    book, told = _made(name)
    if path is not None:
        write(book, path)
    for sheet in book.sheets:
        print(sheet.name)
        for (row, column), cell in sorted(sheet.cells.items())[:400]:
            print(f"  {row},{column}: {cell.formula or cell.value!r}")
    for one in told:
        print(one)
    _print_outcome(_measure_of(name)(name))


if __name__ == "__main__":
    main()
