"""A `Workbook` becomes an .xlsx file, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sheetprop.whole import written
from sheetprop.workbooks.sheet import Workbook


def write(
    workbook: Workbook,
    path: str | Path,
    told: Callable[[int, int], None] | None = None,
    *,
    force: bool = True,
    argument_name: str = "output",
) -> None:
    """Write a workbook, every formula with its value; the same workbook gives the same bytes.

    A file that stands at `path` is replaced when the new one is complete. Missing folders are
    made. `told` is called from time to time with how many rows of long tables are written, and how
    many there are; `argument_name` is what the caller calls the path.

    Raises:
        WorkbookError: the file cannot be written, or exists and `force` is not given.

    """
    # Imported here because it takes time that only this needs.
    from sheetprop.workbooks.writing.xlsx import save

    with written(Path(path), force=force, argument_name=argument_name) as unfinished:
        save(workbook, unfinished, told)
