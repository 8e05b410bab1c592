"""The catalogue of mistakes."""

from __future__ import annotations

from itertools import groupby

from generator.markdown import block, code, document, escaped, table
from sheetprop.mistakes import MISTAKES
from sheetprop.mistakes.base import Mistake

HUNDREDS = {
    "SP1": "Tables",
    "SP2": "Formulas",
    "SP3": "Cells",
    "SP4": "The experiment",
    "SP5": "Charts",
    "SP6": "Texts",
    "SP7": "Claims",
    "SP8": "Designs",
}


def page() -> str:
    """Return the page of all mistakes, the first hundred first."""
    intro = (
        "# Mistakes\n\n"
        "What `sheetprop check` finds. `sheetprop explain NAME` prints the same on a terminal."
    )
    ordered = sorted(MISTAKES, key=lambda mistake: mistake.code)
    groups = groupby(ordered, key=lambda mistake: mistake.code[:3])
    return document(intro, _overview(ordered), *(_group(k, list(g)) for k, g in groups))


def _overview(mistakes: list[Mistake]) -> str:
    rows = [
        (m.code, f"[{code(m.name)}](#{_anchor(m)})", m.severity, escaped(m.summary))
        for m in mistakes
    ]
    return table(("code", "name", "as a rule", "what is found"), rows)


def _anchor(mistake: Mistake) -> str:
    return f"{mistake.code}-{mistake.name}".lower()


def _sentence(clause: str) -> str:
    return escaped(clause[0].upper() + clause[1:].rstrip(".")) + "."


def _group(hundred: str, mistakes: list[Mistake]) -> str:
    return document(f"## {HUNDREDS[hundred]}", *map(_entry, mistakes))


def _entry(mistake: Mistake) -> str:
    heading = f"### {mistake.code} {mistake.name}\n\n{_sentence(mistake.summary)}"
    example = block(f"wrong: {mistake.wrong}\nright: {mistake.right}")
    return f"{heading}\n\n{escaped(mistake.explanation)}\n\n{example}"
