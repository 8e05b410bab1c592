"""A copy without what a program might run or fetch: macros, objects, controls, links, queries.

The parts go, the relations to them, and the elements that name these relations, so that the file
still opens. A formula that takes a value from another workbook, or from a sheet of macros, stays as
that value, as it does when a spreadsheet program breaks a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from sheetprop.workbooks.marking.broken_links import broken, value_edits
from sheetprop.workbooks.marking.parts import TYPES, Parts
from sheetprop.workbooks.marking.removal import (
    WITH_FORMULAS,
    Removal,
    relations_part,
    removal_from,
)
from sheetprop.workbooks.marking.splices import Edit, Element, apply, outline, remove, set_attribute
from sheetprop.workbooks.reading.active import (
    KINDS,
    Package,
)

RELATIONSHIPS = "/relationships"
"""How the namespace of attributes ends that name a relation."""

EMPTY_GO = frozenset(
    {
        "AlternateContent",
        "Choice",
        "Fallback",
        "oleObjects",
        "controls",
        "externalReferences",
        "pivotCaches",
    }
)
"""Elements that go when nothing is left in them: a program takes them for damage."""

PLAIN_TYPES = (
    (b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", b"sheet.main+xml"),
    (b"application/vnd.ms-excel.template.macroEnabled.main+xml", b"template.main+xml"),
)
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml."
TABLE_OF_QUERY = re.compile(
    rb"""\s(?:tableType|queryTableFieldId|connectionId)=(?:"[^"<]*"|'[^'<]*')"""
)
MACRO = re.compile(rb'(?<=\smacro=")[^"<]*(?=")|(?<=<x:FmlaMacro>)[^<]*(?=</x:FmlaMacro>)')


def make_inert(parts: Parts, book: str) -> tuple[str, ...]:
    """Take out of the workbook whatever is active, and return what kinds of it there were.

    `book` is the part that lists the sheets. Nothing is changed where there is nothing.
    """
    removal = removal_from(Package(parts.archive))
    _make_plain(parts, removal)
    if not removal.kinds:
        return ()
    for owner, ids in removal.relations.items():
        _cut(parts, removal, owner, ids)
    sheets = _without_macro_sheets(parts, book)
    if removal.kinds & WITH_FORMULAS:
        _break_links(parts, removal, book, sheets)
    for table in removal.staying("table"):
        parts.write(table, TABLE_OF_QUERY.sub(b"", parts.read(table)))
    _without_shapes(parts, removal)
    for name in parts.archive.NameToInfo:
        if name.lower() in removal.parts:
            parts.remove(name)
    return tuple(kind for kind in KINDS if kind in removal.kinds)


def _make_plain(parts: Parts, removal: Removal) -> None:
    """Take what goes out of the list of content types, and let no workbook be one with macros."""
    content = old = parts.read(TYPES)
    for macro_enabled, plain in PLAIN_TYPES:
        content = content.replace(macro_enabled, PLAIN_TYPE + plain)
    edits = [remove(child) for child in outline(content, depth=2).children if _goes(child, removal)]
    content = apply(content, edits)
    if content != old:
        parts.write(TYPES, content)


def _goes(entry: Element, removal: Removal) -> bool:
    if entry.name == "Override":
        return unquote(entry.attributes.get("PartName", "")).lstrip("/").lower() in removal.parts
    ending = "." + entry.attributes.get("Extension", "").lower()
    return "vbaproject" in entry.attributes.get("ContentType", "").lower() and not any(
        name.endswith(ending) for name in removal.package.names.keys() - removal.parts
    )


def _cut(parts: Parts, removal: Removal, owner: str, ids: set[str]) -> None:
    """Take relations out of a part that stays, and all elements that name them."""
    names = removal.package.names
    if owner in removal.parts or relations_part(owner) not in names:
        return
    relations = names[relations_part(owner)]
    content = parts.read(relations)
    entries = outline(content, depth=2).children
    goes = [remove(entry) for entry in entries if entry.attributes.get("Id", "") in ids]
    parts.write(relations, apply(content, goes))
    if owner in names:
        content = parts.read(names[owner])
        root = outline(content, skip="sheetData")
        parts.write(names[owner], apply(content, _cuts(root, ids, removal.shapes)[0]))


