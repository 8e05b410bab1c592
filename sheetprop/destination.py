"""Where a workbook is written: a file or a folder, and nothing overwritten unasked."""

from __future__ import annotations

import os
from pathlib import Path

from sheetprop.errors import WorkbookError

DEFAULT_FOLDER = "output"
SUFFIX = ".xlsx"


def workbook_path(output: str | Path | None, name: str, *, force: bool = False) -> Path:
    """Return the path of a workbook to be written.

    `output` is a file ending in ``.xlsx``, or a folder: one that exists, or one typed with a ``/``
    at its end. Without it the folder is ``output``. In a folder the file is called `name`.

    Raises:
        WorkbookError: the file exists and `force` is not given, or `output` is neither.

    """
    path = _placed(DEFAULT_FOLDER + "/" if output is None else output, name + SUFFIX)
    if path.is_dir():
        raise WorkbookError(path, "is a folder; name a file in it with -o")
    if path.exists() and not force:
        raise WorkbookError(path, "exists already; overwrite it with --force or choose another -o")
    return path


def workbook_paths(
    output: str | Path | None,
    solution: str | Path | None,
    name: str,
    variant: str,
    *,
    force: bool = False,
) -> tuple[Path, Path | None]:
    """Return the paths of a workbook and of its solution, None where none is wanted.

    In a folder a variant's file tells which it is: ``classic-blank.xlsx``.

    Raises:
        WorkbookError: as `workbook_path`; or both are one file.

    """
    own = name if variant == "worked" else f"{name}-{variant}"
    path = workbook_path(output, own, force=force)
    if solution is None:
        return path, None
    beside = workbook_path(solution, f"{own}-solution", force=force)
    if path.resolve() == beside.resolve():
        raise WorkbookError(beside, "would be the exercise and its solution; name another file")
    return path, beside


def _placed(output: str | Path, file_name: str) -> Path:
    path = Path(output)
    typed = str(output)
    if not typed:
        raise WorkbookError('""', f"is no path; name a folder or a file ending in {SUFFIX}")
    if typed.endswith(("/", os.sep)) or path.is_dir():
        return path / file_name
    if path.suffix.lower() != SUFFIX:
        reason = f"must end in {SUFFIX}, or in / when a folder is meant"
        raise WorkbookError(path, reason)
    return path


def make_folder(path: Path) -> None:
    """Make the folders in which a file is to stand, where they are missing.

    Raises:
        WorkbookError: they cannot be made.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkbookError(path, f"cannot be written ({error.strerror or error})") from error
