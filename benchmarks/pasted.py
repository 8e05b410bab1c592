"""Whether what `check` proposes can be pasted: rounds until wrong workbooks are correct.

    python benchmarks/pasted.py FILE…

Every formula that a finding proposes is filled over its place, all at once, as a person would; then
the workbook is checked again. One round should do.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from pasting import filled, proposed  # noqa: E402

from sheetprop.checking.check import check_workbook  # noqa: E402
from sheetprop.checking.report import Report  # noqa: E402
from sheetprop.workbooks.reading.read import read  # noqa: E402
from sheetprop.workbooks.sheet import Workbook  # noqa: E402

MOST_ROUNDS = 6


def main(files: list[str]) -> None:
    """Print, for each wrong workbook, after how many rounds it is correct."""
    rounds: Counter[object] = Counter()
    for name in files:
        workbook = read(Path(name))
        report = check_workbook(workbook, name)
        if report.verdict not in ("mistakes", "incomplete"):
            continue
        rounds[paste(Path(name).name, workbook, report)] += 1
    for count, number in sorted(rounds.items(), key=str):
        print(f"{number} workbooks: {count}")


def paste(name: str, workbook: Workbook, report: Report) -> object:
    """Paste until nothing is left to paste, and return after how many rounds it was correct."""
    for number in range(1, MOST_ROUNDS + 1):
        cells = dict(proposed(report))
        if not cells:
            break
        workbook = filled(workbook, cells)
        report = check_workbook(workbook, name)
        if report.verdict == "correct":
            print(f"{name}: correct after {number}")
            return number
    print(f"{name}: {report.verdict} after {number}")
    for finding in report.findings:
        if finding.severity == "error":
            for place in finding.places:
                print("   ", finding.mistake, place.range, place.found, "->", place.expected)
    for one in report.not_judged[:4]:
        print("    not judged:", one)
    return report.verdict


if __name__ == "__main__":
    main(sys.argv[1:])
