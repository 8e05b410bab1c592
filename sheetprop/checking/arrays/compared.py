"""The cells of somebody's own sheets of arrays, each beside the formula that belongs there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sheetprop.checking.arrays.recognise import Known, Recognised, recognised
from sheetprop.checking.arrays.written_out import has_arrays, written_out
from sheetprop.checking.layouts.aligned import Moved
from sheetprop.checking.layouts.evidence import told
from sheetprop.checking.layouts.judged import WRONG, Judged, Pattern, judged_at
from sheetprop.checking.layouts.report import report_on
from sheetprop.checking.ledger.entries import Entry
from sheetprop.checking.report import Report
from sheetprop.mistakes.arrays.flipped_kernel import EVERYWHERE, FLIPPED_KERNEL
from sheetprop.mistakes.factors.unexplained import UNEXPLAINED
from sheetprop.mistakes.finding import Finding, Place
from sheetprop.mistakes.words import filled
from sheetprop.tables.table import range_text
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

MEANT = Entry(
    "not_judged", "a 0 or 1 is typed where the cells beside it calculate; it may be meant"
)
FAR_BELOW = -1000
"""The power of what is so small is 0."""

AHEAD = Entry("given", "what comes later is left out by a number far below all others")
LEFT_OUT = Entry(
    "not_judged", "a number far below all others is typed, as masks have it; it may be meant"
)
PERHAPS_GIVEN = Entry(
    "not_judged",
    "a number is typed where the cell with the same label is calculated, and it is another one; "
    "nothing says whether it is given",
)


def report_of_arrays(workbook: Workbook, file: str, start: float) -> Report | None:
    """Return the report of a workbook of arrays; None where nothing shows that it is one."""
    plain = written_out(workbook)
    found = recognised(plain)
    if not found.is_evident:
        return None
    cells = cells_of(found, plain)
    notes = [*_notes(found.known)]
    return report_on(cells, workbook, file, start, notes, is_calculated=not has_arrays(plain))


def in_place_of(report: Report, workbook: Workbook, start: float) -> Report:
    """Return a lesson's report, or that of arrays where the lesson's leaves out what is wrong.

    The logits of a softmax are given, but a layer before it may make them. What the lesson calls
    wrong, without a name for it, may be a convolution, or another block that only arrays have.
    """
    if not {error.mistake for error in report.errors} <= {UNEXPLAINED.name}:
        return report
    arrays = report_of_arrays(workbook, report.file, start)
    if arrays is None:
        return report
    if report.errors:
        found = recognised(written_out(workbook))
        evident = [one for one in found.known if one.is_evident]
        accused = [*_cells_of(report.errors)]
        return arrays if all(_is_one_of(evident, *cell) for cell in accused) else report
    is_known = any(_is_judged(report, *cell) for cell in _cells_of(arrays.errors))
    return report if is_known or not arrays.errors else arrays


def _cells_of(errors: Iterable[Finding]) -> Iterator[tuple[str, Address]]:
    for place in (place for error in errors for place in error.places):
        yield from ((place.sheet, at) for at in place.cells)


def _is_one_of(blocks: Iterable[Known], sheet: str, at: Address) -> bool:
    return any(one.block.sheet == sheet and one.holds(at) for one in blocks)


def _is_judged(report: Report, sheet: str, at: Address) -> bool:
    """Whether a lesson's ledger says more of a cell than that it is given."""
    known = (one.entry_of(sheet, at) for one in report.ledger.accounts)
    return any(found is not None and found[1].kind != "given" for found in known)


def evidence(workbook: Workbook, sheet: str, cell: Address) -> Iterator[tuple[str, str]]:
    """Yield what is said of a cell of a workbook of arrays; nothing of another workbook."""
    workbook = written_out(workbook)
    found = recognised(workbook)
    if found.is_evident:
        kinds = [one.kind for one in found.known if one.block.sheet == sheet and one.holds(cell)]
        of = f"of a block: {kinds[0]}" if kinds else "outside of the blocks that are known"
        yield from told(cells_of(found, workbook), workbook, sheet, cell, of)


