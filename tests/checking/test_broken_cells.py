"""What stands in a cell instead of a formula, or breaks one, is found where it is, not beyond."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from test_reading_tables import book
from worksheets import GIVEN, GRADIENTS, RIGHT, WEIGHTS, Table

from sheetprop.calculating.engine import Engine
from sheetprop.checking.check import check_workbook
from sheetprop.checking.finding.recognise import find_tables
from sheetprop.checking.fitting.likely_shapes import likely_shapes
from sheetprop.checking.report import Report
from sheetprop.spec import Architecture
from sheetprop.workbooks.sheet import Cell, ExcelError, Sheet, Workbook

TABLE = Table()


def checked(workbook: Workbook) -> Report:
    return check_workbook(workbook, "student.xlsx")


def found(report: Report) -> set[tuple[str, str, str]]:
    """Return (severity, mistake, range) of everything but the missing chart."""
    return {
        (finding.severity, finding.mistake, place.range)
        for finding in report.findings
        for place in finding.places
        if finding.mistake != "no-chart"
    }


def with_value(workbook: Workbook, cell: tuple[int, int], content: Cell) -> Workbook:
    sheet = workbook.sheets[0]
    return Workbook((replace(sheet, cells={**sheet.cells, cell: content}),), workbook.names)


def test_an_error_typed_over_a_formula_is_found() -> None:
    """A cell that holds #REF! and no formula is found; what follows from it is not repeated."""
    row = 35
    workbook = with_value(book(TABLE), (row, 10), Cell(ExcelError("#REF!")))

    assert found(checked(workbook)) == {("error", "error-value", f"J{row}")}


@pytest.mark.parametrize("formula", ["={h1}/0", "=1/(1+EXP(-{h1}))*lambda_2"])
def test_a_formula_broken_in_itself_is_found_in_all_its_cells(formula: str) -> None:
    """From the second iteration on it also meets the error of the first, and is broken anyway."""
    table = TABLE.changed("a_h1", formula)

    assert found(checked(book(table))) == {("error", "error-value", table.range("a_h1"))}


def test_a_text_where_a_formula_belongs_is_found() -> None:
    """A formula written as text is named where it is, as an error where others need it."""
    workbook = with_value(book(TABLE), (35, 10), Cell("1/(1+EXP(-I35))"))

    assert found(checked(workbook)) == {("error", "missing-quantity", "J35")}


@pytest.mark.parametrize("formula", ['=""', '=""&(U35+V35)', '=TEXT(U35+V35,"0.000")'])
def test_a_formula_that_gives_a_text_is_found(formula: str) -> None:
    """What looks empty, or like a number, is no number; the verdict says that something lacks."""
    report = checked(book(TABLE.changed("E_total", formula, [3])))

    assert report.verdict == "incomplete"
    assert found(report) == {("warning", "missing-quantity", TABLE.address("E_total", 3))}


@pytest.mark.parametrize(("number", "verdict"), [(0.14, "undecided"), (0.1429, "correct")])
def test_a_number_alone_tells_only_what_its_digits_tell(number: float, verdict: str) -> None:
    """Among formulas nothing shows that 0.14 is 0.1429 rounded, and no number 2 % off.

    It is said of its cell either way.
    """
    table = TABLE.changed("o1", number, [2])
    report = checked(book(table))

    assert report.verdict == verdict
    assert found(report) == {("warning", "typed-number", table.address("o1", 2))}


@pytest.mark.slow
def test_turned_headers_are_told_from_wrong_formulas() -> None:
    """Headers moved by one over all gradients are the mistake, not the sixteen formulas."""
    workbook = book(TABLE)
    cells = workbook.sheets[0].cells
    columns = range(24, 24 + len(GRADIENTS))
    texts = [cells[31, column].value for column in columns]
    for column, text in zip(columns, [*texts[1:], texts[0]], strict=True):
        workbook = with_value(workbook, (31, column), Cell(text))

    report = checked(workbook)

    assert {(severity, mistake) for severity, mistake, _ in found(report)} == {
        ("warning", "mislabelled-column")
    }
    assert len(found(report)) == len(columns)


