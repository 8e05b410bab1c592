"""Where the worksheets of a class are written: a folder, and another one for the solutions."""

from __future__ import annotations

from pathlib import Path

from sheetprop.caller import argument
from sheetprop.destination import DEFAULT_FOLDER, SUFFIX, placed
from sheetprop.errors import WorkbookError


def class_folders(
    output: str | Path | None, solution: str | Path | None, name: str, roster: str | Path
) -> tuple[Path, Path | None]:
    """Return the folder of the workbooks and that of their solutions, None where none are wanted.

    Raises:
        WorkbookError: one is a file, or they are the same or inside one another.

    """
    default = Path(DEFAULT_FOLDER) / f"{name}-{Path(roster).stem}"
    folder = _folder(default if output is None else output)
    if solution is None:
        return folder, None
    beside = _folder(solution)
    here, there = placed(folder), placed(beside)
    if here == there or here in there.parents:
        problem = f"would lie among the exercises; name another folder with {argument('solution')}"
        raise WorkbookError(beside, problem)
    return folder, beside


def _folder(path: str | Path) -> Path:
    folder = Path(path)
    if not str(path) or folder.suffix.lower() == SUFFIX or folder.is_file():
        raise WorkbookError(path or '""', "is no folder, which the workbooks of a class need")
    return folder
