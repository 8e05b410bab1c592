"""The account of a table: what each of its cells is, told by what the stages found out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from sheetprop.calculating.recalculated import Recalculated
from sheetprop.checking.ledger.areas import mentioned
from sheetprop.checking.ledger.blamed import Numbered, steps_of, wrong_cells
from sheetprop.checking.ledger.continued import continued
from sheetprop.checking.ledger.doubts import doubts, left_over
from sheetprop.checking.ledger.entries import Account, Entry, Ledger, Outside, Stretch
from sheetprop.checking.ledger.outside import DIGITS, outside_of
from sheetprop.maths.quantity import Quantity
from sheetprop.mistakes.cells.given_texts import texts_given
from sheetprop.mistakes.experiment.first_cells import OddFirst
from sheetprop.mistakes.finding import Finding
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.lines import Line
from sheetprop.tables.rounding import Roundings, Told
from sheetprop.tables.table import NOWHERE
from sheetprop.workbooks.number_texts import is_number_text
from sheetprop.workbooks.sheet import Address, Value, Workbook

GIVEN = Entry("given", "a number that belongs there")
CARRIED = Entry("given", "given by a formula that computes nothing")
SAME_TREE = Entry("right", "it computes the right formula, at all random points")
BY_VALUE = Entry("right", "it has the right value in every what-if, and at the own numbers")
BEYOND = Entry("right", "the formula is right, but its value is beyond a spreadsheet's numbers")
TYPED = Entry("typed", "a typed number, and the right one", is_number=True)
TYPED_INSIDE = Entry("typed", "right here, with a number where a reference belongs")
FEW_DIGITS = Entry(
    "not_judged", "typed with too few digits to tell whether it is right", is_number=True
)
UNTOLD = Entry("not_judged", "a typed number, and nothing tells what it should be", is_number=True)
BLANK = Entry("blank", "empty where something belongs")
NO_LINE = Entry("blank", "has no column")
NO_NUMBER = Entry("error", "a text or an error value where a number belongs")
UNNAMED = Entry("not_judged", "its formula reads as wrong, but nothing accuses it")

TOO_LARGE = ("#NUM!", "#DIV/0!")
"""Errors that a right formula shows for the numbers of one worksheet."""

Cells = list[Entry | None]
"""The entry of each step of one quantity, None where there is no cell to ask about."""


def ledger_of(
    workbook: Workbook,
    judgements: Sequence[Judgement],
    findings: Sequence[Finding],
    firsts: Sequence[Sequence[OddFirst]],
) -> Ledger:
    """Return the ledger of all tables; `findings` say which cells are wrong, `firsts` are odd."""
    errors = [(i, found) for i, found in enumerate(findings) if found.severity == "error"]
    remarks = [found for found in findings if found.mistake == "typed-constant"]
    accounts = tuple(
        _account(workbook, one, judgements, errors, remarks, odd)
        for one, odd in zip(judgements, firsts, strict=True)
    )
    return Ledger(accounts, tuple(_elsewhere(accounts, errors)))


def _account(
    workbook: Workbook,
    judgement: Judgement,
    every: Sequence[Judgement],
    errors: Iterable[Numbered],
    remarks: Iterable[Finding],
    odd: Iterable[OddFirst],
) -> Account:
    shown = _errors_shown(judgement)
    wrong = wrong_cells(judgement, errors)
    inside = steps_of(judgement, remarks)
    quantities, doubted = {}, doubts(judgement, odd)
    for name, quantity in judgement.network.quantities.items():
        if name in judgement.lines:
            cells = _of_line(judgement, quantity, judgement.lines[name], shown)
            for step, entry in doubted.get(name, {}).items():
                cells[step] = entry if cells[step] in (CARRIED, GIVEN) else cells[step]
            cells = _overlaid(cells, inside.get(name, ()), wrong.get(name, {}))
            quantities[name] = tuple(stretches(cells))
        elif name in judgement.unfilled:
            last = judgement.table.whole_iterations - 1
            quantities[name] = (Stretch(0, last, NO_LINE),)
    outside = {one.first: one for one in continued(workbook, judgement, every)}
    taken = [one for one in outside_of(workbook, judgement) if one.first not in outside]
    rest = left_over(workbook, judgement, taken)
    return Account(judgement.table, quantities, (*taken, *rest, *outside.values()))


def _errors_shown(judgement: Judgement) -> Mapping[Address, Value]:
    """Return the cells of the table's sheet whose formula gives an error value."""
    known, sheet = judgement.value_of, judgement.table.sheet
    if not isinstance(known, Recalculated):
        return {}
    return known.errors(sheet)


