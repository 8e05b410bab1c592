"""Where a file is written: a file or a folder, and nothing overwritten unasked."""

from __future__ import annotations

import os
from pathlib import Path

from sheetprop.caller import argument
from sheetprop.errors import WorkbookError
from sheetprop.whole import exists_already

DEFAULT_FOLDER = "output"
SUFFIX = ".xlsx"


def workbook_path(
    output: str | Path | None, name: str, *, force: bool = False, argument_name: str = "output"
) -> Path:
    """Return the path of a workbook to be written.

    `output` is a file ending in ``.xlsx``, or a folder: one that exists, or one typed with a ``/``
    at its end. Without it the folder is ``output``. In a folder the file is called `name`.
    `argument_name` is what the caller calls it.

    Raises:
        WorkbookError: the file exists and `force` is not given, or `output` is neither.

    """
    path = _placed(DEFAULT_FOLDER + "/" if output is None else output, name + SUFFIX)
    refuse_existing(path, argument_name, force=force)
    return path


def refuse_existing(path: Path, argument_name: str, *, force: bool) -> None:
    """Raise `WorkbookError` for a path that is a folder, or a file that may not be overwritten."""
    if path.is_dir():
        raise WorkbookError(path, f"is a folder; name a file in it with {argument(argument_name)}")
    if path.exists() and not force:
        raise exists_already(path, argument_name)


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
    beside = workbook_path(solution, f"{own}-solution", force=force, argument_name="solution")
    if placed(path) == placed(beside):
        raise WorkbookError(beside, "would be the exercise and its solution; name another file")
    return path, beside


def placed(path: Path) -> Path:
    """Return where a path leads, also one of links in a circle, which leads nowhere."""
    return Path(os.path.realpath(path))


def _placed(output: str | Path, file_name: str) -> Path:
    path = Path(output)
    if is_folder(output, SUFFIX):
        return path / file_name
    if path.suffix.lower() != SUFFIX:
        reason = f"must end in {SUFFIX}, or in / when a folder is meant"
        raise WorkbookError(path, reason)
    return path


def is_folder(output: str | Path, suffix: str) -> bool:
    """Whether a path is that of a folder: one that exists, or one typed with ``/`` at its end.

    Raises:
        WorkbookError: it is no path at all; a file in the folder would end in `suffix`.

    """
    typed = str(output)
    if not typed:
        raise WorkbookError('""', f"is no path; name a folder or a file ending in {suffix}")
    return typed.endswith(("/", os.sep)) or Path(output).is_dir()
