"""The text of a file that nobody says the encoding of: by its mark, by what fits, by its words.

UTF-8 and UTF-16 tell themselves. Of the older encodings several fit nearly all bytes; the one is
taken in which the fewest words look odd: of two scripts, with a sign amid the letters, a capital
behind a small letter, or a Latin word of hardly any plain letters.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, pairwise

from sheetprop.errors import SpecError

OLD = ("cp1252", "cp1250", "mac_roman", "cp1251", "cp932", "gb18030")
"""Encodings that spreadsheet programs still write, the likeliest first."""

ENOUGH = 2_000
"""So many words tell which encoding it is."""

_WORD = re.compile(r"[^\s\x00-\x26\x28-\x2c\x2e-\x40\x5b-\x60\x7b-\x7f]{1,100}")
_EAST = ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC")


def decoded(source: str, content: bytes) -> str:
    """Return the text of a file.

    Raises:
        SpecError: it holds bytes that are no text; the sentence names the line.

    """
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if content.startswith(mark):
            return _only(source, content, "utf-16")
    if b"\0" in content:  # in UTF-16 every other byte of a Latin text is 0
        likely = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return _only(source, content, likely)
    text = _text(content, "utf-8-sig")
    if text is None:
        text = _old(content)
    return _only(source, content, "utf-8-sig", "cp1252") if text is None else text


def _old(content: bytes) -> str | None:
    """Return the text in the older encoding that fits best, None where none fits."""
    found: list[tuple[int, str]] = []
    for encoding in OLD:
        text = _text(content, encoding)
        if text is None:
            continue
        found_words = (match[0] for match in _WORD.finditer(text))
        words = list(islice((word for word in found_words if not word.isascii()), ENOUGH))
        odd = sum(map(_is_odd, words))
        if encoding == OLD[0] or 2 * odd < len(words):
            found.append((odd, text))
    return min(found, key=lambda one: one[0], default=(0, None))[1]


def _text(content: bytes, encoding: str) -> str | None:
    """Return a text, None where some bytes are none."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if next(_controls(text), None) is None else None


def _controls(text: str) -> Iterator[int]:
    return (k for k, sign in enumerate(text) if sign < " " and sign not in "\t\r\n")


def _is_odd(word: str) -> bool:
    """Whether a word with signs beyond ASCII is none that people write."""
    letters = [sign for sign in word if sign not in "'-\N{RIGHT SINGLE QUOTATION MARK}"]
    scripts = {_script(sign) for sign in letters}
    if len(scripts) > 1 or scripts & {"", "HALFWIDTH"}:
        return True
    if scripts == {"LATIN"}:
        plain = sum(sign.isascii() for sign in letters)
        if 2 * plain < len(letters):
            return True
    return any(one.islower() and other.isupper() for one, other in pairwise(word))


def _script(sign: str) -> str:
    """Return the script of a letter, the same for those that East Asian words mix; else nothing."""
    if unicodedata.category(sign)[0] not in "LM":
        return ""
    script = unicodedata.name(sign, "").partition(" ")[0]
    return "EAST" if script in _EAST else script


def _only(source: str, content: bytes, *encodings: str) -> str:
    """Return the text in the first encoding that fits, or raise in which line none does."""
    line = 1
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            continue
        odd = next(_controls(text), None)
        if odd is None:
            return text
        line = text.count("\n", 0, odd) + 1
    problem = f"line {line} holds bytes that are no text; save it as CSV in UTF-8"
    raise SpecError(source, None, problem)
