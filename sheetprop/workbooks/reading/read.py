"""A file becomes a `Workbook`: cells with formulas and stored values, charts, defined names.

The parts are read with the standard library alone. One pass gives what otherwise takes two: stored
errors stay errors and dates stay the numbers they are, beside the formula as it was typed.
"""

from __future__ import annotations

import gc
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree as ET
from xml.parsers import expat

from sheetprop.errors import WorkbookError
from sheetprop.lazily.patterns import pattern
from sheetprop.workbooks.reading import ods
from sheetprop.workbooks.reading.cells_in import MAX_CELLS, CellReader
from sheetprop.workbooks.reading.charts_in import charts_of
from sheetprop.workbooks.reading.ooxml import Relation, relation_id, relations_of, tree_of
from sheetprop.workbooks.reading.package import SAVE_AS, UnsafeXmlError, open_package
from sheetprop.workbooks.reading.texts_in import shared_strings
from sheetprop.workbooks.sheet import Sheet, Workbook

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ET.ParseError,
    expat.ExpatError,
    LookupError,  # also an encoding that nobody knows
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
COUNTED_FROM = 64 << 20
BUILT_IN_NAME = "_xlnm."
LONGEST_SAID = 200
"""Letters told of an error: it may quote as much of the file as there is."""

LACKING = pattern(r"There is no item named '(.*)' in the archive")


def read(path: str | Path, content: bytes | None = None) -> Workbook:
    """Read the workbook in a file: .xlsx, .xlsm, .xltx, .xltm, or .ods. Macros are never run.

    `content` are the file's bytes, where they are known; then `path` is only its name.

    Formulas keep the text of the file with ``=``; shared formulas are written out for every cell.
    Raises `WorkbookError`, saying what is wrong and what to do, when the file cannot be used.
    """
    path = Path(path)
    with open_package(path, content) as archive, no_collection():
        try:
            workbook = ods.read(path, archive) if ods.is_ods(archive) else read_ooxml(path, archive)
        except UnsafeXmlError as error:
            reason = f"it contains {error}, which no spreadsheet program writes; {SAVE_AS}"
            raise WorkbookError(path, reason) from error
        except DAMAGED as error:
            reason = f"a part of it is damaged ({describe(error)}); {SAVE_AS}"
            raise WorkbookError(path, reason) from error
    if not workbook.sheets:
        raise WorkbookError(path, f"it has no worksheet; {SAVE_AS}")
    _refuse_names(path, workbook)
    return workbook


def _refuse_names(path: Path, workbook: Workbook) -> None:
    """Raise where a sheet has a name that formulas take for another workbook, ``[1]Sheet1``."""
    odd = next((sheet.name for sheet in workbook.sheets if "[" in sheet.name), None)
    if odd is not None:
        reason = f'a sheet is called "{odd[:31]}", and no spreadsheet program allows brackets there'
        raise WorkbookError(path, f"{reason}; {SAVE_AS}")


@contextmanager
def no_collection() -> Iterator[None]:
    """Put off the search for cycles of objects: cells are none, and it looks at all of them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def describe(error: BaseException) -> str:
    """Put what the error says on one line, in no words of Python's own."""
    if isinstance(error, EOFError):
        return "it ends too soon"
    if isinstance(error, UnicodeError):
        return "its letters are not written as it says"
    if isinstance(error, LookupError) and "encoding" in str(error):
        return "it is written in an encoding that is not known here"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    lacking = LACKING.search(str(error))
    said = f"it lacks its part {lacking[1]}" if lacking else " ".join(str(error).split())
    said = said.replace("invalid literal for int() with base 10:", "no whole number is")
    return shorten(said) or type(error).__name__


def shorten(said: str) -> str:
    """Return the beginning of what is said where it is too long for a line."""
    return said if len(said) <= LONGEST_SAID else f"{said[: LONGEST_SAID - 2]} …"


def read_ooxml(path: Path, archive: zipfile.ZipFile) -> Workbook:
    """Return the workbook of an Office Open XML package."""
    part = workbook_part(path, archive)
    root, relations = tree_of(archive, part), relations_of(archive, part)
    strings_part = next((r.part for r in relations.values() if r.kind == "sharedStrings"), None)
    strings = shared_strings(archive, strings_part)
    entries = root.findall("{*}sheets/{*}sheet")
    sheets = tuple(sheets_of(archive, entries, relations, strings))
    if any(part.startswith("xl/tables/") for part in archive.NameToInfo):
        sheets = without_tables(archive, entries, relations, sheets)
    return Workbook(sheets, names_of(root, [entry.get("name", "") for entry in entries]))


