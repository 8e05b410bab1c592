"""Mistakes of lessons in rows: each is made, found by its name, explained, and put right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import pytest
from cell_sheets import CHAIN, written
from slowly import one_in

from sheetprop.checking.cells.circuits import NAME as GATES
from sheetprop.checking.cells.circuits import trees_of_circuit
from sheetprop.checking.cells.one_row import placed
from sheetprop.checking.cells.recognise import sheets_of
from sheetprop.checking.cells.shares import NAME as SOFTMAX
from sheetprop.checking.cells.shares import trees_of
from sheetprop.lessons.kinds.gates.content import circuit
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.mistakes import MISTAKES, OF_ROWS
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.search import explain
from sheetprop.notation.excel_parse import CellReference, parse
from sheetprop.rows.random_rows import RandomRows, random_rows
from sheetprop.rows.registry import ROW_LESSONS
from sheetprop.rows.row_lesson import RowLesson

OWN = [mistake for mistake in MISTAKES if mistake.is_of_rows]
ROWS = {
    lesson: random_rows(lesson, frozenset(lesson.quantities) - {"size_in", "jump_in", "field_in"})
    for lesson in ROW_LESSONS
}


NAME = re.compile(r"\b(d[A-Za-z]\w*/d\w+|[a-zT]\w*)\b(')?")


def columns_of(lesson: RowLesson) -> str:
    return " ".join(lesson.quantities)[:60]


def read(example: str) -> tuple[str, Expr]:
    """Return the quantity and the tree of an example; ``'`` marks the row before."""
    quantity, _, formula = example.partition(" = ")
    leaves: list[Name] = []

    def cell(name: re.Match[str]) -> str:
        leaves.append(Name(name[1], -1 if name[2] else 0))
        return f"ZZ{len(leaves)}"

    tree = parse("=" + NAME.sub(cell, formula), of_rows=True)

    def name_of(leaf: Expr) -> Expr | None:
        return leaves[leaf.row - 1] if isinstance(leaf, CellReference) else None

    return quantity, substitute(tree, name_of)


def lessons_of(trees: Iterable[Expr]) -> list[RandomRows]:
    """Return the random rows of the lessons that have every quantity of some trees."""
    used = {name.name for tree in trees for name in names(tree)}
    known = {**ROWS, **cells()}
    return [points for lesson, points in known.items() if used <= set(lesson.quantities)]


@cache
def cells() -> dict[RowLesson, RandomRows]:
    """Return lessons whose quantities each have a cell: a product, softmax, functions of others."""
    (chain,) = (one.rows_of for one in sheets_of(written(CHAIN), lambda *_: 0.0, None))
    found = circuit("x*y+z", dict.fromkeys("xyz", 0.0))
    trees = [(GATES, trees_of_circuit(found)), (SOFTMAX, trees_of(3))]
    made = [placed(name, "", own, dict.fromkeys(own, (1, 1)), {}) for name, own in trees]
    lessons = [chain, *(one.lesson for one in made if one is not None)]
    return {lesson: random_rows(lesson, frozenset(lesson.quantities)) for lesson in lessons}


@pytest.mark.parametrize("mistake", OWN, ids=lambda mistake: mistake.name)
def test_examples_are_what_they_say(mistake: Mistake) -> None:
    """In a lesson the right example is right, the wrong one is not, and this mistake makes it."""
    quantity, right = read(mistake.right)
    _, wrong = read(mistake.wrong)
    fitting = []
    for points in lessons_of([right, wrong, Name(quantity)]):
        subject = Subject(points.lesson.quantities[quantity], points.lesson)
        if points.same(right, subject.tree):
            fitting.append(any(points.same(wrong, one.tree) for one in mistake.variants(subject)))
            assert not points.same(wrong, right)

    assert fitting
    assert all(fitting)


def made(points: RandomRows) -> list[tuple[Mistake, str, Variant]]:
    """Return every wrong tree that a mistake of rows makes of a quantity, if it has a value."""
    return [
        (mistake, quantity.name, variant)
        for quantity in points.lesson.quantities.values()
        if quantity.tree is not None
        for mistake in OF_ROWS
        for variant in mistake.variants(Subject(quantity, points.lesson))
        if not points.same(variant.tree, quantity.tree)
    ]


@pytest.mark.parametrize(
    "lesson", one_in(4, ROW_LESSONS), ids=lambda lesson: " ".join(lesson.quantities)[:60]
)
def test_what_is_made_is_found(lesson: RowLesson) -> None:
    """Every wrong tree with values everywhere is named, as what made it or a likelier mistake."""
    points = ROWS[lesson]
    ranks = {mistake.name: mistake.rank for mistake in OF_ROWS}
    lost = []
    for mistake, quantity, variant in made(points)[::7]:
        found = explain(OF_ROWS, points, quantity, variant.tree)
        if not points.same(variant.tree, variant.tree):
            continue  # it has no value somewhere
        says = [one.why() + one.phrase for one in found]
        likely = [ranks[one.mistake.name] <= mistake.rank for one in found]
        if len(found) != 1 or not (all(likely) and all(says)):
            lost.append((mistake.name, quantity, variant.case.name))

    assert lost == []


@pytest.mark.parametrize(
    "lesson", one_in(4, ROW_LESSONS), ids=lambda lesson: " ".join(lesson.quantities)[:60]
)
def test_random_rows_are_right(lesson: RowLesson) -> None:
    """At the random rows every quantity is what its tree says, in any columns of a sheet."""
    whole = frozenset(lesson.quantities)
    for held in (whole, *(whole - {name} for name in whole)):
        points = random_rows(lesson, held)
        for name, quantity in points.lesson.quantities.items():
            if quantity.tree is not None:
                assert points.same(Name(name), quantity.tree), (name, held)
