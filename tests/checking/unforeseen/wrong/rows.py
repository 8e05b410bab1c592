"""Wrong worksheets that take another row, or whose columns were filled through a gap."""

from __future__ import annotations

from worksheets import ORDER, RIGHT, WEIGHTS, Table

from unforeseen.board import Board, board_of
from unforeseen.kind import (
    cells,
    wrong,
)


def _with_gap(note: str | None) -> Board:
    """Return a table whose columns were filled straight through a row that holds no numbers."""
    board = board_of(Table())
    for name in ORDER:
        board.set(name, 3, None)
        board.where.pop((name, 3))
    if note:
        board.put("A35", note)
    return board


@wrong(proof=lambda _: True, at=cells(" ".join(WEIGHTS), range(4, 5)))
def filled_through_a_blank_row() -> Board:
    """One row is blank, and the update below it starts from its empty cells: weights 0."""
    return _with_gap(None)


@wrong(proof=lambda _: True, at=cells(" ".join(WEIGHTS), range(4, 5)))
def filled_through_a_note() -> Board:
    """One row holds a note, and the update below it starts from its empty cells: weights 0."""
    return _with_gap("from here on faster")


@wrong(proof="as typed")
def targets_from_the_row_above() -> Board:
    """Targets change by row, and E1 takes that of the row above."""
    board = board_of(Table().changed("E1", "=0.5*({t1[-1]}-{a_o1})^2", range(1, 8)))
    for step in range(8):
        board.set("t1", step, round(0.05 + 0.11 * step, 2))
    return board


@wrong(proof="as typed")
def gradient_with_target_from_above() -> Board:
    """Targets change by row, and ∂E/∂w5 takes that of the row above."""
    formula = RIGHT["dE/dw5"].replace("{t1}", "{t1[-1]}")
    board = board_of(Table().changed("dE/dw5", formula, range(1, 8)))
    for step in range(8):
        board.set("t1", step, round(0.05 + 0.11 * step, 2))
    return board


@wrong(proof="as typed")
def inputs_fixed_to_one_row() -> Board:
    """Inputs change by row, and h1 takes those of the first row."""
    board = board_of(Table().changed("h1", "={w1}*{i1@0}+{w2}*{i2@0}"))
    for step in range(8):
        board.set("i1", step, round(0.05 + 0.03 * step, 2))
    return board


@wrong(proof="as typed")
def gradient_with_fixed_input() -> Board:
    """Inputs alternate between two samples, and ∂E/∂w1 takes that of the first row."""
    formula = RIGHT["dE/dw1"].replace("{i1}", "{i1@0}")
    board = board_of(Table().changed("dE/dw1", formula))
    for step in range(8):
        board.set("i1", step, 0.05 if step % 2 else 0.7)
    return board


@wrong()
def weights_copied_down() -> Board:
    """Every row repeats the weights of the first: =E32 filled down."""
    table = Table()
    for weight in WEIGHTS:
        table = table.changed(weight, f"={{{weight}[-1]}}")
    return board_of(table)


@wrong()
def last_update_twice() -> Board:
    """One row of w2 repeats the row above it: the update was left out once."""
    board = board_of(Table())
    board.set("w2", 5, "={w2[-1]}")
    return board


@wrong()
def two_iterations_back() -> Board:
    """One row of w2 takes the weight two rows above."""
    board = board_of(Table())
    board.set("w2", 5, "={w2[-2]}-{eta}*{dE/dw2[-1]}")
    return board


@wrong()
def exchanged_rows() -> Board:
    """Two cells of one column were exchanged by dragging: each takes the other's row."""
    board = board_of(Table())
    board.set("E1", 3, "=0.5*({t1[+1]}-{a_o1[+1]})^2")
    board.set("E1", 4, "=0.5*({t1[-1]}-{a_o1[-1]})^2")
    return board


@wrong()
def first_row_only_wrong() -> Board:
    """Only the first row of ∂E/∂w6 is wrong."""
    board = board_of(Table())
    board.set("dE/dw6", 0, RIGHT["dE/dw6"].replace("{a_h2}", "{a_h1}"))
    return board


@wrong()
def last_row_only_wrong() -> Board:
    """Only the last row of E_total is wrong."""
    board = board_of(Table())
    board.set("E_total", 7, "={E1}")
    return board
