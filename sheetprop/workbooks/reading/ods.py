"""OpenDocument spreadsheets (ISO/IEC 26300): values and formulas of ``content.xml``.

Formulas come as ``of:=[.A1]*2`` and leave as ``=A1*2``. Charts are not read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from sheetprop.errors import WorkbookError
from sheetprop.lazily.patterns import pattern
from sheetprop.notation.address import COLUMNS, ROWS
from sheetprop.workbooks.reading.contents_in import number
from sheetprop.workbooks.reading.ooxml import content_of, local, tree_of
from sheetprop.workbooks.sheet import Address, Cell, ExcelError, Sheet, Value, Workbook

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
CALC_EXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
MIME = b"application/vnd.oasis.opendocument.spreadsheet"
MAX_CELLS = 1_000_000

PIECES = pattern(r'"(?:[^"]|"")*+"|\[((?:\'(?:[^\']|\'\')*+\'|[^\[\]\'])*+)\]|;')
PREFIX = pattern(r"^[A-Za-z]+:(?==)")


def is_ods(archive: zipfile.ZipFile) -> bool:
    """Whether the archive is an OpenDocument spreadsheet (or a template of one)."""
    names = archive.NameToInfo
    if "mimetype" not in names:
        return False
    with archive.open("mimetype") as file:
        return file.read(200).strip().startswith(MIME)


def read(path: Path, archive: zipfile.ZipFile) -> Workbook:
    """Return the worksheets of the document.

    Raises `WorkbookError` when it is encrypted, `ValueError` when it repeats cells beyond reason.
    """
    manifest = "META-INF/manifest.xml"
    if manifest in archive.NameToInfo and b"encryption-data" in content_of(archive, manifest):
        raise WorkbookError(path, "it is protected by a password; save it without one")
    content = tree_of(archive, "content.xml")
    tables = content.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
    return Workbook(tuple(sheet_of(table) for table in tables), names_of(content))


def names_of(content: ET.Element) -> dict[str, str]:
    """Return the ranges that have a name in the whole document."""
    path = f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}named-expressions/{TABLE}named-range"
    found = (
        (element.get(f"{TABLE}name", ""), element.get(f"{TABLE}cell-range-address", ""))
        for element in content.iterfind(path)
    )
    return {name: piece(area, area) for name, area in found if not name.startswith("_xlnm")}


def sheet_of(table: ET.Element) -> Sheet:
    """One worksheet with its cells."""
    cells: dict[Address, Cell] = {}
    row = 1
    for element in table.iter(f"{TABLE}table-row"):
        repeated = int(element.get(f"{TABLE}number-rows-repeated", "1"))
        found = list(cells_of_row(element))
        if found and not 0 < row <= row + repeated - 1 <= ROWS:
            raise ValueError(f"a cell in row {row} outside of the sheet")
        if len(cells) + repeated * len(found) > MAX_CELLS:
            raise ValueError(f"more than {MAX_CELLS} cells")
        for below in range(repeated if found else 0):
            cells.update({(row + below, column): cell for column, cell in found})
        row += repeated
    return Sheet(table.get(f"{TABLE}name", ""), cells)


def cells_of_row(row: ET.Element) -> Iterator[tuple[int, Cell]]:
    """Return the filled cells of a row with their columns."""
    column = 1
    for element in row:
        if local(element) not in {"table-cell", "covered-table-cell"}:
            continue
        repeated = int(element.get(f"{TABLE}number-columns-repeated", "1"))
        cell = Cell(value_of(element), formula_of(element.get(f"{TABLE}formula")))
        if cell != Cell():
            if not 0 < column <= column + repeated - 1 <= COLUMNS:
                raise ValueError(f"a cell in column {column} outside of the sheet")
            yield from ((column + right, cell) for right in range(repeated))
        column += repeated


def value_of(element: ET.Element) -> Value:
    """Return the stored value of a cell."""
    kind = element.get(f"{OFFICE}value-type")
    if kind is None:
        return None
    if element.get(f"{CALC_EXT}value-type") == "error":
        return ExcelError(text_of(element))
    if kind in {"float", "percentage", "currency"}:
        return number(element.get(f"{OFFICE}value", ""))
    if kind == "boolean":
        return element.get(f"{OFFICE}boolean-value") == "true"
    return element.get(f"{OFFICE}string-value") or text_of(element)


def text_of(element: ET.Element) -> str:
    """Return what the cell shows, without its notes."""
    return "\n".join("".join(p.itertext()) for p in element if local(p) == "p")


def formula_of(text: str | None) -> str | None:
    """Return the formula in Excel's notation."""
    if text is None:
        return None
    return PIECES.sub(lambda match: piece(match[0], match[1]), PREFIX.sub("", text))


def piece(whole: str, reference: str | None) -> str:
    """Take brackets and dots from a reference, make a separator a comma, leave text alone."""
    if reference is None:
        return "," if whole == ";" else whole
    return ":".join(half(part) for part in halves(reference))


def halves(reference: str) -> Iterator[str]:
    """Yield what stands between the colons of a reference; a sheet's quoted name keeps its own."""
    start, is_quoted = 0, False
    for place, sign in enumerate(reference):
        if sign == "'":
            is_quoted = not is_quoted
        elif sign == ":" and not is_quoted:
            yield reference[start:place]
            start = place + 1
    yield reference[start:]


def half(reference: str) -> str:
    """``$'My sheet'.A1`` is ``'My sheet'!A1``, ``.A1`` is ``A1``."""
    sheet, _, cell = reference.rpartition(".")
    return f"{sheet.removeprefix('$')}!{cell}" if sheet else cell
