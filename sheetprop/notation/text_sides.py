"""Texts of formulas taken apart at their = signs, with one spelling for what people vary."""

from __future__ import annotations

import unicodedata

from sheetprop.lazily.patterns import pattern

LONGEST = 2000
"""Characters of one text; a longer one is a page of prose."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("∂ðδ𝟃𝜕∆Δә", "∂"),
        **dict.fromkeys("·×∙•⋅∗", "*"),
        **dict.fromkeys("–—−‐", "-"),
        **dict.fromkeys("[{", "("),
        **dict.fromkeys("]}", ")"),
        "÷": "/",
        "²": "^2",
        "³": "^3",
        "½": "(1/2)",
        "⇒": "=",
        "→": "=",
    }
)
_NOT_EQUAL = pattern(r"[<>≤≥≠≈]")


def sides_of(text: str) -> list[list[str]]:
    """Return the statements of a text, line by line, each as what stands between its = signs."""
    if len(text) > LONGEST:
        return []
    statements = []
    for line in text.translate(_PLAIN).split("\n"):
        plain = unicodedata.normalize("NFKC", line).translate(_PLAIN)
        plain = plain.replace("**", "^").replace("=>", "=")
        sides = [side.strip() for side in plain.split("=") if side.strip()]
        if len(sides) > 1 and not _NOT_EQUAL.search(plain):
            statements.append(sides)
    return statements
