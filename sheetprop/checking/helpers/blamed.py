"""Helper cells that alone make formulas wrong: with another content all that take them are right.

In a form, and where a whole column of helpers is wrong, there is no other row to compare one with.
But what would have to stand in it follows from the right formulas: a part of theirs, and the same
one for all that take it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sheetprop.checking.fitting.learning_rate import with_rate
from sheetprop.checking.helpers.alike import alike
from sheetprop.checking.helpers.likely import (
    Behind,
    has_formula,
    has_twin,
    is_meant,
    is_taken_elsewhere,
    is_written_again,
    says_as_beside,
)
from sheetprop.checking.helpers.of_samples import helpers_of_samples
from sheetprop.errors import FormulaError
from sheetprop.maths.names import is_parameter
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr, Name, Negative
from sheetprop.maths.trees.parts import parts_of
from sheetprop.maths.trees.signs import in_other_signs
from sheetprop.maths.trees.walk import nodes, put
from sheetprop.mistakes.helper_cells import odd_helper
from sheetprop.mistakes.own_cells import written_out
from sheetprop.notation.mentioned import cells_within
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.tables.table import NOWHERE
from sheetprop.tables.translate import translator_of
from sheetprop.workbooks.sheet import Address, Workbook

MOST_HELPERS = 40
"""So many helper cells behind wrong formulas are tried."""

MOST_GROUPS = 20
"""So many groups of rows with wrong formulas are looked at."""

HELD = "what stands in the helper"
"""The name that a helper cell has while it is tried; no quantity is called so."""

Taken = Mapping[str, frozenset[Address]]


class Blamed(NamedTuple):
    """A helper cell, what belongs there, and the formulas that are wrong by it alone.

    Those are wrong in several rows where it is one of a column, whose `cells` say the same. It
    `may_be_right` where it holds a part of the right formula already, and one of a column for all
    samples, which together make formulas wrong, `is_of_samples`.
    """

    cell: Address
    right: Expr
    wrong: tuple[Wrong, ...]
    may_be_right: bool
    cells: tuple[Address, ...]
    is_of_samples: bool = False


def blamed_helpers(judgement: Judgement, workbook: Workbook) -> list[Blamed]:
    """Return the helper cells that explain wrong cells, each of these once."""
    rows = dict.fromkeys(one.steps for one in judgement.wrong)
    behind = _looker(judgement, workbook)
    chosen: list[Blamed] = []
    for steps in list(rows)[:MOST_GROUPS]:
        wrong = {one.quantity: one for one in judgement.wrong if one.steps == steps}
        found = list(_explaining(judgement, workbook, wrong, behind))
        if not found:
            found = list(_of_samples(judgement, workbook, wrong, behind))

        def order(one: Blamed) -> tuple[int, bool, bool, bool, int]:
            is_usual = says_as_beside(judgement, workbook, one.cell)
            is_again = is_written_again(judgement, workbook, one.cell)
            return -len(one.wrong), is_usual, is_again, one.may_be_right, len(behind(one.cell))

        found = sorted(found, key=order) if len(found) > 1 else found
        for one in found:  # what several are made of explains more than each
            if not any(other in known.wrong for known in chosen for other in one.wrong):
                chosen.append(one)
    return [one for one in chosen if not _is_another_odd(judgement, workbook, one)]


def _of_samples(
    judgement: Judgement, workbook: Workbook, wrong: Mapping[str, Wrong], behind: Behind
) -> Iterator[Blamed]:
    """Yield the helpers of all samples that together explain wrong formulas."""
    for group, right, those in helpers_of_samples(judgement, workbook, wrong, behind):
        along = [alike(judgement, workbook, cell, those[0]) for cell in group]
        cells = tuple(cell for own in zip(*along, strict=False) for cell in own)
        yield Blamed(group[0], right, those, False, cells, is_of_samples=True)


def _is_another_odd(judgement: Judgement, workbook: Workbook, blamed: Blamed) -> bool:
    """Whether a helper says what the rows beside it say, and another behind the formula does not.

    What it would take to make up for the other belongs in neither.
    """
    if not says_as_beside(judgement, workbook, blamed.cell):
        return False
    odd = [odd_helper(judgement, workbook, one) for one in blamed.wrong]
    return all(one is not None and one.cell != blamed.cell for one in odd)


def _explaining(
    judgement: Judgement,
    workbook: Workbook,
    wrong: Mapping[str, Wrong],
    behind: Behind,
) -> Iterator[Blamed]:
    """Yield each helper cell with which all formulas that take it would be right."""
    step = next(iter(wrong.values())).steps[0]
    taken = _taken(judgement, behind, step)
    beside = [(s, _taken(judgement, behind, s)) for s in (step - 1, step + 1)]
    bad = {(one.quantity, s) for one in judgement.wrong for s, _ in beside if s in one.steps}
    right = {c for s, those in beside for n in those if (n, s) not in bad for c in those[n]}
    helpers = dict.fromkeys(cell for name in wrong for cell in sorted(taken.get(name, ())))
    cells = sum(len(one.steps) for one in judgement.wrong if one.quantity in wrong)
    if cells > len(wrong):
        # Where other rows are wrong, too, a number that is taken in each is no helper of one.
        helpers = {cell: None for cell in helpers if has_formula(judgement, workbook, cell)}
    for cell in [cell for cell in helpers if cell not in right][:MOST_HELPERS]:
        own = [name for name, those in taken.items() if cell in those]
        if not all(name in wrong for name in own) or not is_meant(judgement, workbook, cell):
            continue
        those = tuple(wrong[name] for name in own)
        if is_taken_elsewhere(judgement, workbook, cell, those, behind):
            continue
        meant = _right(judgement, workbook, cell, those)
        if meant is None or (meant == Name(LEARNING_RATE) and len(own) == 1):
            continue  # of all updates one takes another cell for η: that reference went astray
        held = _part_held(judgement, workbook, cell, those[0])
        if held and len(own) == 1 and not _has_twin_formula(judgement, workbook, those[0]):
            continue
        several = len(those[0].steps) > 1
        same = alike(judgement, workbook, cell, those[0]) if several else (cell,)
        may_be_right = held is not None and not isinstance(held, Negative)
        yield Blamed(cell, meant, those, may_be_right, same)


def _taken(judgement: Judgement, behind: Behind, step: int) -> Taken:
    """Return the helper cells that stand behind the formulas of each quantity in one row."""
    lines, cell = judgement.lines.items(), judgement.table.cell
    taking = (n for n, line in lines if any(step in fill.steps for fill in line.fills))
    return {name: behind(cell(name, step)) for name in taking}


def _looker(judgement: Judgement, workbook: Workbook) -> Behind:
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
            new = cells_within(formula or "", table.sheet) - found - known
            new = {cell for cell in new if not judgement.holds(cell)}
            found |= new
            ahead += new
        return frozenset(found)

    return behind


def _right(
    judgement: Judgement, workbook: Workbook, cell: Address, wrong: Sequence[Wrong]
) -> Expr | None:
    """Return what makes all formulas right that take a helper cell, None where nothing does."""
    pairs = []
    for one in wrong:
        tree, right = _with_hole(judgement, workbook, cell, one), _meant(judgement, one)
        if tree is None or right is None or Name(HELD) not in nodes(tree):
            return None
        pairs.append((tree, right))
    smallest = min((right for _, right in pairs), key=lambda right: len(list(nodes(right))))
    for part in parts_of(smallest):
        if all(judgement.points.same(put(tree, Name(HELD), part), right) for tree, right in pairs):
            return part
    return None


def _meant(judgement: Judgement, wrong: Wrong) -> Expr | None:
    """Return the right tree of a quantity, with what has no line of its own written out."""
    tree = judgement.network.quantities[wrong.quantity].tree
    return None if tree is None else written_out(judgement, tree)


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
        tree = translator.constant(tree)
        return in_other_signs(tree, name) if judgement.gradient_sign < 0 else tree
    except FormulaError:
        return None


def _part_held(
    judgement: Judgement, workbook: Workbook, cell: Address, wrong: Wrong
) -> Expr | None:
    """Return the part of the right formula that a helper holds already, or its opposite.

    Then it is believed before other helpers, and before a formula that alone takes it, unless that
    is the same as one beside it.
    """
    tree, own = (_with_hole(judgement, workbook, at, wrong) for at in (cell, NOWHERE))
    right = _meant(judgement, wrong)
    if tree is None or own is None or right is None:
        return None
    for part in parts_of(right):
        if judgement.points.same(own, put(tree, Name(HELD), part)):
            return part
    return None


def _has_twin_formula(judgement: Judgement, workbook: Workbook, wrong: Wrong) -> bool:
    """Whether another cell has the same formula as the one that takes a helper."""
    at = judgement.table.cell(wrong.quantity, wrong.steps[0])
    return has_twin(workbook[judgement.table.sheet], at)
