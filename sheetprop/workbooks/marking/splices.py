"""Changing XML without rewriting it: where the elements stand in the text, and what to put there.

A library that reads a part into a tree and writes it out again loses what it does not know:
prefixes that an attribute names (``mc:Ignorable``), which a spreadsheet program then calls damage,
the order of attributes, the blanks. Here the text stays, and changes are insertions at positions
that the parser reports. New text is ASCII with character references, so it fits every encoding
that extends ASCII; a part in UTF-16 becomes UTF-8 first.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

ALL = 1_000_000
TAG = re.compile(rb"""<([^\s/<>]++)(?:[^<>"']|"[^"]*"|'[^']*')*+>""")
ATTRIBUTE = re.compile(rb"""([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
FIRST_TAG = re.compile(r"<[\w:]+")
ENCODING = re.compile(r"""(<\?xml[^>]*?)\s+encoding\s*=\s*("[^"]*"|'[^']*')""")

Edit = tuple[int, int, bytes]  # replace what stands between the positions by the bytes


@dataclass(slots=True)
class Element:
    """An element of a part: name without prefix, attributes, and positions in the bytes.

    It runs from `start` to `end`, its content from `inner` to `close`. `tag` is the name as
    written. The attributes of a namespace are called ``namespace name``.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    start: int
    tag: bytes = b""
    inner: int = 0
    close: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)

    def named(self, name: str) -> Iterator[Element]:
        """Yield the children of that name."""
        return (child for child in self.children if child.name == name)

    def everywhere(self, name: str) -> Iterator[Element]:
        """Yield the elements of that name at every depth."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.everywhere(name)

    def adopt(self, xml: str) -> bytes:
        """Return the text of a new element as a child in the namespace of this one."""
        if b":" in self.tag:  # then a name without a prefix is not in this namespace
            xml = FIRST_TAG.sub(lambda match: f'{match[0]} xmlns="{self.namespace}"', xml, count=1)
        return to_bytes(xml)


class _Outliner:
    """The handlers of the parser, and what they have met so far."""

    def __init__(self, content: bytes, depth: int, skip: str) -> None:
        self.content, self.depth, self.skip = content, depth, skip
        self.cut = _end_of_the_only(skip, content)
        self.level = self.nested = 0
        self.skipped = ""
        self.open: list[Element] = [Element("#document", "", {}, 0)]
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.finish

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.level += 1
        inside = self.open[-1]
        if self.level != len(self.open) or self.level > self.depth:
            return
        namespace, _, local = name.rpartition(" ")
        element = Element(local, namespace, attributes, self.parser.CurrentByteIndex)
        tag = TAG.match(self.content, element.start)
        if tag is None:
            raise ValueError("an encoding whose positions are not known")
        element.tag, element.inner = tag[1], tag.end()
        inside.children.append(element)
        self.open.append(element)
        if local == self.skip:  # which may hold millions: no more is done with them than needed
            self.skipped, self.nested = name, 0
            is_known = self.cut and not tag[0].endswith(b"/>")
            self.parser.StartElementHandler = None if is_known else self.begin_skipped
            self.parser.EndElementHandler = None if is_known else self.finish_skipped

    def run(self) -> Element:
        """Parse the part, and return its root."""
        cut, content = self.cut, memoryview(self.content)
        self.parser.Parse(content[:cut], False)
        self.cut = 0
        if self.skipped and self.parser.EndElementHandler is None:
            self.parser.StartElementHandler = self.begin_skipped
            self.parser.EndElementHandler = self.finish_skipped
        self.parser.Parse(content[cut:], True)
        return self.open[0].children[0]

    def begin_skipped(self, name: str, _: dict[str, str]) -> None:
        self.nested += name == self.skipped

    def finish_skipped(self, name: str) -> None:
        if name != self.skipped:
            return
        if self.nested:
            self.nested -= 1
            return
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.finish
        self.finish(name)

    def finish(self, _: str) -> None:
        if self.level == len(self.open) - 1:
            element = self.open.pop()
            if self.content[element.inner - 2 : element.inner] == b"/>":
                element.close = element.end = element.inner
            else:
                element.close = self.parser.CurrentByteIndex
                element.end = self.content.index(b">", element.close) + 1
        self.level -= 1


def outline(content: bytes, depth: int = ALL, skip: str = "") -> Element:
    """Return the root of a part with its descendants down to `depth`, none inside of `skip`.

    Raises `expat.ExpatError` when the part is no XML.
    """
    return _Outliner(content, depth, skip).run()


def _end_of_the_only(name: str, content: bytes) -> int:
    """Return where the end tag of an element begins whose name stands in its two tags only, or 0.

    What stands between them then needs no handler.
    """
    mention = name.encode("ascii")
    if not name or content.count(mention) != 2:
        return 0
    return max(content.rfind(b"</", 0, content.rfind(mention)), 0)


def as_utf8(content: bytes) -> bytes:
    """Return a part in an encoding that extends ASCII."""
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content
    return ENCODING.sub(r"\1", content.decode("utf-16"), count=1).encode("utf-8")


def to_bytes(xml: str) -> bytes:
    """Return XML as bytes that mean the same in every encoding that extends ASCII."""
    return xml.encode("ascii", "xmlcharrefreplace")


def apply(content: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the content with all edits made; several at one position keep their order."""
    pieces, done = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [content[done:start], new]
        done = end
    return b"".join([*pieces, content[done:]])


def remove(element: Element) -> Edit:
    """Take an element out."""
    return (element.start, element.end, b"")


def inside(element: Element, content: bytes, position: int, new: bytes) -> Edit:
    """Put something into an element, at a position of its content; an empty one is opened."""
    if element.close < element.end:
        return (position, position, new)
    start = content.rindex(b"/", element.start, element.end)
    return (start, element.end, b">" + new + b"</" + element.tag + b">")


def append(element: Element, content: bytes, items: Iterable[str]) -> Edit:
    """Put elements at the end of an element."""
    return inside(element, content, element.close, b"".join(map(element.adopt, items)))


def append_counted(element: Element, content: bytes, items: Sequence[str]) -> list[Edit]:
    """Put elements at the end of an element that says how many it has."""
    count = set_attribute(element, content, "count", len(element.children) + len(items))
    return [count, append(element, content, items)]


def insert(root: Element, content: bytes, order: str, items: Sequence[str]) -> Edit:
    """Put elements of one name where the schema's `order` of the root's children wants them.

    They stand in front of those of the same name.
    """
    found = FIRST_TAG.match(items[0])
    names = order.split()
    before = set(names[: names.index(found[0][1:])]) if found else set(names)
    position = max((child.end for child in root.children if child.name in before), default=0)
    new = b"".join(map(root.adopt, items))
    return inside(root, content, position or root.inner, new)


def set_attribute(element: Element, content: bytes, name: str, value: object) -> Edit:
    """Change an attribute without a namespace, or add it."""
    new = str(value).encode("ascii")
    first = element.start + 1 + len(element.tag)
    for match in ATTRIBUTE.finditer(content, first, element.inner):
        if match[1] == name.encode("ascii"):
            return (match.start(2) + 1, match.end(2) - 1, new)
    return (first, first, b" " + name.encode("ascii") + b'="' + new + b'"')
