"""What is to be checked: paths, folders, patterns, open files and bytes become a list of files."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sheetprop.caller import argument, is_in_a_shell
from sheetprop.errors import SheetpropError, WorkbookError

File = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
"""What `sheetprop.check` takes for one workbook, or for a folder of them."""

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".ots"})
"""Endings of the files of a folder that are workbooks, readable or not."""

LOCKS = ("~$", ".~lock.", "._")
"""How the names of files begin that a program keeps beside an open workbook."""

MOST_BYTES = 256 << 20
NO_NAME = "<bytes>"


@dataclass(frozen=True, slots=True)
class Given:
    """One workbook: the name it is reported under, and its path, or its bytes where it has none."""

    name: str
    path: Path | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class AllGiven:
    """The workbooks in the order given, and remarks about what was passed over."""

    files: tuple[Given, ...]
    remarks: tuple[str, ...] = ()


def all_given(
    files: Iterable[object], *, recursive: bool = False, command: str = "check"
) -> AllGiven:
    """Return the workbooks that are meant.

    A folder stands for the workbooks in it, with `recursive` also for those in the folders below;
    a pattern such as ``*.xlsx`` for the files it matches. `command` is who asks for them.

    Raises:
        SheetpropError: something is neither a path, nor an open binary file, nor bytes; or there
            is no workbook at all.

    """
    remarks: list[str] = []
    found: list[Given] = []
    for file in files:
        found += _given(file, remarks, recursive=recursive)
    if not found:
        raise _nothing(remarks, command)
    return AllGiven(tuple(found), tuple(remarks))


def _nothing(remarks: list[str], command: str) -> SheetpropError:
    file = "submissions/" if command == "grade" else "student.xlsx"
    example = f"sheetprop {command} {file}" if is_in_a_shell() else f'{command}("{file}")'
    said = f" ({'; '.join(remarks)})" if remarks else ""
    return SheetpropError(f"{command}: name at least one workbook, as in {example}{said}")


def _given(file: object, remarks: list[str], *, recursive: bool) -> Iterator[Given]:
    if isinstance(file, str | os.PathLike):
        yield from _of_path(os.fsdecode(file), remarks, recursive=recursive)
    elif isinstance(file, bytes | bytearray | memoryview):
        yield Given(NO_NAME, content=bytes(file))
    elif hasattr(file, "read"):
        yield _of_open_file(file)
    elif isinstance(file, Iterable):
        for one in file:
            yield from _given(one, remarks, recursive=recursive)
    else:
        kinds = "paths, lists of paths, open binary files and bytes"
        raise SheetpropError(f"check: takes {kinds}, not {type(file).__name__}")


def _of_open_file(file: object) -> Given:
    name = getattr(file, "name", None)
    name = name if isinstance(name, str) else NO_NAME
    try:
        content = file.read(MOST_BYTES + 1)  # type: ignore[attr-defined]
    except (OSError, ValueError, UnicodeError) as error:
        raise WorkbookError(name, f"cannot be read ({error})") from error
    if not isinstance(content, bytes):
        raise WorkbookError(name, 'is open as text; open it in binary mode, as in open(name, "rb")')
    return Given(name, content=content)


def _of_path(name: str, remarks: list[str], *, recursive: bool) -> Iterator[Given]:
    if os.path.isdir(name):  # noqa: PTH112 - also for names that no path may have
        yield from _of_folder(name, remarks, recursive=recursive)
        return
    for path in _matches(name):
        if _is_lock(path):
            remarks.append(f"{path}: passed over, it is only the lock of an open workbook")
        else:
            yield Given(path, Path(path))


def _matches(name: str) -> list[str]:
    """Return the files that a pattern matches; a name that is none, or matches none, as it is."""
    if not glob.has_magic(name) or os.path.lexists(name):
        return [name]
    try:
        return sorted(glob.glob(name)) or [name]  # noqa: PTH207 - the names as they were typed
    except (OSError, ValueError):
        return [name]


def _of_folder(folder: str, remarks: list[str], *, recursive: bool) -> Iterator[Given]:
    number = 0
    for path in _files_below(folder) if recursive else _files_in(folder):
        if path.suffix.lower() not in WORKBOOKS and not path.name.startswith(LOCKS[1]):
            continue
        if _is_lock(str(path)):
            remarks.append(f"{path}: passed over, it is only the lock of an open workbook")
        else:
            number += 1
            yield Given(str(path), path)
    if not number:
        below = "" if recursive else f"; {argument('recursive', True)} looks in the folders below"
        remarks.append(f"{folder}: passed over, no workbook is in it{below}")


def _files_in(folder: str) -> list[Path]:
    try:
        return sorted(path for path in Path(folder).iterdir() if not path.is_dir())
    except OSError as error:
        raise WorkbookError(folder, f"cannot be listed ({error.strerror or error})") from error


def _files_below(folder: str) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        folders.sort()
        yield from (Path(here) / name for name in sorted(files))


def _is_lock(path: str) -> bool:
    return Path(path).name.startswith(LOCKS)
