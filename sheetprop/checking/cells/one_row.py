"""A lesson in which each quantity has one cell, stated as a single row of a lesson in rows."""

from __future__ import annotations

import math
import random
from collections.abc import Container, Mapping
from dataclasses import dataclass

from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import names, nodes, substitute
from sheetprop.rows.consistent import FAILURES, FUNCTIONS
from sheetprop.rows.row_lesson import Draw, RowLesson, RowQuantity, Settle
from sheetprop.tables.form import Form
from sheetprop.tables.table import DOWN, NOWHERE
from sheetprop.workbooks.sheet import Address

Trees = Mapping[str, Expr | None]
"""The tree of each quantity, None for what is given."""

RANGES = ((-1.5, 1.5), (0.15, 0.9), (1.1, 2.5), (-0.9, -0.1), (3.0, 9.0), (11.0, 30.0))
"""Between which numbers inputs are drawn: the first in which everything has a value."""

EITHER = (0.0, 1.0)
"""What is given and has no cell may be typed into formulas as one of these: a target."""

SAMPLES = 40
MOST_NODES = 4000
"""Parts of a tree that quantities without a cell are written into."""


@dataclass(frozen=True)
class Placed:
    """What a sheet may be: a lesson, and the cell of each of its quantities."""

    lesson: RowLesson
    form: Form


def placed(
    name: str,
    sheet: str,
    trees: Trees,
    cells: Mapping[str, Address],
    labels: Mapping[str, Address],
    settle: Settle | None = None,
    taken: frozenset[str] = frozenset(),
) -> Placed | None:
    """Return the lesson of the quantities that have cells; None where it has no values.

    What has no cell is written into the trees of the others. `labels` are where texts name them;
    the trees of those `taken` are those of their own formulas.
    """
    held = {one: trees[one] for one in trees if one in cells}
    try:
        own = {one: tree and inlined(tree, trees, held) for one, tree in held.items()}
    except (RecursionError, OverflowError):
        return None
    draw = drawn_for(own)
    if draw is None:
        return None
    stated = tuple(
        RowQuantity(one, (), tree, draw if tree is None else None) for one, tree in own.items()
    )
    stated += tuple(RowQuantity(one, (), None, draw, also=EITHER) for one in _left_out(own))
    lines = {one: line for line, one in enumerate(own)}
    form = Form(
        sheet,
        DOWN,
        0,
        (0,),
        lines,
        {one: one for one in own},
        cells=tuple((cells[one], NOWHERE) for one in own),
        headers=tuple(labels.get(one, cells[one]) for one in own),
    )
    return Placed(RowLesson(name, stated, (), settle=settle, taken=taken), form)


def _left_out(trees: Trees) -> list[str]:
    """Return what trees take that has no cell and follows from nothing that has one."""
    taken = (leaf.name for tree in trees.values() if tree is not None for leaf in names(tree))
    return [name for name in dict.fromkeys(sorted(taken)) if name not in trees]


def inlined(tree: Expr, trees: Trees, held: Container[str], depth: int = 0) -> Expr:
    """Return a tree in quantities that are held, or given.

    Raises:
        OverflowError: it has too many parts then.
        RecursionError: a quantity is computed from itself.

    """
    if depth > len(trees):
        raise RecursionError

    def replaced(leaf: Expr) -> Expr | None:
        if not isinstance(leaf, Name) or leaf.name in held:
            return None
        own = trees.get(leaf.name)
        return None if own is None else inlined(own, trees, held, depth + 1)

    found = substitute(tree, replaced)
    if len(nodes(found)) > MOST_NODES:
        raise OverflowError
    return found


def drawn_for(trees: Trees) -> Draw | None:
    """Return what draws inputs at which every quantity has a value, None where nothing does."""
    for low, high in RANGES:
        draw = _between(low, high)
        generator = random.Random(1)  # noqa: S311 - numbers to calculate with, no secrets
        if all(_has_values(trees, draw, generator) for _ in range(SAMPLES)):
            return draw
    return None


def _between(low: float, high: float) -> Draw:
    return lambda generator: generator.uniform(low, high)


def _has_values(trees: Trees, draw: Draw, generator: random.Random) -> bool:
    known = {name: draw(generator) for name, tree in trees.items() if tree is None}

    def value(leaf: Name) -> float:
        if leaf.name not in known:
            tree = trees.get(leaf.name)
            known[leaf.name] = draw(generator) if tree is None else evaluate(tree, value, FUNCTIONS)
        return known[leaf.name]

    try:
        return all(math.isfinite(float(value(Name(name)))) for name in trees)
    except (*FAILURES, TypeError, KeyError, RecursionError):
        return False


def without_defaults(tree: Expr, defaults: Mapping[str, float]) -> Expr:
    """Return a tree with numbers for what a sheet leaves out."""
    return substitute(
        tree,
        lambda leaf: (
            Number(defaults[leaf.name])
            if isinstance(leaf, Name) and leaf.name in defaults
            else None
        ),
    )
