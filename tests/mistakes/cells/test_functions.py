"""Functions that Excel lacks, and functions and typed numbers that round."""

from __future__ import annotations

from pathlib import Path

import pytest
from worksheets import RIGHT, Content, Table, checked, save

from sheetprop.calculating.engine import Engine
from sheetprop.checking.check import check_file
from sheetprop.checking.report import Place, Report
from sheetprop.workbooks.reading.read import read

SQUARES = {"E1": "=0.5*POW({t1}-{a_o1},2)", "E2": "=POW({t2}-{a_o2},2)/2"}


def changed(contents: dict[str, str], table: Table | None = None) -> Table:
    """Return a table with other formulas for some quantities."""
    table = table or Table()
    for name, content in contents.items():
        table = table.changed(name, content)
    return table


def found(report: Report) -> list[tuple[str, str]]:
    return [(finding.mistake, finding.severity) for finding in report.findings]


@pytest.mark.parametrize("lower", [False, True])
def test_pow_is_judged_and_told(lower: bool, tmp_path: Path) -> None:
    """POW is read as a power, so the sheet is right, but Excel would not calculate it."""
    squares = {n: f.replace("POW", "pow") if lower else f for n, f in SQUARES.items()}
    report = checked(tmp_path, changed(squares))

    assert found(report) == [("foreign-function", "warning")]
    assert report.verdict == "correct"
    assert {place.quantity for place in report.findings[0].places} == {"E1", "E2"}
    assert "POWER" in report.findings[0].message


def test_a_mistake_inside_pow_is_found(tmp_path: Path) -> None:
    """The function is told apart from what is wrong in its formula."""
    report = checked(tmp_path, changed({"E1": "=0.5*POW({t2}-{a_o1},2)"}))

    assert sorted(found(report)) == [("foreign-function", "warning"), ("wrong-neuron", "error")]


def test_pow_calculates(tmp_path: Path) -> None:
    """The engine knows POW, so that what depends on it has values."""
    path = save(tmp_path / "a.xlsx", Table(), further={"Sheet1": {"AZ1": "=POW(3,2)+POW(2,0.5)"}})

    assert Engine(read(path)).value("Sheet1", (1, 52)) == pytest.approx(9 + 2**0.5)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("=MINUS(A32,R32)", "MINUS is a function of Google Sheets"),
        ("=SUM(A1:A2)+MULTIPLY(2,3)", "MULTIPLY is a function of Google Sheets"),
        ("=EXPP(1)", "EXPP is no function; meant is EXP"),
        ("=SUMPRODUKT(A32:B32,A32:B32)", "meant is SUMPRODUCT"),
    ],
)
def test_functions_beside_the_table(formula: str, said: str, tmp_path: Path) -> None:
    """Cells outside the table are looked at too; a misspelt name is told with the right one."""
    report = checked(tmp_path, Table(), further={"Sheet1": {"AZ7": formula}})

    assert found(report) == [("foreign-function", "warning")]
    assert said in report.findings[0].message
    assert report.findings[0].places == (Place("Sheet1", "AZ7"),)


@pytest.mark.slow
@pytest.mark.parametrize(
    "formula",
    ['="POW(2,3)"', "=LOG10(100)", "=XLOOKUP(1,A1:A2,B1:B2)", "=POWER(2,3)", "=IFERROR(1/0,0)"],
)
def test_functions_of_excel_are_not_mentioned(formula: str, tmp_path: Path) -> None:
    """Functions that Excel has, and texts that look like one, are right."""
    assert found(checked(tmp_path, Table(), further={"Sheet1": {"AZ7": formula}})) == []


@pytest.mark.parametrize("function", ["ROUND", "ROUNDUP", "ROUNDDOWN", "round"])
def test_a_formula_that_rounds_is_a_warning(function: str, tmp_path: Path) -> None:
    """A right formula inside ROUND is right but for its digits, which are told."""
    report = checked(tmp_path, changed({"a_h1": f"={function}(1/(1+EXP(-{{h1}})),3)"}))

    assert found(report) == [("rounded", "warning")]
    assert report.verdict == "correct"
    assert "rounded to 3 decimals" in report.findings[0].message
    assert report.findings[0].expected == "=1/(1+EXP(-I32))"
    assert report.not_judged == ()


def test_columns_rounded_alike_are_one_finding(tmp_path: Path) -> None:
    """The same number of digits in several columns is one habit."""
    rounded = {n: f"=ROUND({RIGHT[n][1:]},4)" for n in ("h1", "h2", "o1", "o2")}
    report = checked(tmp_path, changed(rounded))

    assert found(report) == [("rounded", "warning")]
    assert {place.quantity for place in report.findings[0].places} == set(rounded)


def test_a_wrong_formula_that_rounds_is_wrong(tmp_path: Path) -> None:
    """Rounding excuses nothing: the formula inside is judged."""
    report = checked(tmp_path, changed({"h1": "=ROUND({w1}*{i1}-{w2}*{i2},6)"}))

    assert sorted(found(report)) == [("rounded", "warning"), ("wrong-sign", "error")]


def test_rounding_beyond_what_a_number_has_is_none(tmp_path: Path) -> None:
    """Fifteen decimals are all there are."""
    assert found(checked(tmp_path, changed({"h1": f"=ROUND({RIGHT['h1'][1:]},15)"}))) == []


def typed(digits: int) -> Table:
    """Return a table whose a_h1 are numbers typed with some digits."""
    table = Table(iterations=6)
    values = Engine(read(save(Path("typed.xlsx"), table)))
    for step in range(table.iterations):
        value = values.value("Sheet1", table.cell("a_h1", step))
        assert isinstance(value, float)
        number: Content = float(f"{value:.{digits}g}")
        table = table.changed("a_h1", number, [step])
    return table


@pytest.mark.parametrize(("digits", "mistake"), [(4, "rounded"), (17, "typed-number")])
def test_a_whole_column_of_typed_numbers(
    digits: int, mistake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column of numbers right to the digits shown is rounded; one with all digits is typed."""
    monkeypatch.chdir(tmp_path)
    report = check_file(save(tmp_path / "a.xlsx", typed(digits)))

    assert found(report) == [(mistake, "warning")]
    assert report.findings[0].places == (Place("Sheet1", "J32:J37", "a_h1"),)


@pytest.mark.slow
def test_one_typed_number_stays_a_typed_number(tmp_path: Path) -> None:
    """A single rounded number in a column of formulas is a typed number."""
    report = checked(tmp_path, Table().changed("a_h1", 0.50687, [0]))

    assert found(report) == [("typed-number", "warning")]
