"""A copy of somebody's workbook with what was found marked in it.

The wrong ranges are coloured, the first cell of each has a note, and a sheet at the end lists
everything. The marks are put into the package itself, so every other part of the file (charts,
pictures, styles) survives byte for byte, and the marks can be taken away in any spreadsheet
program: delete the sheet, the notes and the conditional formats. Only what a program might run or
fetch, such as macros, is left out, and the list says so.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.parsers import expat

from sheetprop.errors import WorkbookError
from sheetprop.whole import exists_already, written
from sheetprop.workbooks.marking.inert import make_inert
from sheetprop.workbooks.marking.list_sheet import add_list
from sheetprop.workbooks.marking.looks import NO_STYLES, STYLES_TYPE, Looks, add_looks
from sheetprop.workbooks.marking.notes import add_notes
from sheetprop.workbooks.marking.parts import Parts
from sheetprop.workbooks.marking.ranges import colour
from sheetprop.workbooks.marking.remarks import Annotation, boxes_of, lines_of, notes_of
from sheetprop.workbooks.marking.splices import apply, outline
from sheetprop.workbooks.reading import ods
from sheetprop.workbooks.reading.active import WITHOUT_MACROS
from sheetprop.workbooks.reading.ooxml import relation_id, relations_of, tree_of
from sheetprop.workbooks.reading.package import SAVE_AS, content_at, open_package
from sheetprop.workbooks.reading.read import DAMAGED, describe, read, workbook_part
from sheetprop.workbooks.sheet import Workbook

__all__ = ["Annotation", "annotate"]

STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
SIGNATURES = "_xmlsignatures/"


def annotate(
    source: str | Path,
    annotations: Sequence[Annotation],
    target: str | Path,
    *,
    force: bool = False,
) -> None:
    """Write a copy of the workbook `source` with the annotations marked in it as `target`.

    Nothing is ever written to `source`. The copy is written whole or not at all, and takes the
    place of an existing file only with `force`. Missing folders are made.

    Raises:
        WorkbookError: `source` cannot be read or is of a kind that cannot be annotated (.ods,
            Strict Open XML, digitally signed), or `target` cannot be written.

    """
    source, target = Path(source), Path(target)
    content = content_at(source)
    with open_package(source, content) as archive:
        _refuse_kind(source, archive)
    _refuse_target(source, target, force=force)
    with written(target, force=force, argument_name="annotate") as unfinished:
        mark(source, annotations, unfinished, content)


def mark(
    source: str | Path,
    annotations: Sequence[Annotation],
    target: Path,
    content: bytes,
    workbook: Workbook | None = None,
) -> None:
    """Write the copy as the new file `target`; `content` are the bytes of `source`.

    They are read unless the workbook in them is given.

    Raises:
        WorkbookError: `source` cannot be read, or is of a kind that cannot be annotated.
        OSError: the copy cannot be written.

    """
    source = Path(source)
    with open_package(source, content) as archive:
        _refuse_kind(source, archive)
        workbook = workbook or read(source, content)
        try:
            _annotated(source, archive, workbook, annotations).save(target)
        except OSError:  # of the copy: the workbook is in memory
            raise
        except (*DAMAGED, StopIteration, expat.ExpatError) as error:
            reason = f"a part of it is damaged ({describe(error)}); {SAVE_AS}"
            raise WorkbookError(source, reason) from error


def _refuse_target(source: Path, target: Path, *, force: bool) -> None:
    """Raise `WorkbookError` when the copy may not be called `target`."""
    if target.is_dir():
        raise WorkbookError(target, "is a folder; name a file in it")
    suffix = WITHOUT_MACROS.get(source.suffix.lower(), source.suffix)
    if target.suffix.lower() != suffix.lower():
        why = "as it is a copy without macros"
        why = why if suffix != source.suffix else "like the workbook of which it is a copy"
        reason = f"must end in {suffix}, {why}"
        raise WorkbookError(target, reason)
    if target.exists() and target.samefile(source):
        raise WorkbookError(target, "is the workbook itself, which stays as it is; name another")
    if target.exists() and not force:
        raise exists_already(target, "annotate")


def _refuse_kind(source: Path, archive: zipfile.ZipFile) -> None:
    """Raise `WorkbookError` when marks cannot be put into such a file."""
    if ods.is_ods(archive):
        raise WorkbookError(source, f"only .xlsx workbooks can be annotated; {SAVE_AS}")
    if any(name.lower().startswith(SIGNATURES) for name in archive.namelist()):
        reason = "it is digitally signed, which any mark would break; save it without the signature"
        raise WorkbookError(source, reason)


def _annotated(
    source: Path,
    archive: zipfile.ZipFile,
    workbook: Workbook,
    annotations: Sequence[Annotation],
) -> Parts:
    """Return the parts of the copy."""
    parts = Parts(archive)
    book = workbook_part(source, archive)
    left_out = make_inert(parts, book)
    worksheets = _worksheets(source, archive, book)
    looks = _add_looks(parts, book)
    for name, part in worksheets.items():
        here = [annotation for annotation in annotations if annotation.sheet == name]
        if here:
            _mark(parts, part, here, looks)
    lines = list(lines_of(annotations, workbook, frozenset(worksheets)))
    add_list(parts, book, lines, looks, left_out)
    return parts


def _mark(parts: Parts, part: str, annotations: Sequence[Annotation], looks: Looks) -> None:
    """Colour the ranges of one worksheet part and put notes at them; it is parsed once."""
    content = parts.read(part)
    root = outline(content, skip="sheetData")
    edits = colour(root, content, boxes_of(annotations), looks)
    edits += add_notes(parts, part, root, content, notes_of(annotations))
    parts.write(part, apply(content, edits))


def _worksheets(source: Path, archive: zipfile.ZipFile, book: str) -> Mapping[str, str]:
    """Return the parts of the worksheets by name. Raises `WorkbookError` for Strict Open XML."""
    root, relations = tree_of(archive, book), relations_of(archive, book)
    if root.tag.startswith(STRICT):
        reason = 'it is saved as "Strict Open XML", which cannot be annotated; save it as .xlsx'
        raise WorkbookError(source, reason)
    found = {
        entry.get("name", ""): relations.get(relation_id(entry))
        for entry in root.iterfind("{*}sheets/{*}sheet")
    }
    return {name: r.part for name, r in found.items() if r and r.kind == "worksheet"}


def _add_looks(parts: Parts, book: str) -> Looks:
    """Add the styles that the marks need."""
    relations = relations_of(parts.archive, book).values()
    part = next((r.part for r in relations if r.kind == "styles" and r.part in parts), None)
    if part is None:
        part = parts.add("xl/styles{}.xml", NO_STYLES, STYLES_TYPE, first=0)
        parts.relate(book, "styles", part)
    content, looks = add_looks(parts.read(part))
    parts.write(part, content)
    return looks
