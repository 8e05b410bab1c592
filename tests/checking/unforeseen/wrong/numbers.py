"""Wrong numbers typed over formulas."""

from __future__ import annotations

from worksheets import ORDER, WEIGHTS, Table

from unforeseen.board import Board, board_of
from unforeseen.helping import typed_table
from unforeseen.kind import (
    NOTICED,
    cells,
    wrong,
)


@wrong(NOTICED, proof=lambda _: True, at=cells(" ".join(WEIGHTS), range(1, 8)))
def typed_with_another_rate() -> Board:
    """“η = 0.5” stands above a table of numbers that was calculated with 0.4."""
    return typed_table(15, 0.4, "η = 0.5")


@wrong(proof=lambda _: True, at=cells("a_o1", range(3, 4)))
def typed_with_one_number_off() -> Board:
    """A table of numbers, one of them 1 % off."""
    board = typed_table(8, 0.5, "η = 0.5")
    board.set("a_o1", 3, float(board.cells[board.where["a_o1", 3]]) * 1.01)  # type: ignore[arg-type]
    return board


@wrong()
def one_digit_far_off() -> Board:
    """One ∂E/∂w8 is typed with one digit, which is 15 % off."""
    board = board_of(Table())
    board.set("dE/dw8", 4, -0.02)
    return board


@wrong()
def one_digit_weight() -> Board:
    """One w5 is typed with one digit."""
    board = board_of(Table())
    board.set("w5", 4, 0.2)
    return board


@wrong()
def rounded_to_no_digit() -> Board:
    """One activation is typed as 1."""
    board = board_of(Table())
    board.set("a_o2", 2, 1.0)
    return board


@wrong()
def weights_typed_again() -> Board:
    """Every row has the first weights typed again."""
    table = Table()
    for weight, value in zip(WEIGHTS, Table().weights, strict=True):
        table = table.changed(weight, value, range(1, 8))
    return board_of(table)


@wrong()
def first_row_typed_wrong() -> Board:
    """The first row's a_o1 is typed, 1 % off."""
    board = board_of(Table())
    board.set("a_o1", 0, 0.594)
    return board


@wrong()
def pasted_row_of_another_rate() -> Board:
    """One whole row was pasted as numbers from a run with another rate."""
    other, board = typed_table(15, 1.0), board_of(Table())
    for name in ORDER:
        board.set(name, 4, other.cells[other.where[name, 4]])
    return board
