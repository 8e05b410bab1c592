"""Recalculating: values as Excel gives them, and nothing in one cell stops the others."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetprop.calculating.engine import Engine
from sheetprop.calculating.failures import CalculationError
from sheetprop.notation.address import COLUMNS, ROWS
from sheetprop.workbooks.sheet import Address, Cell, ExcelError, Sheet, Value, Workbook


def workbook(cells: Mapping[Address, Value], names: Mapping[str, str] | None = None) -> Workbook:
    """A workbook with one sheet; texts that begin with ``=`` are formulas."""
    made = {
        address: Cell(None, value) if str(value).startswith("=") else Cell(value)
        for address, value in cells.items()
    }
    return Workbook((Sheet("S", made),), names or {})


def result(formula: str, **names: str) -> Value:
    """The value of a formula beside A1:B2 = 1 2; 3 4."""
    cells = {(1, 1): 1.0, (1, 2): 2.0, (2, 1): 3.0, (2, 2): 4.0, (5, 1): formula}
    return Engine(workbook(cells, names)).value("S", (5, 1))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=A1+B2", 5.0),
        ("=-2^2", 4.0),
        ("=2^3^2", 64.0),
        ('="a"&"b"', "ab"),
        ("=A1=1", True),
        ("=SUM(EXP(A1:B1))", math.exp(1) + math.exp(2)),
        ("=MMULT(A1:B1,A1:A2)", 7.0),
        ("=MDETERM(A1:B2)", -2.0),
        ("=SUM(ABS(A1:B2*-1))", 10.0),
        ("=SUM(POWER(A1:A2,2))", 10.0),
    ],
)
def test_value(formula: str, expected: Value) -> None:
    """Formulas have the values that Excel gives."""
    assert result(formula) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("formula", "error"),
    [
        ("=1/0", "#DIV/0!"),
        ("=EXP(710)", "#NUM!"),
        ("=EXP(A1:A2*800)", "#NUM!"),
        ("=SUM(LN(A1:A2*0))", "#NUM!"),
        ("=1E308*10", "#NUM!"),
        ("=SQRT(-1)", "#NUM!"),
        ('="a"+1', "#VALUE!"),
        ('=EXP("a")', "#VALUE!"),
        ("=#REF!+1", "#REF!"),
        ("=Missing!A1", "#REF!"),
        ("=MATCH(9,A1:B1,0)", "#N/A"),
        ("=POWR(2,3)", "#NAME?"),
        ("=unknown+1", "#NAME?"),
        ("=A5+1", "#CIRC!"),
        ("=A1+", "#NAME?"),
        ("=(A1", "#NAME?"),
    ],
)
def test_error(formula: str, error: str) -> None:
    """Errors are values, the ones Excel shows."""
    value = result(formula)
    assert isinstance(value, ExcelError)
    assert value == error


def test_names() -> None:
    """Defined names work in any case, as references, calculations, or names of names."""
    names = {"eta": "S!$A$2", "half": "S!$A$2/2", "other": "eta"}
    assert result("=2*ETA+1/Half+other", **names) == pytest.approx(6 + 1 / 1.5 + 3)
    assert result('="eta"', **names) == "eta"


def test_names_in_a_circle() -> None:
    """Names that mean each other are an error, not an endless loop."""
    assert isinstance(result("=a_+1", a_="b_", b_="a_"), ExcelError)


def test_own_names_of_a_sheet_first() -> None:
    """A sheet's own name goes before one of the whole workbook."""
    book = workbook(
        {(1, 1): 1.0, (2, 1): 2.0, (3, 1): "=eta"}, {"eta": "S!$A$1", "S!eta": "S!$A$2"}
    )
    assert Engine(book).value("S", (3, 1)) == 2.0


def test_one_bad_formula() -> None:
    """A formula that cannot be parsed is listed, and its neighbours in the row are calculated."""
    engine = Engine(workbook({(1, 1): 1.0, (2, 1): "=A1+1", (2, 2): "=A1+", (2, 3): "=A2*2"}))
    assert engine.values("S")[2, 3] == 4.0
    assert list(engine.unsupported) == [("S", (2, 2))]


def test_other_workbook() -> None:
    """A reference to another workbook keeps its stored value and is listed."""
    sheet = Sheet("S", {(1, 1): Cell(7.0, "=[1]X!A1"), (1, 2): Cell(None, "=A1*2")})
    engine = Engine(Workbook((sheet,)))
    assert engine.value("S", (1, 2)) == 14.0
    assert ("S", (1, 1)) in engine.unsupported


def test_too_long() -> None:
    """A formula longer than the engine takes keeps its stored value and is listed."""
    long = Cell(300.0, "=" + "+".join(["1"] * 300))
    engine = Engine(Workbook((Sheet("S", {(1, 1): long, (1, 2): Cell(None, "=A1+1")}),)))
    assert engine.value("S", (1, 2)) == 301.0
    assert ("S", (1, 1)) in engine.unsupported


