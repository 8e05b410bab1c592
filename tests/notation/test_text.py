from __future__ import annotations

import pytest
from hypothesis import given
from trees import trees

from sheetprop.maths.trees.expr import Call, Name, Negative, Number, Product, Sum
from sheetprop.notation.text import name_text, to_text

A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (A + B * C, "a + b · c"),
        ((A + B) * C, "(a + b) · c"),
        (A - (B - C), "a - (b - c)"),
        (0.5 * (A - B) ** 2, "½ · (a - b)²"),
        (A**10, "a¹⁰"),
        (A**-1, "a⁻¹"),
        (A**B, "a^b"),
        ((-A) ** 2, "(-a)²"),
        (-(A**2), "-(a²)"),
        (1 / (1 + Call("EXP", (-A,))), "1/(1 + exp(-a))"),
        (A / (B * C), "a/(b · c)"),
        (A / B / C, "a/b/c"),
        (A * (B / C), "a · b/c"),
        (Product((A, Negative(B))), "a · (-b)"),
        (Sum((A, Number(-2.0))), "a + (-2)"),
        (Call("LN", (A,)), "ln(a)"),
        (Call("MAX", (Number(0.0), A)), "max(0, a)"),
        (Call("IF", (Call("GT", (A, Number(0.0))), B, C)), "if(a > 0, b, c)"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_a_tree_reads_as_on_the_board(expr, expected):
    """Powers are raised, products dotted, brackets stand where they are needed."""
    assert to_text(expr) == expected


@pytest.mark.parametrize(
    ("name", "shift", "expected"),
    [
        ("w1", 0, "w1"),
        ("dE/dw1", 0, "∂E/∂w1"),
        ("dE/da_h1", 0, "∂E/∂a_h1"),
        ("eta", 0, "η"),
        ("w1", -1, "w1′"),
        ("w1", 1, "w1[+1]"),
        ("dE/dw1", -1, "∂E/∂w1′"),
    ],
)
def test_a_name_reads_as_students_know_it(name, shift, expected):
    """Gradients have ∂, the learning rate is η, the iteration before has a prime."""
    assert name_text(name, shift) == expected


@given(trees)
def test_any_tree_is_one_line(tree):
    """Every tree can be shown, without a line break and without the words of the program."""
    text = to_text(tree)

    assert "\n" not in text
    assert "(operand" not in text
    assert "Name(" not in text
