"""Wrong worksheets whose mistake no number shows, or hardly one, or that sits in a helper."""

from __future__ import annotations

from typing import Any

from worksheets import ARRIVING_1, RIGHT, Table

from unforeseen.board import Board, board_of
from unforeseen.helping import CLASS_MISTAKE, with_all
from unforeseen.kind import (
    cells,
    wrong,
)


@wrong()
def other_target_of_the_same_value() -> Board:
    """E1 takes t2, which happens to be the same number as t1."""
    return board_of(with_all({"E1": "=0.5*({t2}-{a_o1})^2"}, targets=(0.5, 0.5)))


@wrong()
def other_input_of_the_same_value() -> Board:
    """∂E/∂w2 takes i1, which happens to be the same number as i2."""
    text = RIGHT["dE/dw2"].replace("{i2}", "{i1}")
    return board_of(with_all({"dE/dw2": text}, inputs=(0.1, 0.1)))


@wrong()
def other_weight_of_the_same_value() -> Board:
    """h1 takes w3 for w1; all weights, inputs and targets are alike."""
    table = with_all({"h1": "={w3}*{i1}+{w2}*{i2}"}, weights=(0.3,) * 8, inputs=(0.1, 0.1))
    return board_of(table)


@wrong()
def input_of_zero() -> Board:
    """i2 is 0, and ∂E/∂w4 has the class mistake, which no number shows."""
    return board_of(with_all({"dE/dw4": CLASS_MISTAKE["dE/dw4"]}, inputs=(1.0, 0.0)))


@wrong()
def a_little_added() -> Board:
    """h1 has 1e-9 added."""
    return board_of(with_all({"h1": "={w1}*{i1}+{w2}*{i2}+0.000000001"}))


@wrong(also=cells("δ_o1", range(3, 4)))
def wrong_in_a_helper() -> Board:
    """One cell of a column of δ has t - a."""
    helpers = {"δ_o1": "=({a_o1}-{t1})*{a_o1}*(1-{a_o1})"}
    board = board_of(with_all({"dE/dw5": "={δ_o1}*{a_h1}"}, helpers=helpers))
    board.set("δ_o1", 3, "=({t1}-{a_o1})*{a_o1}*(1-{a_o1})")
    return board


@wrong(also=cells("∂E/∂a_h2", range(8)))
def hidden_path_by_helper() -> Board:
    """∂E/∂a_h2 is a column with the weights of a_h1."""
    helpers = {"∂E/∂a_h2": f"={ARRIVING_1}"}
    changes = {
        "dE/dw3": "={∂E/∂a_h2}*{a_h2}*(1-{a_h2})*{i1}",
        "dE/dw4": "={∂E/∂a_h2}*{a_h2}*(1-{a_h2})*{i2}",
    }
    return board_of(with_all(changes, helpers=helpers))


@wrong()
def in_a_hidden_row() -> Board:
    """The row with a wrong E2 is hidden."""
    board = board_of(Table())
    board.set("E2", 4, "={t2}-{a_o2}")

    def hide(book: Any) -> None:
        book["Sheet1"].row_dimensions[36].hidden = True

    board.finish.append(hide)
    return board
