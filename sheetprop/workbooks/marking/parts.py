"""A package in the making: the parts of another one, some of them changed, some added.

What is not changed is copied byte for byte, in the order and with the names and dates it had.
"""

from __future__ import annotations

import posixpath
import shutil
import stat
import zipfile
from itertools import count
from pathlib import Path

from sheetprop.workbooks.marking.safe_text import attribute
from sheetprop.workbooks.marking.splices import append, apply, as_utf8, inside, outline, to_bytes
from sheetprop.workbooks.reading.ooxml import content_of

XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "[Content_Types].xml"
NO_RELATIONS = to_bytes(f'{XML_HEAD}<Relationships xmlns="{PACKAGE}/relationships"/>')
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
DATE = (1980, 1, 1, 0, 0, 0)  # what spreadsheet programs write

LARGEST_PART = 128 << 20
"""Bytes of a part that is changed, which is in memory as a whole; others pass in pieces."""

PIECE = 1 << 20


class Parts:
    """The parts of `archive`, laid over by those written since."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.written: dict[str, bytes] = {}
        self.removed: set[str] = set()
        self._taken = {name.lower() for name in archive.namelist()}

    def __contains__(self, name: str) -> bool:
        return name in self.written or (
            name in self.archive.NameToInfo and name not in self.removed
        )

    def read(self, name: str) -> bytes:
        """Return an XML part as it is now. Raises `KeyError` when there is none."""
        if name not in self.written:
            return as_utf8(content_of(self.archive, name, LARGEST_PART))
        return self.written[name]

    def write(self, name: str, content: bytes) -> None:
        """Change a part, or add it."""
        self.written[name] = content
        self._taken.add(name.lower())

    def remove(self, name: str) -> None:
        """Leave a part of the archive out; its name is not given to another."""
        self.written.pop(name, None)
        self.removed.add(name)

    def add(self, pattern: str, content: bytes, content_type: str, first: int = 1) -> str:
        """Add a part with the first free number in its name, where 0 is none; return the name."""
        names = (pattern.format(number or "") for number in count(first))
        name = next(name for name in names if name.lower() not in self._taken)
        self.write(name, content)
        if name.endswith(".vml"):  # the one kind that is known by its ending
            self._declare("Default", "Extension", "vml", content_type)
        else:
            self._declare("Override", "PartName", f"/{name}", content_type)
        return name

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part point at another, and return the relation's id."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self:
            self.write(relations, NO_RELATIONS)
            self._declare("Default", "Extension", "rels", RELATIONS_TYPE)
        content = self.read(relations)
        root = outline(content, depth=2)
        taken = {child.attributes.get("Id") for child in root.children}
        key = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        new = f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="/{attribute(target)}"/>'
        self.write(relations, apply(content, [append(root, content, [new])]))
        return key

    def _declare(self, element: str, key: str, value: str, content_type: str) -> None:
        """Say in the list of content types what a part or an ending is, unless it says so."""
        content = self.read(TYPES)
        root = outline(content, depth=2)
        if any(
            child.attributes.get(key, "").lower() == value.lower() for child in root.named(element)
        ):
            return
        new = root.adopt(f'<{element} {key}="{attribute(value)}" ContentType="{content_type}"/>')
        position = root.inner if element == "Default" else root.close
        self.write(TYPES, apply(content, [inside(root, content, position, new)]))

    def save(self, path: Path) -> None:
        """Write the package into a new file.

        Raises `OSError` when that fails, and what `zipfile` raises for a damaged part.
        """
        with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as target:
            for name, info in self.archive.NameToInfo.items():
                if name in self.removed:
                    continue
                content = self.written.get(name)
                if content is not None:
                    target.writestr(_entry(info), content)
                    continue
                with self.archive.open(info) as old, target.open(_entry(info), "w") as new:
                    shutil.copyfileobj(old, new, PIECE)
            for name, content in self.written.items():
                if name not in self.archive.NameToInfo:
                    info = zipfile.ZipInfo(name, DATE)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    target.writestr(info, content)


def _entry(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return the entry for the same part in another archive: its place and sizes are left out."""
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    entry.compress_type = info.compress_type
    entry.create_system, entry.external_attr = info.create_system, info.external_attr
    if stat.S_ISLNK(info.external_attr >> 16):  # would be a link to anywhere once it is unpacked
        entry.external_attr = 0
    entry.comment = info.comment
    return entry
