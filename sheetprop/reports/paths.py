"""Where reports are written: one file for all, or a folder with one file for each workbook."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sheetprop.errors import WorkbookError

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".ods"})


def report_paths(
    output: str | Path, files: Sequence[str | Path], suffix: str, *, force: bool = False
) -> list[Path]:
    """Return the path of the report of all files, or one path for each file.

    `output` is a file, or a folder: one that exists, or one typed with a ``/`` at its end. In a
    folder a report is named after its workbook, with a number where two have the same name.

    Raises:
        WorkbookError: a file exists and `force` is not given, it is named like a workbook, or
            `output` has no suffix and is no folder.

    """
    paths = list(_placed(output, files, suffix))
    for path in paths:
        if path.is_dir():
            raise WorkbookError(path, "is a folder; name a file in it with -o")
        if path.exists() and not force:
            reason = "exists already; overwrite it with --force or choose another -o"
            raise WorkbookError(path, reason)
    return paths


def _placed(output: str | Path, files: Sequence[str | Path], suffix: str) -> Iterator[Path]:
    path, typed = Path(output), str(output)
    if not typed:
        raise WorkbookError('""', f"is no path; name a folder or a file ending in {suffix}")
    if typed.endswith(("/", os.sep)) or path.is_dir():
        yield from _one_each(path, files, suffix)
    elif not path.suffix:
        raise WorkbookError(path, f"must end in {suffix}, or in / when a folder is meant")
    elif path.suffix.lower() in WORKBOOKS:
        raise WorkbookError(path, f"is named like a workbook; a report here ends in {suffix}")
    else:
        yield path


def _one_each(folder: Path, files: Sequence[str | Path], suffix: str) -> Iterator[Path]:
    used: set[str] = set()
    for file in files:
        stem = name = Path(file).stem or "report"
        number = 1
        while name.casefold() in used:  # some file systems do not tell capitals apart
            number += 1
            name = f"{stem}-{number}"
        used.add(name.casefold())
        yield folder / f"{name}{suffix}"


def write_report(path: Path, text: str) -> None:
    """Write a report beside its place and move it there when it is whole; make missing folders.

    Raises:
        WorkbookError: the folder or the file cannot be written.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".sheetprop-", dir=path.parent) as folder:
            unfinished = Path(folder) / path.name
            unfinished.write_bytes(text.encode("utf-8", "backslashreplace"))
            unfinished.replace(path)
    except OSError as error:
        raise WorkbookError(path, f"cannot be written ({error.strerror or error})") from error
