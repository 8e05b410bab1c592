"""A sentence for each rate, made from what its first step promised and what became of the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheetprop.lessons.runs.verdict import VERDICTS
from sheetprop.words import Words

_NEAR, _FAR = "0.9", "1.1"
"""Between these parts of the promise, a step has followed the slope."""


def first_step(promised: str, came: str, words: Words) -> str:
    """Return the part of a formula that says how much of its promise the first step kept."""
    part = f"{came}/{promised}"
    kept, less, more = (
        _told(words, f"rates_first_{key}", part=f"ROUND(100*{part},1)+0")  # no -0
        for key in ("kept", "less", "more")
    )
    lost, flat, rose = (words.quoted(f"rates_first_{key}") for key in ("lost", "flat", "rose"))
    along = f"IF({part}<{_NEAR},{less},IF({part}>{_FAR},{more},{kept}))"
    judged = f"IF({promised}=0,{flat},IF({part}<0,{rose},{along}))"
    return f"IF(ISNUMBER({came}),{judged},{lost})"


def outcome(
    word: str, facts: Mapping[str, str], words: Words, own: Callable[[str], str] = str
) -> str:
    """Return the part of a formula that says what became of the run, which is told in a `word`.

    `own` gives the key of the words that hold for how the network learns.
    """
    formula = words.quoted(own("rates_then_begins"))
    for key in VERDICTS:
        if key != "begins":
            said = _told(words, own(f"rates_then_{key}"), **facts)
            formula = f"IF({word}={words.quoted(f'verdict_{key}')},{said},{formula})"
    return formula


def _told(words: Words, key: str, **facts: str) -> str:
    return words.formula(key, **facts).removeprefix("=")
