"""Two columns under one header: which is which the formulas say, wherever the columns stand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_broken_cells import checked, form
from test_labels_of_forms import cell_of, with_cells
from test_reading_tables import book
from worksheets import COMPUTED, DELTA_1, ORDER, RIGHT, WEIGHTS, Table

from sheetprop.checking.check import check_workbook
from sheetprop.workbooks.sheet import Cell, Workbook


def remarks(workbook: Workbook) -> list[tuple[str, str, str]]:
    """Return (severity, mistake, range) of everything but the missing chart."""
    found = check_workbook(workbook, "student.xlsx").findings
    return [
        (one.severity, one.mistake, place.range)
        for one in found
        for place in one.places
        if one.mistake != "no-chart"
    ]


def single_output() -> Table:
    """Return a run of a network with one output: E_total is E1, and nothing takes it."""
    lost = ("t2", "w7", "w8", "o2", "a_o2", "E2", "dE/dw7", "dE/dw8")
    table = Table(order=tuple(one for one in ORDER if one not in lost)).changed("E_total", "={E1}")
    arriving = {k: f"{DELTA_1}*{{w{5 + k}}}*{{a_h{k + 1}}}*(1-{{a_h{k + 1}}})" for k in (0, 1)}
    for number in range(1, 5):
        slope = f"={arriving[number > 2]}*{{i{2 - number % 2}}}"
        table = table.changed(f"dE/dw{number}", slope)
    return table


def test_a_doubled_header_over_a_column_that_nothing_needs_is_named() -> None:
    """One error is the whole error: a column of E_total is a second a_o1 by its header alone."""
    table = replace(single_output(), headers={"E_total": "a_o1"}, iterations=4)

    assert remarks(book(table)) == [("warning", "mislabelled-column", table.range("E_total"))]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "other"), [("w1", "w4"), ("t1", "w1"), ("w1", "t1")])
def test_a_doubled_header_behind_an_empty_column_is_found(name: str, other: str) -> None:
    """The last column may stand apart from the others; it is one of the table's all the same."""
    order = tuple(one for one in ORDER if one != "w1")
    table = Table(order=(*order, "gap", "w1"), headers={name: other}, helpers={"gap": "=0"})
    workbook = book(table)
    gap = {address for address in workbook.sheets[0].cells if address[1] == table.lines["gap"]}
    cells = {a: cell for a, cell in workbook.sheets[0].cells.items() if a not in gap}
    workbook = Workbook((replace(workbook.sheets[0], cells=cells),))

    assert remarks(workbook) == [("warning", "mislabelled-column", table.range(name))]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["w6", "a_h1", "E1"])
def test_a_doubled_header_is_not_that_of_what_stands_elsewhere(name: str) -> None:
    """Targets and inputs that stand above the table need no column, and get none."""
    given = {"t1": "$A$2", "t2": "$B$2", "i1": "$C$2", "i2": "$D$2"}
    table = Table(order=tuple(one for one in ORDER if one not in given), headers={name: "w3"})
    for changed in COMPUTED:
        formula = RIGHT[changed]
        for one, cell in given.items():
            formula = formula.replace(f"{{{one}}}", cell)
        table = table.changed(changed, formula)
    above = {"A1": "t1", "B1": "t2", "C1": "i1", "D1": "i2"}
    numbers = {"A2": 0.01, "B2": 0.99, "C2": 0.05, "D2": 0.1}

    found = remarks(book(table, further={"Sheet1": {**above, **numbers}}))

    assert found == [("warning", "mislabelled-column", table.range(name))]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["t2", "i1"])
def test_a_doubled_header_over_what_is_given_in_one_cell_is_named(name: str) -> None:
    """Formulas that take the first cell of a given column need no column; its header is read."""
    table = Table(headers={name: "a_h1"}, iterations=4)
    for changed in COMPUTED:
        table = table.changed(changed, RIGHT[changed].replace(f"{{{name}}}", f"{{{name}@0}}"))

    assert remarks(book(table)) == [("warning", "mislabelled-column", table.range(name))]


@pytest.mark.slow
@pytest.mark.parametrize("new", ["{}", "{} new"])
@pytest.mark.parametrize(
    ("name", "other"),
    [("w1", "w2"), ("a_o2", "w3"), ("t1", "dE/dw4"), ("dE/dw3", "w8"), ("w8", "E2"), ("i2", "h2")],
)
def test_a_doubled_label_of_a_form_is_all_that_is_named(name: str, other: str, new: str) -> None:
    """Of two cells with one label in a form the formulas tell which is meant, for all kinds."""
    workbook = form(new, "={w}-$B$1*{dE/dw}")
    (row, column) = cell_of(workbook, name)
    workbook = with_cells(workbook, {(row, column): Cell(other)})

    (finding,) = checked(workbook).findings

    assert (finding.mistake, finding.places[0].range) == ("mislabelled-column", f"B{row}")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "other"), [("w5", "E1"), ("a_h2", "t2"), ("w6", "dE/dw1")])
def test_new_weights_written_again_below_hide_no_doubled_label(name: str, other: str) -> None:
    """Cells that only repeat the updates are no reason to take the updates for something else."""
    workbook = form("{} new", "={w}-$B$1*{dE/dw}")
    rows = {w: max(r for (r, _), c in plain(workbook) if c.value == f"{w} new") for w in WEIGHTS}
    copies = {(r, 4): Cell(None, f"=B{r}") for r in rows.values()}
    row, column = cell_of(workbook, name)
    (finding,) = checked(with_cells(workbook, copies | {(row, column): Cell(other)})).findings

    assert (finding.mistake, finding.places[0].range) == ("mislabelled-column", f"B{row}")


def plain(workbook: Workbook) -> list[tuple[tuple[int, int], Cell]]:
    return list(workbook.sheets[0].cells.items())


@pytest.mark.slow
def test_a_difference_in_a_cell_of_its_own_is_no_update() -> None:
    """t1 - a_o1 beside a form adds to a number, as an update does; t1 is no weight by that."""
    workbook = form("{} new", "={w}-$B$1*{dE/dw}")
    target, output = (cell_of(workbook, name)[0] for name in ("t1", "a_o1"))
    difference = {(2, 8): Cell("difference"), (3, 8): Cell(None, f"=B{target}-B{output}")}
    mistyped = {cell_of(workbook, "w5"): Cell("o1")}

    report = checked(with_cells(workbook, difference | mistyped))

    assert [one.mistake for one in report.findings] == ["mislabelled-column"]
