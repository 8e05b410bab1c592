"""A `Workbook` becomes an .xlsx file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from sheetprop.errors import WorkbookError
from sheetprop.workbooks.sheet import Workbook


def write(
    workbook: Workbook, path: str | Path, told: Callable[[int, int], None] | None = None
) -> None:
    """Write a workbook, every formula with its value; the same workbook gives the same bytes.

    A file that stands at `path` is replaced when the new one is complete. `told` is called from
    time to time with how many rows of long tables are written, and how many there are.

    Raises:
        WorkbookError: the file cannot be written.

    """
    # Imported here because it takes time that only this needs.
    from sheetprop.workbooks.writing.xlsx import save

    path = Path(path)
    try:
        handle, name = tempfile.mkstemp(prefix=".sheetprop-", suffix=".xlsx", dir=path.parent)
        os.close(handle)
        unfinished = Path(name)
        try:
            save(workbook, unfinished, told)
            unfinished.chmod(0o666 & ~_umask())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise WorkbookError(path, f"cannot be written ({error.strerror or error})") from error


def _umask() -> int:
    """Return the permissions new files are denied, which a temporary file does not follow."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
