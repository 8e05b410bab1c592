"""Right worksheets whose numbers were pasted or typed with few digits."""

from __future__ import annotations

from worksheets import GRADIENTS, ORDER, RIGHT, WEIGHTS, Table

from unforeseen.board import Board, board_of
from unforeseen.helping import UNDECIDED, typed_table
from unforeseen.kind import (
    KINDS,
    NOT_JUDGED,
    Kind,
    right,
)
from unforeseen.right.functions import SIGMOIDS


def _digits_kind(digits: int) -> None:
    def make() -> Board:
        return typed_table(digits, 2.0, "η = 2")

    sentence = f"All numbers are pasted as values with {digits} digits."
    KINDS.append(
        Kind(f"pasted-with-{digits}-digits", sentence, make, True, UNDECIDED, lambda _: True)
    )


def _pasted_forward(digits: int) -> None:
    def make() -> Board:
        """Weights and activations are pasted with few digits, all else is calculated from them."""
        import tempfile
        from pathlib import Path

        from unforeseen.witness import Calculated

        board = board_of(Table())
        with tempfile.TemporaryDirectory() as folder:
            calculated = Calculated(board, board.save(Path(folder)))
            for name in (*WEIGHTS, *SIGMOIDS):
                for step in range(8):
                    value = calculated.number(name, step)
                    board.set(name, step, float(f"{value:.{digits}g}"))
        return board

    sentence = f"Weights and activations are pasted with {digits} digits, all else is formulas."
    name = f"weights-pasted-with-{digits}-digits"
    KINDS.append(Kind(name, sentence, make, True, UNDECIDED, lambda _: True))


def _decimals_kind(decimals: int, rate: float, kept: tuple[str, ...]) -> None:
    def make() -> Board:
        board = typed_table(17, rate, None)
        for key, place in board.where.items():
            if key[0] not in kept:
                board.set(*key, round(float(board.cells[place]), decimals))  # type: ignore[arg-type]
        board.put("G30", rate)
        board.put("F30", "η =")
        board.where["eta", 0] = ("Sheet1", 30, 7)
        for name in kept:
            board.fill(name, range(8), RIGHT[name])
        return board

    what = "weights and activations" if kept else "all numbers"
    name = f"{decimals}-decimals-of-{what}-rate-{rate:g}".replace(" ", "-")
    sentence = f"{what} are pasted with {decimals} decimals, what else there is are formulas."
    KINDS.append(Kind(name, sentence, make, True, UNDECIDED, lambda _: True))


for _count in range(4, 9):
    _digits_kind(_count)
    _pasted_forward(_count)


for _count in range(4, 9):
    for _rate in (0.1, 2.0):
        _decimals_kind(_count, _rate, ())
        _decimals_kind(_count, _rate, (*GRADIENTS, "E1", "E2", "E_total", "h1", "h2", "o1", "o2"))


@right(NOT_JUDGED, proof="as typed")
def first_rows_pasted() -> Board:
    """The first three rows are pasted as numbers with all digits."""
    other, board = typed_table(17), board_of(Table())
    for name in ORDER:
        for step in range(3):
            board.set(name, step, other.cells[other.where[name, step]])
    return board
