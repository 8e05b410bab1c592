from __future__ import annotations

import math

import pytest

from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import (
    Call,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    product,
    total,
)
from sheetprop.maths.trees.walk import names, replace_at, substitute, walk

A, B, C = Name("a"), Name("b"), Name("c")
VALUES = {"a": 2.0, "b": 3.0, "c": 5.0}


def value(expr):
    return evaluate(expr, lambda name: VALUES[name.name])


def test_neighbouring_sums_and_products_join_as_a_textbook_writes_them():
    """a + b + c is one sum of three terms and a * b * c one product of three factors."""
    assert Sum((A, B, C)) == A + B + C
    assert Product((A, B, C)) == A * B * C


def test_subtraction_is_a_negative_term():
    """a - b is a sum whose second term is negative."""
    assert Sum((A, Negative(B))) == A - B


def test_a_subtracted_sum_stays_together():
    """a - (b + c) takes away both terms."""
    assert value(A - (B + C)) == 2 - (3 + 5)


def test_numbers_join_on_either_side():
    """Python numbers may stand left or right of a tree."""
    assert Sum((Number(1.0), Negative(A))) == 1 - A
    assert Product((Number(2.0), A)) == 2 * A
    assert Quotient(Number(1.0), A) == 1 / A
    assert value(1 + A) == value(A + 1) == 3


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (A + B * C, 17.0),
        ((A + B) * C, 25.0),
        (A - B - C, -6.0),
        (A / B / C, 2 / 3 / 5),
        (-(A**B), -8.0),
        ((-A) ** 2, 4.0),
        (Call("EXP", (A,)), math.exp(2.0)),
        (Call("MAX", (Number(0.0), -A)), 0.0),
        (Call("IF", (Call("GT", (A, B)), C, Number(0.0))), 0.0),
    ],
)
def test_a_tree_evaluates_as_python_does(expr, expected):
    """Every kind of node gives the value that the same arithmetic gives in Python."""
    assert value(expr) == expected


def test_sums_are_added_from_left_to_right():
    """The order of rounding is that of a spreadsheet: ((0.1 + 0.2) + 0.3)."""
    assert evaluate(total([Number(0.1), Number(0.2), Number(0.3)]), None) == (0.1 + 0.2) + 0.3


def test_shifted_names_are_asked_for_as_such():
    """`value_of` receives the shift, so that it can look into the iteration before."""
    assert evaluate(Name("w1", -1), lambda name: name.shift * 10.0) == -10.0


def test_an_unknown_function_is_a_key_error():
    """A function that the table lacks is reported, not guessed."""
    with pytest.raises(KeyError):
        value(Call("NOSUCH", (A,)))


def test_walk_leads_to_every_node():
    """Following each path from the root gives the node that was yielded with it."""
    tree = A * (1 - A) + B / C
    for path, node in walk(tree):
        found = tree
        for step in path:
            found = found.children[step]
        assert node == found


def test_replace_at_changes_one_place_only():
    """Replacing one of two equal leaves leaves the other alone."""
    tree = A * (1 - A)
    path = (1, 1, 0)  # the second factor's second term, -a, and what it negates

    assert replace_at(tree, path, B) == A * (1 - B)


def test_substitute_changes_every_leaf_that_is_asked_for():
    """All leaves for which the replacement gives something are replaced, the others stay."""
    tree = A * (1 - A) + C
    changed = substitute(tree, lambda leaf: B if leaf == A else None)

    assert changed == B * (1 - B) + C


def test_substitute_keeps_a_tree_that_needs_no_change():
    """A tree without anything to replace is returned itself, not copied."""
    tree = A * (1 - A)
    assert substitute(tree, lambda _leaf: None) is tree


def test_names_are_those_mentioned():
    """Each quantity is named once, shifts told apart."""
    shifted = Name("a", -1)
    assert frozenset({A, B, shifted}) == names(A * B + shifted**2 - A)


def test_a_sum_or_product_of_one_is_the_one():
    """A single term or factor stays alone, without a node around it."""
    assert total([A]) == A
    assert product([A]) == A


def test_product_flattens_its_factors():
    """A factor that is a product is written side by side with the others."""
    assert Product((A, B, C)) == product([A * B, C])


def test_powers_do_not_join():
    """(a^b)^c keeps its brackets."""
    assert Power(Power(A, B), C) == (A**B) ** C
