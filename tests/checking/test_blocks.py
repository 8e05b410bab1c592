"""Tables in blocks: the gradients stand in rows of their own below the forward pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter
from worksheets import ORDER, Content, Table, checked

BELOW = 12
GRADIENTS = [name for name in ORDER if name.startswith("dE/")]


def in_blocks(table: Table, folder: Path) -> dict[str, dict[str, Content]]:
    """Return the cells of a table with its gradients moved below, and to the left."""
    moved = {table.lines[name]: 2 + k for k, name in enumerate(GRADIENTS)}

    def address(row: int, column: int) -> str:
        if column in moved and row >= table.header:
            return f"{get_column_letter(moved[column])}{row + BELOW}"
        return f"{get_column_letter(column)}{row}"

    def put(match: re.Match[str]) -> str:
        return address(int(match[2]), column_number(match[1]))

    cells: dict[str, Content] = {}
    for (row, column), content in table.cells().items():
        is_formula = isinstance(content, str) and content.startswith("=")
        text = re.sub(r"(?<![$\w])([A-Z]{1,2})(\d+)", put, str(content)) if is_formula else content
        cells[address(row, column)] = text
    return {table.sheet: cells}


def column_number(letters: str) -> int:
    from openpyxl.utils import column_index_from_string

    return column_index_from_string(letters)


def test_a_right_one_is_correct(tmp_path: Path) -> None:
    """Every quantity is found where it stands, and the updates take it from there."""
    report = checked(tmp_path, further=in_blocks(Table(iterations=5), tmp_path))

    assert (report.verdict, report.errors, report.not_judged) == ("correct", (), ())
    assert report.tables[0].quantities["dE/dw1"] == "B44:B48"


@pytest.mark.parametrize(("name", "wrong"), [("dE/dw3", "={dE/dw1}"), ("dE/dw5", "={a_o1}*{a_h1}")])
def test_a_slip_is_found_where_it_stands(name: str, wrong: str, tmp_path: Path) -> None:
    """A wrong gradient is no matter of the updates that take it."""
    table = Table(iterations=5).changed(name, wrong)
    report = checked(tmp_path, further=in_blocks(table, tmp_path))

    (finding,) = report.errors
    assert {place.quantity for place in finding.places} == {name}
    assert finding.places[0].range.startswith(get_column_letter(2 + GRADIENTS.index(name)))
