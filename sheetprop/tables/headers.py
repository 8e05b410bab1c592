"""What a header's text names: ``out_h1 = σ(h1)`` is a_h1, ``𝜕E/𝜕w3`` is dE/dw3.

People write the same quantity in dozens of ways: other letters for the same thing, look-alikes
(∂ as ð, δ or d; a zero for the letter o), capitals, blanks, subscripts, the formula behind it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from sheetprop.lazily.patterns import pattern
from sheetprop.maths.names import MOMENTUM, WEIGHT_DECAY, of_sample
from sheetprop.rows.plain_text import plain

_SAMPLE = pattern(r"(?:@\s*([0-9]+)|⁽([⁰¹²³⁴-⁹]+)⁾)\s*$")
_SIDE_NOTE = pattern(r"\(.{0,300}\)\s{0,9}$")

_E_TOTAL = r"(?:e|error|loss|l|cost|j|c)(?:t|tot|total)?"
_ACTIVATED = r"(?:a|act|activation|out|output|sigma|sig|sigmoid|s)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"(?:iterations?|iter|epochs?|steps?|sno|no|n|#)", "iteration"),
    (r"(?:t|y|target)(\d+)", "t{}"),
    (r"(?:i|x|in|input)(\d+)", "i{}"),
    (r"(?:w|weight)(\d+)", "w{}"),
    (r"(?:b|bias)(\d+)", "b{}"),
    (r"(?:net|z|in|sum)?\(?h(\d+)\)?", "h{}"),
    (r"(?:net|z|in|sum)?\(?o(\d+)\)?", "o{}"),
    (r"(?:net|z|sum)\(?0(\d+)\)?", "o{}"),
    (rf"{_ACTIVATED}\(?h(\d+)\)?", "a_h{}"),
    (rf"{_ACTIVATED}\(?[o0](\d+)\)?", "a_o{}"),
    (r"(?:e|error|loss)\(?o?(\d+)\)?", "E{}"),
    (r"(?:e|error|loss|cost)(?:t|tot|total|sum)?", "E_total"),
    (r"(?:total|sum)(?:e|error|loss|cost)", "E_total"),
    (rf"(?:d\(?{_E_TOTAL}\)?|{_E_TOTAL}|{_E_TOTAL}/)/?d/?\(?w(\d+)\)?", "dE/dw{}"),
    (rf"(?:d\(?{_E_TOTAL}\)?|{_E_TOTAL}|{_E_TOTAL}/)/?d/?\(?b(\d+)\)?", "dE/db{}"),
    (rf"d?{_E_TOTAL}/w(\d+)", "dE/dw{}"),
    (rf"d?{_E_TOTAL}/b(\d+)", "dE/db{}"),
    (r"(?:d|grad|gradient|d/d)(?:e)?w(\d+)", "dE/dw{}"),
    (r"(?:d|grad|gradient|d/d)(?:e)?b(\d+)", "dE/db{}"),
    (rf"d\(?{_E_TOTAL}\)?/?d\(?{_ACTIVATED}\(?h(\d+)\)*", "dE/da_h{}"),
    (r"v(?:elocity)?\(?w(\d+)\)?", "v_w{}"),
    (r"v(?:elocity)?\(?b(\d+)\)?", "v_b{}"),
    (r"mu|momentum", MOMENTUM),
    (r"lambda|weightdecay", WEIGHT_DECAY),
)

_ANY = pattern("|".join(f"({written})" for written, _ in _PATTERNS))
"""All of them at once: most texts of a sheet name no quantity, and one look tells."""


def _by_group() -> Iterator[tuple[int, str]]:
    """Yield the number of each pattern's group in all of them, and what it names."""
    number = 1
    for _, name in _PATTERNS:
        yield number, name
        number += 1 + ("{}" in name)  # behind it is the group of its digits


_NAMES = dict(_by_group())

_SLOPE = pattern(r"\(\s*1\s*[-–−]")


def quantity_named(text: object) -> str | None:
    """Return the quantity a header names (``a_h1``, ``dE/dw3``, ``iteration``), or None."""
    if not isinstance(text, str) or not 1 <= len(text) <= 300:
        return None
    return _named(text)


@lru_cache(maxsize=32_768)
def _named(text: str) -> str | None:
    """Return what a text names; the same texts are asked about for every table and every file."""
    sample = _SAMPLE.search(text) if "@" in text or "⁾" in text else None
    if sample:
        number = int(unicodedata.normalize("NFKC", sample[1] or sample[2]))
        name = quantity_named(text[: sample.start()])
        return of_sample(name, number) if name and number else None
    before_formula = text.split("=", 1)[0]
    if "(" in before_formula and _SLOPE.search(before_formula):
        return None  # a_h1*(1-a_h1) names a slope, not the activation
    without_note = _SIDE_NOTE.sub("", text) if "(" in text else text
    for attempt in dict.fromkeys((text, before_formula, without_note)):
        name = _match(plain(attempt))
        if name:
            return name
    return None


def _match(plain: str) -> str | None:
    found = _ANY.fullmatch(plain)
    if found is None or found.lastindex is None:
        return None
    name = _NAMES[found.lastindex]
    return name.format(int(found[found.lastindex + 1])) if "{}" in name else name
