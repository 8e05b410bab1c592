"""Roles of lines that a slip hides: what is left over goes where something is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sheetprop.checking.without_headers.guess import line_of
from sheetprop.maths.trees.expr import Expr
from sheetprop.maths.trees.walk import names

Pairs = Sequence[tuple[int, int]]
"""A weight and what it multiplies, each of one sum."""


def with_own_activations(
    found: Collection[tuple[int, int]], sums: Collection[int]
) -> dict[int, int]:
    """Return the activation of each sum, from (sum, activation) as the formulas say.

    Where two are made of one sum, and another sum has none, they belong to these in their order.
    """
    activation_of = dict(found)
    several = {z for z, _ in found if sum(other == z for other, _ in found) > 1}
    left = sorted(several.union(sums) - (set(activation_of) - several))
    spare = sorted(a for z, a in found if z in several)
    if several and len(left) == len(spare):
        activation_of |= dict(zip(left, spare, strict=True))
    return activation_of


def with_own_weights(pairs: Sequence[Pairs], updates: Collection[int]) -> list[Pairs]:
    """Return the weights of each sum, none of them in two.

    One that two sums take stays where its neighbours are; the other sum has one that none takes.
    """
    claimed = [{weight for weight, _ in own} for own in pairs]
    left = sorted(set(updates).difference(*claimed))
    strays = [
        (k, n)
        for k, own in enumerate(pairs)
        for n, (weight, _) in enumerate(own)
        if not _is_at_home(weight, k, claimed) or weight in [w for w, _ in own[:n]]
    ]
    if not strays or len(left) != len(strays):
        return list(pairs)
    new = dict(zip(strays, left, strict=True))
    given = [
        [(new.get((k, n), weight), source) for n, (weight, source) in enumerate(own)]
        for k, own in enumerate(pairs)
    ]
    doubled = {k for k, n in strays if pairs[k][n][0] in [w for w, _ in pairs[k][:n]]}
    others = [own for k, own in enumerate(given) if k not in doubled]
    rising = 2 * sum(map(_rises, others)) >= len(others)
    return [_in_order(own, rising=rising) if k in doubled else own for k, own in enumerate(given)]


def _in_order(own: Pairs, *, rising: bool) -> Pairs:
    """Return a sum's weights in the order of what they multiply, or in the opposite one.

    Of a weight that the sum takes twice nothing else tells which of the two it belongs to.
    """
    weights = sorted((weight for weight, _ in own), reverse=not rising)
    return list(zip(weights, sorted(source for _, source in own), strict=True))


def _rises(own: Pairs) -> bool:
    """Whether the weights of a sum come in the order of what they multiply."""
    sources = [source for _, source in sorted(own)]
    return sources == sorted(sources)


def with_own_sources(pairs: Sequence[Pairs]) -> list[Pairs]:
    """Return the weights of each sum, none of which multiply the same.

    Of two that do, one has what other sums take besides, so that the weights come in their order.
    """
    rising = 2 * sum(map(_rises, pairs)) >= len(pairs)
    return [_with_own_sources(own, pairs, rising=rising) for own in pairs]


def _with_own_sources(own: Pairs, pairs: Sequence[Pairs], *, rising: bool) -> Pairs:
    taken = [source for _, source in own]
    twice = [n for n, source in enumerate(taken) if taken.count(source) > 1]
    others = ({source for _, source in other} for other in pairs)
    lost = next((other - {*taken} for other in others if other > {*taken}), set())
    if len(twice) != 2 or len(lost) != 1:
        return own
    left = next(iter(lost))
    ways = [
        [(weight, left if n == place else source) for n, (weight, source) in enumerate(own)]
        for place in reversed(twice)
    ]
    return next((way for way in ways if _rises(way) == rising), ways[0])


def with_lost_sources(pairs: Sequence[Pairs], alone: Sequence[Sequence[int]]) -> list[Pairs]:
    """Return the weights of each sum with those that have lost what they multiply.

    Such a one stands alone, as a bias does. But most sums have none, and another one takes all that
    this one takes, and as much more as is alone here.
    """
    found = [list(own) for own in pairs]
    lone = [k for k, own in enumerate(alone) if own]
    for k in lone if 2 * len(lone) <= len(pairs) else ():
        sources = {source for _, source in pairs[k]}
        others = [{source for _, source in own} for n, own in enumerate(pairs) if n not in lone]
        left = next((sorted(own - sources) for own in others if sources and own > sources), [])
        if len(left) == len(alone[k]):
            found[k] += zip(alone[k], left, strict=True)
    return [tuple(own) for own in found]


def _is_at_home(weight: int, place: int, claimed: Sequence[set[int]]) -> bool:
    """Whether none of the sums that take a weight has its other weights nearer to it."""
    return all(
        _far(weight, claimed[place]) <= _far(weight, own) for own in claimed if weight in own
    )


def _far(weight: int, own: set[int]) -> float:
    rest = own - {weight}
    return abs(weight - sum(rest) / len(rest)) if rest else 0.0


def looking_back(trees: Mapping[int, Expr], updates: Collection[int]) -> set[int]:
    """Return the lines that take several lines of the iteration before, updated ones among them.

    That is what an update does that takes another weight than its own.
    """
    found = set()
    for line, tree in trees.items():
        computed = {name for name in names(tree) if line_of(name) in trees}
        is_back = all(name.shift < 0 for name in computed)
        if is_back and len(computed) > 1 and any(line_of(name) in updates for name in computed):
            found.add(line)
    return found
