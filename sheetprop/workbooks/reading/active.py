"""What a workbook carries that a program might run, or fetch from elsewhere. It is only named here.

In an Office Open XML package, a program finds such things by relations (ECMA-376, part 2) and by
the content types of parts; in an OpenDocument one, by the names of parts and by elements.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.parsers import expat

from sheetprop.errors import WorkbookError
from sheetprop.lazily.patterns import pattern
from sheetprop.workbooks.reading import ods
from sheetprop.workbooks.reading.ooxml import content_of, local, tree_of
from sheetprop.workbooks.reading.package import open_package

MACROS, SHEETS = "VBA macros", "Excel 4 macros"
RIBBON, ADD_INS = "a ribbon or toolbar of its own", "add-ins"
CONTROLS, OBJECTS = "ActiveX controls", "embedded objects"
LINKS, DDE, FETCHED = "links to other workbooks", "DDE links", "parts from elsewhere"
QUERIES, SCRIPTS = "data connections and queries", "scripts"
KINDS = (
    *(MACROS, SHEETS, SCRIPTS, RIBBON, ADD_INS, CONTROLS, OBJECTS, DDE, LINKS, QUERIES, FETCHED),
)
"""What is told apart, in the order in which it is told."""

OF_RELATION: Mapping[str, str] = MappingProxyType(
    {
        "vbaproject": MACROS,
        "xlmacrosheet": SHEETS,
        "xlintlmacrosheet": SHEETS,
        "attachedtoolbars": RIBBON,
        "extensibility": RIBBON,
        "webextension": ADD_INS,
        "webextensiontaskpanes": ADD_INS,
        "control": CONTROLS,
        "activexcontrolbinary": CONTROLS,
        "oleobject": OBJECTS,
        "package": OBJECTS,
        "externallink": LINKS,
        "connections": QUERIES,
        "querytable": QUERIES,
        "powerpivotdata": QUERIES,
    }
)
"""By the last word of a relation's type, in small letters."""

OF_TYPE: Mapping[str, str] = MappingProxyType(
    {
        "vbaproject": MACROS,
        "macrosheet": SHEETS,
        "activex": CONTROLS,
        "oleobject": OBJECTS,
        "externallink": LINKS,
        "connections+xml": QUERIES,
        "querytable": QUERIES,
    }
)
"""By a word in a part's content type, in small letters."""

WITHOUT_MACROS: Mapping[str, str] = MappingProxyType({".xlsm": ".xlsx", ".xltm": ".xltx"})
"""How a file ends whose macros were taken out, by how it ended before."""

OF_FOLDER: Mapping[str, str] = MappingProxyType(
    {
        "xl/embeddings/": OBJECTS,
        "xl/activex/": CONTROLS,
        "xl/externallinks/": LINKS,
        "xl/macrosheets/": SHEETS,
        "customui/": RIBBON,
    }
)
"""By the folder of a part, in small letters, also where no relation leads to it."""

CONTENT_TYPES = "[Content_Types].xml"
MASHUP = (b"DataMashup", "DataMashup".encode("utf-16-le"), "DataMashup".encode("utf-16-be"))
HEAD = 1 << 16
MOST_ARROWS = 200_000
MOST_HEADS = 100
LINK_PARTS = "xl/externallinks/"
DAMAGED_PART = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError)

OF_ODS_PART = pattern(r"(?:Basic|Scripts|Dialogs)/.")
OF_ODS_ELEMENT: Mapping[str, str] = MappingProxyType(
    {
        "event-listener": SCRIPTS,
        "script": SCRIPTS,
        "object-ole": OBJECTS,
        "applet": OBJECTS,
        "plugin": OBJECTS,
        "dde-source": DDE,
        "dde-link": DDE,
        "table-source": LINKS,
        "cell-range-source": LINKS,
        "database-source-sql": QUERIES,
        "database-source-table": QUERIES,
        "database-source-query": QUERIES,
    }
)
ODS_TAG = re.compile(rb"<(?:[\w.-]{1,99}:)?(" + "|".join(OF_ODS_ELEMENT).encode() + rb")[\s/>]")


class Arrow(NamedTuple):
    """A relation, wherever it stands: from `owner` by `id` to `target`, the names in small letters.

    The package itself is the owner ``""``. `kind` is the last word of its type, in small letters.
    """

    owner: str
    id: str
    kind: str
    target: str
    is_external: bool = False


def active(content: bytes) -> tuple[str, ...]:
    """Return what of `KINDS` the workbook with these bytes carries; none where it is unreadable."""
    try:
        with open_package(Path(), content) as archive:
            found = set(_of_ods(archive) if ods.is_ods(archive) else _of_ooxml(archive))
    except (WorkbookError, *DAMAGED_PART, ValueError, LookupError):
        return ()
    return tuple(kind for kind in KINDS if kind in found)


