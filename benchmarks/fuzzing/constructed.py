"""Workbooks put together by chance, of parts that are each well-formed and together of no sense.

Damage breaks what a program wrote, and hostile files are of kinds that somebody thought of. Here a
grammar makes every choice by chance: what the sheets hold, which parts there are and how they point
at each other, in which encoding and namespace they are written, and how the archive lists them.
"""

from __future__ import annotations

import random
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

from hostile_files import MAIN, TYPES

from fuzzing.parts import OTHERS, Parts, relations, workbook
from fuzzing.sheets import sheet

LARGEST = 1 << 19
"""Characters of all sheets, about."""

PLAIN = 0.985
ENCODINGS = ("utf-8",) * 3 + ("utf-8-sig", "utf-16", "utf-16-le", "utf-7", "cp037", "ascii")
INCLUDE = ' xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/>'


def constructed(chance: random.Random) -> bytes:
    """Return the bytes of a workbook."""
    parts = _sheets(chance)
    own = [("worksheet", name.removeprefix("xl/")) for name in parts]
    beside = [("drawing", "../drawings/drawing1.xml"), ("table", "../tables/table1.xml")]
    beside.append(("comments", "../comments1.xml"))
    parts["xl/workbook.xml"] = workbook(chance, len(own))
    parts["xl/_rels/workbook.xml.rels"] = relations(
        chance, [*own, ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    )
    parts["_rels/.rels"] = relations(chance, [("officeDocument", "xl/workbook.xml")])
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations(chance, beside)
    parts["[Content_Types].xml"] = TYPES
    parts["xl/sharedStrings.xml"] = f"<sst {MAIN}><si><t>h1</t></si></sst>"
    for make in chance.sample(OTHERS, chance.choice((0, 1, 2, len(OTHERS)))):
        parts |= make(chance)
    return _packed({name: _written(text, chance) for name, text in parts.items()}, chance)


def _sheets(chance: random.Random) -> Parts:
    """Return some worksheets, fewer where they are large."""
    found: Parts = {}
    for number in range(1, chance.choice((1, 1, 2, 3, 30)) + 1):
        found[f"xl/worksheets/sheet{number}.xml"] = sheet(chance)
        if sum(map(len, found.values())) > LARGEST:
            break
    return found


def _written(text: str, chance: random.Random) -> bytes:
    """Return a part as bytes: nearly always plain, else with what XML and its encodings allow."""
    if chance.random() < PLAIN:
        return text.encode("utf-8", "replace")
    text = chance.choice(DISGUISES)(text)
    encoding = chance.choice(ENCODINGS)
    said = encoding if chance.random() < 0.7 else chance.choice(ENCODINGS)
    return f'<?xml version="1.0" encoding="{said}"?>{text}'.encode(encoding, "xmlcharrefreplace")


def _prefixed(text: str) -> str:
    named = re.sub(r"<(/?)(\w+)(?=[ />])", r"<\1q:\2", text)
    return named.replace(" xmlns=", " xmlns:q=", 1)


DISGUISES: Sequence[Callable[[str], str]] = (
    str,
    _prefixed,
    lambda text: text.replace("schemas.openxmlformats.org", "purl.oclc.org/ooxml"),
    lambda text: f'<!DOCTYPE x [<!ENTITY e "1">]>{text}',
    lambda text: text.replace("<v>", "<v><!-- --><![CDATA[").replace("</v>", "]]></v>"),
    lambda text: text.replace(">", INCLUDE, 1),
    lambda text: text.replace("><", ">\n\t<?p i?> <"),
    lambda text: re.sub(r' r="[A-Z]+\d+"', "", text),
    lambda text: text.replace('"', "'"),
    lambda text: text + "<!-- -->" * 999,
    lambda text: text.replace("sheetData", "SHEETDATA"),
    lambda text: f"<mc:AlternateContent xmlns:mc='m'>{text}</mc:AlternateContent>",
)


def _packed(parts: dict[str, bytes], chance: random.Random) -> bytes:
    """Return an archive of the parts, at times listed as no program lists them."""
    result = BytesIO()
    names = list(parts)
    chance.shuffle(names)
    level = chance.choice((1, 6, 9))
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name in names:
            for one in _named(name, chance):
                archive.NameToInfo.pop(one, None)  # two of one name are no warning
                with archive.open(_info(one, chance), "w", force_zip64=True) as file:
                    file.write(parts[name])
        archive.comment = b"PK\5\6" * 99 if chance.random() > PLAIN else b""
    return chance.choice(AROUND)(result.getvalue())


def _info(name: str, chance: random.Random) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (chance.choice((1980, 2107)), 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_STORED if chance.random() > PLAIN else zipfile.ZIP_DEFLATED
    info.external_attr = chance.choice((0, 0o120777 << 16))  # a link
    return info


def _named(name: str, chance: random.Random) -> list[str]:
    """Return the names under which a part is listed."""
    if chance.random() < PLAIN:
        return [name]
    return chance.choice(
        ([name, name], [name.upper()], [name, name.upper()], ["/" + name], ["../" + name, name],
         [name.replace("/", "\\")], [name + "/", name], ["./" + name], [name + "\u202e", name], [])
    )  # fmt: skip


def _sized(content: bytes) -> bytes:
    """Let each part be said to be of another size where it begins."""
    changed = bytearray(content)
    place = changed.find(b"PK\3\4")
    while place >= 0:
        struct.pack_into("<2L", changed, place + 18, 0xFFFFFFFF, 0)
        place = changed.find(b"PK\3\4", place + 4)
    return bytes(changed)


AROUND: Sequence[Callable[[bytes], bytes]] = (
    *[bytes] * 60,
    lambda content: b"MZ" * 99 + content,
    lambda content: content + b"\0" * 99,
    lambda content: content + content,
    _sized,
)
