"""Notes at cells: the texts in a comments part, their boxes in a legacy drawing (VML).

A sheet that has notes or form controls already keeps them, and the new ones are added behind.
Where that is not certain to work (a drawing that is no XML, all numbers of shapes used up, a cell
that has a note) the note is left out: the list of findings says the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

from sheetprop.workbooks.marking.parts import MAIN, OFFICE, XML_HEAD, Parts
from sheetprop.workbooks.marking.ranges import ORDER, Box
from sheetprop.workbooks.marking.safe_text import content as escaped
from sheetprop.workbooks.marking.safe_text import shortened
from sheetprop.workbooks.marking.shapes import EMPTY_DRAWING, NAMESPACES, SHAPE_TYPE, Grid, shape
from sheetprop.workbooks.marking.splices import (
    Edit,
    Element,
    append,
    apply,
    insert,
    outline,
    to_bytes,
)
from sheetprop.workbooks.reading.ooxml import Relation, relations_of

AUTHOR = "sheetprop"
EMPTY_COMMENTS = f'{XML_HEAD}<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
SHAPE_NUMBER = re.compile(rb"_x0000_s(\d+)")
CLUSTER = 1024  # the numbers of shapes that one drawing may use begin at a multiple of it
MAX_TITLE, MAX_NOTE = 200, 5000  # nobody reads more in a note; the list has all
SMALL_TYPE = '<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>'


@dataclass(frozen=True, slots=True)
class Note:
    """What is said at a cell: a title in bold, and the text below it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _Places:
    """The parts a sheet keeps its notes in: a name, or None where there is no such part yet."""

    comments: str | None
    drawing: str | None


def add_notes(
    parts: Parts, sheet: str, root: Element, content: bytes, notes: Mapping[Box, Note]
) -> list[Edit]:
    """Add notes to the cells of a worksheet, as far as that is safe.

    `root` is the outline of its part `sheet` with that `content`; returned is how to change it.
    """
    places = _places(parts, sheet, root)
    if places is None or not notes:
        return []
    try:
        comments, drawing, drawn = _with_notes(parts, places, notes, Grid(root))
    except (expat.ExpatError, ValueError, StopIteration):
        return []
    if not drawn:
        return []
    if places.comments:
        parts.write(places.comments, comments)
    else:
        parts.relate(sheet, "comments", parts.add("xl/comments{}.xml", comments, COMMENTS_TYPE))
    if places.drawing:
        parts.write(places.drawing, drawing)
        return []
    key = parts.relate(
        sheet, "vmlDrawing", parts.add("xl/drawings/vmlDrawing{}.vml", drawing, VML_TYPE)
    )
    return [insert(root, content, ORDER, [f'<legacyDrawing xmlns:r="{OFFICE}" r:id="{key}"/>'])]


def _places(parts: Parts, sheet: str, root: Element) -> _Places | None:
    """Say where the notes of the sheet are; None when it is not clear where to add to them."""
    relations = relations_of(parts.archive, sheet)
    comments = [r.part for r in relations.values() if r.kind == "comments"]
    drawings = list(root.named("legacyDrawing"))
    if len(comments) > 1 or len(drawings) > 1 or (comments and not drawings):
        return None
    if not drawings:
        return _Places(None, None)
    key = drawings[0].attributes.get(f"{OFFICE} id", "")
    drawing = relations.get(key, Relation("", "")).part
    places = _Places(comments[0] if comments else None, drawing)
    return places if drawing in parts and (not comments or comments[0] in parts) else None


def _with_notes(
    parts: Parts, places: _Places, notes: Mapping[Box, Note], grid: Grid
) -> tuple[bytes, bytes, bool]:
    """Return both parts with the notes, and whether there is room for any.

    Raises `expat.ExpatError`, `ValueError` or `StopIteration` when they cannot be added to.
    """
    comments = parts.read(places.comments) if places.comments else to_bytes(EMPTY_COMMENTS)
    drawing = parts.read(places.drawing) if places.drawing else to_bytes(EMPTY_DRAWING)
    taken = _taken(comments)
    free = {box: note for box, note in notes.items() if box.first not in taken}
    drawing, drawn = _draw(drawing, free, grid)
    return _write(comments, drawn), drawing, bool(drawn)


def _taken(comments: bytes) -> set[str]:
    root = outline(comments, depth=3)
    return {comment.attributes.get("ref", "").upper() for comment in root.everywhere("comment")}


def _draw(drawing: bytes, notes: Mapping[Box, Note], grid: Grid) -> tuple[bytes, dict[Box, Note]]:
    """Return the drawing with boxes for the notes, and the notes that have one.

    Raises `ValueError` when the drawing is not one that can be added to.
    """
    root = outline(drawing, depth=1)
    opening = drawing[root.start : root.inner].decode("ascii", "replace")
    if root.name != "xml" or not all(name in opening for name in NAMESPACES):
        raise ValueError("a drawing of another kind")
    numbers = [int(number) for number in SHAPE_NUMBER.findall(drawing)]
    number = max(numbers, default=CLUSTER) + 1
    left = -number % CLUSTER
    drawn = dict(list(notes.items())[:left])
    has_type = b'id="_x0000_t202"' in drawing
    items = [] if has_type or not drawn else [SHAPE_TYPE]
    for place, (box, note) in enumerate(drawn.items()):
        items.append(shape(number + place, box, f"{note.title}\n{note.text}", grid))
    return apply(drawing, [append(root, drawing, items)]), drawn


def _write(comments: bytes, notes: Mapping[Box, Note]) -> bytes:
    """Return the comments part with the notes. Raises `StopIteration` when it has no list."""
    root = outline(comments, depth=3)
    authors, listed = next(root.named("authors")), next(root.named("commentList"))
    number = len(authors.children)
    new = [_comment(box, note, number) for box, note in notes.items()]
    edits = [append(authors, comments, [f"<author>{AUTHOR}</author>"])]
    return apply(comments, [*edits, append(listed, comments, new)])


def _comment(box: Box, note: Note, author: int) -> str:
    return (
        f'<comment ref="{box.first}" authorId="{author}"><text>'
        f"<r><rPr><b/>{SMALL_TYPE}</rPr>{_run(note.title, MAX_TITLE)}</r>"
        f"<r><rPr>{SMALL_TYPE}</rPr>{_run(chr(10) + note.text, MAX_NOTE)}</r></text></comment>"
    )


def _run(text: str, limit: int) -> str:
    return f'<t xml:space="preserve">{escaped(shortened(text, limit))}</t>'
