"""What a number is of others: their mean, variance, softmax …, told by values at random points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import exp, sqrt

from sheetprop.calculating.agreement import is_close

Numbers = Sequence[float]
Facts = Mapping[str, float]

SAME = 1e-9
NORMALISED, SHARE, DIVIDED = "normalised", "softmax", "divided"
OUTSIDE = "normalised, with a small number outside of the root"
LENGTH = "root mean square"
EVIDENT = (NORMALISED, OUTSIDE, SHARE)
"""What nothing but a sheet of arrays has."""


@dataclass(frozen=True)
class Meaning:
    """What a number is; `is_sample` where a variance divides by one less.

    `has_epsilon` where a small number is added to it, `of_one` where it is one element's.
    """

    kind: str
    of_one: bool = False
    is_sample: bool = False
    has_epsilon: bool = False


def facts_of(group: Numbers) -> dict[str, float]:
    """Return what is told of some numbers together."""
    count = len(group)
    mean = sum(group) / count
    squares = sum((x - mean) ** 2 for x in group)
    largest = max(group)
    return {
        "mean": mean,
        "sum": sum(group),
        "largest": largest,
        "smallest": min(group),
        "squares": squares,
        "variance": squares / count,
        "mean square": sum(x * x for x in group) / count,
        "sample variance": squares / (count - 1) if count > 1 else 0.0,
        "powers": sum(map(exp, group)),
        "shifted powers": sum(exp(x - largest) for x in group),
        "count": float(count),
    }


def of_group(facts: Facts, epsilons: Numbers) -> Iterator[tuple[Meaning, float]]:
    """Yield what a number may be of a group of others, with its value."""
    for name in ("mean", "sum", "largest", "smallest", "squares", "powers", "shifted powers"):
        yield Meaning(name), facts[name]
    yield Meaning("all shares"), 1.0
    yield Meaning(LENGTH), sqrt(facts["mean square"])
    yield Meaning("mean square"), facts["mean square"]
    for is_sample, epsilon, variance in _variances(facts, epsilons):
        yield Meaning("variance", False, is_sample, epsilon > 0), variance
        yield Meaning("deviation", False, is_sample, epsilon > 0), sqrt(variance)
        if variance:
            yield Meaning("inverse", False, is_sample, epsilon > 0), 1 / sqrt(variance)


def _variances(facts: Facts, epsilons: Numbers) -> Iterator[tuple[bool, float, float]]:
    for is_sample, name in ((False, "variance"), (True, "sample variance")):
        for epsilon in (0.0, *epsilons):
            yield is_sample, epsilon, facts[name] + epsilon


def of_element(
    x: float, facts: Facts, epsilons: Numbers, others: Numbers
) -> Iterator[tuple[Meaning, float]]:
    """Yield what a number may be of one in a group, with its value.

    `others` are scale and shift of a layer, in any order, each perhaps.
    """
    off, power = x - facts["mean"], exp(x)
    yield Meaning("copy", True), x
    yield Meaning("power", True), power
    yield Meaning("shifted power", True), exp(x - facts["largest"])
    yield Meaning("shifted", True), x - facts["largest"]
    yield Meaning("centred", True), off
    yield Meaning("square", True), off * off
    yield Meaning(SHARE, True), power / facts["powers"]
    if facts["mean square"]:
        for value in (x / sqrt(facts["mean square"] + epsilon) for epsilon in (0.0, *epsilons)):
            yield Meaning(LENGTH, True), value
            yield from ((Meaning(LENGTH, True), value * other) for other in others)
    if facts["largest"] > facts["smallest"]:
        span = facts["largest"] - facts["smallest"]
        yield Meaning("scaled", True), (x - facts["smallest"]) / span
    for is_sample, epsilon, variance in _variances(facts, epsilons):
        if variance <= 0:
            continue
        ways = {NORMALISED: sqrt(variance), OUTSIDE: sqrt(variance - epsilon) + epsilon}
        for kind, root in ways.items():
            told = Meaning(kind, True, is_sample, epsilon > 0)
            yield told, off / root
            for value in _scaled(off / root, others):
                yield told, value


def _at_temperature(x: float, group: Numbers, more: Numbers) -> Iterator[tuple[Meaning, float]]:
    """Yield what a number divided by another is for a softmax."""
    for temperature in more:
        powers = [exp(one / temperature) for one in group]
        yield Meaning(DIVIDED, True), x / temperature
        yield Meaning("power", True), exp(x / temperature)
        yield Meaning(SHARE, True), exp(x / temperature) / sum(powers)


def _scaled(n: float, others: Numbers) -> Iterator[float]:
    for one in others:
        yield one * n
        yield n + one
    for one, other in permutations(others, 2):
        yield one * n + other


def told(
    values: Numbers,
    groups: Sequence[Numbers],
    elements: Sequence[float | None],
    parameters: Sequence[Numbers],
    constants: Numbers,
) -> Meaning | None:
    """Return what a number is by its value at each point; None where nothing known fits.

    `parameters` are, at each point, what it takes besides: a small one added to the variance,
    scale and shift. `constants` are small numbers that stand in the formulas.
    """
    found: list[list[tuple[Meaning, float]]] = []
    for group, x, more in zip(groups, elements, parameters, strict=True):
        facts, epsilons = facts_of(group), [*more, *constants]
        ways = [] if len(group) < 2 else [*of_group(facts, epsilons)]
        if x is not None:
            ways += of_element(x, facts, epsilons, more)
            ways += _at_temperature(x, group, more)
        found.append(ways)
    if len({len(ways) for ways in found}) != 1:
        return None
    for each in zip(*found, strict=True):
        if all(is_close(v, own[1], SAME) for v, own in zip(values, each, strict=True)):
            meaning: Meaning = each[0][0]
            return meaning
    return None
