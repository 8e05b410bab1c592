"""SP242: a share of softmax divided by nothing, by a part of the sum, or by another sum."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sheetprop.maths.trees.expr import Expr, Name, total
from sheetprop.maths.trees.functions import exp
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.derivatives.matrices import SOFTMAX, lesson_name
from sheetprop.mistakes.words import Case

SHARE, POWER, SCALED, LARGEST, SUM, VALUE = "a", "e", "u", "M", "S", "z"
MOST = 5
"""With more values only single ones are left out of the sum."""

NOWHERE = Case(
    "no normaliser",
    "is not divided by the sum",
    "Shares add up to 1 because each is divided by the sum of all exponentials: {own} is {right}.",
)
PART = Case(
    "part of the sum",
    "sums up some of the values only",
    "The sum in the denominator goes over all values, the own one too: {own} is {right}.",
)
UNSHIFTED = Case(
    "largest in one part",
    "takes the largest value off in the numerator or the denominator only",
    "The largest value may be taken off because it cancels, and it cancels only where it is taken "
    "off above and below alike: {own} is {right}.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    if lesson_name(subject.lesson) != SOFTMAX:
        return
    count = sum(name[0] == VALUE and name[1:].isdigit() for name in subject.lesson.quantities)
    name = subject.quantity.name
    for case, tree in _made(name, count, subject):
        blanks = {"own": Name(name), "right": subject.tree}
        yield Variant(tree, case, blanks, case.name)


def _made(name: str, count: int, subject: Subject) -> Iterator[tuple[Case, Expr]]:
    held, k = subject.lesson.quantities, name[1:]
    numbers = range(1, count + 1)
    low = [_power(j, held, is_shifted=True) for j in numbers]
    high = [_power(j, held, is_shifted=False) for j in numbers]
    if name[0] == SHARE and k.isdigit():
        own, plain = low[int(k) - 1], high[int(k) - 1]
        yield NOWHERE, own
        yield NOWHERE, plain
        for part in _parts(count):
            yield PART, own / total([low[j - 1] for j in part])
        yield UNSHIFTED, own / total(high)
        yield UNSHIFTED, plain / total(low)
    if name == SUM:
        yield UNSHIFTED, total(high)
        for part in _parts(count):
            yield PART, total([low[j - 1] for j in part])
    if name[0] == POWER and k.isdigit() and low[int(k) - 1] == Name(name):
        yield UNSHIFTED, high[int(k) - 1]


def _power(k: int, held: object, *, is_shifted: bool) -> Expr:
    """Return an exponential as the sheet has it, with the largest value taken off or not."""
    names = held if isinstance(held, dict) else {}
    if is_shifted and f"{POWER}{k}" in names:
        return Name(f"{POWER}{k}")
    scaled: Expr = Name(f"{SCALED}{k}")
    if f"{SCALED}{k}" not in names:
        scaled = Name(f"{VALUE}{k}") / Name("T") if "T" in names else Name(f"{VALUE}{k}")
    if is_shifted and LARGEST in names:
        return exp(scaled - Name(LARGEST))
    return exp(scaled)


def _parts(count: int) -> Iterator[tuple[int, ...]]:
    """Yield the parts of so many numbers that are neither empty nor all of them."""
    least = 1 if count <= MOST else count - 1
    for size in range(count - 1, least - 1, -1):
        yield from combinations(range(1, count + 1), size)


SOFTMAX_NORMALISER = Mistake(
    code="SP242",
    name="softmax-normaliser",
    summary="a share of softmax is not divided by the sum of all exponentials",
    explanation=(
        "Softmax divides each exponential by the sum of all of them. Without the sum, or with a "
        "part of it, the shares do not add up to 1; and what is taken off in the exponent has to "
        "be taken off above and below."
    ),
    wrong="a1 = e1/(e1+e2)",
    right="a1 = e1/(e1+e2+e3)",
    cases=(NOWHERE, PART, UNSHIFTED),
    rank=12,
    is_of_rows=True,
    variants=_variants,
)
