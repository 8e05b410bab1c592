"""The labels of a worksheet of one iteration: missing, exchanged, or beside a text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_broken_cells import checked, form, found

from sheetprop.workbooks.sheet import Address, Cell, Workbook

UPDATE = "={w}-$B$1*{dE/dw}"


def cell_of(workbook: Workbook, label: str) -> Address:
    """Return the address of a label."""
    cells = workbook.sheets[0].cells
    return next(address for address, cell in cells.items() if cell.value == label)


def with_cells(workbook: Workbook, cells: dict[Address, Cell]) -> Workbook:
    sheet = workbook.sheets[0]
    return Workbook((replace(sheet, cells={**sheet.cells, **cells}),))


@pytest.mark.parametrize("label", ["{} (new)", "{} new", "{}'", "{}"])
def test_an_update_is_not_taken_for_its_weight(label: str) -> None:
    """Where a weight and a gradient lack their labels, nothing right is accused."""
    workbook = form(label, UPDATE)
    for name in ("w5", "dE/dw1"):
        workbook = with_cells(workbook, {cell_of(workbook, name): Cell(None)})

    assert checked(workbook).errors == ()


@pytest.mark.parametrize("label", ["{} (new)", "updated {}"])
def test_exchanged_labels_may_be_those_of_the_weights_alone(label: str) -> None:
    """The labels of the updates, which are right, stay with them."""
    workbook = form(label, UPDATE)
    first, second = cell_of(workbook, "w2"), cell_of(workbook, "w8")
    report = checked(with_cells(workbook, {first: Cell("w8"), second: Cell("w2")}))

    assert report.errors == ()
    assert {mistake for _, mistake, _ in found(report)} == {"mislabelled-column"}


def test_a_text_for_an_update_is_found() -> None:
    """An update that is typed as text, which Excel does not calculate, is named."""
    workbook = form("{}'", UPDATE)
    row, column = cell_of(workbook, "w3'")
    report = checked(with_cells(workbook, {(row, column + 1): Cell("B9-B1*B33")}))

    assert {(mistake, place) for _, mistake, place in found(report)} == {
        ("missing-quantity", f"B{row}")
    }
