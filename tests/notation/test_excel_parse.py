from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from trees import CELLS, VALUES, trees

from sheetprop.errors import FormulaError, FormulaSyntaxError, UnsupportedFunction
from sheetprop.maths.trees.evaluate import EXACT, evaluate
from sheetprop.maths.trees.expr import Call, Name, Negative, Number, Power, Product, Quotient, Sum
from sheetprop.maths.trees.walk import substitute
from sheetprop.notation.excel_parse import CellReference, DefinedName, parse
from sheetprop.notation.excel_write import to_excel

NAME_AT = {(None, 1, 1): "a", (None, 2, 2): "b", ("Other", 3, 3): "c"}
MORE = {
    **EXACT,
    "MIN": min,
    "ABS": abs,
    "SQRT": math.sqrt,
    "GE": lambda x, y: x >= y,
}


def at(row, column):
    return CellReference(row, column)


def value(formula):
    """Return what a formula gives when the cell in row r, column c holds 10·r + c."""

    def leaf(expr):
        is_cell = isinstance(expr, CellReference)
        return Number(10.0 * expr.row + expr.column) if is_cell else None

    return evaluate(substitute(parse(formula), leaf), None, MORE)


def result(tree):
    """Return the value of a tree, or the exception that stands for an error of the sheet."""
    try:
        number = evaluate(tree, lambda name: VALUES[name.name])
    except ArithmeticError as error:
        return type(error)
    return "complex" if isinstance(number, complex) else number


@given(trees)
@example(Product((Name("a"), Product((Name("b"), Name("c"))))))
@example(Power(Negative(Number(2.0)), Number(2.0)))
@example(Negative(Power(Name("a"), Number(2.0))))
@example(Sum((Name("a"), Negative(Sum((Name("b"), Name("c")))))))
def test_what_is_written_is_read_with_the_same_value(tree):
    """parse(to_excel(tree)) evaluates to the same number, to the last digit."""
    formula = to_excel(tree, lambda name: CELLS[name.name])

    def leaf(expr):
        if isinstance(expr, CellReference):
            return Name(NAME_AT[expr.sheet, expr.row, expr.column])
        return None

    expected, actual = result(tree), result(substitute(parse(formula), leaf))
    assert actual == expected or (actual != actual and expected != expected)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=-2^2", 4),
        ("=2^3^2", 64),
        ("=2^-1", 0.5),
        ("=-2^-2", 0.25),
        ("=1-2^2", -3),
        ("=1+-2^2", 5),
        ("=8/4/2", 1),
        ("=8-4-2", 2),
        ("=2*3%", 0.06),
        ("=--3", 3),
        ("=+3", 3),
        ("=(1+2)*3", 9),
        ("=1+2*3", 7),
        ("=2>1", 1),
        ("=1.5e-3", 0.0015),
        ("= 1 + 2 ", 3),
        ("=TRUE+1", 2),
        ("=A1", 11),
        ("=$A$1+A$2+$B1", 11 + 21 + 12),
        ("=SUM(A1:B2)", 11 + 12 + 21 + 22),
        ("=SUM(A1:A2,5,B1)", 11 + 21 + 5 + 12),
        ("=SUMPRODUCT(A1:A2,B1:B2)", 11 * 12 + 21 * 22),
        ("=SUMPRODUCT(A1:A2*B1:B2)", 11 * 12 + 21 * 22),
        ("=SUMPRODUCT(A1:B1*2)", 2 * (11 + 12)),
        ("=SUMPRODUCT((A1:A2-B1:B2)^2)", 2),
        ("=SUMXMY2(A1:A2,B1:B2)", 2),
        ("=SUMSQ(A1:B1)", 11**2 + 12**2),
        ("=SUM((A1:A2-B1:B2)^2)/2", 1),
        ("=MMULT(A1:B1,A1:A2)", 11 * 11 + 12 * 21),
        ("=MMULT(A1:B1,TRANSPOSE(A2:B2))", 11 * 21 + 12 * 22),
        ("=POWER(A1-B1,2)", 1),
        ("=AVERAGE(A1:B1)", 11.5),
        ("=PRODUCT(A1:B1,2)", 264),
        ("=MAX(0,A1:B2)", 22),
        ("=MIN(A1:B2)", 11),
        ("=IF(A1>0,A2,B2)", 21),
        ("=IF(A1>=12,A2,B2)", 22),
        ("=EXP(0)+LN(1)+TANH(0)+ABS(-1)+SQRT(4)", 4),
        ("=1/(1+EXP(-(A1-11)))", 0.5),
        ("=PI()", math.pi),
        ("=sum(a1:b1)", 23),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_a_formula_has_the_value_excel_gives_it(formula, expected):
    """Precedence, ranges and functions mean what they mean in Excel."""
    assert value(formula) == pytest.approx(expected, rel=1e-15)


