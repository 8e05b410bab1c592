"""Names of the files that one call writes: none is a file it reads, and none is given twice."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from sheetprop.batch.given import NO_NAME, WORKBOOKS, Given
from sheetprop.caller import argument
from sheetprop.destination import is_folder, refuse_existing
from sheetprop.errors import WorkbookError
from sheetprop.workbooks.reading.active import WITHOUT_MACROS

UNNAMED = "workbook"
"""What is written about a workbook without a name is called after this."""

LONGEST = 220
"""Bytes of a workbook's name that are kept, so that there is room for what is put behind it."""


class Names:
    """Gives names that are free; `files` are those that the call reads."""

    def __init__(self, files: Iterable[Given]) -> None:
        paths = [file.path for file in files if file.path is not None]
        self._taken = {_key(path) for path in paths}
        self._read = {number for path in paths if (number := _number(path)) is not None}
        self._next: dict[str, int] = {}

    def is_read(self, path: Path) -> bool:
        """Whether a path leads to a file that is read, by this or another name."""
        return _key(path) in self._taken or (bool(self._read) and _number(path) in self._read)

    def free(self, folder: Path, stem: str, suffix: str) -> Path:
        """Return the path of a new file in a folder, with a number where the name is taken."""
        path, number = folder / f"{stem}{suffix}", self._next.get(_key(folder / stem), 1)
        while self.is_read(path):
            number += 1
            path = folder / f"{stem}-{number}{suffix}"
        self._next[_key(folder / stem)] = number
        self._taken.add(_key(path))
        return path


def _key(path: Path) -> str:
    """Return what two paths of one file have in common.

    Some systems do not tell capitals apart, or ``é`` from an ``e`` with an accent behind it.
    """
    try:
        found = os.path.join(os.path.realpath(path.parent), path.name)  # noqa: PTH118
    except (OSError, ValueError):  # a name that no file can have
        found = str(path)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", found).casefold())


def _number(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from all others, whatever it is called."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if status.st_ino else None


def report_paths(
    output: str | Path, files: Sequence[Given], names: Names, suffix: str, *, force: bool = False
) -> list[Path]:
    """Return the path of the report of all files, or one path for each file.

    `output` is a file, or a folder: one that exists, or one typed with a ``/`` at its end. In a
    folder a report is named after its workbook, with a number where two have the same name.

    Raises:
        WorkbookError: a file exists and `force` is not given, it is named like a workbook or is
            one of those to be checked, or `output` has no suffix and is no folder.

    """
    path = Path(output)
    if is_folder(output, suffix):
        paths = [names.free(path, _stem(file), suffix) for file in files]
    else:
        _refuse(path, names, suffix)
        paths = [path]
    for path in paths:
        refuse_existing(path, "output", force=force)
    return paths


def _refuse(path: Path, names: Names, suffix: str) -> None:
    if not path.suffix:
        raise WorkbookError(path, f"must end in {suffix}, or in / when a folder is meant")
    if path.suffix.lower() in WORKBOOKS:
        raise WorkbookError(path, f"is named like a workbook; a report here ends in {suffix}")
    if names.is_read(path):
        other = argument("output")
        raise WorkbookError(path, f"is one of the files to be checked; choose another {other}")


def copy_paths(folder: str | Path, files: Sequence[Given], names: Names) -> list[Path]:
    """Return the path of the marked copy of each file.

    Raises:
        WorkbookError: the folder is a file, or has no name.

    """
    if not str(folder):
        raise WorkbookError('""', f"is no folder; name one with {argument('annotate')}")
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        other = argument("annotate")
        raise WorkbookError(folder, f"is no folder; name one with {other}")
    return [names.free(folder, f"{_stem(file)}-checked", _suffix(file)) for file in files]


def _stem(file: Given) -> str:
    stem = UNNAMED if file.name == NO_NAME else Path(file.name).stem or UNNAMED
    raw = stem.encode("utf-8", "surrogateescape")
    return stem if len(raw) <= LONGEST else raw[:LONGEST].decode("utf-8", "ignore")


def _suffix(file: Given) -> str:
    suffix = ".xlsx" if file.name == NO_NAME else Path(file.name).suffix
    return WITHOUT_MACROS.get(suffix.lower(), suffix)
