"""Which weight goes with which input, and which line is the gradient of which weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sheetprop.checking.one_layer.lines import Lines
from sheetprop.checking.one_layer.sums import WeightedSum
from sheetprop.checking.without_headers.guess import FIRST_CELL
from sheetprop.checking.without_headers.pairing import paired


def gradients_in(
    lines: Lines, inputs: Collection[int], samples: Sequence[Collection[int]] = ()
) -> dict[int, int]:
    """Return the gradient of each weight: what its update takes and no other one does.

    None where updates take what gradients are made of. What takes outputs of only some of the
    `samples`, which are lines of outputs, is no whole gradient. An update that takes another one's
    leaves its own where the others say that it stands.
    """
    moved_by = {one: lines.moving(one) - {*lines.params} for one in lines.params}
    times = Counter(g for taken in moved_by.values() for g in taken)
    found = {}
    for one, taken in moved_by.items():
        own = [g for g in taken if g in lines.trees and times[g] == 1]
        is_whole = own and all(lines.behind(own[0]) & {*k} for k in samples[1:])
        if len(own) == 1 and is_whole and not taken & set(inputs):
            found[one] = own[0]
    return found | _left_ones(lines, found, inputs) if found else {}


def _left_ones(lines: Lines, found: Mapping[int, int], inputs: Collection[int]) -> dict[int, int]:
    """Return the gradients that no update takes alone, as far from their weights as most are."""
    (apart, _), *_ = Counter(g - one for one, g in found.items()).most_common(1)
    left = {
        one: one + apart
        for one in lines.params
        if one not in found and one + apart in lines.trees and not lines.moving(one) & set(inputs)
    }
    return {one: g for one, g in left.items() if g not in found.values()}


def sources_of(
    lines: Lines,
    sums: Sequence[WeightedSum],
    weights: Sequence[int],
    inputs: Sequence[Sequence[int]],
    gradients: Mapping[int, int],
) -> dict[int, int]:
    """Return the number of the input that each weight of an output multiplies, from 0.

    `sums` are those of the output, `inputs` the lines of the inputs, both sample by sample. Sums
    and gradients tell, and the order where they do not agree.
    """
    votes: Counter[tuple[int, int]] = Counter()
    for one, own in zip(sums, inputs, strict=True):
        votes.update((weight, own.index(x)) for weight, x in one.pairs if x in own)
        for weight in weights:
            behind = _multiplied(lines, weight, gradients) & set(own)
            if len(behind) == 1:
                votes[weight, own.index(behind.pop())] += 1
    return paired(votes, weights, range(len(weights)))


def _multiplied(lines: Lines, weight: int, gradients: Mapping[int, int]) -> set[int]:
    """Return what is given of what the gradient or the update of a weight is made of."""
    if weight not in gradients:
        return {one for one in lines.moving(weight) if lines.is_given(one)}
    behind = lines.behind(gradients[weight])
    return {one for one in behind if lines.is_given(one) and one < FIRST_CELL}


def left_weights(lines: Lines, outputs: Sequence[Sequence[WeightedSum]]) -> list[int]:
    """Return what learns like weights, and no sum takes.

    It takes what all weights of the sums take, the learning rate; no update takes it.
    """
    known = {weight for sums in outputs for one in sums for weight in one.weights}
    taken = (lines.moving(one) for one in known)
    shared = frozenset(one for one in frozenset.intersection(*taken) if one >= FIRST_CELL)
    params = frozenset(lines.params)
    return [
        one
        for one in lines.params
        if one not in known
        and shared <= lines.moving(one)
        and not lines.takers[one] & (params - {one})
    ]