def test_cells_keep_their_sheet_and_what_is_fixed():
    """A reference knows its row, column, sheet, and which of row and column has a $."""
    assert parse("=B3") == CellReference(3, 2)
    assert parse("=$B3") == CellReference(3, 2, fixed=(False, True))
    assert parse("=B$3") == CellReference(3, 2, fixed=(True, False))
    assert parse("='My sheet'!$B$3") == CellReference(3, 2, "My sheet", (True, True))


def test_a_defined_name_stays_a_name():
    """What a name refers to is the workbook's matter, not the formula's."""
    assert parse("=eta*A1") == Product((DefinedName("eta"), at(1, 1)))


def test_a_tree_has_the_shape_of_what_was_typed():
    """Subtraction is a negative term, division a quotient, a call keeps its name."""
    assert parse("=A1-B1") == Sum((at(1, 1), Negative(at(1, 2))))
    assert parse("=A1/EXP(B1)") == Quotient(at(1, 1), Call("EXP", (at(1, 2),)))


@pytest.mark.parametrize("formula", ["=", "=1+", "=(1", "=A1 B1 )", "=SUM(", '="'])
def test_what_is_no_formula_is_a_syntax_error(formula):
    """The exception carries the text, and its sentence begins with it."""
    with pytest.raises(FormulaSyntaxError) as error:
        parse(formula)
    assert error.value.formula == formula
    assert str(error.value).startswith(f"{formula}: ")


@pytest.mark.parametrize(("formula", "function"), [("=POWR(A1,2)", "POWR"), ("=1+RAND()", "RAND")])
def test_an_unknown_function_is_named(formula, function):
    """A function without a tree is reported by its name."""
    with pytest.raises(UnsupportedFunction) as error:
        parse(formula)
    assert error.value.function == function


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("=A1:B2", "yields a whole range of cells"),
        ("=A1:A2*2", "yields a whole range of cells"),
        ("=SUM(A:A)", "uses a whole row or column"),
        ("=SUM(A1:Z1000)", "uses a range of more than 4096 cells"),
        ("=SUMPRODUCT(A1:A2,B1:B3)", "its ranges have different sizes"),
        ("=MMULT(A1:B1,A1:B1)", "its ranges have different sizes"),
        ('="text"', "'text' is no number"),
        ("=1E999*A1", "larger than any in a cell"),
        (f"=A1+1{'0' * 400}", "larger than any in a cell"),
        ('="a"&"b"', "is no number"),
        ("=#REF!+1", None),
    ],
)
def test_what_has_no_tree_is_a_formula_error(formula, reason):
    """A range as a result, a text or sizes that do not fit are reported with the reason."""
    with pytest.raises(FormulaError) as error:
        parse(formula)
    assert reason is None or reason in str(error.value)


def test_a_range_written_backwards_is_the_same_range():
    """Excel reads B2:A1 as A1:B2."""
    assert value("=SUM(B2:A1)") == value("=SUM(A1:B2)")


def test_formulas_may_be_deep():
    """Brackets nested as deep as Excel allows, 64 levels, are read."""
    assert value("=" + "(" * 64 + "1" + ")" * 64) == 1
