"""SP212: a reference to another row's iteration."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.expr import Name
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.trees import occurrences, replacing
from sheetprop.notation.text import name_text

FARTHEST = 4


def _variants(subject: Subject) -> Iterator[Variant]:
    for old in occurrences(subject.tree):
        for shift in range(-FARTHEST, FARTHEST + 1):
            if shift == old.shift or old.name not in subject.network.quantities:
                continue
            phrase = f"takes {name_text(old.name)} from {_where(shift)}, not {_where(old.shift)}"
            for changed, cost in replacing(subject.tree, old, Name(old.name, shift)):
                yield Variant(changed, phrase, f"{shift - old.shift:+d}", cost)


def _where(shift: int) -> str:
    if shift == 0:
        return "this iteration"
    if abs(shift) == 1:
        return "the iteration before" if shift < 0 else "the next iteration"
    return f"{abs(shift)} iterations {'before' if shift < 0 else 'later'}"


WRONG_ITERATION = Mistake(
    code="SP212",
    name="wrong-iteration",
    summary="a reference to another row's iteration",
    explanation=(
        "Within an iteration everything is computed from that iteration's own values; only an "
        "update looks back, by exactly one."
    ),
    wrong="a_h1 = 1/(1+EXP(-h1[+3]))",
    right="a_h1 = 1/(1+EXP(-h1))",
    variants=_variants,
)
