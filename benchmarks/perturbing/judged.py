"""What `check` says of a changed workbook, held against what was changed."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import sheetprop
from perturbing.changes import Change
from perturbing.files import Finish, by_openpyxl
from perturbing.references import Place, references
from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Finding, Report
from sheetprop.workbooks.sheet import Cell, Workbook


@dataclass
class Outcome:
    """The measures of one workbook by name, True where as it should be, and what was said."""

    name: str
    kind: str
    file_kind: str
    text: str
    marks: dict[str, bool] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


def checked(
    workbook: Workbook, file_kind: str, name: str = "student.xlsx", finish: Finish | None = None
) -> Report:
    """Return the report of a workbook, by way of a real file where its kind says so."""
    if file_kind != "file":
        return check_workbook(workbook, name)
    with tempfile.TemporaryDirectory() as folder:
        return sheetprop.check(by_openpyxl(workbook, Path(folder) / name, finish))[0]


def places_of(finding: Finding) -> list[tuple[str, range, range]]:
    """Return the sheets, rows and columns that a finding names."""
    found = []
    for place in finding.places:
        for reference in references(f"={place.range}"):
            end = reference.end or reference.start
            rows = range(reference.start.row, end.row + 1)
            columns = range(reference.start.column, end.column + 1)
            found.append((place.sheet, rows, columns))
    return found


def is_at(finding: Finding, place: Place) -> bool:
    """Whether a finding names a cell."""
    sheet, (row, column) = place
    return any(s == sheet and row in r and column in c for s, r, c in places_of(finding))


def described(finding: Finding) -> str:
    """Return a finding on one line."""
    where = ", ".join(f"{p.quantity} {p.sheet}!{p.range}" for p in finding.places[:5])
    return f"{finding.severity} {finding.mistake} [{where}] {finding.message[:160]}"


def judge_change(outcome: Outcome, change: Change, report: Report) -> None:
    """Mark whether a change was noticed, and in its cell."""
    is_noticed = report.verdict != "correct" or change.is_right_now
    outcome.marks["noticed"] = is_noticed
    at_cell = [f for f in report.findings if any(is_at(f, p) for p in change.seen)]
    outcome.marks["in its cell"] = is_noticed and all(
        any(is_at(f, p) for f in report.findings) for p in change.seen
    )
    outcome.marks["nothing else"] = all(f in at_cell for f in report.errors)
    outcome.said = said(report)


def judge_sameness(outcome: Outcome, report: Report) -> None:
    """Mark whether a right workbook is called so."""
    outcome.marks["not accused"] = not report.errors
    outcome.marks["correct"] = report.verdict == "correct"
    outcome.said = said(report)


def said(report: Report) -> list[str]:
    """Return what matters of a report, a line each."""
    head = f"{report.verdict} {report.reason or ''}".strip()
    unread = [f"not judged {n.sheet}!{n.range}: {n.reason}" for n in report.not_judged[:4]]
    return [head, *map(described, report.findings[:6]), *unread]


def drawn_file_kind(draw: Random) -> str:
    """Draw how a workbook reaches `check`: with values, without them, or as a real file."""
    return draw.choice(("values", "values", "values", "formulas", "formulas", "file"))


def without_values(workbook: Workbook) -> Workbook:
    """Return a workbook whose formulas have no stored values."""
    sheets = []
    for sheet in workbook.sheets:
        cells = {
            a: Cell(None, c.formula, c.array) if c.formula else c for a, c in sheet.cells.items()
        }
        sheets.append(type(sheet)(sheet.name, cells, sheet.charts, sheet.hidden))
    return Workbook(tuple(sheets), workbook.names)
