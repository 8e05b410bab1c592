"""An exercise and its solution become files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sheetprop.exercises.make import Made
from sheetprop.workbooks.writing.write import write


def save(
    made: Made,
    path: Path,
    solution: Path | None,
    progress: Callable[[int, int], None] | None = None,
    *,
    force: bool = True,
) -> None:
    """Write a workbook, and its solution where a path for it is given.

    `progress` is told how many rows of the workbook are written, and how many there are.

    Raises:
        WorkbookError: a file cannot be written, or exists and `force` is not given.

    """
    write(made.workbook, path, progress, force=force)
    if solution is not None and made.solution is not None:
        write(made.solution, solution, force=force, argument_name="solution")
