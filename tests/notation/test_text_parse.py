"""Formulas written out as text are read as the trees they mean, or not at all."""

from __future__ import annotations

import pytest

from sheetprop.errors import FormulaSyntaxError
from sheetprop.maths.trees.evaluate import EXACT, evaluate
from sheetprop.maths.trees.expr import Call, Expr, Name, Negative, Number, Product, Quotient
from sheetprop.notation.text_parse import Derivative, Style, parse_text
from sheetprop.notation.text_sides import LONGEST, sides_of

VALUES = {"a": 2.0, "b": 3.0, "c": 5.0}


def name_of(word: str) -> str | None:
    """Return single letters as names."""
    return word if word in VALUES else None


def value(text: str, style: Style | None = None) -> float:
    """Return the value of one side with the letters a, b, c."""
    (side,) = sides_of(f"{text} = a")[0][:1]
    tree = parse_text(side, name_of, style or Style())
    functions = {**EXACT, "SIGMOID": lambda x: 1 / (1 + EXACT["EXP"](-x))}
    return float(evaluate(tree, lambda name: VALUES[name.name], functions))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a+b*c", 17),
        ("a-b-c", -6),
        ("a/b/c", 2 / 15),
        ("a/b*c", 10 / 3),
        ("(a+b)*c", 25),
        ("[a+b]c", 25),
        ("{a+b}(c-a)", 15),
        ("a(b+c)", 16),
        ("½(a+b)", 2.5),
        ("1/2(a+b)", 2.5),
        (".5*a", 1),
        ("a · b × c", 30),
        ("a – b", -1),
        ("a²", 4),
        ("a^2*b", 12),
        ("a**2", 4),
        ("(a-c)2", 9),
        ("(a-c)²/a", 4.5),
        ("-a^2", -4),
        ("a*-b", -6),
        ("-1*(a-b)", 1),
        ("a^-1", 0.5),
        ("exp(a)", 7.38905609893065),
        ("e^a", 7.38905609893065),
        ("e^-a", 0.1353352832366127),
        ("1/1+exp(-a)", 1.1353352832366127),
        ("σ(a)", 0.8807970779778823),
        ("Sigmoid (a)", 0.8807970779778823),
        ("sig(a)(1-sig(a))", 0.10499358540350662),
    ],
)
def test_values(text: str, expected: float) -> None:
    """Precedence, products without a sign, lost superscripts and brackets of all kinds."""
    assert value(text) == pytest.approx(expected, rel=1e-12)


def test_factors_side_by_side_may_bind_tighter() -> None:
    """Read tightly, 1/2(x) is one over 2·x."""
    assert value("1/2(a+b)", Style(tight=True)) == pytest.approx(0.1)


A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("∂a/∂b", Derivative(A, B)),
        ("∂a / ∂b", Derivative(A, B)),
        ("ða/ðb", Derivative(A, B)),
        ("δa/δb", Derivative(A, B)),
        ("𝜕a/𝜕b", Derivative(A, B)),
        ("𝟃a/𝟃b", Derivative(A, B)),
        ("da/db", Derivative(A, B)),
        ("d a/d b", Derivative(A, B)),
        ("d(a)/d(b)", Derivative(A, B)),
        ("(∂a/∂b)", Derivative(A, B)),
        ("∂a/b", Derivative(A, B)),
        ("a/∂b", Derivative(A, B)),
        ("∂σ(a)/∂b", Derivative(Call("SIGMOID", (A,)), B)),
        ("∂(a*b)/∂c", Derivative(Product((A, B)), C)),
        ("∂a/∂b*∂b/∂c", Product((Derivative(A, B), Derivative(B, C)))),
        ("c*a/∂b", Product((C, Derivative(A, B)))),
        ("a/b", Quotient(A, B)),
        ("-∂a/∂b", Negative(Derivative(A, B))),
    ],
)
def test_derivatives(text: str, tree: Expr) -> None:
    """∂ in all its spellings, with one of the two signs lost."""
    (side,) = sides_of(f"{text} = 0")[0][:1]

    assert parse_text(side, name_of) == tree


def test_lost_signs() -> None:
    """On demand a quantity over a quantity is a derivative; a number above is not."""
    style = Style(lost_signs=True)

    assert parse_text("a/b", name_of, style) == Derivative(A, B)
    assert parse_text("1/b", name_of, style) == Quotient(Number(1.0), B)


@pytest.mark.parametrize(
    "text",
    [
        *("", "a b", "2 a", "a+", "(a", "a)", "x", "f(a)", "a_b", "a'", "∂a", "∂a∂b", "da", "∂/∂a"),
        *("relu(a)", "exp", "a,b", "∑a", "a$", "exp(a", "()", "*a", "a//b", "ab", "a%"),
        *("(" * 200 + "a" + ")" * 200, "∂" * 500, "-" * 1000),
    ],
)
def test_what_is_not_clear_is_not_read(text: str) -> None:
    """Unknown words, bare differentials and unbalanced brackets have no tree."""
    with pytest.raises(FormulaSyntaxError):
        parse_text(text, name_of)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("a = b", [["a", "b"]]),
        ("a=b=c", [["a", "b", "c"]]),
        ("a = = b", [["a", "b"]]),
        ("a => b", [["a", "b"]]),
        ("a = b\nb = c", [["a", "b"], ["b", "c"]]),
        ("a =", []),
        ("a", []),
        ("a < b = c", []),
        ("a ≈ b = c", []),
        ("a = b" + " " * LONGEST, []),
    ],
)
def test_sides(text: str, sides: list[list[str]]) -> None:
    """A text is taken apart at = and =>, line by line; comparisons and long prose are left."""
    assert sides_of(text) == sides
