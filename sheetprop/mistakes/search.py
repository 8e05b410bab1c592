"""What explains a wrong tree: one mistake made on the right tree, or two at once."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from sheetprop.maths.expr import Expr, Name, expanded, flatten, names
from sheetprop.mistakes.base import Diagnosis, Mistake, Subject, Variant
from sheetprop.mistakes.repairs import Repair, repairs
from sheetprop.tables.points import TOLERANCE, Points, Unreachable

NEAR = 100 * TOLERANCE
MOST_REPAIRS = 20_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A wrong tree that a mistake makes; `at_first` is its value at the first point."""

    at_first: float
    mistake: Mistake
    variant: Variant

    @property
    def diagnosis(self) -> Diagnosis:
        """What to say of it."""
        return Diagnosis(self.mistake, self.variant.phrase, self.variant.signature)


@lru_cache(maxsize=2048)
def explain(
    mistakes: tuple[Mistake, ...], points: Points, quantity: str, tree: Expr
) -> list[Diagnosis]:
    """Return the smallest explanation of a wrong tree of a quantity: one mistake, two, or none.

    Remembered, since the same slip stands in many rows and on many sheets.
    """
    try:
        target = points.evaluate(tree)
    except Unreachable:
        return []
    if not all(map(math.isfinite, target)):
        return []
    single = _best_match(mistakes, points, quantity, tree, target[0])
    if single:
        return [single.diagnosis]
    return _by_repair(mistakes, points, quantity, flatten(tree))


def _best_match(
    mistakes: tuple[Mistake, ...], points: Points, quantity: str, tree: Expr, value: float
) -> Candidate | None:
    """Return the candidate of least rank with the tree's values.

    The catalogue is tried in its order, and no further than a single change explains the tree:
    nothing behind it could rank before.
    """
    rank = _ranking(mistakes)
    best: Candidate | None = None
    for mistake in mistakes:
        near = _near(_candidates_of(points, quantity, mistake), value)
        found = [one for one in near if points.same(one.variant.tree, tree)]
        best = min([*found, *([best] if best else [])], key=rank, default=None)
        if best and best.variant.cost == 1:
            break
    return best


def _ranking(mistakes: tuple[Mistake, ...]) -> Callable[[Candidate], tuple[int, int]]:
    """Return what sorts candidates: few changes first, then the order of the catalogue."""
    places = {mistake: place for place, mistake in enumerate(mistakes)}
    return lambda one: (one.variant.cost, places[one.mistake])


@lru_cache(maxsize=4096)
def _candidates_of(points: Points, quantity: str, mistake: Mistake) -> tuple[Candidate, ...]:
    """Return every wrong tree that a mistake makes of a quantity, sorted by its first value.

    Made once for all formulas: one number rules out nearly all of them.
    """
    made = (
        Candidate(points.first_value(variant.tree), mistake, variant)
        for subject in _subjects(points, quantity)
        for variant in mistake.variants(subject)
    )
    return _sorted(candidate for candidate in made if math.isfinite(candidate.at_first))


@lru_cache(maxsize=512)
def _candidates(
    mistakes: tuple[Mistake, ...], points: Points, quantity: str
) -> tuple[Candidate, ...]:
    """Return every wrong tree of a quantity, whatever the mistake."""
    return _sorted(one for m in mistakes for one in _candidates_of(points, quantity, m))


def _sorted(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda candidate: candidate.at_first))


def _subjects(points: Points, quantity: str) -> Iterator[Subject]:
    """Yield the right formula in the forms people write: textbook, and with the sum written out."""
    stated = points.network.quantities[quantity]
    yield Subject(stated, points.network)
    if stated.tree is not None and expanded(stated.tree) != stated.tree:
        yield Subject(replace(stated, tree=expanded(stated.tree)), points.network)


def _near(candidates: tuple[Candidate, ...], value: float) -> Iterator[Candidate]:
    """Yield the candidates with a value, to the precision of comparing."""
    slack = NEAR * abs(value)
    index = bisect_left(candidates, value - slack, key=lambda candidate: candidate.at_first)
    while index < len(candidates) and candidates[index].at_first <= value + slack:
        yield candidates[index]
        index += 1


def _by_repair(
    mistakes: tuple[Mistake, ...], points: Points, quantity: str, tree: Expr
) -> list[Diagnosis]:
    """Repair the wrong tree once: it is then right, or wrong by one more known mistake."""
    right = points.network.quantities[quantity].tree
    rank = _ranking(mistakes)
    goal = points.first_value(right) if right is not None else math.nan
    pairs: list[tuple[tuple[int, int], Repair, Candidate]] = []
    for count, repair in enumerate(repairs(tree, points.network)):
        if count > MOST_REPAIRS:
            break
        if Name(quantity) in names(repair.tree):
            continue  # no formula refers to itself
        value = points.first_value(repair.tree)
        if not math.isfinite(value):
            continue
        if abs(value - goal) <= NEAR * abs(goal) and right and points.same(repair.tree, right):
            return [_of(mistakes, repair)]
        pairs += [
            (rank(one), repair, one)
            for one in _near(_candidates(mistakes, points, quantity), value)
        ]
    for _, repair, candidate in sorted(pairs, key=lambda pair: pair[0]):
        if points.same(repair.tree, candidate.variant.tree):
            return [candidate.diagnosis, _of(mistakes, repair)]
    return []


def _of(mistakes: tuple[Mistake, ...], repair: Repair) -> Diagnosis:
    mistake = next(one for one in mistakes if one.name == repair.mistake)
    return Diagnosis(mistake, repair.phrase, repair.signature)
