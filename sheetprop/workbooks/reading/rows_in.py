"""The rows of a worksheet part read by one pattern, where they are written as programs write them.

Handlers of an XML parser are called eight times for a cell, which is most of the time of reading a
large sheet. Nearly all files write ``<c r= s= t=><f>…</f><v>…</v></c>`` and nothing else between
``<sheetData>`` and its end; there a pattern that must match without gaps is as strict as a parser
and three times as quick. Whatever does not match is `Unusual`, and the parser reads the part.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator
from typing import IO
from xml.parsers import expat

from sheetprop.lazily.patterns import pattern
from sheetprop.workbooks.reading.package import found_doctype

BLOCK = 1 << 17
LONGEST_ROW = 4 << 20
NO_CHARACTERS = bytes({*range(32)} - {9, 10, 13})
START, END, ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"

TAG = pattern(
    r"""\s*(?:
    <c\ r="([A-Z]{1,3})\d+"(?:\ s="\d+")?(?:\ t="(\w+)")?(?:/>|>
      (?:<f([^<>&]*)(?:/>|(?<!/)>([^<]*)</f>))?
      (?:<v>([^<]*)</v>|<is><t(?:\ xml:space="preserve")?>([^<]*)</t></is>)?
    </c>)
    |(?:</row>\s*)?<row((?:\ [\w:.]+="[^"<&]*")*)\s*/?>
    |</row>)""",
    re.VERBOSE,
)
ATTRIBUTE = pattern(r' ([\w:]+)="([^"<&]*)"')
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
OTHER_ENTITY = pattern(r"&(?!lt;|gt;|quot;|apos;|amp;)")


class Unusual(Exception):  # noqa: N818 - a condition: the parser reads the part instead
    """The part is written in another way than programs write it, or is damaged."""


Tag = tuple[str | None, ...]
"""Column, type, attributes of the formula, formula, value, text, attributes of a row: what the
pattern's groups hold; a row's beginning has no column, its end nothing."""


def tags_of(archive: zipfile.ZipFile, part: str) -> Generator[list[Tag]]:
    """Yield the cells and the beginnings of rows of a worksheet part, many at a time.

    Raises `Unusual` where the part is to be read by a parser from its beginning.
    """
    with archive.open(part) as file:
        head, rest = _until_rows(file)
        while END not in rest:
            end = rest.rfind(ROW_END) + 1 and rest.rfind(ROW_END) + len(ROW_END)
            yield _tags(rest[:end])
            more = file.read(BLOCK)
            rest = rest[end:] + more
            if not more or len(rest) > LONGEST_ROW:
                raise Unusual
        rows, _, tail = rest.partition(END)
        yield _tags(rows)
        _check_frame(head, END + tail + file.read(LONGEST_ROW))
        if file.read(1):
            raise Unusual


def _until_rows(file: IO[bytes]) -> tuple[bytes, bytes]:
    """Return what stands before the rows, and the rows read with it."""
    start = file.read(BLOCK)
    head, found, rest = start.partition(START)
    if not found or head.startswith((b"\xff", b"\xfe")):
        raise Unusual
    declared = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']([\w-]+)", head)
    if declared and declared[1].lower() != b"utf-8":
        raise Unusual
    return head + found, rest


def _tags(block: bytes) -> list[Tag]:
    """Return what whole rows hold."""
    if len(block.translate(None, NO_CHARACTERS)) != len(block):
        raise Unusual
    try:
        text = block.decode()
    except UnicodeDecodeError as error:
        raise Unusual from error
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    last: re.Match[str] | None = None
    # A scanner's matches follow one another without gaps, which those of findall need not.
    matches = iter(TAG.scanner(text).match, None)  # type: ignore[attr-defined]
    found = [(last := match).groups() for match in matches]
    if text[last.end() if last else 0 :].strip():
        raise Unusual
    return found


def attributes_of(text: str) -> dict[str, str]:
    """Return attributes by name."""
    found = dict(ATTRIBUTE.findall(text))
    if sum(len(name) + len(value) + 4 for name, value in found.items()) != len(text.rstrip()):
        raise Unusual
    return found


def without_entities(text: str) -> str:
    """Return a text with the signs that XML writes as ``&lt;``."""
    if "&" in text:
        if OTHER_ENTITY.search(text):
            raise Unusual
        for entity, sign in ENTITIES:
            text = text.replace(entity, sign)
    return text


def _check_frame(head: bytes, tail: bytes) -> None:
    """Prove that what stands around the rows is XML that has its rows there."""
    last = ""

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal last
        last = name

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = found_doctype
    parser.StartElementHandler = start
    try:
        parser.Parse(head, False)
        if last != "sheetData":
            raise Unusual
        parser.Parse(tail, True)
    except expat.ExpatError as error:
        raise Unusual from error
