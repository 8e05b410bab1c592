"""Slips in the formulas of tables in rows: mistakes with a name, and such as fingers make."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from random import Random

from handmade.row_lessons import Drawn
from sheetprop.maths.trees.expr import Expr, Name, Number, Power, Product, Quotient, Sum
from sheetprop.maths.trees.walk import names, replace_at, walk
from sheetprop.mistakes import OF_ROWS
from sheetprop.mistakes.base import Subject
from sheetprop.rows.consistent import Unreachable
from sheetprop.rows.random_rows import RandomRows, random_rows
from sheetprop.rows.registry import ROW_LESSONS
from sheetprop.rows.row_lesson import RowLesson

Wrong = tuple[str, str, Expr]
"""A quantity, the mistake, and what its formula becomes."""


def possible_names(drawn: Drawn, wrong: Wrong) -> set[str] | None:
    """Return the mistakes that make the same of a formula; None where its numbers tell none."""
    name, mistake, tree = wrong
    shown = shown_in(drawn)
    quantity = shown.quantities[name]
    typed = {*drawn.typed} & {leaf.name for leaf in names(quantity.tree)} if quantity.tree else ()
    if typed:
        return None
    points = random_rows(drawn.lesson, held_by_table(drawn))
    found = {
        one.name
        for one in OF_ROWS
        for made in one.variants(Subject(quantity, shown))
        if points.same(made.tree, tree)
    }
    if {*drawn.typed} & {leaf.name for leaf in names(tree)}:
        found.add("typed-constant")
    return found | {mistake}


def one_of(wrongs: list[Wrong | None], chance: Random) -> Wrong | None:
    """Return one of the mistakes: in each quantity and by each name about as often."""
    names = sorted({(wrong[0], wrong[1]) for wrong in wrongs if wrong is not None})
    if not names:
        return None
    chosen = chance.choice(names)
    return chance.choice([wrong for wrong in wrongs if wrong is not None and wrong[:2] == chosen])


def held_by_table(drawn: Drawn) -> frozenset[str]:
    """Return the quantities that a table has, in cells or in its formulas."""
    return frozenset({*drawn.columns, *drawn.once, *drawn.typed})


def shown_in(drawn: Drawn) -> RowLesson:
    """Return the lesson in the columns of a table."""
    held = held_by_table(drawn)
    return drawn.lesson.in_sheet(held).in_columns(lambda one: one.name in held)


def wrongs(drawn: Drawn) -> Iterator[Wrong]:
    """Yield what mistakes make of the columns, where the table has all it takes."""
    shown, held = shown_in(drawn), held_by_table(drawn)
    points = random_rows(drawn.lesson, held)
    for name in drawn.columns:
        quantity = shown.quantities[name]
        for mistake in OF_ROWS if quantity.tree is not None else ():
            for made in mistake.variants(Subject(quantity, shown)):
                stands = _can_stand(drawn, shown, name, made.tree)
                if stands and quantity.tree and _is_wrong(points, made.tree, quantity.tree):
                    yield name, mistake.name, made.tree
        if quantity.tree is not None:
            yield from _unnamed(drawn, shown, name, quantity.tree)


def is_right_elsewhere(drawn: Drawn, name: str, tree: Expr) -> bool:
    """Whether another lesson of the same name has that formula: momentum is Nesterov without."""
    held = held_by_table(drawn)
    for other in ROW_LESSONS:
        if other.name == drawn.lesson.name and other is not drawn.lesson:
            own = random_rows(other, held & {*other.quantities}).lesson.quantities.get(name)
            points = random_rows(other, held & {*other.quantities})
            if own is not None and own.tree is not None and points.same(own.tree, tree):
                return True
    return False


UNNAMED = "unnamed"
"""The name of slips that nobody thought of."""


def _unnamed(drawn: Drawn, shown: RowLesson, name: str, tree: Expr) -> Iterator[Wrong]:
    """Yield formulas with one part that belongs nowhere, as fingers slip."""
    points = random_rows(drawn.lesson, held_by_table(drawn))
    is_free = bool(drawn.lesson.by_name[name].free)
    for path, node in walk(tree):
        for other in () if is_free and isinstance(node, Number) else slipped(node):
            made = replace_at(tree, path, other)
            if _can_stand(drawn, shown, name, made) and _is_wrong(points, made, tree):
                yield name, UNNAMED, made


def _is_wrong(points: RandomRows, made: Expr, right: Expr) -> bool:
    """Whether a formula has values, and others than the right one."""
    try:
        return all(map(isfinite, points.evaluate(made))) and not points.same(made, right)
    except Unreachable:
        return False


def slipped(node: Expr) -> Iterator[Expr]:
    """Yield what may stand for a part of a formula where fingers slip."""
    match node:
        case Number(value):
            yield Number(value * 10 if value else 0.1)
            yield Number(value + 0.01)
        case Quotient(above, below):
            yield Quotient(below, above)
            yield Product((above, below))
        case Power(base, Number(2.0)):
            yield Power(base, Number(3.0))
        case Product((first, *rest)) if rest:
            yield Sum((first, *rest))
        case Name():
            yield Product((Number(1.1), node))
            yield Sum((node, Number(0.05)))


def _can_stand(drawn: Drawn, shown: RowLesson, name: str, tree: Expr) -> bool:
    """Whether the table has what a tree takes, and nothing is computed from itself."""
    held = held_by_table(drawn)
    later = {*drawn.columns[drawn.columns.index(name) :]}
    for leaf in names(tree):
        if leaf.name not in held or leaf.shift not in (0, -1):
            return False
        is_made = shown.quantities[leaf.name].tree is not None or leaf.name in drawn.formulas
        if not leaf.shift and leaf.name in later and is_made:
            return False
        has_start = drawn.start is not None and leaf.name in {*drawn.start, *drawn.once}
        if leaf.shift and not has_start and leaf not in _own(shown, name):
            return False
    return True


def _own(shown: RowLesson, name: str) -> set[Name]:
    """Return what the right tree of a quantity takes."""
    tree = shown.quantities[name].tree
    return set() if tree is None else set(names(tree))