def test_circle_stops_nothing() -> None:
    """Cells in a circle show it; the others are calculated."""
    engine = Engine(workbook({(1, 1): "=B1", (1, 2): "=A1+1", (2, 1): 2.0, (2, 2): "=A2*2"}))
    assert engine.values("S") == {(1, 1): "#CIRC!", (1, 2): "#CIRC!", (2, 1): 2.0, (2, 2): 4.0}


def test_array_formula_fills_its_range() -> None:
    """The cells that an array formula fills are calculated, not taken for typed numbers."""
    cells = {(1, 1): Cell(1.0), (2, 1): Cell(2.0), (1, 2): Cell(0.0, "=A1:A2*2", "B1:B2")}
    engine = Engine(Workbook((Sheet("S", cells | {(2, 2): Cell(0.0)}),)))
    assert engine.value("S", (2, 2)) == 4.0


def test_what_if() -> None:
    """A value that is set moves what depends on it, over a formula and in an empty cell too."""
    engine = Engine(workbook({(1, 1): 1.0, (1, 2): "=A1*2", (1, 3): "=B1+D9"}))
    engine.set("S", (1, 1), 5.0)
    engine.recalculate()
    assert engine.value("S", (1, 3)) == 10.0
    engine.set("S", (1, 2), 1.0)
    engine.set("S", (9, 4), 0.5)
    engine.recalculate()
    assert engine.values("S") == {(1, 1): 5.0, (1, 2): 1.0, (1, 3): 1.5, (9, 4): 0.5}


def test_stored_errors_and_infinity() -> None:
    """Errors typed into cells are errors to their formulas, and infinity is no number."""
    cells = {(1, 1): ExcelError("#N/A"), (1, 2): "=A1+1", (2, 1): math.inf, (2, 2): "=A2"}
    values = Engine(workbook(cells)).values("S")
    assert (values[1, 2], values[2, 2]) == ("#N/A", "#NUM!")


def test_sheets_see_each_other() -> None:
    """Formulas refer to sheets that come later, with spaces and quotes in their names."""
    first = Sheet("A", {(1, 1): Cell(None, "='It''s B'!A1*2")})
    engine = Engine(Workbook((first, Sheet("It's B", {(1, 1): Cell(4)}))))
    assert engine.value("A", (1, 1)) == 8.0


def test_far_corner() -> None:
    """A cell in the last row and column costs nothing."""
    engine = Engine(workbook({(1_048_576, 16_384): 3.0, (1, 1): "=XFD1048576"}))
    assert engine.value("S", (1, 1)) == 3.0


@pytest.mark.parametrize(
    ("value", "expected"), [(10**20, 1e20), (10**400, "#NUM!"), (None, None), (True, True)]
)
def test_any_value_can_be_set(value: Value, expected: Value) -> None:
    """Whatever a cell may hold can be set, however large."""
    engine = Engine(workbook({(1, 1): 1.0, (1, 2): "=A1"}))
    engine.set("S", (1, 1), value)
    engine.recalculate()
    assert engine.value("S", (1, 1)) == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-50, 50), min_size=1, max_size=30))
def test_sigmoid_as_numpy(numbers: list[float]) -> None:
    """The sigmoid of any number agrees with NumPy."""
    cells: dict[Address, Value] = {}
    for row, number in enumerate(numbers, 1):
        cells |= {(row, 1): number, (row, 2): f"=1/(1+EXP(-A{row}))"}
    values = Engine(workbook(cells)).values("S")
    expected = 1 / (1 + np.exp(-np.array(numbers)))
    found = [values[row, 2] for row in range(1, len(numbers) + 1)]
    np.testing.assert_allclose(np.array(found, dtype=float), expected, rtol=1e-12)


def test_cells_that_no_sheet_has() -> None:
    """A value typed beyond the edge of a sheet is passed over, and the rest still calculates."""
    engine = Engine(workbook({(1, 1): 1.0, (2, 1): "=A1*2"}))
    for address in ((0, 1), (ROWS + 1, 1), (1, COLUMNS + 1)):
        engine.set("S", address, 5.0)
        engine.set_all({("S", address): 5.0})
        assert engine.value("S", address) is None
    engine.set("S", (1, 1), 4.0)
    engine.recalculate()

    assert engine.value("S", (2, 1)) == 8.0


def test_what_the_engine_says_of_itself_stands_behind() -> None:
    """Where the engine gives up, the sentence is ours: what is wrong, and what to do."""
    engine = Engine(workbook({(1, 1): 1.0}))
    with pytest.raises(BaseException, match="exceeds"):
        engine.engine.set_value("S", ROWS + 1, 1, 1.0)  # after which it answers nothing more
    engine.seen.clear()

    for ask in (engine.recalculate, partial(engine.values, "S")):
        with pytest.raises(CalculationError) as caught:
            ask()
        own, _, detail = str(caught.value).partition(" (the calculation engine says: ")
        assert own.endswith("mend the cells that show an error there, and save it")
        assert "lock" in detail