def _cuts(element: Element, ids: set[str], shapes: set[str]) -> tuple[list[Edit], bool]:
    """Return the edits that cut out whatever names the relations, and whether all of it goes."""
    if any(_is_relation(key) and value in ids for key, value in element.attributes.items()):
        shapes.add(element.attributes.get("shapeId", ""))
        return [remove(element)], True
    edits: list[Edit] = []
    goes = bool(element.children) and element.name in EMPTY_GO
    for child in element.children:
        cut, is_gone = _cuts(child, ids, shapes)
        edits += cut
        goes = goes and is_gone
    return ([remove(element)], True) if goes else (edits, False)


def _is_relation(attribute: str) -> bool:
    namespace, _, name = attribute.rpartition(" ")
    return namespace.endswith(RELATIONSHIPS) or name == "relid"


def _without_macro_sheets(parts: Parts, book: str) -> tuple[str, ...]:
    """Return the names of the sheets that went, once all names of the workbook fit the others."""
    old = _sheet_names(Parts(parts.archive).read(book))
    content = parts.read(book)
    root, left = outline(content, depth=3), _sheet_names(content)
    places = {str(old.index(name)): place for place, name in enumerate(left)}
    edits = [e for name in _entries(root, "definedNames") for e in _name(name, content, places)]
    if left != old:
        edits += [
            set_attribute(view, content, key, 0)
            for view in _entries(root, "bookViews")
            for key in ("activeTab", "firstSheet")
            if key in view.attributes
        ]
    parts.write(book, apply(content, _or_all(root, "definedNames", edits)))
    return tuple(name for name in old if name not in left)


def _sheet_names(content: bytes) -> list[str]:
    sheets = _entries(outline(content, depth=3), "sheets")
    return [sheet.attributes.get("name", "") for sheet in sheets]


def _entries(root: Element, name: str) -> Iterator[Element]:
    for group in root.named(name):
        yield from group.children


def _name(name: Element, content: bytes, places: Mapping[str, int]) -> Iterator[Edit]:
    """Yield what becomes of a defined name: gone with its sheet or macro, or of a new number."""
    flags = name.attributes
    scope = flags.get("localSheetId")
    is_macro = any(flags.get(key) in ("1", "true") for key in ("xlm", "vbProcedure", "function"))
    if is_macro or (scope is not None and scope not in places):
        yield remove(name)
    elif scope is not None and str(places[scope]) != scope:
        yield set_attribute(name, content, "localSheetId", places[scope])


def _or_all(root: Element, name: str, edits: list[Edit]) -> list[Edit]:
    """Return the edits, or that all of an element goes, where they take out all that is in it."""
    for group in root.named(name):
        goes = {remove(child) for child in group.children}
        if goes and goes <= set(edits):
            return [*(edit for edit in edits if edit not in goes), remove(group)]
    return edits


def _break_links(parts: Parts, removal: Removal, book: str, sheets: tuple[str, ...]) -> None:
    """Leave values where formulas led to other workbooks or to sheets that went."""
    is_broken = broken(sheets)
    content = parts.read(book)
    root = outline(content, depth=3)
    names = [
        n
        for n in _entries(root, "definedNames")
        if is_broken(content[n.inner : n.close].decode("utf-8", "replace"))
    ]
    parts.write(book, apply(content, _or_all(root, "definedNames", [remove(n) for n in names])))
    for sheet in removal.staying("worksheet"):
        content = parts.read(sheet)
        if edits := value_edits(content, is_broken):
            parts.write(sheet, apply(content, edits))


def _without_shapes(parts: Parts, removal: Removal) -> None:
    """Take out the shapes of objects and controls that went, and what shapes run when clicked."""
    numbers = {f"_x0000_s{number}" for number in removal.shapes if number}
    for part in removal.staying("drawing", "vmldrawing"):
        content = MACRO.sub(b"", parts.read(part))
        if any(number.encode() in content for number in numbers):
            root = outline(content)
            content = apply(content, [remove(e) for e in root.children if _is_of(e, numbers)])
        if content != parts.read(part):
            parts.write(part, content)


def _is_of(shape: Element, numbers: set[str]) -> bool:
    """Whether an element is, or holds, one of the shapes with these numbers."""
    if any(value in numbers for value in shape.attributes.values()):
        return True
    return any(_is_of(child, numbers) for child in shape.children)
