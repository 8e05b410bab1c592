"""Numbers in sentences: what they are, how exactly they are said, and what agrees with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sheetprop.tables.digits import half_unit

NUMBER = r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)(?![\d])"
PERCENT = r"(?:%|percent\b|per cent\b|pct\b|prozent\b|प्रतिशत|points?\b|pp\b)"
THOUSANDS = {"k": 1e3, "m": 1e6}
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
SLACK = 1e-9

_COUNTED = (
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    ("eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
    ("एक", "दो", "तीन", "चार", "पाँच"),
)
WORDS = {word: count for words in _COUNTED for count, word in enumerate(words, 1)}


@dataclass(frozen=True, slots=True)
class Said:
    """A number as it was said: its value, and one unit of its last digit.

    `is_percent` tells whether it stands for hundredths, None where nothing says so.
    """

    value: float
    unit: float
    is_percent: bool | None = None
    text: str = ""

    def on_scale(self, is_percent: bool) -> Said:
        """Return the number as a column has it that counts in percent, or from 0 to 1."""
        own = self.value > 1.5 if self.is_percent is None else self.is_percent
        if own == is_percent:
            return self
        by = 100.0 if is_percent else 0.01
        return Said(self.value * by, self.unit * by, is_percent, self.text)

    def agrees(self, value: float, off: float = 0.0) -> bool:
        """Whether a value is this number to its digits, rounded or cut off; it may be `off`."""
        allowed = off + SLACK * max(1.0, abs(value))
        is_rounded = abs(value - self.value) <= self.unit / 2 + allowed
        return is_rounded or -allowed <= value - self.value < self.unit + allowed


def said(text: str, sign: str = "") -> Said:
    """Return a number of a text, with the sign or letter behind it."""
    factor = THOUSANDS.get(sign.strip().lower(), 1.0)
    plain = text.replace(",", "") if _GROUPED.fullmatch(text) else text.replace(",", ".")
    digits = len(plain.partition(".")[2])
    is_percent = True if re.fullmatch(PERCENT, sign.strip(), re.I) else None
    return Said(float(plain) * factor, factor * 10.0**-digits, is_percent, f"{text}{sign}".strip())


def shown(number: float) -> Said:
    """Return a number of a cell as it is said: a whole one, or to its last digit."""
    unit = 2 * half_unit(number) or 1.0
    return Said(number, min(unit, 1.0), None, f"{number:.12g}")
