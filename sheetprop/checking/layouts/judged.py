"""Each cell of a workbook of ours judged: its formula beside the right one, its number if typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from sheetprop.calculating.agreement import is_close
from sheetprop.calculating.engine import Engine
from sheetprop.checking.layouts.aligned import Moved, aligned, is_text
from sheetprop.checking.layouts.random_points import RELATIVE, Doubt, Known, Place, verdicts
from sheetprop.checking.layouts.texts import moved_formula, pieces_of, qualified
from sheetprop.checking.ledger.entries import Entry
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Value, Workbook

GIVEN = Entry("given", "a number that belongs there")
SAME_TEXT = Entry("right", "it is the right formula, reference by reference")
SAME_VALUES = Entry("right", "it gives what the right formula gives, at all random points")
WRONG = Entry("wrong", "a finding says why")
TYPED = Entry("typed", "a typed number, and the right one", is_number=True)
BLANK = Entry("blank", "empty where something belongs")
NO_SHEET = Entry("blank", "its sheet is not there")
NO_NUMBER = Entry("error", "a text where a number belongs")
UNTOLD = Entry("not_judged", "its formula cannot be tried at random points")

NO_CHOICES: Mapping[Place, Sequence[Value]] = MappingProxyType({})


@dataclass(frozen=True)
class Pattern:
    """The right workbook, and what of it is known beyond its formulas.

    The numbers in the `fixed` cells must be what they are; those of all others are given by whoever
    uses it. Those in the `border` of maps, 0 too, count as 0 in every comparison. `choices` are
    what a cell may hold by which formulas choose.
    """

    workbook: Workbook
    border: frozenset[Place] = frozenset()
    fixed: frozenset[Place] = frozenset()
    choices: Mapping[Place, Sequence[Value]] = field(default_factory=lambda: NO_CHOICES)


@dataclass(frozen=True)
class Judged:
    """A cell of somebody's copy: its place there and in the right workbook, and what it is.

    `own` is what stands in it, `right` the formula (or number) that belongs there; `value` and
    `right_value` are what they come to at the copy's own numbers, where it is wrong.
    """

    place: Place
    origin: Place
    entry: Entry
    own: str | None = None
    right: str | None = None
    value: Value = None
    right_value: Value = None


def judged(pattern: Pattern, workbook: Workbook) -> list[Judged]:
    """Return what each cell is that the right workbook has a number or a formula in."""
    return judged_at(pattern, workbook, aligned(pattern.workbook.sheets, workbook))


def judged_at(pattern: Pattern, workbook: Workbook, places: Mapping[str, Moved]) -> list[Judged]:
    """Return the same where it is known where the right workbook's sheets stand."""
    found = [
        one
        for sheet in pattern.workbook.sheets
        for one in _of_sheet(pattern, sheet, places, workbook)
    ]
    doubtful = [k for k, one in enumerate(found) if one.entry is UNTOLD]
    if doubtful:
        doubts = [_doubt(found[k]) for k in doubtful]
        told = verdicts(workbook, doubts, _known(pattern, places))
        entries = {True: SAME_VALUES, False: WRONG, None: UNTOLD}
        for k, is_right in zip(doubtful, told, strict=True):
            found[k] = replace(found[k], entry=entries[is_right])
    return _with_values(found, workbook)


def _of_sheet(
    pattern: Pattern, sheet: Sheet, places: Mapping[str, Moved], workbook: Workbook
) -> Iterator[Judged]:
    """Yield the cells of a sheet; a formula that reads differently is not judged yet."""
    moved = places.get(sheet.name)
    cells = {} if moved is None else workbook[moved.sheet].cells
    must_be = pattern.border | pattern.fixed
    for at, right in sheet.cells.items():
        origin = sheet.name, at
        if moved is None:
            yield Judged(origin, origin, NO_SHEET)
        elif right.formula is None:
            if not isinstance(right.value, str):
                place = moved.sheet, moved.at(at)
                entry = _given(right, cells.get(place[1]), is_fixed=origin in must_be)
                yield Judged(place, origin, entry, right=_number_text(right.value))
        else:
            yield _formula(right.formula, origin, places, cells)


def _given(right: Cell, own: Cell | None, *, is_fixed: bool) -> Entry:
    """Return what a cell is that a number belongs in."""
    if own is None or (own.value is None and own.formula is None):
        return GIVEN if is_fixed and right.value == 0 else BLANK  # empty counts as 0
    if is_text(own):
        return NO_NUMBER
    return WRONG if is_fixed and own.value != right.value else GIVEN


def _formula(
    right: str, origin: Place, places: Mapping[str, Moved], cells: Mapping[Address, Cell]
) -> Judged:
    """Return what a cell is that a formula belongs in, as far as its text tells."""
    sheet, at = origin
    place = places[sheet].sheet, places[sheet].at(at)
    own = cells.get(place[1])
    if own is None or (own.value is None and own.formula is None):
        return Judged(place, origin, BLANK, right=moved_formula(right, sheet, places))
    if own.formula == right and all(not (m.rows or m.columns) for m in places.values()):
        return Judged(place, origin, SAME_TEXT, own.formula, right)
    belongs = moved_formula(right, sheet, places)
    if own.formula is None:
        entry = NO_NUMBER if is_text(own) else TYPED
        return Judged(place, origin, entry, _number_text(own.value), belongs, own.value)
    is_same = own.formula == belongs  # as nearly all are where cells only moved
    is_same = is_same or pieces_of(own.formula, place[0]) == pieces_of(belongs, place[0])
    return Judged(place, origin, SAME_TEXT if is_same else UNTOLD, own.formula, belongs)


def _number_text(value: Value) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _doubt(one: Judged) -> Doubt:
    assert one.own is not None
    assert one.right is not None
    return Doubt(one.place, one.own, one.right)


def _known(pattern: Pattern, places: Mapping[str, Moved]) -> Known:
    """Return the cells that keep their numbers at random points, where they stand in the copy."""

    def there(place: Place) -> Place:
        moved = places.get(place[0])
        return place if moved is None else (moved.sheet, moved.at(place[1]))

    border = {there(one): 0.0 for one in pattern.border}
    return Known(border, {there(one): values for one, values in pattern.choices.items()})


BESIDE = "right formulas, beside those of the workbook"
"""A sheet for calculating only, with a name that no workbook has: it is too long."""


def _with_values(found: list[Judged], workbook: Workbook) -> list[Judged]:
    """Return the cells with what they and the right formulas come to, where they are not right."""
    asked = [k for k, one in enumerate(found) if one.entry in (WRONG, TYPED) and one.right]
    formulas = [k for k in asked if str(found[k].right).startswith("=")]
    if not formulas:
        return found
    texts = (qualified(str(found[k].right), found[k].place[0]) for k in formulas)
    beside = {(row, 1): Cell(None, text) for row, text in enumerate(texts, 1)}
    engine = Engine(replace(workbook, sheets=(*workbook.sheets, Sheet(BESIDE, beside))))
    engine.recalculate()
    for row, k in enumerate(formulas, 1):
        one, right = found[k], engine.value(BESIDE, (row, 1))
        value = engine.value(*one.place)
        entry = one.entry
        if entry is TYPED and not _is_same(value, right):
            entry = WRONG
        found[k] = replace(one, entry=entry, value=value, right_value=right)
    return found


def _is_same(own: Value, right: Value) -> bool:
    if isinstance(own, int | float) and isinstance(right, int | float):
        return is_close(float(own), float(right), RELATIVE)
    return own == right
