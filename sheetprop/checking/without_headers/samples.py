"""Forms that look at several samples: the same weights, once for each row of inputs.

Sums with the same weights are one neuron, seen by several samples. What hangs together by anything
else than weights belongs to one of them, and is named as if there were no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from sheetprop.checking.without_headers.backward import find_gradients, find_targets
from sheetprop.checking.without_headers.forward import activations_of, find_neurons, sums_of
from sheetprop.checking.without_headers.guess import Guess, line_of
from sheetprop.maths.names import is_parameter, kind, of_sample
from sheetprop.maths.trees.walk import names

MOST_SAMPLES = 64
"""A form of a lesson has fewer; each is named by itself."""


def named_by_samples(guess: Guess) -> Guess | None:
    """Return what the lines of several samples are, None where there are none or they differ."""
    activation_of = activations_of(guess)
    sums = sums_of(guess, activation_of)
    updated = set(guess.updates)
    taken = {z: {line_of(n) for term in terms for n in names(term)} for z, terms in sums.items()}
    weights = {z: frozenset(lines & updated) for z, lines in taken.items()}
    later = {z for z in taken if not weights[z]}  # of another epoch
    taken = {z: lines for z, lines in taken.items() if z not in later}
    groups = _together({z: (lines - updated) | {activation_of[z]} for z, lines in taken.items()})
    kinds = [Counter(weights[z] for z in group) for group in groups]
    if not 1 < len(groups) <= MOST_SAMPLES or any(own != kinds[0] for own in kinds):
        return None
    samples = []
    for group in sorted(groups, key=min):
        others = later.union(*groups) - group
        hidden = others | {activation_of[z] for z in others}
        trees = {line: tree for line, tree in guess.trees.items() if line not in hidden}
        one = Guess(trees, guess.updates)
        find_neurons(one)
        find_targets(one)
        samples.append(one.quantity)
    return _joined(guess, samples)


def _together(taken: Mapping[int, set[int]]) -> list[set[int]]:
    """Return sums in groups that take the same lines, or one another's activations."""
    groups: list[tuple[set[int], set[int]]] = []
    for z, lines in taken.items():
        near = [one for one in groups if one[1] & lines]
        groups = [one for one in groups if not one[1] & lines]
        groups.append(
            ({z}.union(*(own for own, _ in near)), lines.union(*(other for _, other in near)))
        )
    return [own for own, _ in groups]


def _joined(guess: Guess, samples: list[dict[str, int]]) -> Guess | None:
    """Return the names of all samples, None where their weights or their quantities differ."""
    shared = {name: line for name, line in samples[0].items() if is_parameter(name)}
    own = [{n: line for n, line in one.items() if not _is_of_all(n)} for one in samples]
    if any(set(one) != set(own[0]) for one in own):
        return None
    if any(one.get(name) != line for one in samples for name, line in shared.items()):
        return None
    whole = Guess(guess.trees, guess.updates, dict(shared))
    for number, one in enumerate(own, 1):
        whole.quantity.update({of_sample(name, number): line for name, line in one.items()})
    errors = {line for name, line in whole.quantity.items() if kind(name) == "error"}
    total = next(_taking(guess, errors), None)
    if total is not None:
        whole.quantity["E_total"] = total
    find_gradients(whole)
    return whole


def _is_of_all(name: str) -> bool:
    return is_parameter(name) or name == "E_total"


def _taking(guess: Guess, errors: set[int]) -> Iterator[int]:
    """Yield the lines that take errors and nothing else, those that take all of them first."""
    taken = {line: set(map(line_of, names(tree))) for line, tree in guess.trees.items()}
    whole = (line for line, lines in taken.items() if errors and lines == errors)
    some = (line for line, lines in taken.items() if len(lines) > 1 and lines < errors)
    return chain(whole, some)
