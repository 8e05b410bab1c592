"""SP267: the variance of a sample for that of all numbers, or the other way."""

from __future__ import annotations

import re

from sheetprop.lazily.patterns import pattern
from sheetprop.mistakes.array_formula import ArrayFormula, Made
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

SAMPLE = Case(
    "sample",
    "divides by one less than there are numbers: it is the variance of a sample",
    "What is normalised are all the numbers there are, so their squares are divided by how many "
    "they are (VAR.P, STDEV.P). One less (VAR.S, STDEV.S) estimates the variance of numbers that "
    "were not seen.",
)
ALL = Case(
    "all",
    "divides by how many numbers there are: it is no variance of a sample",
    "Here the variance of a sample belongs, divided by one less than there are numbers (VAR.S, "
    "STDEV.S), as in the cells beside it or in running statistics.",
)
WHOLE = {"VAR.P": "VAR.S", "VARP": "VAR", "STDEV.P": "STDEV.S", "STDEVP": "STDEV"}
_FUNCTION = pattern(r"\b(VAR\.P|VARP|STDEV\.P|STDEVP|VAR\.S|VAR|STDEV\.S|STDEV)\(", re.I)
_COUNT = pattern(r"/(\d+)(?![\d.])")
_LESS = pattern(r"/\((\d+)-1\)")


def _made(formula: ArrayFormula) -> Made:
    back = {sample: whole for whole, sample in WHOLE.items()}
    for case, names in ((SAMPLE, WHOLE), (ALL, back)):

        def other(match: re.Match[str], names: dict[str, str] = names) -> str:
            return f"{names.get(match[1].upper(), match[1])}("

        changed = _FUNCTION.sub(other, formula.text)
        if changed != formula.text:
            yield changed, case, {}
    if "^2" in formula.text or "SUMXMY2" in formula.text.upper():
        yield from _divided(formula.text)
    yield from _other_count(formula)


def _divided(text: str) -> Made:
    for match in _COUNT.finditer(text):
        if int(match[1]) > 2:
            yield f"{text[: match.start()]}/({match[1]}-1){text[match.end() :]}", SAMPLE, {}
    for match in _LESS.finditer(text):
        yield f"{text[: match.start()]}/{match[1]}{text[match.end() :]}", ALL, {}


def _other_count(formula: ArrayFormula) -> Made:
    """Yield a variance written out, by the function of a sample or of all numbers."""
    area = re.match(r"=SUMPRODUCT\(\(([^-()]+)-[^()]+\)\^2\)/\d+$", formula.text)
    if area:
        yield f"=VAR.S({area[1]})", SAMPLE, {}


SAMPLE_VARIANCE = Mistake(
    code="SP267",
    name="sample-variance",
    summary="the variance of a sample for that of all numbers, or the other way",
    explanation=(
        "Normalisation divides by the deviation of the numbers that are there: the mean of the "
        "squares. VAR.S and STDEV divide by one less, which makes the result too small; the fewer "
        "numbers, the more."
    ),
    wrong="=VAR.S(B3:B8) beside =VAR.P(C3:C8)",
    right="=VAR.P(B3:B8)",
    cases=(SAMPLE, ALL),
    rank=210,
    in_arrays=_made,
)
