"""What explains a wrong tree: one mistake made on the right tree, or two at once."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import dropwhile, islice, takewhile
from typing import NamedTuple

from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import expanded, flatten, names
from sheetprop.mistakes.base import Diagnosis, Mistake, Subject, Variant
from sheetprop.rows.consistent import TOLERANCE, ConsistentPoints, Unreachable

NEAR = 100 * TOLERANCE
MOST_UNDONE = 20_000
"""So many ways to put something right in a wrong formula are tried."""

Part = Callable[[Callable[[Variant], bool], Iterator[Variant]], Iterator[Variant]]
"""Takes the first of some variants, or leaves them out, as `takewhile` and `dropwhile` do."""


class Candidate(NamedTuple):
    """A tree that a mistake makes or leaves; `at_first` is its value at the first point."""

    at_first: float
    mistake: Mistake
    variant: Variant

    @property
    def rank(self) -> tuple[int, int]:
        """The smaller, the more likely: few changes first, then the likelier mistake."""
        return self.variant.cost, self.mistake.rank

    @property
    def diagnosis(self) -> Diagnosis:
        """What to say of it."""
        made = self.variant
        return Diagnosis(self.mistake, made.case, made.blanks, made.signature)


def by_rank(mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    """Return the mistakes that rewrite formulas, the likeliest first."""
    return tuple(sorted((m for m in mistakes if m.is_rewrite), key=lambda one: one.rank))


@lru_cache(maxsize=2048)
def explain(
    mistakes: tuple[Mistake, ...], points: ConsistentPoints, quantity: str, tree: Expr
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
    ranked = by_rank(mistakes)
    single = _best_match(ranked, points, quantity, tree, target[0])
    if single:
        return [single.diagnosis]
    if len(set(target)) == 1:
        return []  # one number whatever the inputs are: two mistakes that give it are a chance
    return _by_undoing(ranked, points, quantity, flatten(tree))


def _best_match(
    ranked: tuple[Mistake, ...], points: ConsistentPoints, quantity: str, tree: Expr, value: float
) -> Candidate | None:
    """Return the candidate of least rank with the tree's values.

    One change explains more than several, so those of several are made only where none of one
    does. Mistakes of which no variant could rank before the best are not tried.
    """
    likely = [mistake for mistake in ranked if mistake.least_cost == 1]
    best: Candidate | None = None
    for mistakes, made in ((likely, _of_one_change), (ranked, _of_several)):
        for mistake in mistakes:
            if best is None or best.variant.cost > mistake.least_cost:
                near = _near(made(points, quantity, mistake), value)
                found = [one for one in near if points.same(one.variant.tree, tree)]
                best = min([*found, *([best] if best else [])], key=_rank, default=None)
        if best:
            break
    return best


def _rank(candidate: Candidate) -> tuple[int, int]:
    return candidate.rank


def candidates_near(
    mistake: Mistake, points: ConsistentPoints, quantity: str, value: float
) -> Iterator[Candidate]:
    """Yield what a mistake makes of a quantity with a value at the first point."""
    return _near(_candidates((mistake,), points, quantity), value)


@lru_cache(maxsize=4096)
def _of_one_change(
    points: ConsistentPoints, quantity: str, mistake: Mistake
) -> tuple[Candidate, ...]:
    """Return the wrong trees that a mistake makes of a quantity by one change, sorted."""
    return _made(points, quantity, mistake, takewhile)


@lru_cache(maxsize=4096)
def _of_several(points: ConsistentPoints, quantity: str, mistake: Mistake) -> tuple[Candidate, ...]:
    """Return the wrong trees that a mistake makes of a quantity by several changes, sorted."""
    return _made(points, quantity, mistake, dropwhile)


def _is_one_change(variant: Variant) -> bool:
    return variant.cost == 1


def _made(
    points: ConsistentPoints, quantity: str, mistake: Mistake, part: Part
) -> tuple[Candidate, ...]:
    """Return candidates sorted by their first values: one number rules out nearly all of them.

    They are the variants of one change, which come first, or those behind them.
    """
    made = []
    for subject in _subjects(points, quantity):
        tree = subject.tree
        known = points.parts(tree)
        for one in part(_is_one_change, mistake.variants(subject)):
            value = points.first_value(one.tree, known)
            if math.isfinite(value):
                made.append(Candidate(value, mistake, one))
    return _sorted(made)


@lru_cache(maxsize=4096)
def _candidates(
    mistakes: tuple[Mistake, ...], points: ConsistentPoints, quantity: str
) -> tuple[Candidate, ...]:
    """Return every wrong tree of a quantity, whatever the mistake."""
    return _sorted(
        one
        for mistake in mistakes
        for made in (_of_one_change, _of_several)
        for one in made(points, quantity, mistake)
    )


def _sorted(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda candidate: candidate.at_first))


def _subjects(points: ConsistentPoints, quantity: str) -> Iterator[Subject]:
    """Yield the right formula in the forms people write: textbook, and with the sum written out."""
    stated = points.lesson.quantities[quantity]
    yield Subject(stated, points.lesson)
    if stated.tree is not None and expanded(stated.tree) != stated.tree:
        yield Subject(replace(stated, tree=expanded(stated.tree)), points.lesson)


def _near(candidates: tuple[Candidate, ...], value: float) -> Iterator[Candidate]:
    """Yield the candidates with a value, to the precision of comparing."""
    slack = NEAR * abs(value)
    index = bisect_left(candidates, value - slack, key=lambda candidate: candidate.at_first)
    while index < len(candidates) and candidates[index].at_first <= value + slack:
        yield candidates[index]
        index += 1


def _by_undoing(
    ranked: tuple[Mistake, ...], points: ConsistentPoints, quantity: str, tree: Expr
) -> list[Diagnosis]:
    """Put one thing right in the wrong tree: it is then right, or wrong by one more mistake."""
    right = points.lesson.quantities[quantity].tree
    goal = points.first_value(right) if right is not None else math.nan
    undone: list[Candidate] = []
    for one in _undone(ranked, points, quantity, tree):
        is_near = abs(one.at_first - goal) <= NEAR * abs(goal)
        if is_near and right and points.same(one.variant.tree, right):
            return [one.diagnosis]
        undone.append(one)
    # What is tried as a last resort is tried here, too, when nothing else is left.
    likely = tuple(mistake for mistake in ranked if mistake.least_cost == 1)
    late = tuple(mistake for mistake in ranked if mistake.least_cost > 1)
    return _with_one_more(likely, points, quantity, undone) or _with_one_more(
        late, points, quantity, undone
    )


def _undone(
    ranked: tuple[Mistake, ...], points: ConsistentPoints, quantity: str, tree: Expr
) -> Iterator[Candidate]:
    """Yield the wrong tree with one thing put right, as far as it then has a value.

    What is put right brings in what belongs there, and nothing that has no part in either formula:
    one wrong cell is not two mistakes, by way of a third.
    """
    subject = Subject(points.lesson.quantities[quantity], points.lesson)
    known = set(names(tree)) | _belonging(points, quantity)
    pairs = ((mistake, made) for mistake in ranked for made in mistake.undone(tree, subject))
    for mistake, made in islice(pairs, MOST_UNDONE):
        taken = set(names(made.tree))
        if Name(quantity) not in taken and taken <= known:  # no formula refers to itself
            value = points.first_value(made.tree)
            if math.isfinite(value):
                yield Candidate(value, mistake, made)


def _belonging(points: ConsistentPoints, quantity: str) -> set[Name]:
    """Return what the right formula takes, and what that is made of."""
    quantities = points.lesson.quantities
    right = quantities[quantity].tree
    own = set(names(right)) if right is not None else set()
    behind = [(one.shift, quantities[one.name].tree) for one in own if one.name in quantities]
    return own | {
        Name(leaf.name, leaf.shift + shift)
        for shift, tree in behind
        if tree is not None
        for leaf in names(tree)
    }


def _with_one_more(
    mistakes: tuple[Mistake, ...], points: ConsistentPoints, quantity: str, undone: list[Candidate]
) -> list[Diagnosis]:
    """Return what was put right, behind the mistake that makes what is left."""
    candidates = _candidates(mistakes, points, quantity)
    pairs = [(more, one) for one in undone for more in _near(candidates, one.at_first)]
    for more, one in sorted(pairs, key=lambda pair: pair[0].rank):
        if points.same(one.variant.tree, more.variant.tree):
            return [more.diagnosis, one.diagnosis]
    return []