def _no_workbook(archive: zipfile.ZipFile) -> str:
    """Return what an archive is that is no workbook: of one that holds other files, not its own."""
    if any(part.endswith(".rels") for part in archive.NameToInfo):
        return f"it is an archive but no workbook; {SAVE_AS}"
    return "it is an archive but no workbook; unpack it and hand in the .xlsx file itself"


def workbook_part(path: Path, archive: zipfile.ZipFile) -> str:
    """Find the part that lists the sheets, or raise what the archive is instead."""
    relations = relations_of(archive, "").values()
    part = next((r.part for r in relations if r.kind == "officeDocument"), "xl/workbook.xml")
    if part.endswith(".bin"):
        raise WorkbookError(path, "it is a binary workbook (.xlsb); save it as .xlsx")
    if part not in archive.NameToInfo or not part.startswith("xl/"):
        raise WorkbookError(path, _no_workbook(archive))
    return part


def sheets_of(
    archive: zipfile.ZipFile,
    entries: list[ET.Element],
    relations: Mapping[str, Relation],
    strings: list[str],
) -> Iterator[Sheet]:
    """Read the worksheets and, without cells, the chartsheets; dialogs are left out."""
    refuse_many_cells(archive, dict.fromkeys(relation.part for relation in relations.values()))
    reader = CellReader(strings)
    seen = set()
    for entry in entries:
        relation = relations.get(relation_id(entry))
        if relation is None or relation.kind not in {"worksheet", "chartsheet"}:
            continue
        if relation.part in seen:
            raise ValueError(f"two sheets share {relation.part}")
        seen.add(relation.part)
        cells = reader.read(archive, relation.part) if relation.kind == "worksheet" else {}
        yield Sheet(
            name=entry.get("name", ""),
            cells=cells,
            charts=charts_of(archive, relation.part),
            hidden=entry.get("state", "visible") != "visible",
        )


def without_tables(
    archive: zipfile.ZipFile,
    entries: list[ET.Element],
    relations: Mapping[str, Relation],
    sheets: tuple[Sheet, ...],
) -> tuple[Sheet, ...]:
    """Return the sheets with addresses where formulas name columns of Excel's own tables."""
    from sheetprop.workbooks.reading.structured import (  # few workbooks need it
        list_tables,
        with_addresses,
    )

    tables = {
        name: table
        for entry in entries
        if (relation := relations.get(relation_id(entry))) is not None
        for name, table in list_tables(archive, relation.part, entry.get("name", ""))
    }
    return tuple(with_addresses(sheet, tables) for sheet in sheets)


def refuse_many_cells(archive: zipfile.ZipFile, parts: Iterable[str]) -> None:
    """Raise `ValueError` for large parts with too many cells, before they take time and memory."""
    large = [part for part in parts if part in archive.NameToInfo]
    large = [part for part in large if archive.getinfo(part).file_size > COUNTED_FROM]
    for part in large:
        values = formulas = 0
        with archive.open(part) as file:
            while chunk := file.read(1 << 20):
                values += chunk.count(b"<v>")
                formulas += chunk.count(b"<f")
        if max(values, formulas) > MAX_CELLS:
            raise ValueError(f"more than {MAX_CELLS} cells")


def names_of(root: ET.Element, sheets: list[str]) -> Mapping[str, str]:
    """Return the defined names; one that belongs to a single sheet is called ``Sheet!name``."""
    names = {}
    for element in root.iterfind("{*}definedNames/{*}definedName"):
        name, scope = element.get("name", ""), element.get("localSheetId")
        if not name.startswith(BUILT_IN_NAME) and element.text:
            if scope is not None and not 0 <= int(scope) < len(sheets):
                raise ValueError(f"a name belongs to sheet number {scope}, which there is not")
            key = name if scope is None else f"{sheets[int(scope)]}!{name}"
            names[key] = element.text.strip().removeprefix("=")
    return MappingProxyType(names)
