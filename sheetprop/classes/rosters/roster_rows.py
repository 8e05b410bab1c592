"""The rows of a roster's file, each with its line: text of any usual encoding, or a workbook."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from pathlib import Path

from sheetprop.bounded import content_of
from sheetprop.classes.rosters.encodings import decoded
from sheetprop.errors import SpecError
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Sheet

LARGEST = 64 << 20
SEPARATORS = (",", ";", "\t", "|")
WORKBOOK = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

ABOVE = 10
"""Among so many lines the headers are looked for: titles may stand above them."""

MOST_COLUMNS = 1_000
"""Of a sheet that are looked at: a cell at its far end would make every row as long."""

REMARK = "# "
"""How a first line begins that only says what the list is."""

Row = tuple[int, tuple[str, ...]]
"""The line in which a row ends, counted from 1, and its cells."""


def rows_of(path: str | Path, known: Callable[[Sequence[str]], int]) -> list[Row]:
    """Return the rows of a roster that are not empty, each cell on one line.

    `known` counts the headers that are recognised in a row, by which the separator is told.

    Raises:
        SpecError: the file cannot be read or is neither text nor a workbook.
        WorkbookError: it is a workbook that cannot be read.

    """
    content = _content(path)
    if content.startswith(OLD_WORKBOOK):
        problem = "is a workbook of the old kind (.xls) or with a password; save it as .xlsx or CSV"
        raise SpecError(str(path), None, problem)
    found: Iterable[Row]
    if content.startswith(WORKBOOK):
        found = _of_workbook(path, content, known)
    else:
        text = decoded(str(path), content).lstrip("\ufeff")  # joined files have more than one
        found = _of_text(str(path), text, _separator(text, known))
    rows = ((line, tuple(" ".join(cell.split()) for cell in cells)) for line, cells in found)
    return [(line, cells) for line, cells in rows if any(cells)]


def _content(path: str | Path) -> bytes:
    try:
        content = content_of(path, LARGEST)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SpecError(str(path), None, f"cannot be read ({reason})") from None
    if len(content) > LARGEST:
        raise SpecError(str(path), None, f"is larger than {LARGEST >> 20} MiB, so it is no roster")
    return content


def _of_workbook(
    path: str | Path, content: bytes, known: Callable[[Sequence[str]], int]
) -> list[Row]:
    """Return the rows of the first sheet with headers, else of the first that holds anything."""
    held = [rows for sheet in read(path, content).sheets if (rows := _rows_in(sheet))]
    with_headers = (rows for rows in held if any(known(cells) for _, cells in rows[:ABOVE]))
    return next(with_headers, held[0] if held else [])


def _rows_in(sheet: Sheet) -> list[Row]:
    """Return the rows of a sheet as a reader sees them."""
    lines: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.value is not None:
            lines.setdefault(row, {})[column] = _shown(cell.value)
    filled = (column for cells in lines.values() for column in cells if column <= MOST_COLUMNS)
    last = max(filled, default=0)
    return [
        (row, tuple(cells.get(column, "") for column in range(1, last + 1)))
        for row, cells in sorted(lines.items())
    ]


def _shown(value: object) -> str:
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if is_whole else value).strip()  # type: ignore[call-overload]


def _separator(text: str, known: Callable[[Sequence[str]], int]) -> str:
    """Return the separator by which most headers are recognised, else the one met most often."""
    lines = (line for line in StringIO(text, newline=None) if line.strip() and not _is_remark(line))
    begin = [line.rstrip("\r\n")[:10_000] for line in islice(lines, ABOVE)] or [""]
    first = begin[0]
    if first.lower().startswith("sep=") and len(first) == len("sep=;"):
        return first[-1]
    header = (line for line in begin if any(known(_split(line, sign)) for sign in SEPARATORS))
    first = next(header, first)
    return max(SEPARATORS, key=lambda sign: (known(_split(first, sign)), first.count(sign)))


def _is_remark(line: str) -> bool:
    return line.startswith(REMARK)


def _split(line: str, separator: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]


def _of_text(source: str, text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            if reader.line_num == 1 and cells and _is_remark(cells[0]):
                continue
            is_hint = reader.line_num == 1 and cells[:1] and cells[0].lower().startswith("sep=")
            if not is_hint:
                yield reader.line_num, tuple(cells)
    except csv.Error as error:
        told = f"cannot be read ({error}); close its quotation marks"
        if "larger than" in str(error):
            most = f"{csv.field_size_limit():,}"
            told = f"has a cell of more than {most} characters; close its quotation marks, if any"
        problem = f"line {reader.line_num} {told}"
        raise SpecError(source, None, problem) from None
