"""Helper cells that alone make formulas wrong: with another content all that take them are right.

In a form there is no other row to compare a helper with. But what would have to stand in it
follows from the right formulas: a part of theirs, and the same one for all that take it.
"""

from __future__ import annotations

from collections import Counter
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
    """A helper cell, what belongs there, and the formulas that are wrong by it alone."""

    cell: Address
    right: Expr
    wrong: tuple[Wrong, ...]


def blamed_helpers(judgement: Judgement, workbook: Workbook) -> list[Blamed]:
    """Return the helper cells that explain wrong cells which stand alone, each of these once."""
    single = [one for one in judgement.wrong if len(one.steps) == 1]
    waiting = {one.quantity: one for one in single}
    if len(single) != len(judgement.wrong) or len(waiting) != len(single):
        return []
    behind = _looker(judgement, workbook)
    taken = _taken(judgement, behind)
    found: list[Blamed] = []
    for cell in _by_takers(taken, waiting, behind)[:MOST_HELPERS]:
        own = [name for name, cells in taken.items() if cell in cells]
        if not own or not all(name in waiting for name in own):
            continue
        if not _is_meant(judgement, workbook, cell):
            continue
        wrong = [waiting[name] for name in own]
        right = _right(judgement, workbook, cell, wrong)
        if right is not None and not _may_be_right(judgement, workbook, cell, wrong):
            found.append(Blamed(cell, right, tuple(wrong)))
            waiting = {name: one for name, one in waiting.items() if name not in own}
    return found


def _by_takers(
    taken: Taken, waiting: Mapping[str, Wrong], behind: Callable[[Address], frozenset[Address]]
) -> list[Address]:
    """Return the helper cells of wrong formulas: those of most first, then those of fewest cells.

    What several helpers are made of explains more than each of them.
    """
    count = Counter(cell for name in waiting for cell in taken.get(name, ()))
    return sorted(count, key=lambda cell: (-count[cell], len(behind(cell))))


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


def _may_be_right(
    judgement: Judgement, workbook: Workbook, cell: Address, wrong: Sequence[Wrong]
) -> bool:
    """Whether the only formula that takes a helper may be at fault as well, and likelier is.

    A helper that holds another part of the right formula, or its opposite, is believed, unless the
    formula that takes it is the same as one beside it.
    """
    if len(wrong) > 1:
        return False
    tree = _with_hole(judgement, workbook, cell, wrong[0])
    own = _with_hole(judgement, workbook, NOWHERE, wrong[0])
    right = judgement.network.quantities[wrong[0].quantity].tree
    if tree is None or own is None or right is None:
        return False
    parts = (put(tree, Name(HELD), part) for part in _parts(right))
    is_part = any(judgement.points.same(own, other) for other in parts)
    at = judgement.table.cell(wrong[0].quantity, wrong[0].steps[0])
    return is_part and not _has_twin(workbook[judgement.table.sheet], at)


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
