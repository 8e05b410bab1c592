"""What several kinds are made with: tables with other formulas, typed tables, array formulas."""

from __future__ import annotations

from typing import Any

from worksheets import RIGHT, Table

from unforeseen.board import Board, board_of
from unforeseen.descent import (
    Run,
)
from unforeseen.kind import (
    NOT_JUDGED,
)


def with_all(changes: dict[str, str], **options: Any) -> Table:
    table = Table(**options)
    for name, formula in changes.items():
        table = table.changed(name, formula)
    return table


def typed_table(digits: int, rate: float = 2.0, shown: object = None, other: float = 1.0) -> Board:
    """Return a table in which every number is typed, `other` times the rate in its updates."""
    import tempfile
    from pathlib import Path

    from unforeseen.witness import Calculated

    board = board_of(Table(rate=rate * other))
    with tempfile.TemporaryDirectory() as folder:
        calculated = Calculated(board, board.save(Path(folder)))
        for key in list(board.where):
            value = calculated.number(*key)
            board.set(*key, float(f"{value:.{digits}g}"))
    board.set("eta", 0, None)
    board.where.pop(("eta", 0))
    board.put("F30", None)
    if shown is not None:
        board.put("F30", shown)  # type: ignore[arg-type]
    return board


def array_formula(area: str, formula: str) -> Any:
    def write(book: Any) -> None:
        from openpyxl.worksheet.formula import ArrayFormula

        book["Sheet1"][area.partition(":")[0]] = ArrayFormula(area, formula)

    return write


def agrees_as_typed(board: Board, run: Run) -> bool:
    """Whether a board's numbers are those of a run, for its own inputs."""
    import tempfile
    from pathlib import Path

    from unforeseen.descent import _agree
    from unforeseen.witness import Calculated

    with tempfile.TemporaryDirectory() as folder:
        return _agree(board, Calculated(board, board.save(Path(folder))), run)


UNDECIDED = NOT_JUDGED


CLASS_MISTAKE = RIGHT | {
    "dE/dw3": RIGHT["dE/dw3"].replace("a_h2", "a_h1"),
    "dE/dw4": RIGHT["dE/dw4"].replace("a_h2", "a_h1"),
}
