"""Cells that compute nothing wrong, but take another cell than they are likely to be meant to.

Nobody can tell what a first weight or an input should be. But where two of them take one cell, and
the cell beside that is taken by nothing, or where one row leaves the column that it is taken from,
that is said; so is the last of the helper cells, which no row takes any more, where it differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sheetprop.calculating.loops.fills import Fill
from sheetprop.checking.ledger.entries import Entry, Outside
from sheetprop.checking.ledger.numbers import doubtful_numbers
from sheetprop.checking.ledger.outside import HELPER, Area, mentioned
from sheetprop.notation.address import on
from sheetprop.notation.relative import RelativeFormula
from sheetprop.notation.text import name_text
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import Address, Cell, Workbook

ODD = Entry("not_judged", "it takes another cell than those before and after it")
EMPTY = Entry("not_judged", "empty, where the rows before have a formula, and so have those beside")
LEFT_OVER = Entry("not_judged", "it says something else than those before it, and nothing takes it")
BESIDE = ((0, 1), (1, 0), (0, -1), (-1, 0))

Place = tuple[str, Address]


def doubts(workbook: Workbook, judgement: Judgement) -> dict[str, dict[int, Entry]]:
    """Return the given cells, by quantity and step, that take what they are hardly meant to."""
    found = doubtful_numbers(judgement)
    owner: dict[Place, str] = {}
    for name, line in judgement.lines.items():
        quantity = judgement.network.quantities[name]
        first = next((fill for fill in line.fills if 0 in fill.steps), None)
        if not quantity.is_given_first or not line.fills:
            continue
        is_given = quantity.tree is None
        odd = _odd_steps(judgement, line.fills, name) if is_given else ()
        found.setdefault(name, {}).update(dict.fromkeys(odd, ODD))
        source = None if first is None else _source(judgement, first, name, 0)
        other = name if source is None else owner.setdefault(source, name)
        spare = None if source is None or other == name else _spare(workbook, judgement, source)
        if spare is not None and first is not None:
            how = f"it takes the same cell as {name_text(other)}, and nothing takes {on(*spare)}"
            steps = first.steps if is_given else (0,)
            found[name] |= dict.fromkeys(steps, Entry("not_judged", how))
    return found


def _source(judgement: Judgement, fill: Fill, name: str, step: int) -> Place | None:
    """Return the only cell, outside the table, that a formula is."""
    sheet, cell = judgement.table.sheet, judgement.table.cell(name, step)
    return _only_cell(fill.formula.at(*cell), sheet, judgement)


def _only_cell(formula: str, sheet: str, judgement: Judgement) -> Place | None:
    areas: tuple[Area, ...] = mentioned(formula, sheet)
    if len(areas) != 1 or areas[0].is_range or not formula.rstrip()[-1:].isdigit():
        return None
    if any(sign in formula.rpartition("!")[2] for sign in "+-*/^(&"):
        return None
    if areas[0].sheet == sheet and judgement.holds(areas[0].first):
        return None
    return areas[0].sheet, areas[0].first


def _odd_steps(judgement: Judgement, fills: Iterable[Fill], name: str) -> Iterator[int]:
    """Yield the steps whose formula shows another number than that of the rows around it would."""
    value_of, several = judgement.value_of, [fill for fill in fills if len(fill.steps) > 1]
    for fill in fills if several else ():
        step = fill.steps[0]
        around = next((f for f in several if {step - 1, step + 1} <= set(f.steps)), None)
        if len(fill.steps) > 1 or around is None:
            continue
        meant, taken = (_source(judgement, one, name, step) for one in (around, fill))
        if meant is not None and taken is not None and value_of(*meant) != value_of(*taken):
            yield step


def _spare(workbook: Workbook, judgement: Judgement, source: Place) -> Place | None:
    """Return a cell with a number beside a source that no formula of the workbook takes."""
    title, (row, column) = source
    sheet = next((one for one in workbook.sheets if one.name.casefold() == title.casefold()), None)
    if sheet is None:
        return None
    beside = [(row + down, column + right) for down, right in BESIDE]
    numbers = [cell for cell in beside if _is_number(sheet.cells.get(cell))]
    own = title.casefold() == judgement.table.sheet.casefold()
    numbers = [cell for cell in numbers if not (own and judgement.holds(cell))]
    texts = [(f"={text}", "") for text in workbook.names.values()]
    for other in workbook.sheets if numbers else ():
        texts += ((cell.formula, other.name) for cell in other.cells.values() if cell.formula)
    for formula, where in texts if numbers else ():
        areas = [a for a in mentioned(formula, where) if a.sheet.casefold() == title.casefold()]
        numbers = [cell for cell in numbers if not any(cell in area for area in areas)]
    return (sheet.name, numbers[0]) if numbers else None


def _is_number(cell: Cell | None) -> bool:
    return cell is not None and cell.formula is None and isinstance(cell.value, int | float)


def left_over(
    workbook: Workbook, judgement: Judgement, outside: Sequence[Outside]
) -> Iterator[Outside]:
    """Yield the cells of helpers in the last row of a table that differ from those above them.

    The next row would take them, and there is none. Most are empty where no update is left; where
    most are filled, one that is empty is forgotten.
    """
    table = judgement.table
    if isinstance(table, Form) or len(table.places) < len(BESIDE):
        return
    cells = workbook[table.sheet].cells
    known = {one.last for one in outside if one.sheet == table.sheet}
    last_place, before = table.places[-1], table.places[-2]
    said: dict[Address, tuple[object, object]] = {}
    for one in outside:
        line, place = table.split(one.last)
        last = table.at(line, last_place)
        is_before = place == before and one.entry == HELPER and one.sheet == table.sheet
        if is_before and last not in known:
            said[last] = _pattern(cells.get(one.last), one.last), _pattern(cells.get(last), last)
    filled = sum(own is not None for _, own in said.values())
    for last, (above, own) in said.items():
        if own is not None and own != above:
            yield Outside(table.sheet, last, last, LEFT_OVER)
        is_empty = last not in cells or cells[last].value is None
        if own is None and is_empty and above is not None and 2 * filled > len(said):
            yield Outside(table.sheet, last, last, EMPTY)


def _pattern(cell: Cell | None, at: Address) -> object:
    formula = None if cell is None else cell.formula
    return None if formula is None else RelativeFormula(formula, *at).pattern
