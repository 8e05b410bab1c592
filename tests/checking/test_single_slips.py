"""One cell of a right sheet changed: what is said of it is said in that cell."""

from __future__ import annotations

from pathlib import Path

from unforeseen.board import Board
from unforeseen.layouts import blocks, tables
from worksheets import RIGHT, WEIGHTS

from sheetprop.checking.check import check_file
from sheetprop.checking.report import Report
from sheetprop.notation.address import address

STEPS = 5
BY_ROW = RIGHT | {name: f"={{{name}[-1]}}-{{eta[-1]}}*{{dE/d{name}[-1]}}" for name in WEIGHTS}


def report_of(board: Board, folder: Path) -> Report:
    board.save(folder)
    return check_file(folder / board.file)


def with_rates() -> Board:
    """A table with a learning rate for each iteration, taken from the row before by the updates."""
    board = tables.table(Board(), steps=STEPS)
    for step in range(STEPS):
        board.at("eta", step, 11 + step, 40)
    board.text(10, 40, "η")
    board.standard(BY_ROW)
    for step in range(STEPS):
        board.set("eta", step, 0.5 + step / 10)
    return board


def test_the_rate_of_another_row_is_noticed(tmp_path: Path) -> None:
    """Where each row has a rate, an update that takes the next row's is the only finding."""
    board = with_rates()

    assert report_of(board, tmp_path).verdict == "correct"

    board.set("w4", 3, "={w4[-1]}-{eta}*{dE/dw4[-1]}")
    finding, *others = report_of(board, tmp_path).errors
    assert others == []
    assert [place.range for place in finding.places] == [address(*board.place("w4", 3)[1:])]
    assert finding.places[0].expected == board.filled(BY_ROW["w4"], "w4", 3)
    assert "η from another row" in finding.message


def test_a_text_for_the_rate_is_said_of_its_cell(tmp_path: Path) -> None:
    """That all updates show an error is no mistake of theirs."""
    board = tables.plain(RIGHT)
    board.put("G8", "fast")
    report = report_of(board, tmp_path)

    assert [(f.mistake, [p.range for p in f.places]) for f in report.errors] == [
        ("error-value", ["G8"])
    ]


def test_an_input_that_takes_its_header_is_said_of_its_cell(tmp_path: Path) -> None:
    """The text comes from the header, and the formula that takes it is wrong."""
    board = tables.plain(RIGHT)
    board.text(11, 3, "=C10")
    for step in range(1, tables.STEPS):
        board.text(11 + step, 3, f"=C{10 + step}")
    report = report_of(board, tmp_path)

    assert [[p.range for p in f.places] for f in report.errors] == [["C11"]]


def test_a_new_weight_left_out_of_a_form_is_a_blank(tmp_path: Path) -> None:
    """Where the other new weights are there, one that is not is missing."""
    board = Board()
    blocks.form(board, tuple(name for name in RIGHT if name not in WEIGHTS), 20, 1, 0, "{}")
    blocks.form(board, ("i1", "i2", "t1", "t2", *WEIGHTS), 2, 1, 0, "{}")
    blocks.form(board, WEIGHTS, 50, 1, 1, "new {}")
    tables.rate(board, 1, 2).standard(RIGHT)

    assert report_of(board, tmp_path).verdict == "correct"

    board.set("w3", 1, None)
    report = report_of(board, tmp_path)
    assert report.verdict == "incomplete"
    assert [place.range for finding in report.findings for place in finding.places] == ["B52"]
