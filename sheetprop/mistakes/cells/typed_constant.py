"""SP302: a number inside a formula where a reference belongs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from sheetprop.errors import FormulaError
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Call, Expr, Name, Number
from sheetprop.maths.trees.walk import Path, nodes, replace_at, walk
from sheetprop.mistakes.base import Diagnosis, Mistake, Scene
from sheetprop.mistakes.finding import Draft
from sheetprop.mistakes.own_cells import own_formula, places
from sheetprop.mistakes.words import Blanks, Case
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.tables.readings.parsed import parsed
from sheetprop.workbooks.sheet import Workbook

MOST_READINGS = 200
"""So many ways to read a formula's numbers as references are tried."""

RIGHT_NOW = Case(
    "right now",
    "has the number {numbers}",
    "It is right only as long as {belongs} keeps its value. Refer to the cell, so that {own} "
    "follows when that changes.",
    severity="warning",
)
RIGHT_IN_CELL = Case(
    "right now, in a cell",
    "takes a cell with the number {numbers}",
    "That cell has the same value at the moment, but is another one: when {belongs} changes, {own} "
    "does not follow.",
    severity="warning",
)
WRONG_IN_CELL = Case(
    "wrong, in a cell",
    "takes a cell with the number {number} where {belongs} belongs",
    "The formula refers to a cell that does not hold {belongs}, and is none of the table's. Refer "
    "to the cell that the rest of the worksheet uses.",
)
WRONG = Case(
    "wrong",
    "has the number {number} where {belongs} belongs",
    "The number is another than {belongs}, which the rest of the worksheet uses. Refer to its cell "
    "instead.",
)
RATE = Case(
    "learning rate",
    "η = {rate} is typed into the updates.",
    "To try another learning rate every update has to be changed, and one that is forgotten is not "
    "seen. Put η into a cell of its own and refer to it with $ signs.",
    severity="warning",
)


def _seen(judgement: Judgement, wrong: Wrong) -> Diagnosis | None:
    typed = _typed_in(judgement, wrong)
    return _right_now(judgement, wrong, typed) or _wrong(judgement, wrong, typed)


def _typed_in(judgement: Judgement, wrong: Wrong) -> set[float]:
    """Return the numbers that stand in the formula itself, not in cells that it refers to."""
    try:
        tree = parsed(own_formula(judgement, wrong.quantity, wrong.steps[0]))
    except FormulaError:
        return set()
    return {node.value for node in nodes(tree) if isinstance(node, Number)}


def _right_now(judgement: Judgement, wrong: Wrong, typed: set[float]) -> Diagnosis | None:
    """Return the diagnosis where only numbers stand for references that have their values."""
    right = judgement.network.quantities[wrong.quantity].tree
    if right is None:
        return None
    options: list[list[tuple[Path, float, str] | None]] = [
        [None, *((path, node.value, name) for name in _holders(judgement, node.value, wrong))]
        for path, node in walk(wrong.tree)
        if isinstance(node, Number)
    ]
    for chosen in islice(product(*options), MOST_READINGS):
        used = [one for one in chosen if one is not None]
        tree = wrong.tree
        for path, _, name in used:
            tree = replace_at(tree, path, Name(name))
        if used and judgement.points.same(tree, right):
            numbers = " and ".join(f"{value:g} for {name_text(name)}" for _, value, name in used)
            belongs = " and ".join(dict.fromkeys(name_text(name) for _, _, name in used))
            blanks: Blanks = {"own": Name(wrong.quantity), "numbers": numbers, "belongs": belongs}
            is_typed = {value for _, value, _ in used} <= typed
            return Diagnosis(
                TYPED_CONSTANT, RIGHT_NOW if is_typed else RIGHT_IN_CELL, blanks, numbers
            )
    return None


def _wrong(judgement: Judgement, wrong: Wrong, typed: set[float]) -> Diagnosis | None:
    """Return the diagnosis where one number, and a wrong one, stands for a given quantity."""
    quantity = judgement.network.quantities[wrong.quantity]
    given = [n for n, q in judgement.network.quantities.items() if q.kind in ("input", "target")]
    names = [*given, LEARNING_RATE] if quantity.is_given_first else given
    conditions = [(*path, 0) for path, node in walk(wrong.tree) if _is_choice(node)]
    numbers = [
        (path, node)
        for path, node in walk(wrong.tree)
        if isinstance(node, Number) and not any(path[: len(one)] == one for one in conditions)
    ]
    for (path, node), name in product(numbers, names):
        tree = replace_at(wrong.tree, path, Name(name))
        if quantity.tree is not None and judgement.points.same(tree, quantity.tree):
            number = f"{node.value:g}"
            blanks: Blanks = {"number": number, "belongs": Name(name)}
            said = f"{number} for {name_text(name)}"
            case = WRONG if node.value in typed else WRONG_IN_CELL
            return Diagnosis(TYPED_CONSTANT, case, blanks, said)
    return None


def _is_choice(node: Expr) -> bool:
    """Whether a node chooses by a condition: a number there stands for no quantity."""
    return isinstance(node, Call) and node.function == "IF"


def _holders(judgement: Judgement, value: float, wrong: Wrong) -> list[str]:
    """Return the given quantities that have a value, η among them in an update."""
    names = []
    is_update = judgement.network.quantities[wrong.quantity].is_given_first
    if is_update and value == judgement.rate.value:
        names.append(LEARNING_RATE)
    for name, quantity in judgement.network.quantities.items():
        if quantity.kind in ("input", "target") and judgement.table.holds(name):
            cell = judgement.table.cell(name, wrong.steps[0])
            if judgement.value_of(judgement.table.sheet, cell) == value:
                names.append(name)
    return names


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield the learning rate typed into the updates: right until somebody wants another."""
    for judgement in scene.judgements:
        if judgement.rate.is_typed:
            yield from _typed_rate(judgement, scene.workbook)


def _typed_rate(judgement: Judgement, workbook: Workbook) -> Iterator[Draft]:
    cells = workbook[judgement.table.sheet].cells
    for name in judgement.network.parameters:
        line = judgement.lines.get(name)
        steps = [s for fill in line.fills for s in fill.steps if s > 0] if line else []
        if steps:
            yield TYPED_CONSTANT.found(
                RATE,
                places(judgement, name, steps),
                {"rate": f"{judgement.rate.value:g}"},
                "η",
                found=cells[judgement.table.cell(name, min(steps))].formula,
            )


TYPED_CONSTANT = Mistake(
    code="SP302",
    name="typed-constant",
    summary="a number inside a formula where a reference belongs",
    explanation=(
        "A number inside the formula is right only as long as the cell it was copied from "
        "keeps its value; refer to the cell."
    ),
    wrong="h1 = w1*0.05+w2*0.1",
    right="h1 = w1*i1+w2*i2",
    cases=(RIGHT_NOW, RIGHT_IN_CELL, WRONG, WRONG_IN_CELL, RATE),
    rank=2,
    seen=_seen,
    rule=_rule,
)
