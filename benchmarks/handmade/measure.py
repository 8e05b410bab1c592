"""What came out of a case: found or not, where, by which name; or falsely accused."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from handmade.cases import Case
from handmade.drafts import Key
from handmade.grids import Grid, dollar
from handmade.slips import Slip
from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Finding, Report
from sheetprop.notation.address import address
from sheetprop.notation.relative import references
from sheetprop.workbooks.sheet import Address

RANK = {"note": 0, "warning": 1, "error": 2}
FOLLOWS = "error-value"
"""What a wrong formula may lead to in the same cells."""


@dataclass
class Outcome:
    """The measures of one case by name, True where it is as it should be; `notes` say why not."""

    name: str
    groups: dict[str, str]
    seconds: float
    marks: dict[str, bool] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def mark(self, measure: str, is_right: bool, note: str = "") -> None:
        """Set a measure; the note explains a failure."""
        self.marks[measure] = self.marks.get(measure, True) and is_right
        if not is_right:
            self.notes.append(f"{measure}: {note}")


def outcome_of(case: Case) -> Outcome:
    """Check a case and measure what came out."""
    start = time.perf_counter()
    report = check_workbook(case.workbook, "student.xlsx")
    outcome = Outcome(case.name, case.groups, time.perf_counter() - start)
    if case.slips:
        _measure_wrong(case, report, outcome)
    else:
        _measure_right(case, report, outcome)
    return outcome


def described(finding: Finding) -> str:
    """Return a finding on one line."""
    where = ", ".join(f"{p.quantity} {p.sheet}!{p.range}" for p in finding.places[:6])
    return f"{finding.severity} {finding.mistake} [{where}] {finding.found} {finding.message}"


def _measure_right(case: Case, report: Report, outcome: Outcome) -> None:
    errors = [described(finding) for finding in report.errors]
    outcome.mark("no false error", not errors, " / ".join(errors))
    outcome.mark("all judged", not report.not_judged, str(report.not_judged))
    allowed = {"mislabelled-column", "missing-quantity", "typed-constant"}
    if not any(sheet.charts for sheet in case.workbook.sheets):
        allowed.add("no-chart")
    others = [f for f in report.findings if f.mistake not in allowed and f.severity != "error"]
    outcome.mark("no false warning", not others, " / ".join(map(described, others)))
    _measure_tables(case, report, outcome)


def _measure_tables(case: Case, report: Report, outcome: Outcome) -> None:
    is_complete = len(report.tables) == len(case.draft.grids)
    measure = "recognised bare" if case.kind == "no headers" else "recognised"
    outcome.mark(measure, is_complete, f"{len(report.tables)} tables: {report.reason}")
    quantities = case.draft.run.network.quantities
    if case.draft.layout.arrangement == "form" or case.kind == "no headers":
        return  # which of its cells are quantities, and in which order, is left open
    for grid in case.draft.grids:
        wanted = {n: grid.range(n) for n in grid.lines if n in quantities}
        found = [t for t in report.tables if t.sheet == grid.sheet]
        tables = [t for t in found if _is_as_wanted(case, grid, wanted, t.quantities)]
        outcome.mark("recognised", bool(tables), _differing(wanted, found))
        if not tables:
            continue
        table = tables[0]
        is_right = table.iterations == case.draft.run.iterations
        outcome.mark("recognised", is_right, f"{table.iterations} iterations")
        turned = table.orientation == ("columns" if grid.across else "rows")
        outcome.mark("recognised", turned, table.orientation)
        rate = table.learning_rate
        outcome.mark("rate", rate == grid.value, f"rate {rate}, not {grid.value}")
        cell, possible = table.learning_rate_cell, _rate_cells(grid)
        is_there = (cell or "").replace("'", "") in possible
        outcome.mark("rate", is_there, f"rate cell {cell}, not {possible[0]}")


def _is_as_wanted(
    case: Case, grid: Grid, wanted: Mapping[str, str], found: Mapping[str, str]
) -> bool:
    """Whether all columns are found; of an input without header, the one cell that is used."""
    for name, place in wanted.items():
        possible = {place}
        if not case.draft.headers[name] and name[0] in "itb":
            possible.add(address(*grid.cell(name, 0)))
        if found.get(name) not in possible:
            return False
    return True


def _differing(wanted: dict[str, str], found: Iterable[object]) -> str:
    texts = []
    for table in found:
        own = table.quantities  # type: ignore[attr-defined]
        texts.append({n: (r, own.get(n)) for n, r in wanted.items() if own.get(n) != r})
    nearest = min(texts, key=len, default="nothing")
    return f"columns differ, (right, found): {nearest}"


def _rate_cells(grid: Grid) -> list[str]:
    """Return where the rate may be said to stand, without quotes and nothing where it is typed.

    A line of rates begins at the first iteration, or where the only update takes it.
    """
    rate = grid.rate
    if rate.line is not None:
        return [address(*grid.at(rate.line, place)) for place in grid.places[:2]]
    if rate.cell is None:
        return [""]
    sheet, cell = rate.cell
    return [address(*cell) if sheet == grid.sheet else f"{sheet}!{dollar(cell, '$', '$')}"]


def _measure_wrong(case: Case, report: Report, outcome: Outcome) -> None:
    keys = _keys(case)
    placed = [(finding, _cells(finding, keys)) for finding in report.findings]
    for slip in case.slips:
        _measure_slip(slip, placed, outcome, _accompanying(case, slip))
    made = frozenset().union(*(slip.cells | slip.optional for slip in case.slips))
    for finding, cells in placed:
        beside = [key for key in cells if key not in made]
        is_false = finding.severity == "error" and (beside or not cells)
        outcome.mark("no false error", not is_false, described(finding) if is_false else "")
    unread = [str(n) for n in report.not_judged]
    if unread:
        outcome.notes.append(f"not judged: {unread}")
    if not all(outcome.marks.values()):
        outcome.notes += [slip.text + f" → {sorted(slip.names)}" for slip in case.slips]
        outcome.notes += [described(finding) for finding in report.findings]
        outcome.notes += [f"{report.verdict} {report.reason or ''}"]


Placed = list[tuple[Finding, set[Key]]]


def _accompanying(case: Case, slip: Slip) -> set[str]:
    """Return what else is rightly said of a slip's cells."""
    also = {FOLLOWS}
    if case.draft.layout.rate == "typed":
        also.add("typed-constant")
    if not any(sheet.charts for sheet in case.workbook.sheets):
        also.add("no-chart")
    return also - slip.names


