"""What the sums become: activations, the targets they are compared with, and the errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from sheetprop.checking.one_layer.lines import Lines
from sheetprop.checking.one_layer.sums import WeightedSum
from sheetprop.checking.without_headers.backward import is_loss
from sheetprop.checking.without_headers.forward import SUMS, value_at
from sheetprop.checking.without_headers.guess import FIRST_CELL, line_of
from sheetprop.checking.without_headers.pairing import paired
from sheetprop.maths.trees.expr import Call, Expr, Name
from sheetprop.maths.trees.walk import flatten, names, nodes, substitute

STEPS = 2
"""So many different values a step has."""

CERTAIN = 2.0
"""What a line counts that takes an output and one given number alone: that is its target."""


def activations_of(lines: Lines, sums: Sequence[WeightedSum]) -> list[int]:
    """Return the line of each output of one sample: its sum's, where no other line is made of it.

    Outputs that take each other's sums are a softmax.
    """
    alone = [_activation(lines, one) for one in sums]
    if all(one is None for one in alone) and len(sums) > 1:
        together = _softmax(lines, {one.line for one in sums})
        if len(together) == len(sums):
            return together
    return [one.line if found is None else found for one, found in zip(sums, alone, strict=True)]


def _activation(lines: Lines, one: WeightedSum) -> int | None:
    if not one.is_whole:
        return one.line
    made = [line for line in lines.trees if _made_of(lines, line) == {one.line}]
    own = [line for line in made if not _is_exponential(lines, line)]
    return max(own, key=lambda line: (len(lines.takers.get(line, ())), -line), default=None)


def _made_of(lines: Lines, line: int) -> set[int]:
    return {one for one in lines.names(line) if one < FIRST_CELL}


def _is_exponential(lines: Lines, line: int) -> bool:
    tree = lines.trees[line]
    return isinstance(tree, Call) and tree.function == "EXP" and isinstance(tree.arguments[0], Name)


def _softmax(lines: Lines, sums: set[int]) -> list[int]:
    """Return the lines made of sums alone that are taken by something made of more."""
    group: set[int] = set()
    rest = [line for line in sorted(lines.trees) if line not in sums]
    for _ in rest:
        more = {line for line in rest if (own := _made_of(lines, line)) and own <= sums | group}
        if more <= group:
            break
        group |= more
    return [line for line in sorted(group) if lines.takers.get(line, frozenset()) - group]


def has_steps(lines: Lines, made: int) -> bool:
    """Whether an output, of the line `made`, has two values at most, whatever its sum."""
    if made not in lines.trees or len(lines.names(made)) != 1:
        return False
    return len({value_at(lines.trees[made], z) for z in SUMS}) <= STEPS


def targets_of(lines: Lines, outputs: Sequence[int], inputs: Collection[int]) -> dict[int, int]:
    """Return the target of each output: what is given, no input, and taken together with it."""
    votes: Counter[tuple[int, int]] = Counter()
    for line in lines.trees:
        taken = lines.names(line) | (lines.before(line) if line in lines.params else frozenset())
        own = taken.intersection(outputs)
        given = [
            one
            for one in taken
            if lines.is_given(one) and one not in inputs and not lines.is_constant(one)
        ]
        if len(own) == 1:
            for one in given:
                votes[next(iter(own)), one] += int(CERTAIN) if len(given) == 1 else 1
        elif own:
            votes.update(_together(lines.trees[line], own, given))
    most = {given: max(v for (_, g), v in votes.items() if g == given) for _, given in votes}
    likely = sorted(sorted(most, key=lambda one: -most[one])[: len(outputs)])
    return paired(votes, outputs, likely)


def _together(
    tree: Expr, outputs: Collection[int], given: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Yield each output with what is given that stands in one part of a tree with it alone."""
    for node in nodes(tree):
        mentioned = {line_of(name) for name in names(node)}
        own, beside = mentioned.intersection(outputs), mentioned.intersection(given)
        if len(own) == len(beside) == 1:
            yield own.pop(), beside.pop()


def errors_in(
    lines: Lines, targets: Mapping[int, int], inputs: Collection[int], count: int
) -> tuple[dict[int, int], int | None]:
    """Return the line of each output's error, and of the total, where they stand.

    `targets` are by output, `count` how many outputs a sample has. Nothing that is learnt takes
    an error, and an error takes no input.
    """
    stop = frozenset(targets)
    candidates = {
        line: stop & lines.behind(line)
        for line in _unneeded(lines, targets)
        if not lines.behind(line, stop) & set(inputs)
    }
    found = {}
    for output, target in targets.items():
        own = [line for line, outputs in candidates.items() if outputs == {output}]
        if own:
            found[output] = _likeliest(lines, own, output, target, count)
    whole = [line for line, outputs in candidates.items() if len(outputs) == len(targets)]
    left = [line for line in whole if line not in found.values()]
    total = next((line for line in left if not lines.takers.get(line)), None)
    return found, total if len(targets) > 1 else None


def _unneeded(lines: Lines, targets: Mapping[int, int]) -> Iterator[int]:
    """Yield the lines made of outputs and targets that no update needs."""
    needed: set[int] = set()
    for line in lines.params:
        for taken in lines.before(line):
            needed |= {taken, *(lines.behind(taken) if taken in lines.trees else ())}
    for line in sorted(lines.trees):
        if line not in needed and line not in targets:
            behind = lines.behind(line)
            if behind & set(targets) and behind & set(targets.values()):
                yield line


def _likeliest(lines: Lines, own: Sequence[int], output: int, target: int, count: int) -> int:
    """Return the line that is an error function by its values, else the last of a chain."""
    exact = (
        line for line in own if is_loss(expanded(lines, line, {output}), output, target, count)
    )
    ends = (line for line in own if not lines.takers.get(line, frozenset()) & set(own))
    return next(exact, next(ends, own[0]))


def expanded(lines: Lines, line: int, stop: Collection[int]) -> Expr:
    """Return what a line computes with the lines behind it put in, up to those of `stop`."""

    def put_in(leaf: Expr) -> Expr | None:
        if not isinstance(leaf, Name) or leaf.shift:
            return None
        own = line_of(leaf)
        is_behind = own in lines.trees and own not in stop and own != line
        return expanded(lines, own, {*stop, line}) if is_behind else None

    return flatten(substitute(lines.trees[line], put_in))
