"""Helper cells that alone make formulas wrong: with another content all that take them are right.

In a form there is no other row to compare a helper with. But what would have to stand in it
follows from the right formulas: a part of theirs, and the same one for all that take it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from sheetprop.checking.fitting.learning_rate import with_rate
from sheetprop.errors import FormulaError
from sheetprop.maths.names import is_parameter
from sheetprop.maths.trees.expr import Expr, Name, Negative, Number, Product, Sum, product
from sheetprop.maths.trees.walk import flatten, nodes, put
from sheetprop.notation.relative import RelativeFormula, references_within
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.tables.table import NOWHERE
from sheetprop.tables.translate import translator_of
from sheetprop.workbooks.sheet import Address, Sheet, Workbook

MOST_HELPERS = 40
"""So many helper cells behind wrong formulas are tried."""

MOST_FACTORS = 7
"""Of a product with more factors no parts are taken together."""

HELD = "what stands in the helper"
"""The name that a helper cell has while it is tried; no quantity is called so."""

Taken = Mapping[str, frozenset[Address]]


class Blamed(NamedTuple):
    """A helper cell, what belongs there, and the formulas that are wrong by it alone.

    It `may_be_right` where it holds a part of the right formula already.
    """

    cell: Address
    right: Expr
    wrong: tuple[Wrong, ...]
    may_be_right: bool


def blamed_helpers(judgement: Judgement, workbook: Workbook) -> list[Blamed]:
    """Return the helper cells that explain wrong cells which stand alone, each of these once."""
    wrong = {one.quantity: one for one in judgement.wrong if len(one.steps) == 1}
    if not wrong or len(wrong) != len(judgement.wrong):
        return []
    behind = _looker(judgement, workbook)
    found = list(_explaining(judgement, workbook, wrong, behind))

    def order(one: Blamed) -> tuple[int, bool, int]:
        return -len(one.wrong), one.may_be_right, len(behind(one.cell))

    chosen: list[Blamed] = []
    for one in sorted(found, key=order):  # what several helpers are made of explains more than each
        if not any(other in known.wrong for known in chosen for other in one.wrong):
            chosen.append(one)
    return chosen


def _explaining(
    judgement: Judgement,
    workbook: Workbook,
    wrong: Mapping[str, Wrong],
    behind: Callable[[Address], frozenset[Address]],
) -> Iterator[Blamed]:
    """Yield each helper cell with which all formulas that take it would be right."""
    taken = _taken(judgement, behind)
    helpers = dict.fromkeys(cell for name in wrong for cell in sorted(taken.get(name, ())))
    for cell in list(helpers)[:MOST_HELPERS]:
        own = [name for name, those in taken.items() if cell in those]
        if not all(name in wrong for name in own) or not _is_meant(judgement, workbook, cell):
            continue
        those = tuple(wrong[name] for name in own)
        right = _right(judgement, workbook, cell, those)
        if right is None:
            continue
        held = _part_held(judgement, workbook, cell, those[0])
        if held and len(own) == 1 and not _has_twin_formula(judgement, workbook, those[0]):
            continue
        yield Blamed(cell, right, those, held is not None and not isinstance(held, Negative))


def _taken(judgement: Judgement, behind: Callable[[Address], frozenset[Address]]) -> Taken:
    """Return the helper cells that stand behind the formulas of each quantity."""
    return {
        name: frozenset[Address]().union(
            *(behind(judgement.table.cell(name, s)) for fill in line.fills for s in fill.steps)
        )
        for name, line in judgement.lines.items()
    }


def _looker(judgement: Judgement, workbook: Workbook) -> Callable[[Address], frozenset[Address]]:
    """Return what gives the helper cells behind a cell of the table's sheet."""
    table, cells = judgement.table, workbook[judgement.table.sheet].cells
    known = {cell for sheet, cell in judgement.aliases if sheet == table.sheet}
    known |= {*table.fixed.values()}
    if judgement.rate.cell is not None and judgement.rate.cell[0] == table.sheet:
        known.add(judgement.rate.cell[1])

    @cache
    def behind(start: Address) -> frozenset[Address]:
        found: set[Address] = set()
        ahead = [start]
        while ahead and len(found) <= MOST_HELPERS:
            content = cells.get(ahead.pop())
            formula = content.formula if content is not None else None
            new = set(references_within(formula or "", table.sheet)) - found - known
            new = {cell for cell in new if not judgement.holds(cell)}
            found |= new
            ahead += new
        return frozenset(found)

    return behind


