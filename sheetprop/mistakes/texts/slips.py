"""Whether a formula written out as text is right: its sides must have one value."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sheetprop.calculating.agreement import is_close
from sheetprop.maths.names import is_gradient
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Call, Expr, Name, Number
from sheetprop.maths.trees.walk import walk
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.texts.diagnosis import mistake_in, otherwise, told
from sheetprop.mistakes.texts.meaning import FREE, Meaning, NoValueError, sigmoid_written_out
from sheetprop.mistakes.texts.sides import Side, read_side, trees_of
from sheetprop.mistakes.texts.stated import quantity_with, stated
from sheetprop.mistakes.texts.text_cases import LOST_POWER, MISTAKE
from sheetprop.mistakes.words import Blanks, Case
from sheetprop.notation.text import name_text, to_text
from sheetprop.notation.text_parse import Derivative, Style

FOR_GOOD = frozenset({0.0, 0.5, 1.0, 2.0})
"""Numbers that formulas have; a side with another one is a calculation with values."""


class Slip(NamedTuple):
    """A wrong statement; `case` and `blanks` say what is wrong, `kind` is alike for one slip."""

    kind: tuple[str, ...]
    statement: str
    case: Case
    blanks: Blanks
    expected: str | None = None


@lru_cache(maxsize=4096)
def slip_in(sides: tuple[str, ...], meaning: Meaning, mistakes: tuple[Mistake, ...]) -> Slip | None:
    """Return what is wrong in a statement ``side = side = …``; None where nothing surely is."""
    read = [side for side in map(read_side, sides) if side is not None and _counts(side, meaning)]
    if len(read) < 2 or not _states(read, meaning):
        return None
    first = read[0]
    for other in read[1:]:
        if _are_comparable(first, other, meaning) and _differ(first, other, meaning):
            return _named(first, other, sides, meaning, mistakes)
    return _lost_power(read, sides, meaning)


def _lost_power(read: list[Side], sides: tuple[str, ...], meaning: Meaning) -> Slip | None:
    """Return that a square of an error is no square as it stands: ``E1 = ½(t1-a_o1)2``.

    In longer derivations, where the rest shows what is meant, a 2 that is not raised is let pass.
    """
    first = read[0].tree
    if not (isinstance(first, Name) and meaning.network.quantities[first.name].kind == "error"):
        return None
    for other in read[1:]:
        as_written = next(trees_of(other.text, (Style(lost_powers=False),)), other.tree)
        if as_written != other.tree:
            expected = f"{read[0].text} = {_right_side(first, first.name, meaning)}"
            return _slip(sides, LOST_POWER, {"side": other.text}, expected)
    return None


def _counts(side: Side, meaning: Meaning) -> bool:
    """Whether a side is a formula in quantities, not a number or a calculation with values."""
    nodes = [node for _, node in walk(side.tree)]
    if not any(isinstance(node, Name | Derivative) for node in nodes):
        return False
    if any(isinstance(node, Number) and node.value not in FOR_GOOD for node in nodes):
        return False
    return meaning.is_sigmoid or not any(
        isinstance(node, Call) and node.function == "SIGMOID" for node in nodes
    )


def _states(read: list[Side], meaning: Meaning) -> bool:
    """Whether the first side is one that a formula is stated for."""
    first = read[0].tree
    if not isinstance(first, Name):
        return True
    quantity = meaning.network.quantities.get(first.name)
    if quantity is None:
        return False
    if quantity.is_given_first:  # w1 = w1 - η*∂E/∂w1 is an update; w1 = 0.15 a value
        return quantity.tree is not None and _mentions(read[1].tree, first.name)
    return True


def _mentions(tree: Expr, name: str) -> bool:
    return any(isinstance(node, Name) and node.name == name for _, node in walk(tree))


def _are_comparable(first: Side, other: Side, meaning: Meaning) -> bool:
    if isinstance(other.tree, Name) and (isinstance(first.tree, Name) or other.tree.name in FREE):
        return False  # h1 = net_h1 is a label
    network = meaning.network
    is_sum = isinstance(first.tree, Name) and network.quantities[first.tree.name].kind == "sum"
    without_bias = not any(_mentions(other.tree, bias) for bias in network.biases)
    return not (is_sum and network.biases and without_bias)


def _differ(first: Side, other: Side, meaning: Meaning) -> bool:
    """Whether two sides have values that are the same in no reading."""
    try:
        left, right = _value_stated(first.tree, meaning), meaning.value(other.tree)
        if is_close(left, right, 1e-9):
            return False
        lefts = [_value_stated(tree, meaning) for tree in first.readings()]
        rights = [meaning.value(tree) for tree in other.readings()]
    except NoValueError:
        return False
    return not any(is_close(left, right, 1e-9) for left in lefts for right in rights)


def _value_stated(tree: Expr, meaning: Meaning) -> float:
    """Return a side's value; a weight alone on the left is the one after the update."""
    if isinstance(tree, Name) and tree.name in meaning.network.parameters:
        rate, weight = meaning.values[LEARNING_RATE], meaning.values[tree.name]
        return weight - rate * meaning.slope(Name("E_total"), tree.name)
    return meaning.value(tree)


def _named(
    first: Side,
    other: Side,
    sides: tuple[str, ...],
    meaning: Meaning,
    mistakes: tuple[Mistake, ...],
) -> Slip:
    """Return the slip with the name of the mistake behind it, as far as one can be told."""
    goal = _value_stated(first.tree, meaning)
    shown = _right_side(first.tree, quantity_with(goal, meaning), meaning)
    expected = f"{first.text} = {shown}" if shown else None
    only_in_texts = told(first, other, goal, meaning)
    if only_in_texts:
        return _slip(sides, *only_in_texts, expected)
    right = stated(first.tree, goal, meaning)
    found = mistake_in(other, goal, right, meaning, mistakes)
    if found is None:
        return _slip(sides, *otherwise(first, other), expected)
    blanks = {"phrase": found.phrase, "why": found.why()}
    return _slip(sides, MISTAKE, blanks, expected, found.mistake.name, found.case.name)


def _slip(
    sides: tuple[str, ...], case: Case, blanks: Blanks, expected: str | None, *kind: str
) -> Slip:
    statement = " = ".join(sides)
    told_of = {"statement": statement, **blanks}
    return Slip((case.name, *kind), statement, case, told_of, expected)


def _right_side(stated: Expr, quantity: str | None, meaning: Meaning) -> str | None:
    """Return what belongs on the right, as text; None where that is no quantity."""
    if isinstance(stated, Call) and stated.function == "SIGMOID":
        return to_text(sigmoid_written_out(stated))
    quantity = stated.name if isinstance(stated, Name) else quantity
    tree = meaning.network.quantities[quantity].tree if quantity else None
    if quantity is None or tree is None:
        return None
    is_formula = isinstance(stated, Name) or is_gradient(quantity)
    return to_text(tree) if is_formula else name_text(quantity)