def cells_of(found: Recognised, workbook: Workbook) -> list[Judged]:
    """Return what each cell is that a block has, or that its formulas take."""
    places = {sheet.name: Moved(sheet.name, {}, {}) for sheet in workbook.sheets}
    judged = judged_at(Pattern(_right(found.known, workbook)), workbook, places)
    masks = {place: e for one in found.known for place, e in _masked(one, workbook).items()}
    cells = [
        replace(one, entry=masks[one.place])
        if one.place in masks and one.entry is WRONG
        else _doubted(one, found)
        for one in judged
    ]
    unknown = (
        Judged(place, place, Entry("not_judged", why), workbook[place[0]].cells[place[1]].formula)
        for place, why in found.unknown.items()
        if place[1] in workbook[place[0]].cells
    )
    return [*cells, *unknown]


def _masked(one: Known, workbook: Workbook) -> dict[tuple[str, Address], Entry]:
    """Return what typed numbers far below all others are, that a softmax makes nothing of."""
    block, held = one.block, workbook[one.block.sheet].cells
    far = {at for at in block.cells if _is_far_below(held.get(at))}
    ahead = {at for at in block.cells if block.within(at)[1] > block.within(at)[0]}
    entry = AHEAD if far == ahead else LEFT_OUT
    return {(block.sheet, at): entry for at in far}


def _is_far_below(cell: Cell | None) -> bool:
    if cell is None or cell.formula is not None:
        return False
    return isinstance(cell.value, int | float) and cell.value <= FAR_BELOW


def _doubted(one: Judged, found: Recognised) -> Judged:
    """Return a typed number that may be meant as not judged; any other cell as it is."""
    if _may_be_meant(one):
        return replace(one, entry=MEANT)
    if one.entry is WRONG and one.place in found.perhaps_given:
        return replace(one, entry=PERHAPS_GIVEN)
    return one


def _may_be_meant(one: Judged) -> bool:
    """Whether a cell holds a typed 0 or 1 where those beside it calculate, as a mask has them."""
    return one.entry is WRONG and one.own in ("0", "1")


def _right(known: Sequence[Known], workbook: Workbook) -> Workbook:
    """Return the right formulas, and the numbers that they take."""
    cells: dict[str, dict[Address, Cell]] = {sheet.name: {} for sheet in workbook.sheets}
    for one in known:
        for at in one.block.cells:
            _give(one, at, workbook, cells)
    for one in known:
        own = {at: Cell(None, one.block.formula(at)) for at in one.block.cells}
        cells[one.block.sheet].update(own)
    return replace(workbook, sheets=tuple(Sheet(*one) for one in cells.items()))


def _give(
    one: Known, at: Address, workbook: Workbook, cells: dict[str, dict[Address, Cell]]
) -> None:
    """Put the numbers that a formula takes among the cells."""
    for area in one.block.areas(at):
        held = workbook[area.sheet].cells if area.sheet in cells else {}
        for row in area.rows:
            for column in area.columns:
                cell = held.get((row, column))
                if cell is not None and cell.formula is None and cell.value is not None:
                    cells[area.sheet].setdefault((row, column), cell)


def _notes(known: Sequence[Known]) -> Iterator[Finding]:
    """Yield what is said of kernels that are turned everywhere: that is another name for them."""
    for one in known:
        if one.is_flipped:
            where = Place(one.block.sheet, range_text(one.block.first, one.block.last))
            message = f"In {where.range} on {where.sheet} {EVERYWHERE.says}."
            yield Finding(
                FLIPPED_KERNEL.name,
                FLIPPED_KERNEL.code,
                "note",
                (where,),
                message,
                why=filled(EVERYWHERE.why, {}),
            )