def _measure_slip(slip: Slip, placed: Placed, outcome: Outcome, also: set[str]) -> None:
    if not slip.cells:  # of the workbook as a whole
        is_found = any(f.mistake in slip.names for f, _ in placed)
        outcome.mark("found", is_found, slip.text)
        return
    over = [(f, cells & slip.cells) for f, cells in placed if cells & slip.cells]
    if slip.quantities_only:
        names = {name for _, name, _ in slip.cells}
        over = [
            (f, set(slip.cells))
            for f, _ in placed
            if names & {p.quantity for p in f.places} and f.mistake in slip.names
        ]
    severe = [(f, cells) for f, cells in over if RANK[f.severity] >= RANK[slip.severity]]
    outcome.mark("found", bool(severe), slip.text)
    covered = set().union(*(cells for _, cells in severe)) if severe else set()
    outcome.mark("place", covered == slip.cells, f"{slip.text}: {len(covered)}/{len(slip.cells)}")
    names = {f.mistake for f, _ in severe} - also
    is_named = bool(names) and names <= slip.names
    outcome.mark("name", is_named, f"{sorted(names)}, not {sorted(slip.names)}")
    named = [f for f, _ in severe if f.mistake in slip.names]
    if slip.made in ("two in one", "in helper"):
        return  # two names of one formula; the same in formulas of several kinds
    outcome.mark("one finding", len(named) <= 1, f"{len(named)} findings of one slip")


def _keys(case: Case) -> dict[tuple[str, Address], Key]:
    return {
        (grid.sheet, grid.cell(name, step)): (number, name, step)
        for number, grid in enumerate(case.draft.grids)
        for name in grid.lines
        for step in case.draft.steps_of(name)
    }


def _cells(finding: Finding, keys: dict[tuple[str, Address], Key]) -> set[Key]:
    found: set[Key] = set()
    for place in finding.places:
        ends = references(place.range)
        if not ends:
            continue
        (top, left), (bottom, right) = ends[0], ends[-1]
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                key = keys.get((place.sheet, (row, column)))
                if key is not None:
                    found.add(key)
    return found