def _right(
    judgement: Judgement, workbook: Workbook, cell: Address, wrong: Sequence[Wrong]
) -> Expr | None:
    """Return what makes all formulas right that take a helper cell, None where nothing does."""
    quantities = judgement.network.quantities
    pairs = []
    for one in wrong:
        tree, right = _with_hole(judgement, workbook, cell, one), quantities[one.quantity].tree
        if tree is None or right is None or Name(HELD) not in nodes(tree):
            return None
        pairs.append((tree, right))
    for part in _parts(pairs[0][1]):
        if all(judgement.points.same(put(tree, Name(HELD), part), right) for tree, right in pairs):
            return part
    return None


def _with_hole(
    judgement: Judgement, workbook: Workbook, cell: Address, wrong: Wrong
) -> Expr | None:
    """Return what a formula says with the content of a helper cell left open."""
    table, name, step = judgement.table, wrong.quantity, wrong.steps[0]
    translator = translator_of(workbook, table, judgement.network, judgement.value_of)
    translator.aliases.update(judgement.aliases)
    translator.aliases[table.sheet, cell] = HELD
    try:
        tree = translator.tree(table.cell(name, step))
        tree = with_rate(tree, table, judgement.rate, is_update=is_parameter(name), step=step)
        return translator.constant(tree)
    except FormulaError:
        return None


def _parts(tree: Expr) -> Iterator[Expr]:
    """Yield what a helper may hold for a formula: any part of it, with either sign."""
    seen = set()
    for node in nodes(flatten(tree)):
        for part in (node, *_together(node)):
            if part not in seen and not isinstance(part, Number):
                seen.add(part)
                yield from (part, Negative(part))


def _together(node: Expr) -> Iterator[Expr]:
    """Yield some factors of a product, or terms of a sum, taken together."""
    parts = node.factors if isinstance(node, Product) else ()
    parts = node.terms if isinstance(node, Sum) else parts
    for count in range(2, len(parts) if len(parts) <= MOST_FACTORS else 0):
        for some in combinations(parts, count):
            yield product(list(some)) if isinstance(node, Product) else Sum(some)


def _part_held(
    judgement: Judgement, workbook: Workbook, cell: Address, wrong: Wrong
) -> Expr | None:
    """Return the part of the right formula that a helper holds already, or its opposite.

    Then it is believed before other helpers, and before a formula that alone takes it, unless that
    is the same as one beside it.
    """
    tree = _with_hole(judgement, workbook, cell, wrong)
    own = _with_hole(judgement, workbook, NOWHERE, wrong)
    right = judgement.network.quantities[wrong.quantity].tree
    if tree is None or own is None or right is None:
        return None
    for part in _parts(right):
        if judgement.points.same(own, put(tree, Name(HELD), part)):
            return part
    return None


def _has_twin_formula(judgement: Judgement, workbook: Workbook, wrong: Wrong) -> bool:
    """Whether another cell has the same formula as the one that takes a helper."""
    at = judgement.table.cell(wrong.quantity, wrong.steps[0])
    return _has_twin(workbook[judgement.table.sheet], at)


def _is_meant(judgement: Judgement, workbook: Workbook, cell: Address) -> bool:
    """Whether a cell is meant to be a helper: with a formula, or taken by more than a slip.

    A reference that went astray leads to a cell that nothing else takes.
    """
    sheet = workbook[judgement.table.sheet]
    content = sheet.cells.get(cell)
    if content is not None and content.formula is not None:
        return True
    takers = [
        at
        for at, one in sheet.cells.items()
        if one.formula and cell in references_within(one.formula, sheet.name)
    ]
    return len(takers) > 1 or any(_has_twin(sheet, at) for at in takers)


def _has_twin(sheet: Sheet, at: Address) -> bool:
    """Whether another cell has the same formula, filled."""
    cells = sheet.cells
    pattern = RelativeFormula(cells[at].formula or "", *at).pattern
    return any(
        RelativeFormula(one.formula, *where).pattern == pattern
        for where, one in cells.items()
        if one.formula and where != at
    )
