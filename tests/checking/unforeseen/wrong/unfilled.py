"""Wrong worksheets in which cells are empty or texts."""

from __future__ import annotations

from worksheets import COMPUTED, GRADIENTS, ORDER, WEIGHTS, Table

from unforeseen.board import Board, board_of
from unforeseen.helping import with_all
from unforeseen.kind import (
    BLANKS,
    NOTICED,
    cells,
    wrong,
)


@wrong(proof=lambda _: True, at=cells("w1", range(1)))
def text_in_the_first_weight() -> Board:
    """The first w1 is a text, and #VALUE! stands everywhere."""
    board = board_of(Table())
    board.set("w1", 0, "0,15")
    return board


@wrong(NOTICED, proof=lambda _: True, at=cells("w1", range(1)))
def blank_first_weight() -> Board:
    """The first w1 is empty."""
    board = board_of(Table())
    board.set("w1", 0, None)
    return board


@wrong(
    BLANKS | NOTICED,
    proof=lambda _: True,
    at=cells("eta", range(1)),
)
def blank_rate() -> Board:
    """The cell of η is empty, so that nothing is learnt."""
    board = board_of(Table())
    board.set("eta", 0, None)
    return board


@wrong(NOTICED, proof=lambda _: True, at=cells(" ".join((*WEIGHTS, *COMPUTED[:11])), range(1, 8)))
def forward_in_row_one_only() -> Board:
    """The forward pass is filled in row 1 only, gradients in five rows, and nothing is updated."""
    board = board_of(Table())
    for step in range(1, 8):
        for name in ORDER:
            if name not in GRADIENTS or step > 4:
                board.set(name, step, None)
    return board


@wrong(BLANKS, proof=lambda _: True, at=cells(" ".join(WEIGHTS), range(1, 8)))
def never_updated() -> Board:
    """Weights stand in the first row only; the rows below have none."""
    board = board_of(Table())
    for weight in WEIGHTS:
        board.fill(weight, range(1, 8), None)
    return board


@wrong(BLANKS, proof=lambda _: True, at=cells("dE/dw4", range(4, 8)))
def half_filled() -> Board:
    """One gradient was filled down half of the way."""
    board = board_of(Table())
    board.fill("dE/dw4", range(4, 8), None)
    return board


@wrong(BLANKS, proof=lambda _: True, at=cells("E_total", range(8)))
def empty_total() -> Board:
    """E_total has a header and nothing below it."""
    board = board_of(Table())
    board.fill("E_total", range(8), None)
    return board


@wrong(BLANKS | {"undecided"}, also=cells("δ_o1", range(3, 4)))
def blank_in_a_helper() -> Board:
    """One cell of a column of δ is empty."""
    helpers = {"δ_o1": "=({a_o1}-{t1})*{a_o1}*(1-{a_o1})"}
    board = board_of(with_all({"dE/dw5": "={δ_o1}*{a_h1}"}, helpers=helpers))
    board.set("δ_o1", 3, None)
    return board


@wrong(NOTICED, proof=lambda _: True, at=cells("E_total", range(8)))
def text_for_formula() -> Board:
    """E_total is written with an apostrophe before it: a text."""
    board = board_of(Table())
    board.fill("E_total", range(8), "E1+E2")
    return board


@wrong(NOTICED, proof=lambda _: True, at=cells("a_o2", range(5, 6)))
def sign_of_equality_lost() -> Board:
    """One cell has lost its sign of equality, so that it is a text."""
    board = board_of(Table())
    board.set("a_o2", 5, "1/(1+EXP(-S37))")
    return board


@wrong(NOTICED, proof=lambda _: True, at=cells("a_o2", range(5, 6)))
def space_in_a_cell() -> Board:
    """One cell holds a space."""
    board = board_of(Table())
    board.set("a_o2", 5, " ")
    return board


@wrong(NOTICED, proof=lambda _: True, at=cells("E_total", range(8)))
def broken_reference() -> Board:
    """E_total has lost one of its references."""
    return board_of(with_all({"E_total": "={E1}+#REF!"}))


@wrong(NOTICED, proof=lambda _: True, at=cells("h1", range(8)))
def circular() -> Board:
    """h1 takes its own activation: a circular reference."""
    return board_of(with_all({"h1": "={w1}*{i1}+{w2}*{i2}+0*{a_h1}"}))
