"""What stands in the cells that a calculation starts from: a rate that is none, an odd number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from test_broken_cells import checked, found, with_value
from test_reading_tables import book
from worksheets import GIVEN, RIGHT, WEIGHTS, Table

from sheetprop.workbooks.sheet import Address, Cell, ExcelError, Workbook

RATE = (30, 7)


def named_rate() -> Workbook:
    """Return a run whose updates take the rate by a name."""
    workbook = book(Table(eta="alpha", iterations=3))
    return replace(workbook, names={"alpha": "Sheet1!$G$30"})


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (Cell(None), "missing-quantity"),
        (Cell("0,5"), "error-value"),
        *[
            pytest.param(cell, "error-value", marks=pytest.mark.slow)
            for cell in (Cell(ExcelError("#N/A")), Cell(True), Cell(None, "=TRUE"), Cell("n/a"))
        ],
    ],
)
def test_a_rate_that_is_no_number_is_found_in_its_cell(content: Cell, mistake: str) -> None:
    """Nothing, a text, an error or a truth value: that cell, and no update, is accused."""
    assert found(checked(with_value(named_rate(), RATE, content))) == {("error", mistake, "G30")}


@pytest.mark.slow
@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("are_fixed", [False, True])
def test_one_other_number_among_many_equal_ones_is_a_remark(name: str, are_fixed: bool) -> None:
    """No formula contradicts what is given; that one row has another number is said all the same.

    Formulas that take the first row alone are not wrong by it. Whether it belongs there is open.
    """
    table = Table(iterations=12)
    for given in GIVEN:
        table = table.changed(given, table.cells()[table.cell(given, 0)], range(1, 12))
    if are_fixed:
        for own in RIGHT:
            formula = RIGHT[own]
            for given in GIVEN:
                formula = formula.replace(f"{{{given}}}", f"{{{given}@0}}")
            table = table.changed(own, formula)
    workbook = with_value(book(table), table.cell(name, 5), Cell(0.33))

    report = checked(workbook)

    assert found(report) == {("warning", "typed-number", table.address(name, 5))}
    assert report.verdict == "undecided"
    assert [one.range for one in report.not_judged] == [table.address(name, 5)]


@pytest.mark.slow
def test_of_few_rows_one_other_number_is_a_remark_where_all_else_stays() -> None:
    """Six rows tell enough if no other input or target varies; with another, they are samples."""
    table = Table(iterations=6)
    odd = with_value(book(table), table.cell("i2", 3), Cell(0.2))
    samples = with_value(odd, table.cell("t1", 3), Cell(0.3))

    assert found(checked(odd)) == {("warning", "typed-number", table.address("i2", 3))}
    assert checked(odd).verdict == "undecided"
    assert checked(samples).verdict == "correct"


@pytest.mark.slow
def test_inputs_filled_as_a_series_are_not_called_given() -> None:
    """Where nothing else varies, an input that rises by the same in each row was dragged so."""
    workbook, table = book(Table(iterations=6)), Table(iterations=6)
    series = with_all(workbook, {table.cell("i1", step): 0.05 + 0.01 * step for step in range(6)})
    samples = with_all(series, {table.cell("t1", step): 0.01 * (step % 2) for step in range(6)})

    assert checked(series).verdict == "undecided"
    assert [one.range for one in checked(series).not_judged] == ["C33:C37"]
    assert checked(samples).verdict == "correct"


@pytest.mark.slow
def test_a_rate_that_leaves_its_column_for_one_row_is_not_judged() -> None:
    """One that changes and stays is a schedule; one that comes back is a slip."""
    table = Table(iterations=10, helpers={"η": "=0.5"}, rate=None)
    rates = {step: table.cell("η", step) for step in range(10)}
    for name in WEIGHTS:
        table = table.changed(name, f"={{{name}[-1]}}-{{η[-1]}}*{{dE/d{name}[-1]}}", range(1, 10))
    plain = with_all(book(table), dict.fromkeys(rates.values(), 0.5))

    assert checked(plain).verdict == "correct"
    assert checked(with_all(plain, {rates[s]: 0.1 for s in range(8, 10)})).verdict == "correct"
    odd = checked(with_value(plain, rates[4], Cell(0.1)))
    assert [one.range for one in odd.not_judged] == [table.address("η", 4)]


def with_new_weights(*, across: bool = False) -> Table:
    """Return a run whose updates stand in the row of the gradients, and are taken by the next."""
    new = {f"new {n}": f"={{{n}}}-{{eta}}*{{dE/d{n}}}" for n in WEIGHTS}
    table = Table(helpers=new, across=across, header=3, rate_cell=(1, 2), first_line=5)
    for name in WEIGHTS:
        table = table.changed(name, f"={{new {name}[-1]}}", range(1, 8))
    return table


@pytest.mark.slow
@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("content", [None, 0.3])
@pytest.mark.parametrize("name", ["new w2", "new w8"])
def test_the_last_new_weight_is_missed_where_the_others_have_one(
    name: str, content: float | None, across: bool
) -> None:
    """No row takes it; all beside it are filled with formulas."""
    table = with_new_weights(across=across)
    other = with_value(book(table), table.cell(name, 7), Cell(content))

    assert checked(book(table)).verdict == "correct"
    assert [one.range for one in checked(other).not_judged] == [table.address(name, 7)]


@pytest.mark.slow
@pytest.mark.parametrize("across", [False, True])
def test_a_number_typed_over_one_change_makes_no_line_of_rates(across: bool) -> None:
    """All other updates take the rate from its cell; the helper alone is wrong."""
    changes = {f"Δ{n}": f"=-{{eta}}*{{dE/d{n}}}" for n in WEIGHTS}
    table = Table(helpers=changes, across=across, header=3, rate_cell=(1, 2), first_line=5)
    table = replace(table, rate_label=None)
    for name in WEIGHTS:
        table = table.changed(name, f"={{{name}[-1]}}+{{Δ{name}[-1]}}", range(1, 8))
    report = checked(with_value(book(table), table.cell("Δw6", 3), Cell(0.01764)))

    assert [one.places[0].range for one in report.errors] == [table.address("Δw6", 3)]


def with_all(workbook: Workbook, numbers: Mapping[Address, float]) -> Workbook:
    """Return the workbook with numbers in these cells."""
    for at, number in numbers.items():
        workbook = with_value(workbook, at, Cell(number))
    return workbook


@pytest.mark.slow
def test_an_empty_text_is_found_where_it_stands() -> None:
    """A text without a letter looks like an empty cell; the row below it takes the text."""
    table = Table().changed("t1", "={t1[-1]}", range(1, 8))
    workbook = with_value(book(table), table.cell("t1", 0), Cell(""))

    assert {place for _, _, place in found(checked(workbook))} == {table.address("t1", 0)}


def test_an_input_divided_by_nothing_is_no_diverging_run() -> None:
    """A right formula may have a result beyond all numbers; what is given has none but its own."""
    workbook = with_value(book(Table()), Table().cell("i2", 4), Cell(None, "=1/0"))
    report = checked(workbook)

    assert found(report) == {("error", "error-value", Table().address("i2", 4))}
    assert report.verdict == "mistakes"


@pytest.mark.slow
@pytest.mark.parametrize("content", [Cell(0.01), Cell(None, "=0.01")])
def test_a_number_typed_again_midway_is_a_remark(content: Cell) -> None:
    """Where the other rows carry a target on, the same number typed again does not follow it."""
    table = Table().changed("t1", "={t1[-1]}", range(1, 8))
    workbook = with_value(book(table), table.cell("t1", 4), content)

    assert found(checked(book(table))) == set()
    assert found(checked(workbook)) == {("warning", "typed-number", table.address("t1", 4))}


@pytest.mark.slow
@pytest.mark.parametrize("step", [0, 5])
def test_one_row_without_the_cell_that_all_others_take_is_wrong(step: int) -> None:
    """Where every row takes an input from one cell above, another number in a row is found."""
    table = Table(iterations=12).changed("i2", "=$B$3", range(12))
    workbook = with_value(book(table), (3, 2), Cell(0.1))
    wrong = with_value(workbook, table.cell("i2", step), Cell(None, "=0.101"))

    assert found(checked(workbook)) == set()
    assert found(checked(wrong)) == {("error", "typed-number", table.address("i2", step))}
