"""Iterations written as labels with a number beside each: in several columns, block below block."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from worksheets import DELTA_1, DELTA_2, GIVEN, GRADIENTS, RIGHT, WEIGHTS

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report
from sheetprop.notation.address import address
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

FORWARD = tuple(name for name in RIGHT if name[0] in "hoa")
ERRORS = ("E1", "E2", "E_total")
NEW = tuple(f"new {weight}" for weight in WEIGHTS)
SECTIONS = {
    "Inputs": GIVEN,
    "Weights": WEIGHTS,
    "Forward": FORWARD,
    "Error": ERRORS,
    "Gradients": GRADIENTS,
    "Updated weights": NEW,
}
VALUES = dict(
    zip(
        (*GIVEN, *WEIGHTS),
        (0.01, 0.99, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55),
        strict=True,
    )
)
BRACED = re.compile(r"\{([^{}]+)\}")


def forms(blocks: int, width: int, changes: Mapping[tuple[str, int], str]) -> Workbook:
    """Return a sheet with the labels of each iteration in so many columns, under titles."""
    cells: dict[Address, Cell] = {(1, 1): Cell("Learning rate"), (1, 2): Cell(0.5)}
    where: dict[tuple[str, int], Address] = {}
    row = 3
    for block in range(blocks):
        for title, names in SECTIONS.items():
            cells[row, 1] = Cell(title)
            for index, name in enumerate(names):
                place = row + 1 + index // width, 1 + 2 * (index % width)
                cells[place] = Cell(name)
                where[name, block] = place[0], place[1] + 1
            row += 2 + (len(names) - 1) // width + 1
    for (name, block), place in where.items():
        formula = changes.get((name, block)) or _content(name, block)
        cells[place] = _filled(formula, where, block)
    return Workbook((Sheet("Sheet1", cells),))


def _content(name: str, block: int) -> str | float:
    if name in NEW:
        weight = name[4:]
        return f"={{{weight}}}-$B$1*{{dE/d{weight}}}"
    if name in VALUES:
        before = f"new {name}" if name in WEIGHTS else name
        return VALUES[name] if block == 0 else f"={{{before}@}}"
    return RIGHT[name]


def _filled(content: str | float, where: Mapping[tuple[str, int], Address], block: int) -> Cell:
    if not isinstance(content, str):
        return Cell(content)

    def cell(match: re.Match[str]) -> str:
        name = match[1].removesuffix("@")
        return address(*where[name, block - (name != match[1])])

    return Cell(None, BRACED.sub(cell, content))


def checked(blocks: int, width: int) -> Report:
    return check_workbook(forms(blocks, width, {}), "student.xlsx")


@pytest.mark.parametrize("width", [1, 3])
def test_a_right_form_is_right_in_any_number_of_columns(width: int) -> None:
    """The title “Error” above its section is no E_total, and a column of labels no iteration."""
    assert checked(1, width).verdict == "correct"


@pytest.mark.slow
@pytest.mark.parametrize("width", [1, 3])
def test_blocks_below_one_another_are_right(width: int) -> None:
    """Each block goes on from the new weights of the one above."""
    assert checked(2, width).verdict == "correct"


@pytest.mark.slow
@pytest.mark.parametrize("block", [0, 1])
def test_new_weights_of_each_block_are_judged(block: int) -> None:
    """An update is found in its cell, in the last block as well, where nothing goes on from it."""
    sheet = forms(2, 1, {("new w6", block): "={w6}-$B$1*{dE/dw5}"})
    cells = sheet.sheets[0].cells
    wrong = [a for a, cell in cells.items() if cell.value == "new w6"][block]
    report = check_workbook(sheet, "student.xlsx")
    assert [found.mistake for found in report.errors] == ["wrong-gradient"]
    (place,) = report.errors[0].places
    assert place.range == address(wrong[0], 2)


@pytest.mark.slow
def test_a_label_for_another_makes_no_table_of_the_labels() -> None:
    """Beside one column of labels for each part, one that says w1 among gradients is that alone."""
    hidden = ("h1", "a_h1", "h2", "a_h2")
    output = ("o1", "a_o1", "o2", "a_o2")
    parts = GIVEN, WEIGHTS, hidden, output, ERRORS, GRADIENTS
    deltas = {"δ of o1": f"={DELTA_1}", "δ of o2": f"={DELTA_2}"}
    where = {
        (name, 0): (3 + row, 2 + 3 * part)
        for part, names in enumerate((*parts, deltas, NEW))
        for row, name in enumerate(names)
    }
    cells = {
        place: _filled(deltas.get(name) or _content(name, 0), where, 0)
        for (name, _), place in where.items()
    }
    cells |= {(row, column - 1): Cell(name) for (name, _), (row, column) in where.items()}
    cells |= {(1, 1): Cell("Learning rate"), (1, 2): Cell(0.5)}
    row, column = where["dE/dw5", 0]
    cells[row, column - 1] = Cell("w1")
    report = check_workbook(Workbook((Sheet("Sheet1", cells),)), "student.xlsx")

    assert report.verdict == "correct"
    assert [
        (f.mistake, [place.range for place in f.places])
        for f in report.findings
        if f.mistake != "no-chart"
    ] == [("mislabelled-column", [address(row, column)])]
