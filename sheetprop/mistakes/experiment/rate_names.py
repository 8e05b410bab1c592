"""Learning rates named in texts: ``LR_0.1``, ``η = 0.5``, ``learning rate 0.8``.

Only what clearly is a rate counts. Dates, versions and student numbers stand beside such names in
files, and sheets are numbered; a text that may mean something else names nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from sheetprop.lazily.patterns import pattern

LARGEST = 100.0
"""A larger number is a year or a count of iterations."""

_NUMBER = r"(\d+[.,]\d+|[.]\d+|\d+)(?:e([+-]?\d+))?"
_NAMED = pattern(
    r"(?<![^\W_])(learning[\s_-]*rate|lr|eta|η|ƞ|ɳ)(?:\s*\([^)\d]*\))?([\s_=:@(\[-]*)" + _NUMBER,
    re.IGNORECASE,
)
_NAMES = ("learning", "lr", "eta", "η", "ƞ", "ɳ")
"""One of them stands in each text that `_NAMED` finds something in, whatever the capitals."""

_LIST = pattern(r"\s*(?:[,;&/–]|and|to|vs\.?|-(?=\d*\.))\s*\.?\d|\.\d", re.IGNORECASE)
_PART = pattern(r"\w|[\s_.-]{0,20}\d")
_BARE = pattern(r"\s*(\d+\.\d+|\.\d+)\s*")
_ANY = pattern(r"\d+[.,]\d+|[.]\d+|\d+")


def rate_named(text: str) -> float | None:
    """Return the one learning rate that a text names; None where it names none or several.

    A whole number needs something between it and the name: ``LR1`` may be the first of several.
    """
    plain = unicodedata.normalize("NFKC", text)
    if plain.isascii() and not any(name in plain.lower() for name in _NAMES):
        return None  # like most, and told without the pattern
    found = set()
    for match in _NAMED.finditer(plain):
        _, between, number, exponent = match.groups()
        is_whole = number.isdigit()
        leads_with_zero = is_whole and len(number) > 1 and number.startswith("0")
        if leads_with_zero or (is_whole and not between) or _goes_on(plain, match.end(), is_whole):
            return None
        found.add(float(f"{number.replace(',', '.')}e{exponent or 0}"))
    rate = found.pop() if len(found) == 1 else None
    return None if rate is None else as_rate(rate)


def _goes_on(text: str, end: int, is_whole: bool) -> bool:
    """Whether the number is one of a list, or only a part of something else: 1_2, 0.1.2."""
    if _LIST.match(text, end):
        return True
    return is_whole and _PART.match(text, end) is not None


def is_numbering(numbers: Collection[float]) -> bool:
    """Whether numbers count things, 1, 2, 3, rather than being rates."""
    return len(numbers) > 1 and sorted(numbers) == list(range(1, len(numbers) + 1))


def bare_rate(text: str) -> float | None:
    """Return the number that a text is, written with a decimal point: a sheet named ``0.1``."""
    match = _BARE.fullmatch(text)
    return float(match[1]) if match else None


def labelled_rate(text: str) -> float | None:
    """Return the rate that a label in front of losses names: ``LR=2``, ``E_0.1``, ``0.1``, ``2``.

    What stands there is known to be of one run, so a number with a decimal point is its rate; a
    whole number beside a word may count the runs.
    """
    plain = text.strip().replace(",", ".")
    found = _ANY.findall(plain)
    if len(found) != 1 or (found[0].isdigit() and found[0] != plain):
        return rate_named(text)
    return rate_named(text) or as_rate(float(found[0]))


def as_rate(number: float) -> float | None:
    """Return a number that may be a rate; None for any other."""
    return number if 0 < number <= LARGEST else None
