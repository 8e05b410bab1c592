"""Damage to a workbook: bytes flipped, cut or lost, parts exchanged, the text of parts changed."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from io import BytesIO


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a file with one to four kinds of damage."""
    for _ in range(chance.choice([1, 1, 1, 2, 3, 4])):
        kind = chance.choice(OF_FILE) if chance.random() < 0.15 else _of_parts
        content = kind(content, chance)
    return content


def _flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 3, 30]) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _hole(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.randrange(200) :]


OF_FILE = [_flipped, _cut, _hole]


def _of_parts(content: bytes, chance: random.Random) -> bytes:
    """Damage the parts of an archive, if it still is one."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [(part.filename, archive.read(part)) for part in archive.infolist()]
    except Exception:  # whatever was damaged before
        return _flipped(content, chance)
    if not parts:
        return content
    chance.choice(OF_PARTS)(parts, chance)
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts:
            archive.NameToInfo.pop(name, None)  # two of one name are damage too, not a warning
            with archive.open(zipfile.ZipInfo(name or "?"), "w") as file:
                file.write(part)
    return result.getvalue()


Parts = list[tuple[str, bytes]]


def _removed(parts: Parts, chance: random.Random) -> None:
    parts.pop(chance.randrange(len(parts)))


def _twice(parts: Parts, chance: random.Random) -> None:
    name, _ = chance.choice(parts)
    parts.append((name, chance.choice(parts)[1]))


def _swapped(parts: Parts, chance: random.Random) -> None:
    a, b = chance.randrange(len(parts)), chance.randrange(len(parts))
    (first, one), (second, other) = parts[a], parts[b]
    parts[a], parts[b] = (first, other), (second, one)


def _part_damaged(parts: Parts, chance: random.Random) -> None:
    index = chance.randrange(len(parts))
    name, part = parts[index]
    parts[index] = name, chance.choice(OF_FILE)(part, chance)


def _tokens_changed(parts: Parts, chance: random.Random) -> None:
    """Change the text of one part, a worksheet more often than others."""
    sheets = [k for k, (name, _) in enumerate(parts) if "worksheets/sheet" in name]
    index = chance.choice(sheets) if sheets and chance.random() < 0.8 else None
    index = chance.randrange(len(parts)) if index is None else index
    name, part = parts[index]
    text = part.decode("utf-8", errors="surrogateescape")
    text = chance.choice(OF_TEXT)(text, chance)
    parts[index] = name, text.encode("utf-8", errors="surrogateescape")


OF_PARTS: list[Callable[[Parts, random.Random], None]] = [
    _removed,
    _twice,
    _swapped,
    _part_damaged,
    *[_tokens_changed] * 16,
]


def _somewhere(pattern: str, new: Callable[[str, random.Random], str]) -> Damage:
    """Return the damage that replaces a few of the places where a pattern matches."""
    compiled = re.compile(pattern, re.DOTALL)

    def change(text: str, chance: random.Random) -> str:
        found = list(compiled.finditer(text))
        if not found:
            return text
        few = sorted(chance.sample(found, min(len(found), chance.choice([1, 1, 5, 200]))), key=_end)
        for match in reversed(few):
            text = text[: match.start()] + new(match[0], chance) + text[match.end() :]
        return text

    return change


Damage = Callable[[str, random.Random], str]


def _end(match: re.Match[str]) -> int:
    return match.end()


NUMBERS = ["0", "-1", "1e999", "NaN", "99999999999", "1E-320", "", "x", "0.5", "1048577", "-0", "²"]
SIGNS = "+-*/^()%,:!$&=<>\"'#@{}[]; .0123456789ABCXFDZexp\0é∂\ufffe"
PIECES = [
    "SUM(",
    "EXP(-",
    "IF(",
    "A:A",
    "1:1",
    "#REF!",
    "OFFSET(A1,1,1)",
    'INDIRECT("A1")',
    "{1,2;3}",
    "Sheet9!A1",
    "[1]x!A1",
    "XFD1048576",
    "A1:XFD9",
    "SEQUENCE(99)",
    "1E308*10",
    "1/0",
    "eta",
    "ROW()",
    "LAMBDA(x,x)(1)",
    '"text"',
    "TRUE",
    "MMULT(A1:B2,C1:D2)",
    "A32#",
    "@A1",
    "ROUND(",
    ",3)",
    "--",
]


def _mangled(formula: str, chance: random.Random) -> str:
    start = chance.randrange(len(formula) + 1)
    stop = min(len(formula), start + chance.choice([0, 0, 1, 3]))
    new = chance.choice([chance.choice(SIGNS), chance.choice(PIECES), "", formula])
    return formula[:start] + new.replace("&", "&amp;").replace("<", "&lt;") + formula[stop:]


def _other_number(_: str, chance: random.Random) -> str:
    return chance.choice(NUMBERS)


def _moved(digits: str, chance: random.Random) -> str:
    return str(max(0, int(digits[:15]) + chance.choice([-1, 1, 7, 10**6])))


OF_TEXT: list[Damage] = [
    _somewhere(r"(?<=<f>)[^<]+(?=</f>)", _mangled),
    _somewhere(r"(?<=<f>)[^<]+(?=</f>)", _mangled),
    _somewhere(r"(?<=>)[^<]+(?=</f>)", _mangled),
    _somewhere(r"(?<=<v>)[^<]*(?=</v>)", _other_number),
    _somewhere(r"\d+", _moved),
    _somewhere(r"(?<=\")[^\"<>]*(?=\")", _other_number),
    # Not beyond the next start: a part that has lost its end tags would be searched for minutes.
    _somewhere(r"<c [^>]*>(?:(?!<c ).)*?</c>", lambda *_: ""),
    _somewhere(
        r"<row [^>]*>(?:(?!<row ).)*?</row>", lambda text, chance: text * chance.choice([0, 2])
    ),
    _somewhere(r"</?\w[^>]*>", lambda *_: ""),
    _somewhere(r"</?\w[^>]*>", lambda tag, _: tag * 2),
    _somewhere(r"<\w+", lambda _, chance: "<" + chance.choice(["c", "f", "v", "is", "t", "row"])),
    _somewhere(r" t=\"\w+\"", lambda _, chance: f' t="{chance.choice("nbse")}"'),
    _somewhere(r" (?:si|r|ref|r:id|Id|Target|Type)=\"[^\"]*\"", lambda *_: ""),
    _somewhere(
        r"(?<=>)[^<>]+(?=<)", lambda text, chance: text[::-1] if chance.random() < 0.5 else ""
    ),
    _somewhere(r"^", lambda *_: '<!DOCTYPE x [<!ENTITY y "z">]>'),
    _somewhere(
        r"(?<=encoding=\")[^\"]*", lambda _, chance: chance.choice(["UTF-16", "x", "latin1"])
    ),
]
