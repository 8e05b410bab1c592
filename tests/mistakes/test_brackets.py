"""Lost brackets: trees rewritten as a spreadsheet would read the formula without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import expanded, flatten, substitute, walk
from sheetprop.mistakes.base import Subject
from sheetprop.mistakes.factors.brackets import pairs, read, without, written
from sheetprop.mistakes.factors.missing_brackets import MISSING_BRACKETS, MOST_PAIRS
from sheetprop.notation.address import address
from sheetprop.notation.excel_parse import CellReference, parse
from sheetprop.notation.excel_write import to_excel
from sheetprop.spec import Architecture
from sheetprop.tables.points import points_of

SHAPES = [
    Architecture(),
    Architecture(biases="each", hidden_activation="tanh"),
    Architecture((2, 3, 2), loss="cross-entropy"),
    Architecture((2, 2, 2, 2), hidden_activation="relu", loss="mean squared error"),
]


def by_text(tree: Expr) -> Iterator[tuple[Expr, str, int]]:
    """Yield the trees that are left when brackets are struck out of the formula's text.

    Each comes with what stood in the brackets, and how many pairs were struck out.
    """
    leaves = sorted({n for _, n in walk(tree) if isinstance(n, Name)}, key=repr)
    column = {leaf: number for number, leaf in enumerate(leaves, 1)}
    text = to_excel(tree, lambda leaf: address(1, column[leaf]))
    found = list(bracket_pairs(text))
    for size in range(1, min(MOST_PAIRS, len(found)) + 1):
        for chosen in combinations(found, size):
            gone = {place for pair in chosen for place in pair}
            left = "".join(letter for place, letter in enumerate(text) if place not in gone)
            kinds = [re.sub(r"[A-Z]+1", "x", text[first + 1 : last]) for first, last in chosen]

            def name(leaf: Expr) -> Expr | None:
                return leaves[leaf.column - 1] if isinstance(leaf, CellReference) else None

            yield substitute(parse(left), name), " ".join(kinds), size


def bracket_pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of all brackets that are not a function's."""
    stack: list[int] = []
    for place, letter in enumerate(text):
        if letter == "(":
            stack.append(place)
        elif letter == ")":
            opening = stack.pop()
            if not text[opening - 1].isalpha():
                yield opening, place


def trees_of(shape: Architecture) -> list[Expr]:
    """Return the formulas of a network, as stated and with their sums written out."""
    trees = [q.tree for q in Network(shape).quantities.values() if q.tree is not None]
    return list(dict.fromkeys([*trees, *map(expanded, trees)]))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.layers} {shape.loss}")
def test_the_same_as_striking_brackets_out_of_the_text(shape: Architecture) -> None:
    """Every tree, what it is called and how many brackets it lacks are as in the written text."""
    network = Network(shape)
    for quantity in network.quantities.values():
        if quantity.tree is None:
            continue
        expected = [(flatten(tree), kinds, size) for tree, kinds, size in by_text(quantity.tree)]
        made = MISSING_BRACKETS.variants(Subject(quantity, network))

        assert [(flatten(one.tree), one.signature, one.cost) for one in made] == expected


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.layers} {shape.loss}")
def test_a_line_says_what_its_tree_says(shape: Architecture) -> None:
    """Taken apart and read again a formula is the same one."""
    for tree in trees_of(shape):
        assert flatten(read(written(tree))) == flatten(tree)


def test_signs_bind_as_in_a_spreadsheet() -> None:
    """Without brackets the minus sign is taken before the power, and powers from the left."""
    a, b = Name("a"), Name("b")
    tree = -((a + b) ** Number(2.0))
    line = written(tree)

    struck = flatten(read(without(line, {pair.place for pair in pairs(line)})))

    assert struck == flatten(-a + b ** Number(2.0))


def test_brackets_are_put_back() -> None:
    """A formula with lost brackets is put right in the form in which it stands."""
    network = Network(Architecture())
    quantity = network.quantities["dE/dw1"]
    assert quantity.tree is not None
    points, subject = points_of(network.architecture), Subject(quantity, network)
    for variant in (one for one in MISSING_BRACKETS.variants(subject) if one.cost == 1):
        undone = MISSING_BRACKETS.undone(flatten(variant.tree), subject)

        assert any(points.same(one.tree, quantity.tree) for one in undone), variant.phrase
