"""SP208: the ½ of the error is lost, or a 2 added."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.mistakes.base import Mistake, Subject, Variant


def _variants(subject: Subject) -> Iterator[Variant]:
    yield Variant(2 * subject.tree, "is twice what it should be", "×2")
    yield Variant(0.5 * subject.tree, "is half of what it should be", "×½")


FACTOR_OF_TWO = Mistake(
    code="SP208",
    name="factor-of-two",
    summary="½ lost or 2 added",
    explanation=(
        "The ½ in E = ½(t - a)² is there so that the 2 of the derivative cancels. Whichever form "
        "is used, error and gradient must use the same."
    ),
    wrong="E1 = (t1-a_o1)^2",
    right="E1 = 0.5*(t1-a_o1)^2",
    variants=_variants,
)