def test_pasted_values_tell_the_error_function() -> None:
    """A table of right numbers is typed, not wrong, whatever error function it was made with."""
    table = TABLE.changed("E1", "=({t1}-{a_o1})^2").changed("E2", "=({t2}-{a_o2})^2")
    for name in GRADIENTS:
        table = table.changed(name, f"=2*{RIGHT[name][1:]}")
    workbook = book(table)
    values = Engine(workbook)
    sheet = workbook.sheets[0]
    pasted = {a: Cell(values.value(sheet.name, a)) for a in sheet.cells}

    report = checked(Workbook((replace(sheet, cells=pasted),)))

    assert {(severity, mistake) for severity, mistake, _ in found(report)} == {
        ("warning", "typed-number")
    }


NAMES = [*GIVEN, *WEIGHTS, *(name for name in RIGHT if name not in WEIGHTS)]


def form(new_label: str, update: str) -> Workbook:
    """Return one iteration as a list of labels and numbers, the new weights at its end."""
    where = {name: f"B{row}" for row, name in enumerate(NAMES, 3)}
    numbers = dict(zip([*GIVEN, *WEIGHTS], [0.01, 0.99, 0.05, 0.1, *TABLE.weights], strict=True))
    cells = {(1, 1): Cell("η"), (1, 2): Cell(0.5)}
    for row, name in enumerate(NAMES, 3):
        formula = None if name in numbers else written(RIGHT[name], where)
        cells |= {(row, 1): Cell(name), (row, 2): Cell(numbers.get(name), formula)}
    for row, name in enumerate(WEIGHTS, len(NAMES) + 4):
        template = update if name == "w4" else "={w}-$B$1*{dE/dw}"
        formula = written(template, where | {"w": where[name], "dE/dw": where[f"dE/d{name}"]})
        cells |= {(row, 1): Cell(new_label.format(name)), (row, 2): Cell(None, formula)}
    return Workbook((Sheet("Sheet1", cells),))


def written(template: str, where: Mapping[str, str]) -> str:
    return re.sub(r"\{(.*?)\}", lambda found: where[found[1]], template)


NEW = ("{}", "{} new", "new {}", "{}_new", "{}'", "updated {}")


@pytest.mark.parametrize("label", NEW)
def test_updates_of_a_single_iteration_are_judged(label: str) -> None:
    """The new weights of a list are found by their labels or what they take; w4 takes w1."""
    right, wrong = form(label, "={w}-$B$1*{dE/dw}"), form(label, "={w1}-$B$1*{dE/dw}")

    assert found(checked(right)) == set()
    assert [(m, r[:1]) for _, m, r in found(checked(wrong))] == [("wrong-neuron", "B")]


def test_few_networks_are_left_by_the_sums() -> None:
    """Of all networks that headers allow, those are judged that the sums agree with."""
    workbook = book(TABLE)
    shapes = [
        Architecture((2, 2, 2), biases=biases)  # type: ignore[arg-type]
        for biases in ("none", "shared", "each")
    ]
    table = find_tables(workbook)[0]

    assert likely_shapes(shapes, workbook, table, Engine(workbook).value) == shapes[:1]


def test_a_weight_without_a_line_may_have_a_typed_rate() -> None:
    """A form that lacks the label of a weight, and types the rate, is checked to its end."""
    sheet = form("{} new", "={w}-$B$1*{dE/dw}").sheets[0]
    cells = {
        address: cell._replace(formula=cell.formula and cell.formula.replace("$B$1", "0.5"))
        for address, cell in sheet.cells.items()
        if cell.value not in ("w4", "w4 new")
    }

    report = checked(Workbook((replace(sheet, cells=cells),)))

    assert report.errors == ()
