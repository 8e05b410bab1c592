"""Cells of long fills that are kept in few bytes are the same cells."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hostile_files import package, sheet

from sheetprop.workbooks.filled_cells import FilledCells
from sheetprop.workbooks.reading import cells_in, rows_in
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Address, Cell


def a_file(folder: Path, last: str = "") -> Path:
    rows = (
        f'<row r="{r}"><c r="A{r}"><f>A{r - 1}+1</f><v>{r}</v></c>'
        f'<c r="B{r}"><f>A{r}/$D$1</f><v>{r / 7 if r != 40 else 3!r}</v></c>'
        f'<c r="C{r}" t="str"><f>"row "&amp;{r}</f><v>row {r}</v></c></row>'
        for r in range(2, 90)
    )
    return package(folder / "a.xlsx", {"xl/worksheets/sheet1.xml": sheet([*rows, last])})


def cells_of(
    file: Path, folded_from: int, monkeypatch: pytest.MonkeyPatch
) -> Mapping[Address, Cell]:
    monkeypatch.setattr(cells_in, "FOLDED_FROM", folded_from)
    monkeypatch.setattr(rows_in, "BLOCK", 1500)
    return read(file)["Sheet1"].cells


def test_the_same_cells_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folded or not, a sheet has the same cells, values and formulas, row by row."""
    expected = cells_of(a_file(tmp_path), 10**9, monkeypatch)
    found = cells_of(a_file(tmp_path), 20, monkeypatch)

    assert isinstance(found, FilledCells)
    assert sum(len(fill.values) for fill in found.fills) > 150
    assert list(found.items()) == list(expected.items())
    assert list(found) == list(expected)
    assert list(found.values()) == list(expected.values())
    assert len(found) == len(expected)
    assert all(found[at] == cell and at in found for at, cell in expected.items())
    assert found.get((1, 1)) is None


def test_a_row_that_comes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a cell that is written twice the last one counts, folded or not."""
    again = '<row r="5"><c r="A5"><v>9.5</v></c><c r="B5"><f>1+1</f><v>2</v></c></row>'
    file = a_file(tmp_path, again)

    expected = cells_of(file, 10**9, monkeypatch)
    found = cells_of(file, 20, monkeypatch)

    assert {at: found[at] for at in found} == expected
