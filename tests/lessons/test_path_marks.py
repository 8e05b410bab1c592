"""The weight chosen on Start is shaded on Derivation, on the rate sheets and on Gradient check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import libreoffice
import pytest
from choosing import with_typed
from laid_out import laid_out

from sheetprop.exercises.workbook import recalculated
from sheetprop.lessons.runs.rate_table import FIRST, RateTable
from sheetprop.maths.network import Network
from sheetprop.template import load
from sheetprop.workbooks.look import Highlight, Look
from sheetprop.workbooks.sheet import Address, Sheet, Workbook
from sheetprop.workbooks.styles import PATH
from sheetprop.workbooks.writing.write import write

SPEC = replace(load("classic"), learning_rates=(0.5,), iterations=4)
NETWORK = Network(SPEC.architecture)
FORWARD_OF_W1 = {"h1", "a_h1", "o1", "a_o1", "o2", "a_o2", "E1", "E2", "E_total"}
FORWARD_OF_W8 = {"o2", "a_o2", "E2", "E_total"}
BACK_OF_W1 = {
    *("∂E/∂a_o1", "∂a_o1/∂o1", "∂E/∂a_o2", "∂a_o2/∂o2", "∂E1/∂a_h1", "∂E2/∂a_h1"),
    *("∂E/∂a_h1", "∂a_h1/∂h1", "∂h1/∂w1", "∂E/∂w1", "w1⁺"),
}


def marks_of(sheet: Sheet) -> Iterator[Highlight]:
    assert isinstance(sheet.look, Look)
    yield from (mark for mark in sheet.look.marks if mark.style == "path")


def parameters_of(mark: Highlight) -> set[str]:
    """The weights that a mark's formula waits for."""
    found = re.search(r'" (w[\w ]+) "\)', mark.formula)
    assert found, mark.formula
    return set(found[1].split())


def shaded(sheet: Sheet, weight: str) -> set[Address]:
    """The cells that are shaded when a weight is chosen."""
    return {
        (row, column)
        for mark in marks_of(sheet)
        if weight in parameters_of(mark)
        for row in range(mark.first[0], mark.last[0] + 1)
        for column in range(mark.first[1], mark.last[1] + 1)
    }


@pytest.mark.slow
@pytest.mark.parametrize(("weight", "forward"), [("w1", FORWARD_OF_W1), ("w8", FORWARD_OF_W8)])
def test_columns_of_a_rate_sheet(weight: str, forward: set[str]) -> None:
    """The weight, what it reaches on the way to E_total and its own gradient, and nothing else."""
    table = RateTable(NETWORK, SPEC.iterations)
    cells = shaded(laid_out(SPEC)["η=0.5"], weight)
    names = {name for name, column in table.column.items() if (FIRST, column) in cells}

    assert names == {weight, f"dE/d{weight}"} | forward


def test_lines_of_the_derivation() -> None:
    """What w1 reaches, every factor of its gradient, and its update."""
    sheet = laid_out(SPEC)["Derivation"]
    rows = {row for row, _ in shaded(sheet, "w1")}
    names = {str(sheet.cells[row, 1].value).split(" = ")[0] for row in rows}

    assert names == FORWARD_OF_W1 | BACK_OF_W1


@pytest.mark.parametrize("weight", NETWORK.weights)
def test_the_row_of_the_gradient_check(weight: str) -> None:
    """One row is marked, that of the weight."""
    sheet = laid_out(SPEC)["Gradient check"]
    rows = {row for row, _ in shaded(sheet, weight)}

    assert [sheet.cells[row, 1].value for row in rows] == [weight]


@pytest.mark.parametrize("name", ["Derivation", "Gradient check", "η=0.5"])
def test_the_sheet_itself_has_the_weight(name: str) -> None:
    """No condition refers to another sheet: each has a cell that says which weight is chosen."""
    book = laid_out(SPEC)
    book = with_typed(book, {"path of": "w3"})
    sheet = replace(book, sheets=recalculated(book.sheets, book.names))[name]
    (cell,) = {re.search(r"\$([A-Z]+)\$(\d+)", mark.formula)[0] for mark in marks_of(sheet)}  # type: ignore[index]

    assert all("!" not in mark.formula for mark in marks_of(sheet))
    letters, row = re.fullmatch(r"\$([A-Z]+)\$(\d+)", cell).groups()  # type: ignore[union-attr]
    assert sheet.cells[int(row), ord(letters) - ord("A") + 1].value == "w3"


def chosen(path: str) -> Workbook:
    book = with_typed(laid_out(SPEC), {"path of": path})
    return replace(book, sheets=recalculated(book.sheets, book.names))


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not()))
def test_libreoffice_shades_it(tmp_path: Path) -> None:
    """With a weight chosen cells take the colour of the path; without one none does."""
    counts = {}
    for number, path in enumerate(("w1", "w8", "–")):
        file = tmp_path / f"{number}.xlsx"
        write(chosen(path), file)
        page = libreoffice.convert(file, tmp_path, "html").read_text("utf-8")
        counts[path] = len(re.findall(f'<td[^>]*bgcolor="{PATH}"', page, flags=re.IGNORECASE))

    assert counts["–"] == 0
    assert counts["w1"] > counts["w8"] > 20
