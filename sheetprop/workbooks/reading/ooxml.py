"""The parts of an Office Open XML package (ECMA-376) and how they point at each other."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import NamedTuple, Protocol
from xml.etree import ElementTree as ET
from xml.parsers import expat

from sheetprop.workbooks.reading.package import found_doctype, refuse_doctype

OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
OFFICE_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

CHUNK = 1 << 20
"""Bytes parsed at once: an element that goes on for longer is looked at again from its start."""

MOST_RELATIONS = 70_000
"""Of one part; Excel takes 65,530 links on a sheet."""

LONGEST_TAG = 4 << 20
LARGEST_TREE = 24 << 20


class Relation(NamedTuple):
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


class Handlers(Protocol):
    """What looks at a part while it is parsed; texts between tags are collected in `pieces`."""

    pieces: list[str]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Meet the beginning of an element."""

    def end(self, name: str) -> None:
        """Meet the end of an element."""


def parse_part(archive: zipfile.ZipFile, part: str, handlers: Handlers) -> None:
    """Hand a part's elements to `handlers` while it is unpacked: it is never whole in memory.

    Raises `UnsafeXmlError` where it declares a document type, `ExpatError` where it is damaged.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = found_doctype
    parser.StartElementHandler = handlers.start
    parser.EndElementHandler = handlers.end
    parser.CharacterDataHandler = handlers.pieces.append
    given = 0
    with archive.open(part) as file:
        while chunk := file.read(CHUNK):
            parser.Parse(chunk, False)
            given += len(chunk)
            if given - parser.CurrentByteIndex > LONGEST_TAG:
                raise ValueError(f"a tag in {part} is longer than {LONGEST_TAG >> 20} MiB")
    parser.Parse(b"", True)


def content_of(archive: zipfile.ZipFile, part: str, largest: int = LARGEST_TREE) -> bytes:
    """Return the bytes of a part, proved to declare no document type.

    Raises `ValueError` for one that is larger than such parts are.
    """
    if archive.getinfo(part).file_size > largest:
        raise ValueError(f"{part} is larger than {largest >> 20} MiB")
    content = archive.read(part)
    refuse_doctype(content)
    return content


def tree_of(archive: zipfile.ZipFile, part: str) -> ET.Element:
    """Return the XML tree of a part.

    Raises `ValueError` for one too large to become a tree, which takes many times its space.
    """
    return ET.fromstring(content_of(archive, part))  # noqa: S314 - refuse_doctype was passed


def relations_of(archive: zipfile.ZipFile, part: str) -> dict[str, Relation]:
    """Say what `part` points at inside the package, by relation id; the outside is ignored."""
    folder, name = posixpath.split(part)
    relations_part = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations_part not in archive.NameToInfo:
        return {}
    root = tree_of(archive, relations_part)
    if len(root) > MOST_RELATIONS:
        raise ValueError(f"{relations_part} has more than {MOST_RELATIONS} relations")
    return {
        element.get("Id", ""): relation(folder, element)
        for element in root
        if element.get("TargetMode") != "External"
    }


def relation(folder: str, element: ET.Element) -> Relation:
    """Return the relation that one ``Relationship`` element states."""
    target = element.get("Target", "").replace("\\", "/")
    part = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return Relation(element.get("Type", "").rpartition("/")[2], posixpath.normpath(part))
