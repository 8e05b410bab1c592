"""An exercise and its solution become files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sheetprop.destination import make_folder
from sheetprop.exercises.make import Made
from sheetprop.workbooks.writing.write import write


def save(
    made: Made,
    path: Path,
    solution: Path | None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write a workbook, and its solution where a path for it is given.

    `progress` is told how many rows of the workbook are written, and how many there are.

    Raises:
        WorkbookError: a file cannot be written.

    """
    make_folder(path)
    write(made.workbook, path, progress)
    if solution is not None and made.solution is not None:
        make_folder(solution)
        write(made.solution, solution)
