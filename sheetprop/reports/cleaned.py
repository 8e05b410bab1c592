"""Texts of strangers made harmless to look at.

Cell texts, sheet names and file names come from people nobody knows: they may hold line breaks,
escape sequences of a terminal, or characters that no file of text may have.
"""

from __future__ import annotations

import re

from sheetprop.lazily.patterns import pattern

# Control characters but for tab and line breaks, surrogates, what reverses the direction of text,
# and code points that are no characters.
UNPRINTABLE = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def clean(text: str) -> str:
    """Return a stranger's text on one line, with a mark for each character nobody can see."""
    if text.isprintable():  # as nearly all are, and then there is nothing to mark or to join
        return text
    return " ".join(UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text).splitlines()).replace(
        "\t", " "
    )


def same_length(text: str) -> str:
    """Return a text cleaned sign for sign, so that places in it stay where they are."""
    return re.sub(r"\s", " ", UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text))
