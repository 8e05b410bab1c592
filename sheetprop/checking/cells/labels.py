"""Names of quantities in texts: ``x``, ``q = x + y``, ``∂f/∂x``; and the headers of columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sheetprop.lazily.patterns import pattern
from sheetprop.lessons.kinds.temperature.quantities import FULL, SHORT
from sheetprop.rows.plain_text import plain
from sheetprop.words import languages, texts_of

_WIRE = pattern(r"([^\W\d_]\w{0,11})(?:\s{0,3}\([^()=]{0,20}\))?\s{0,3}(?:=(.{0,200}))?")
_SLOPE = pattern(
    r"[d∂ð𝜕]\s{0,2}([^\W\d_]\w{0,11}?)\s{0,2}/\s{0,2}[d∂ð𝜕]\s{0,2}([^\W\d_]\w{0,11})"
    r"\s{0,3}(?:=.{0,200})?"
)


def wire_in(text: str) -> tuple[str, str] | None:
    """Return the name in a label, and what it says behind a ``=``; None where it is no name."""
    match = _WIRE.fullmatch(text)
    return None if match is None else (match[1], (match[2] or "").strip())


def slope_in(text: str) -> tuple[str, str] | None:
    """Return of which quantity a label names the derivative, and by which; None for others."""
    match = _SLOPE.fullmatch(text)
    return None if match is None else (match[1], match[2])


@lru_cache(maxsize=64)
def own_headers(key: str) -> frozenset[str]:
    """Return in plain text what the lesson's own workbooks say for a key, in every language."""
    found = (texts_of(language).get(key) for language in languages())
    return frozenset(plain(text) for text in found if text)


def named_by(text: str, headers: Mapping[str, Iterable[str]]) -> str | None:
    """Return the quantity whose pattern a header is, the first one; None for another text."""
    own = plain(text)
    for name, patterns in headers.items():
        if any(re.fullmatch(one, own) for one in patterns):
            return name
    return None


def tell_ways_back(
    texts: Mapping[int, str], headers: Mapping[str, tuple[str, ...]], columns: dict[str, int]
) -> None:
    """Take the gradient beside a column headed a - t for the one by the whole matrix."""
    short = [c for c in sorted(texts) if named_by(texts[c], {SHORT: headers[SHORT]})]
    plain_ones = [c for c in short if not plain(texts[c]).startswith("dl")]
    if len(short) == 2 and len(plain_ones) == 1 and FULL not in columns:
        (columns[SHORT],) = plain_ones
        (columns[FULL],) = {*short} - {*plain_ones}
