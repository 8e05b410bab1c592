"""What is to be marked, as a caller says it, and how notes and the list word it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sheetprop.workbooks.marking.list_sheet import ListRow
from sheetprop.workbooks.marking.notes import Note
from sheetprop.workbooks.marking.ranges import Box, box_of
from sheetprop.workbooks.sheet import Cell, Workbook

EMPTY = "(empty)"


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something to be marked: what is wrong in some ranges of one sheet.

    `severity` is ``error``, ``warning`` or ``note``; `title` names the mistake and `text` explains
    it. `expected` is the right formula at the first cell of the first range, or None. A range is
    written like ``Z32:Z99``; what is no range, and a sheet that does not exist, is only listed.

    Annotations in a row that differ in nothing but their place are listed as one; of these, all but
    the first may leave `expected` out.
    """

    sheet: str
    ranges: tuple[str, ...]
    severity: str
    title: str
    text: str
    expected: str | None = None

    def continues(self, other: Annotation) -> bool:
        """Whether this is the same mistake as an earlier one, in another place."""
        same = (self.severity, self.title, self.text) == (other.severity, other.title, other.text)
        return same and self.expected in {None, other.expected}


def boxes_of(annotations: Sequence[Annotation]) -> dict[str, list[Box]]:
    """Return the ranges by severity."""
    boxes: dict[str, list[Box]] = {}
    for annotation in annotations:
        found = filter(None, map(box_of, annotation.ranges))
        boxes.setdefault(annotation.severity, []).extend(found)
    return boxes


def notes_of(annotations: Sequence[Annotation]) -> dict[Box, Note]:
    """Return what is to be noted at the first cells of the ranges, in the order of the cells."""
    notes: dict[Box, Note] = {}
    for annotation in annotations:
        for place, box in enumerate(map(box_of, annotation.ranges)):
            if box is not None:
                cell = Box(box.row, box.column, box.row, box.column)
                note = _note(annotation, place)
                notes[cell] = _joined(notes[cell], note) if cell in notes else note
    return dict(sorted(notes.items()))


def _note(annotation: Annotation, place: int) -> Note:
    """Say at the first cell of a range what is wrong; `place` counts the ranges from 0."""
    text = annotation.text
    if annotation.expected:
        first = annotation.ranges[0].replace("$", "").partition(":")[0]
        where = f"What belongs in {first}" if place else "What belongs here"
        text = f"{text}\n{where}: {annotation.expected}"
    return Note(annotation.title, text)


def _joined(first: Note, second: Note) -> Note:
    if f"{second.title}\n{second.text}" in f"{first.title}\n{first.text}":
        return first
    return Note(first.title, f"{first.text}\n\n{second.title}\n{second.text}")


def lines_of(
    annotations: Sequence[Annotation], workbook: Workbook, worksheets: frozenset[str]
) -> Iterator[ListRow]:
    """Yield the rows of the list: one for each range, a finding's first with all about it."""
    number = 0
    begun: Annotation | None = None
    for annotation in annotations:
        places = _places(annotation, workbook, worksheets)
        if begun is None or not annotation.continues(begun):
            number, begun = number + 1, annotation
            yield replace(
                next(places),
                number=number,
                severity=annotation.severity,
                title=annotation.title,
                expected=annotation.expected or "",
                text=annotation.text,
            )
        yield from places


def _places(
    annotation: Annotation, workbook: Workbook, worksheets: frozenset[str]
) -> Iterator[ListRow]:
    sheet = annotation.sheet
    for text in annotation.ranges or ("",):
        where = "!".join(filter(None, (sheet, text)))
        box = box_of(text or "A1") if sheet in worksheets else None
        found = ""
        if box and text:
            found = _shown(workbook[sheet].cells.get((box.row, box.column)))
        yield ListRow(where, found, sheet=sheet, box=box)


def _shown(cell: Cell | None) -> str:
    """Return what stands in a cell: its formula, or else its value."""
    if cell is None or (cell.formula is None and cell.value is None):
        return EMPTY
    if cell.formula is not None:
        return cell.formula
    return str(cell.value).upper() if isinstance(cell.value, bool) else str(cell.value)
