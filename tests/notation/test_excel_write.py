from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import CELLS, trees

from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Call, Name, Negative, Number, Power, Product, Quotient, Sum
from sheetprop.notation.excel_write import number, to_excel
from sheetprop.spec import Architecture

A, B, C = Name("A1"), Name("B1"), Name("C1")


def written(expr):
    return to_excel(expr, lambda name: name.name)


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (A + B * C, "=A1+B1*C1"),
        ((A + B) * C, "=(A1+B1)*C1"),
        (A - B - C, "=A1-B1-C1"),
        (A - (B - C), "=A1-(B1-C1)"),
        (A - (B + C), "=A1-(B1+C1)"),
        (A - B * C, "=A1-B1*C1"),
        (A / B / C, "=A1/B1/C1"),
        (A / (B / C), "=A1/(B1/C1)"),
        (A / (B * C), "=A1/(B1*C1)"),
        (Product((A, Product((B, C)))), "=A1*(B1*C1)"),
        ((A * B) / C, "=A1*B1/C1"),
        (A * (B / C), "=A1*(B1/C1)"),
        (A**2, "=A1^2"),
        ((A + B) ** 2, "=(A1+B1)^2"),
        ((A**B) ** C, "=(A1^B1)^C1"),
        (A ** (B**C), "=A1^(B1^C1)"),
        ((-A) ** 2, "=(-A1)^2"),
        (-(A**2), "=-(A1^2)"),
        (Negative(A * B), "=-(A1*B1)"),
        (Product((A, Negative(B))), "=A1*(-B1)"),
        (Sum((Negative(A), B)), "=-A1+B1"),
        (Sum((A, Number(-2.0))), "=A1+(-2)"),
        (Power(Number(-2.0), Number(2.0)), "=(-2)^2"),
        (1 / (1 + Call("EXP", (-A,))), "=1/(1+EXP(-A1))"),
        (0.5 * (A - B) ** 2, "=0.5*(A1-B1)^2"),
        (Call("MAX", (Number(0.0), A)), "=MAX(0,A1)"),
        (Call("IF", (Call("GT", (A, B + C)), A, B)), "=IF(A1>B1+C1,A1,B1)"),
        (Quotient(Call("GT", (A, B)), C), "=(A1>B1)/C1"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_a_formula_has_the_brackets_it_needs_and_no_others(expr, expected):
    """Excel's precedence, where a sign binds tighter than a power, decides."""
    assert written(expr) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2.0, "2"),
        (0.0, "0"),
        (0.1, "0.1"),
        (1e-7, "1E-07"),
        (1e300, "1E+300"),
        (2.5, "2.5"),
        (inf, "#NUM!"),
    ],
)
def test_a_number_is_written_as_short_as_it_can_be(value, expected):
    """Whole numbers have no decimals, others as many digits as they need."""
    assert number(value) == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_every_digit(value):
    """What is written is read back as the same number."""
    assert float(number(value)) == value


@given(trees)
def test_names_are_asked_for_their_address(tree):
    """Each leaf is written as `reference` says, and nothing else is."""
    formula = to_excel(tree, lambda name: CELLS[name.name])

    assert formula.startswith("=")
    assert all(name not in formula.replace("TANH", "") for name in ("a", "b", "c"))


def test_the_classic_formulas_are_those_of_the_course():
    """The formulas of the classic network, written with names, read as the course types them."""
    quantities = Network(Architecture()).quantities

    def formula(name):
        return to_excel(quantities[name].tree, lambda n: n.name.replace("/", ""))

    assert formula("h1") == "=w1*i1+w2*i2"
    assert formula("a_h1") == "=1/(1+EXP(-h1))"
    assert formula("E1") == "=0.5*(t1-a_o1)^2"
    assert formula("dE/dw5") == "=(a_o1-t1)*a_o1*(1-a_o1)*a_h1"
    assert formula("w1") == "=w1-eta*dEdw1"
