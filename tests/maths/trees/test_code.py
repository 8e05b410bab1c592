from __future__ import annotations

import pytest

from sheetprop.maths.network import Network
from sheetprop.maths.trees.code import code_of, defined
from sheetprop.maths.trees.evaluate import EXACT, evaluate
from sheetprop.maths.trees.expr import Call, Name, Number
from sheetprop.spec import Architecture

X, Y = Name("x"), Name("y")
VALUES = {"x": 0.3, "y": -1.7}


def calculated(tree):
    code = code_of(tree, lambda leaf: leaf.name, EXACT)
    return defined(f"def result(x, y):\n return {code}", EXACT)["result"](**VALUES)


@pytest.mark.parametrize(
    "tree",
    [
        X - Y * (1 - X),
        -(X**2) + 0.1 + 0.2 + 0.3,
        (-X) ** 2 / Y / X,
        1 / (1 + Call("EXP", (-Y,))),
        Number(-2.0) ** 2,
        X - Number(-2.0),
        Call("IF", (Call("GT", (X, Y)), X, Y)),
        Call("IF", (Call("GT", (Y, X)), X, Call("MAX", (Number(0.0), Y)))),
    ],
)
def test_code_gives_what_the_tree_gives(tree):
    """Compiled code gives the very bits that evaluating the tree gives."""
    assert calculated(tree) == evaluate(tree, lambda name: VALUES[name.name])


def test_a_whole_network_has_code():
    """Every quantity of a network can be written as code."""
    shape = Architecture((2, 3, 2), "relu", "tanh", "cross-entropy", "each")
    for quantity in Network(shape).quantities.values():
        if quantity.tree is not None:
            compile(code_of(quantity.tree, lambda _: "x", EXACT), "tree", "eval")


@pytest.mark.parametrize("function", ["ROUND", "__import__", "LE"])
def test_other_functions_are_refused(function):
    """Only the functions named are called."""
    with pytest.raises(KeyError, match=function):
        code_of(Call(function, (X, Y)), lambda leaf: leaf.name, EXACT)


def test_a_condition_takes_only_its_branch():
    """As in a spreadsheet, the branch not taken may be impossible."""
    assert calculated(Call("IF", (Call("GT", (X, Y)), X, X / Number(0.0)))) == VALUES["x"]
