"""Headers written over two rows are read as one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from slowly import one_in
from worksheets import GRADIENTS, ORDER, WEIGHTS, Table, save

from sheetprop.checking.check import check_file
from sheetprop.checking.report import Report

SPLIT: Mapping[str, Mapping[str, tuple[str | None, str | int]]] = {
    "in the middle": {name: ("∂E", f"/∂{name[4:]}") for name in GRADIENTS},
    "merged over weights": {n: (None if k else "w", k + 1) for k, n in enumerate(WEIGHTS)},
    "merged over gradients": {n: (None if k else "∂E/∂", n[4:]) for k, n in enumerate(GRADIENTS)},
    "titles of groups": {"h1": ("hidden layer", "h1"), "o1": ("output layer", "o1")},
}


def with_split_headers(path: Path, table: Table, split: str) -> Report:
    save(path, table)
    book = openpyxl.load_workbook(path)
    sheet = book["Sheet1"]
    for name, (upper, lower) in SPLIT[split].items():
        sheet.cell(table.header - 1, table.lines[name]).value = upper
        sheet.cell(table.header, table.lines[name]).value = lower
    book.save(path)
    return check_file(path)


TABLE = Table(rate_cell=(28, 7))


@pytest.mark.parametrize("split", SPLIT)
def test_all_columns_are_found(split: str, tmp_path: Path) -> None:
    """Nothing right is accused, and every quantity is found where it is."""
    report = with_split_headers(tmp_path / "student.xlsx", TABLE, split)

    assert report.verdict == "correct"
    assert report.tables[0].quantities == {name: TABLE.range(name) for name in ORDER}
    assert {finding.mistake for finding in report.findings} <= {"no-chart"}


@pytest.mark.parametrize("split", one_in(2, SPLIT))
def test_what_is_wrong_is_found(split: str, tmp_path: Path) -> None:
    """A mistake is found in its own cells, under the name that both rows give."""
    wrong = TABLE.changed("dE/dw5", "=({a_o1}-{t1})*{a_o1}*(1-{a_o1})*{a_h2}")
    report = with_split_headers(tmp_path / "student.xlsx", wrong, split)

    assert [f.mistake for f in report.errors] == ["wrong-neuron"]
    assert report.errors[0].places == (wrong.place("dE/dw5"),)