def _of_ooxml(archive: zipfile.ZipFile) -> Iterator[str | None]:
    package = Package(archive)
    yield from map(package.kind_of_part, package.names)
    yield from map(package.kind_of, package.arrows(skip_damaged=True))


class Package:
    """The parts of a package by their names in small letters, which mean the same."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {name.lower(): name for name in archive.NameToInfo}
        self.types = self._types()
        self._heads: dict[str, bytes] = {}

    def _types(self) -> dict[str, str]:
        """Return the content types that the package gives to single parts."""
        try:
            root = tree_of(self.archive, self.names.get(CONTENT_TYPES.lower(), CONTENT_TYPES))
        except (ET.ParseError, LookupError, ValueError):
            return {}
        return {
            unquote(one.get("PartName", "")).lstrip("/").lower(): one.get("ContentType", "").lower()
            for one in root
            if local(one) == "Override"
        }

    def arrows(self, *, skip_damaged: bool = False) -> Iterator[Arrow]:
        """Yield all relations.

        Raises what parsing raises for a damaged part of them, unless `skip_damaged`; and
        `ValueError` where there are too many.
        """
        count = 0
        for name, written in self.names.items():
            folder, last = posixpath.split(name)
            if posixpath.basename(folder) != "_rels" or not last.endswith(".rels"):
                continue
            owner = posixpath.join(posixpath.dirname(folder), last.removesuffix(".rels"))
            try:
                root = tree_of(self.archive, written)
            except (ET.ParseError, LookupError, ValueError):
                if not skip_damaged:
                    raise
                continue
            count += len(root)
            if count > MOST_ARROWS:
                raise ValueError(f"more than {MOST_ARROWS} relations")
            yield from (_arrow(owner, element) for element in root)

    def kind_of(self, arrow: Arrow) -> str | None:
        """Return which of `KINDS` a relation leads to, None where it leads to nothing active."""
        kind = OF_RELATION.get(arrow.kind)
        if arrow.is_external:
            if kind is None and (arrow.kind == "hyperlink" or arrow.owner.startswith(LINK_PARTS)):
                return None  # one waits for a click; the other is told as the link it belongs to
            return kind or FETCHED
        if arrow.kind == "customxml" and any(word in self.head(arrow.target) for word in MASHUP):
            return QUERIES
        return self._told_apart(kind, arrow.target) or self.kind_of_part(arrow.target)

    def kind_of_part(self, part: str) -> str | None:
        """Return which of `KINDS` a part is by its place or content type, None where it is none."""
        declared = self.types.get(part, "")
        kinds = [kind for folder, kind in OF_FOLDER.items() if part.startswith(folder)]
        kinds += [kind for word, kind in OF_TYPE.items() if word in declared]
        return self._told_apart(kinds[0], part) if kinds else None

    def _told_apart(self, kind: str | None, part: str) -> str | None:
        """Return the kind of a part; of links, those for data that comes in by itself are DDE."""
        return DDE if kind == LINKS and self._first_child(part) == "ddeLink" else kind

    def head(self, part: str) -> bytes:
        """Return the beginning of a part; nothing where there is none, or it is damaged."""
        if part in self._heads or part not in self.names:
            return self._heads.get(part, b"")
        found = b""
        with suppress(*DAMAGED_PART), self.archive.open(self.names[part]) as file:
            found = file.read(HEAD)
        if len(self._heads) < MOST_HEADS:
            self._heads[part] = found
        return found

    def _first_child(self, part: str) -> str:
        """Return the name of the first element inside of a part's root, without its prefix."""
        names: list[str] = []
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, _: names.append(name.rpartition(":")[2])
        with suppress(expat.ExpatError):  # what comes before it tells enough
            parser.Parse(self.head(part), False)
        return names[1] if len(names) > 1 else ""


def _arrow(owner: str, element: ET.Element) -> Arrow:
    kind = element.get("Type", "").rpartition("/")[2].lower()
    is_external = element.get("TargetMode", "").lower() == "external"
    target = unquote(element.get("Target", "")).replace("\\", "/").lower()
    if not is_external:
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(owner), target))
    return Arrow(owner, element.get("Id", ""), kind, target.lstrip("/"), is_external)


def _of_ods(archive: zipfile.ZipFile) -> Iterator[str]:
    if any(map(OF_ODS_PART.match, archive.NameToInfo)):
        yield SCRIPTS
    for part in ("content.xml", "styles.xml"):
        if part in archive.NameToInfo:
            content = content_of(archive, part)
            if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
                content = content.decode("utf-16", "replace").encode()
            for name in set(ODS_TAG.findall(content)):
                yield OF_ODS_ELEMENT[name.decode()]
