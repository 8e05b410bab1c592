"""Reports as a table: one line for each workbook, for a spreadsheet or a gradebook.

Texts of strangers stand in it, and a spreadsheet program takes a cell that begins with ``=`` for a
formula, whoever wrote it. Such cells get an apostrophe in front, which the programs do not show.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from io import StringIO

from sheetprop.checking.report import Report
from sheetprop.reports.cleaned import clean
from sheetprop.reports.look import Look, Piece

COLUMNS = (
    "file",
    "verdict",
    "errors",
    "warnings",
    "notes",
    "not_judged",
    "right",
    "quantities",
    "points",
    "points_as_it_stands",
    "points_possible",
    "mistakes",
    "reason",
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet program may run."""


def render(reports: Sequence[Report]) -> str:
    """Return the reports as lines behind a line of headings."""
    look = Look(count=len(reports))
    return "\n".join([HEAD, *(piece(report, 0, look).text for report in reports)])


def piece(report: Report, number: int, look: Look) -> Piece:
    """Return one report as a line."""
    del number, look
    return Piece(_line(_cells(report)))


def _cells(report: Report) -> Iterable[object]:
    counts = Counter(finding.severity for finding in report.findings)
    yield clean(report.file)
    yield report.verdict
    yield from (counts[severity] for severity in ("error", "warning", "note"))
    yield len(report.not_judged)
    yield from (f"{report.earned:g}", f"{report.possible:g}")
    marks = report.marks
    if marks is None:
        yield from ("", "", "")
    else:
        stands = marks.as_it_stands
        yield f"{marks.with_follow_through:.10g}"
        yield "" if stands is None else f"{stands:.10g}"
        yield f"{marks.possible:.10g}"
    yield " ".join(dict.fromkeys(f.mistake for f in report.findings if f.severity == "error"))
    yield clean(report.reason or "")


def neutral(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _line(cells: Iterable[object]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="").writerow(neutral(str(cell)) for cell in cells)
    return line.getvalue()


HEAD = _line(COLUMNS)