def _of_line(
    judgement: Judgement, quantity: Quantity, line: Line, shown: Mapping[Address, Value]
) -> Cells:
    """Return the entries of one quantity, as the cells stand and their formulas were judged."""
    table, name = judgement.table, quantity.name
    cells: Cells = [None] * table.iterations
    roundings = Roundings(judgement)
    for step in line.numbers:
        cells[step] = _typed(judgement, roundings, quantity, step)
    for step in line.others:
        value = judgement.value_of(table.sheet, table.cell(name, step))
        is_digits = _is_given(quantity, step) and is_number_text(value)
        is_note = quantity.tree is None and step >= judgement.needed_steps  # beside last updates
        cells[step] = None if is_note else DIGITS if is_digits else NO_NUMBER
    for step in line.blanks:
        cells[step] = BLANK if step < judgement.needed_steps else None
    for compared in judgement.compared.get(name, ()):
        entry = _compared_entry(quantity, compared.is_right)
        for step in compared.steps:
            cells[step] = entry
    for fill in line.fills:
        for step in fill.steps:
            cells[step] = cells[step] or CARRIED
    _put_unread(judgement, name, cells)
    if shown:
        _put_errors(judgement, line, cells, shown)
    return cells


def _is_given(quantity: Quantity, step: int) -> bool:
    return quantity.tree is None or (quantity.is_given_first and step == 0)


def _typed(judgement: Judgement, roundings: Roundings, quantity: Quantity, step: int) -> Entry:
    if quantity.tree is None or step < judgement.first_told(quantity.name):
        return GIVEN
    if roundings.told(quantity.name, step) is not Told.UNTOLD:
        return TYPED  # or wrong, which its finding says
    is_known = judgement.own_value(quantity.name, step) is not None
    return FEW_DIGITS if is_known else UNTOLD


def _compared_entry(quantity: Quantity, is_right: bool | None) -> Entry:
    if is_right is None or (is_right and quantity.tree is None):
        return CARRIED
    return SAME_TREE if is_right else UNNAMED


def _put_unread(judgement: Judgement, name: str, cells: Cells) -> None:
    """Enter what has no readable tree: right by its values, or not judged and why."""
    for one in judgement.by_value:
        for step in one.steps if one.quantity == name else ():
            cells[step] = BY_VALUE
    for one in judgement.unread:
        entry = Entry("not_judged", one.reason)
        for step in one.steps if one.quantity == name else ():
            cells[step] = CARRIED if _is_carried(judgement, name, step) else entry
    for step in (step for own, step, _ in texts_given(judgement) if own == name):
        cells[step] = NO_NUMBER


def _is_carried(judgement: Judgement, name: str, step: int) -> bool:
    """Whether something given is a number taken from itself or from outside of the table."""
    table = judgement.table
    cell = table.cell(name, step)
    formula = next(
        (f.formula.at(*cell) for f in judgement.lines[name].fills if step in f.steps), ""
    )
    others = (
        taken
        for area in mentioned(formula, table.sheet)
        for taken in (area.cells() if area.sheet == table.sheet else ())
        if judgement.holds(taken) and table.split(taken)[0] != table.split(cell)[0]
    )
    is_number = isinstance(judgement.value_of(table.sheet, cell), int | float)
    is_given = judgement.network.quantities[name].tree is None
    return is_given and is_number and next(others, None) is None


def _put_errors(
    judgement: Judgement, line: Line, cells: Cells, shown: Mapping[Address, Value]
) -> None:
    """Enter the error values that formulas show; a right formula may have none but an error."""
    for fill in line.fills:
        for step in fill.steps:
            value = shown.get(judgement.table.cell(line.quantity, step))
            if value is not None:
                is_right = cells[step] in (SAME_TREE, BY_VALUE)
                follows = is_right or cells[step] is CARRIED
                handed_on = Entry("error", f"shows {value}", follows=follows)
                cells[step] = BEYOND if is_right and value in TOO_LARGE else handed_on


def _overlaid(cells: Cells, inside: Iterable[int], wrong: Mapping[int, int]) -> Cells:
    """Return the entries with those of findings: numbers in formulas, and wrong cells."""
    for step in inside:
        if cells[step] is UNNAMED:
            cells[step] = TYPED_INSIDE
    entries = {index: Entry("wrong", "a finding says why", index) for index in set(wrong.values())}
    for step, index in wrong.items():
        cells[step] = entries[index]
    return cells


def stretches(cells: Cells) -> Iterator[Stretch]:
    """Yield the entries of a line as stretches of those alike."""
    start = 0
    for entry, own in groupby(cells):
        count = sum(1 for _ in own)
        if entry is not None:
            yield Stretch(start, start + count - 1, entry)
        start += count


def _elsewhere(accounts: Iterable[Account], errors: Iterable[Numbered]) -> Iterator[Outside]:
    """Yield what findings call wrong in no table: a formula written as text, a column not there."""
    inside = {
        entry.finding for account in accounts for entry in account.entries if entry.kind == "wrong"
    }
    for index, finding in errors:
        entry = Entry("wrong", "a finding says why", index)
        is_inside = index in inside
        for place in finding.places:
            areas = mentioned(place.range, place.sheet)
            if not is_inside and areas:
                yield Outside(place.sheet, areas[0].first, areas[0].last, entry, place.quantity)
        if not is_inside and not any(mentioned(p.range, p.sheet) for p in finding.places):
            yield Outside("", NOWHERE, NOWHERE, entry)
