"""A mistake in the student's own cells: their ranges, and the right formula in their references."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sheetprop.maths.names import sample_of
from sheetprop.maths.quantity import LEARNING_RATE, Quantity
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.mistakes.finding import Place
from sheetprop.mistakes.words import Where
from sheetprop.notation.address import address, fixed, on, quoted
from sheetprop.notation.excel_write import number, to_excel
from sheetprop.tables.judgement import SPARED, Judgement
from sheetprop.tables.table import NOWHERE, runs
from sheetprop.workbooks.sheet import Address


def places(judgement: Judgement, quantity: str, steps: Iterable[int]) -> tuple[Place, ...]:
    """Return the ranges of some steps of a quantity."""
    table = judgement.table
    return tuple(
        Place(table.sheet, table.range_text(quantity, run), quantity) for run in runs(steps)
    )


def expected_formula(judgement: Judgement, quantity: Quantity, step: int) -> str | None:
    """Return the right formula in the student's own references, for one step's cell.

    None where a cell that it needs is not there: what refers to nothing cannot be pasted.
    """
    tree = written_out(judgement, quantity.tree or Name(quantity.name, -1))
    if quantity.is_given_first and step == 0:
        return _continuing(judgement, tree) if judgement.before else None
    tree = judgement.in_own_signs(tree, quantity.name)
    return formula_in_own_cells(judgement, tree, step)


def formula_in_own_cells(judgement: Judgement, tree: Expr, step: int) -> str | None:
    """Return a tree in the student's own references, seen from one step; None where one lacks."""
    if not all(_is_there(judgement, name, step) for name in names(tree)):
        return None
    return to_excel(tree, lambda leaf: _reference(judgement, leaf, step))


def formula_for_samples(judgement: Judgement, tree: Expr, steps: Sequence[int]) -> str | None:
    """Return a tree of the first sample, so that it can be filled over the other samples.

    What all samples share stays where it is; in another iteration that is elsewhere.
    """
    step = steps[0]
    shared = [name for name in names(tree) if not sample_of(name.name)]
    if not all(_is_there(judgement, name, step) for name in names(tree)):
        return None
    if shared and len(steps) > 1:
        return None

    def reference(leaf: Expr) -> str:
        is_cell = isinstance(leaf, Name) and leaf in shared and leaf.name in judgement.table.lines
        if is_cell and isinstance(leaf, Name):
            return fixed(judgement.table.cell(leaf.name, step + leaf.shift))
        return _reference(judgement, leaf, step)

    return to_excel(tree, reference)


def written_out(judgement: Judgement, tree: Expr) -> Expr:
    """Return a tree with what may be left out of a table, and is, as its own formula.

    So is a sum that the student writes into its activation, if that went wrong.
    """

    def formula(leaf: Expr) -> Expr | None:
        if not isinstance(leaf, Name) or leaf.name == LEARNING_RATE:
            return None
        quantity = judgement.lesson.quantities[leaf.name]
        may_be_out = quantity.kind in SPARED or judgement.may_be_left_out(leaf.name)
        own = quantity.tree if may_be_out and not judgement.table.holds(leaf.name) else None
        return None if own is None else written_out(judgement, _moved(own, leaf.shift))

    return substitute(tree, formula)


def _moved(tree: Expr, shift: int) -> Expr:
    """Return a tree as of so many iterations later."""

    def later(leaf: Expr) -> Expr | None:
        return Name(leaf.name, leaf.shift + shift) if isinstance(leaf, Name) else None

    return substitute(tree, later) if shift else tree


def _continuing(judgement: Judgement, tree: Expr) -> str | None:
    """Return the update that a table begins with where another one ends, in references to that."""
    before = judgement.before
    if not all(name.name in before for name in names(tree)):
        return None

    def reference(leaf: Expr) -> str:
        assert isinstance(leaf, Name)
        sheet, cell = before[leaf.name]
        shown = fixed(cell) if leaf.name == LEARNING_RATE else address(*cell)
        return shown if sheet == judgement.table.sheet else f"{quoted(sheet)}!{shown}"

    return to_excel(tree, reference)


def _is_there(judgement: Judgement, name: Name, step: int) -> bool:
    if name.name == LEARNING_RATE:
        rate = judgement.rate
        return rate.line is not None or rate.cell is not None or rate.value is not None
    table, place = judgement.table, step + name.shift
    if not table.holds(name.name):
        return _given_at(judgement, name) is not None
    return 0 <= place < table.iterations and table.cell(name.name, place) != NOWHERE


def _given_at(judgement: Judgement, name: Name) -> tuple[str, Address] | None:
    """Return the cell outside of a table that gives a quantity for all its iterations."""
    cells = (place for place, alias in judgement.aliases.items() if alias == name.name)
    return next(cells, None)


def own_formula(judgement: Judgement, quantity: str, step: int) -> str:
    """Return the formula that stands in a cell, or nothing."""
    cell = judgement.table.cell(quantity, step)
    fills = judgement.lines[quantity].fills
    return next((fill.formula.at(*cell) for fill in fills if step in fill.steps), "")


def cells_at(judgement: Judgement, step: int) -> Where:
    """Return what gives the cell of a quantity as seen from one step's formulas."""

    def where(name: Name) -> str | None:
        if name.name == LEARNING_RATE:
            return rate_reference(judgement, step) if judgement.rate.cell else None
        place, table = step + name.shift, judgement.table
        if not table.holds(name.name) or not 0 <= place < table.iterations:
            return None
        cell = table.cell(name.name, place)
        return None if cell == NOWHERE else address(*cell)

    return where


def _reference(judgement: Judgement, leaf: Expr, step: int) -> str:
    assert isinstance(leaf, Name)
    if leaf.name == LEARNING_RATE:
        return rate_reference(judgement, step)
    given = None if judgement.table.holds(leaf.name) else _given_at(judgement, leaf)
    if given is not None:
        return on(*given) if given[0] != judgement.table.sheet else fixed(given[1])
    if leaf.name in judgement.table.fixed:  # and stays when the formula is filled down
        return fixed(judgement.table.fixed[leaf.name])
    return address(*judgement.table.cell(leaf.name, step + leaf.shift))


def rate_reference(judgement: Judgement, step: int) -> str:
    """Return how a formula refers to η; its number where it is typed."""
    rate, table = judgement.rate, judgement.table
    if rate.line is not None:
        place = min(max(0, step + (rate.shift or 0)), table.iterations - 1)
        return address(*table.at(rate.line, table.places[place]))
    if rate.cell is None:
        return number(rate.value) if rate.value is not None else "η"
    sheet, cell = rate.cell
    return fixed(cell) if sheet == table.sheet else on(sheet, cell)
