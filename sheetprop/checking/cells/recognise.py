"""Which sheets of a workbook are those of a lesson whose quantities each have a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sheetprop.calculating.agreement import is_close
from sheetprop.checking.cells.circuits import circuits, own_circuits
from sheetprop.checking.cells.definitions import Definitions
from sheetprop.checking.cells.differences import without_differences
from sheetprop.checking.cells.grid import Grid, grids, rows_in
from sheetprop.checking.cells.jacobians import jacobians, own_jacobians
from sheetprop.checking.cells.one_row import Placed
from sheetprop.checking.cells.shares import NAME as SHARES
from sheetprop.checking.cells.shares import VALUE, is_share, own_shares, shares
from sheetprop.checking.cells.spread_arrays import with_arrays_spread
from sheetprop.checking.rows.diagnose import named
from sheetprop.checking.rows.read import judged
from sheetprop.checking.rows.recognise import as_exercise, is_evident, strangeness
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.lessons.kinds.temperature.quantities import SHARE
from sheetprop.maths.activations import SIGMOID
from sheetprop.maths.trees.expr import Name, Number
from sheetprop.rows.row_lesson import Draw, RowLesson
from sheetprop.tables.judgement import ValueOf
from sheetprop.tables.stated_rate import LABEL
from sheetprop.workbooks.sheet import Sheet, Workbook

FEWEST_COMPUTED = 2


def sheets_of(workbook: Workbook, value_of: ValueOf, kind: str | None) -> tuple[RowJudgement, ...]:
    """Return the judged sheets of a lesson of cells; `kind` is what the workbook says it is.

    One that says nothing has to compute something of the lesson, right or with a known mistake.
    """
    workbook = with_arrays_spread(workbook)
    if kind is not None:
        own = tuple(_own(workbook, value_of, kind))
        return tuple(as_exercise(one, workbook) for one in own)
    found = [one for sheet in workbook.sheets for one in _of_strangers(workbook, sheet, value_of)]
    first = found[0].rows_of.name if found else ""
    return tuple(one for one in found if one.rows_of.name == first)


def _own(workbook: Workbook, value_of: ValueOf, kind: str) -> Iterator[RowJudgement]:
    for sheet in workbook.sheets:
        for grid in grids(sheet):
            found = list(OWN[kind](grid)) if kind in OWN else []
            if found:
                yield from (named(_judged(workbook, one, value_of)) for one in found)
                break


OWN = {"gates": own_circuits, "temperature": own_shares, "jacobian": own_jacobians}


def _of_strangers(workbook: Workbook, sheet: Sheet, value_of: ValueOf) -> Iterator[RowJudgement]:
    """Yield the best of all ways to take a sheet for one of a lesson, in which nothing learns."""
    if not _calculates(sheet) or _trains(sheet):
        return
    for rows in (rows for grid in grids(sheet) for rows in rows_in(grid)):
        by_row = [list(_best(workbook, [grid], value_of)) for grid in rows]
        if all(by_row):  # one calculation for each row, or none is meant
            yield from (one for found in by_row for one in found)
            return
    yield from _best(workbook, grids(sheet), value_of)


def _best(
    workbook: Workbook, looked_at: Iterable[Grid], value_of: ValueOf
) -> Iterator[RowJudgement]:
    """Yield the best of all ways to take some cells for a lesson."""
    ways = [
        _judged(workbook, one, value_of)
        for grid in looked_at
        for one in _ways(workbook, grid, value_of)
    ]
    for one in sorted(filter(_is_enough, ways), key=strangeness):
        best = named(one)
        if is_evident(best):
            yield best
            return


def _ways(workbook: Workbook, grid: Grid, value_of: ValueOf) -> Iterator[Placed]:
    definitions = Definitions(workbook, grid.sheet, value_of, grid.place)
    yield from circuits(grid, definitions)
    yield from shares(grid)
    yield from jacobians(grid, definitions)


def _calculates(sheet: Sheet) -> bool:
    """Whether there are formulas enough for the smallest of these lessons."""
    return sum(cell.formula is not None for cell in sheet.cells.values()) >= FEWEST_COMPUTED


def _trains(sheet: Sheet) -> bool:
    """Whether a sheet names a learning rate, as none of a lesson of cells does."""
    texts = (cell.value for cell in sheet.cells.values() if cell.formula is None)
    return any(isinstance(text, str) and LABEL.fullmatch(text) for text in texts)


def _is_enough(judgement: RowJudgement) -> bool:
    """Whether enough of what only this lesson has is computed, by formulas."""
    has_shares = judgement.rows_of.name == SHARES
    computed = [
        name
        for name, found in judgement.compared.items()
        if found and ("/" in name or (has_shares and is_share(name)))
    ]
    return len(computed) >= FEWEST_COMPUTED and not (has_shares and _are_sigmoids(judgement))


def _are_sigmoids(judgement: RowJudgement) -> bool:
    """Whether what may be shares are sigmoids, each of a value of its own."""
    shares = {name: one for name, one in judgement.compared.items() if is_share(name)}
    points = judgement.points_at(0)
    return bool(shares) and all(
        one.tree is not None
        and points.same(one.tree, SIGMOID.value(Name(f"{VALUE}{name.removeprefix(SHARE)}")))
        for name, found in shares.items()
        for one in found
    )


def _judged(workbook: Workbook, one: Placed, value_of: ValueOf) -> RowJudgement:
    lesson = _with_typed_constants(workbook, one)
    return without_differences(judged(workbook, one.form, lesson, value_of))


def _with_typed_constants(workbook: Workbook, one: Placed) -> RowLesson:
    """Return the lesson; a number that is right whatever the inputs are may be typed."""
    cells = workbook[one.form.sheet].cells

    def is_typed(name: str) -> bool:
        if not one.form.holds(name):
            return False
        tree, cell = one.lesson.quantities[name].tree, cells.get(one.form.cell(name, 0))
        if not isinstance(tree, Number) or cell is None or cell.formula is not None:
            return False
        return isinstance(cell.value, int | float) and is_close(cell.value, tree.value, 1e-9)

    stated = tuple(
        own._replace(tree=None, draw=_always(own.tree.value))
        if is_typed(own.name) and isinstance(own.tree, Number)
        else own
        for own in one.lesson.stated
    )
    return replace(one.lesson, stated=stated)


def _always(value: float) -> Draw:
    return lambda _: value
