"""The parts of an Office Open XML package (ECMA-376) and how they point at each other."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from sheetprop.sheets.package import refuse_doctype

OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
OFFICE_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Relation:
    """Where one part points: the kind (``worksheet``, ``drawing`` …) and the name of the part."""

    kind: str
    part: str


def local(element: ET.Element) -> str:
    """Return the tag without its namespace, in which transitional and strict files differ."""
    return str(element.tag).rpartition("}")[2]


def named(parent: ET.Element, name: str) -> Iterator[ET.Element]:
    """Return the children of that name."""
    return parent.iterfind(f"{{*}}{name}")


def relation_id(element: ET.Element) -> str:
    """Return the ``r:id`` of an element, or the empty text."""
    return element.get(OFFICE) or element.get(OFFICE_STRICT) or ""


def content_of(archive: zipfile.ZipFile, part: str) -> bytes:
    """Return the bytes of a part, proved to declare no document type."""
    content = archive.read(part)
    refuse_doctype(content)
    return content


def tree_of(archive: zipfile.ZipFile, part: str) -> ET.Element:
    """Return the XML tree of a part."""
    return ET.fromstring(content_of(archive, part))  # noqa: S314 - refuse_doctype was passed


def relations_of(archive: zipfile.ZipFile, part: str) -> dict[str, Relation]:
    """Say what `part` points at inside the package, by relation id; the outside is ignored."""
    folder, name = posixpath.split(part)
    relations_part = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations_part not in archive.NameToInfo:
        return {}
    return {
        element.get("Id", ""): relation(folder, element)
        for element in tree_of(archive, relations_part)
        if element.get("TargetMode") != "External"
    }


def relation(folder: str, element: ET.Element) -> Relation:
    """Return the relation that one ``Relationship`` element states."""
    target = element.get("Target", "").replace("\\", "/")
    part = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return Relation(element.get("Type", "").rpartition("/")[2], posixpath.normpath(part))
