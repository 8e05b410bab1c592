"""Tables whose columns stand on several sheets are judged as one, each finding in its own cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from unforeseen.board import Board
from unforeseen.layouts import blocks, tables
from worksheets import RIGHT

import sheetprop
from sheetprop.checking.check import check_file
from sheetprop.checking.spread.apart import text_apart
from sheetprop.checking.spread.together import Spread
from sheetprop.checking.why import why
from sheetprop.notation.address import address
from sheetprop.notation.moved import Moves, TornRangeError, range_within, with_cells_moved
from sheetprop.reports import FORMATS

GRADIENT = "=({a_o2}-{t2})*{a_o2}*{a_h1}"
LAYOUTS = [tables.gradients_elsewhere, blocks.weights_table, blocks.data_elsewhere]


def saved(board: Board, folder: Path) -> Path:
    board.save(folder)
    return folder / board.file


@pytest.mark.parametrize("layout", [*LAYOUTS, blocks.turned_sheets])
def test_a_wrong_cell_is_found_where_it_stands(
    layout: Callable[..., Board], tmp_path: Path
) -> None:
    """A gradient that lacks a factor is the only finding, on its own sheet, as is what belongs."""
    board = layout(RIGHT)
    board.set("dE/dw7", 2, board.filled(GRADIENT, "dE/dw7", 2))
    sheet, row, column = board.place("dE/dw7", 2)
    report = check_file(saved(board, tmp_path))
    place = report.errors[0].places[0]

    assert [place] == [one for finding in report.findings for one in finding.places]
    assert (place.sheet, place.range) == (sheet, address(row, column))
    right = board.filled(RIGHT["dE/dw7"], "dE/dw7", 2)
    assert without_brackets(place.expected) == without_brackets(right)


@pytest.mark.slow
@pytest.mark.parametrize("content", ["n/a", '=""', " ", "=1/0"])
def test_what_follows_on_the_next_sheet_is_not_said_again(content: str, tmp_path: Path) -> None:
    """Where each iteration has a sheet, an update shows the error of a gradient on another one."""
    board = blocks.sheet_per_iteration(RIGHT)
    board.set("dE/dw8", 1, content)
    sheet, row, column = board.place("dE/dw8", 1)
    findings = check_file(saved(board, tmp_path)).findings

    assert [(p.sheet, p.range) for one in findings for p in one.places if p.quantity] == [
        (sheet, address(row, column))
    ]


def without_brackets(formula: str | None) -> str:
    return (formula or "").replace("(", "").replace(")", "")


def test_cells_are_told_by_their_own_sheet(tmp_path: Path) -> None:
    """The table, the evidence and the page name the sheet of a gradient that stands elsewhere."""
    path = saved(tables.gradients_elsewhere(RIGHT), tmp_path)
    report = check_file(path, with_pictures=True)
    lines = dict(why(path, "Gradients!C12"))
    table = report.tables[0]

    assert report.verdict == "correct"
    assert table.range == "A10:W16"
    assert (table.quantities["E1"], table.quantities["dE/dw1"]) == ("U11:U16", "Gradients!A11:A16")
    assert lines["read"].startswith("∂E/∂w3 =")
    assert lines["read"].endswith("C11:C16)")
    assert "Gradients!C" in FORMATS["html"].render([report])


@pytest.mark.slow
def test_runs_on_several_sheets_stay_apart(tmp_path: Path) -> None:
    """A workbook whose sheets are whole tables is left as it is."""
    path = tmp_path / "two.xlsx"
    sheetprop.build(learning_rates=(0.1, 0.5), iterations=3, output=path)

    assert len(check_file(path).tables) == 2


def test_formulas_follow_cells_that_move() -> None:
    """References are rewritten wherever they lead; a range that would fall apart is refused."""
    moves = Moves({("Sheet 2", (row, 1)): ("Main", (row + 5, 70)) for row in (1, 2, 3)})

    assert with_cells_moved("=A1+'Sheet 2'!A$2", "Main", "Main", moves) == "=A1+BR$7"
    assert with_cells_moved("=A1+B1+Main!C4", "Sheet 2", "Main", moves) == "=BR6+'Sheet 2'!B1+C4"
    assert with_cells_moved('=SUM(A1:A3)&"A1"', "Sheet 2", "Sheet 2", moves).startswith(
        "=SUM(Main!BR6:BR8)"
    )
    with pytest.raises(TornRangeError):
        with_cells_moved("=SUM(A1:A4)", "Sheet 2", "Sheet 2", moves)
    assert range_within("A1:BR9", (100, 20)) == "A1:T9"


def test_a_range_at_the_end_of_a_sentence_moves_as_a_whole() -> None:
    """The full stop behind it is no part of a name."""
    spread = Spread({("Error", (row, 4)): ("Weights", (row, 82)) for row in range(4, 14)})

    said = text_apart("Make a chart of Weights!CD4:CD13.", "Weights", "Run", spread)

    assert said == "Make a chart of Error!D4:D13."
