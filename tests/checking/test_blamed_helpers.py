"""In a form a wrong helper cell is named itself, not only what is calculated from it."""

from __future__ import annotations

import pytest
from test_broken_cells import checked, form
from test_labels_of_forms import cell_of, with_cells
from test_reading_tables import book
from worksheets import ARRIVING_2, DELTA_1, DELTA_2, Table

from sheetprop.checking.report import Report
from sheetprop.workbooks.sheet import Cell, Workbook

UPDATE = "={w}-$B$1*{dE/dw}"


def address(workbook: Workbook, name: str) -> str:
    return f"B{cell_of(workbook, name)[0]}"


def in_cells(workbook: Workbook, template: str) -> str:
    """Return a template with quantities in braces as a formula's text of a form."""
    for label in ("a_h1", "a_h2", "a_o1", "a_o2", "t1", "t2", "w5", "w7", "i1", "i2"):
        template = template.replace(f"{{{label}}}", address(workbook, label))
    return template


def with_helpers() -> Workbook:
    """Return a form whose gradients go by the cells of δ: D3 and D4, behind them D5 of h1."""
    workbook = form("{} new", UPDATE)
    slope = "{a_h1}*(1-{a_h1})"
    helpers = {3: DELTA_1, 4: DELTA_2, 5: f"(D3*{{w5}}+D4*{{w7}})*{slope}"}
    gradients = {
        "dE/dw5": "D3*{a_h1}",
        "dE/dw6": "D3*{a_h2}",
        "dE/dw7": "D4*{a_h1}",
        "dE/dw8": "D4*{a_h2}",
        "dE/dw1": "D5*{i1}",
        "dE/dw2": "D5*{i2}",
    }
    cells = {(r, 4): Cell(None, "=" + in_cells(workbook, text)) for r, text in helpers.items()}
    for name, text in gradients.items():
        cells[cell_of(workbook, name)[0], 2] = Cell(None, "=" + in_cells(workbook, text))
    return with_cells(workbook, cells)


def places(report: Report) -> list[str]:
    """Return the first place of each error."""
    return [one.places[0].range for one in report.errors]


def test_a_wrong_helper_cell_of_a_form_is_named() -> None:
    """What several gradients take wrongly is one mistake, in the cell that they take."""
    workbook = with_helpers()
    formula = "=" + in_cells(workbook, DELTA_1)
    turned = formula.replace("(1-", "(1+")
    report = checked(with_cells(workbook, {(3, 4): Cell(None, turned)}))
    (finding,) = report.errors

    assert checked(workbook).verdict == "correct"
    assert (finding.mistake, finding.places[0].range) == ("wrong-sign", "D3")
    assert finding.places[0].expected is not None
    assert (
        checked(with_cells(workbook, {(3, 4): Cell(None, finding.places[0].expected)})).verdict
        == "correct"
    )


@pytest.mark.slow
def test_a_number_in_a_helper_cell_is_a_typed_number() -> None:
    """No mistake in a formula made it."""
    (finding,) = checked(with_cells(with_helpers(), {(5, 4): Cell(0.01)})).errors

    assert (finding.mistake, finding.places[0].range) == ("typed-number", "D5")
    assert finding.message.startswith("D5 is the typed number 0.01 where a formula belongs")


@pytest.mark.slow
@pytest.mark.parametrize("content", [None, "see above", 0.01, "=D4", "=-(D3x)", "=(D3x)*1.001"])
@pytest.mark.parametrize("row", [3, 4, 5])
def test_whatever_stands_in_a_helper_cell_of_a_form_is_found_there(
    content: float | str | None, row: int
) -> None:
    """Nothing, a text, a number, another helper or a factor: one finding, which names the cell."""
    workbook = with_helpers()
    own = workbook.sheets[0].cells[row, 4].formula or ""
    text = content.replace("D3x", own[1:]) if isinstance(content, str) else content
    if row == 4 and text == "=D4":
        text = "=D3"
    cell = Cell(None, text) if isinstance(text, str) and text[0] == "=" else Cell(text)

    report = checked(with_cells(workbook, {(row, 4): cell}))

    assert len(report.errors) == 1 or content == "see above"
    for one in report.errors:
        assert f"D{row}" in [place.range for place in one.places]


@pytest.mark.slow
def test_a_helper_that_right_formulas_take_is_not_blamed() -> None:
    """One gradient that takes another helper is wrong itself."""
    workbook = with_helpers()
    name = "dE/dw5"
    wrong = Cell(None, "=" + in_cells(workbook, "D4*{a_h1}"))
    report = checked(with_cells(workbook, {(cell_of(workbook, name)[0], 2): wrong}))

    assert places(report) == [address(workbook, name)]


@pytest.mark.slow
@pytest.mark.parametrize("content", [None, 0.3, "={w8}*{i2}"])
def test_of_a_chain_of_helpers_the_one_that_differs_is_blamed(content: float | str | None) -> None:
    """Not one that says what it says in all rows, though a gradient put there would make up for it.

    What the chain computes is no part of the declared formula: a path times an input.
    """
    helpers = {
        "path 1": f"={DELTA_1}*{{w6}}*{{i1}}*{{a_h2}}*(1-{{a_h2}})",
        "weighted": "={w8}*{i1}",
        "slope": "={a_h2}*(1-{a_h2})*{weighted}",
        "path 2": f"={DELTA_2}*{{slope}}",
    }
    table = Table(helpers=helpers).changed("dE/dw3", "={path 1}+{path 2}")
    wrong = checked(book(table.changed("weighted", content, [3])))

    assert checked(book(table)).verdict == "correct"
    assert places(wrong) == [table.address("weighted", 3)]
    assert wrong.not_judged == ()


@pytest.mark.slow
def test_an_empty_helper_under_the_name_of_a_quantity_is_blamed() -> None:
    """∂E/∂a_h2 is a header that is known; where no network needs such a column it is a helper."""
    table = Table(helpers={"dE/da_h2": f"={ARRIVING_2}"})
    for name, source in (("dE/dw3", "i1"), ("dE/dw4", "i2")):
        table = table.changed(name, f"={{dE/da_h2}}*{{a_h2}}*(1-{{a_h2}})*{{{source}}}")
    (finding,) = checked(book(table.changed("dE/da_h2", None, [3]))).errors

    assert finding.places[0].range == table.address("dE/da_h2", 3)
