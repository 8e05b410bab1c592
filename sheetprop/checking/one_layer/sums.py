"""The weighted sums of a network without a hidden layer: whose they are, and of which sample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sheetprop.checking.one_layer.lines import Lines
from sheetprop.checking.without_headers.guess import line_of
from sheetprop.maths.trees.expr import Expr, Name, Negative, Product, Sum
from sheetprop.maths.trees.walk import nodes, substitute


class WeightedSum(NamedTuple):
    """A sum of weights times inputs: `pairs` of them, and the weights that stand `alone`.

    `is_whole` says that the line is the sum and no more; else it is taken for an activation.
    """

    line: int
    pairs: tuple[tuple[int, int], ...]
    alone: tuple[int, ...]
    is_whole: bool

    @property
    def weights(self) -> frozenset[int]:
        """All that it takes of what learns."""
        return frozenset((*(weight for weight, _ in self.pairs), *self.alone))


def outputs_in(lines: Lines) -> list[list[WeightedSum]]:
    """Return the sums of each output, one for each sample, in order.

    Return [] where they do not agree, or where weights are taken by more than sums, as what comes
    back to a hidden layer takes them.
    """
    found: list[list[WeightedSum]] = []
    for one in _sums(lines):
        own = next((sums for sums in found if _is_of_one(sums[0], one)), None)
        if own is None:
            found.append([one])
        else:
            own.append(one)
    is_alike = len({len(sums) for sums in found}) == 1
    return found if is_alike and not _has_more_layers(lines, found) else []


def _has_more_layers(lines: Lines, outputs: Sequence[Sequence[WeightedSum]]) -> bool:
    """Whether something but sums and updates takes a weight."""
    known = {one.line for sums in outputs for one in sums}
    updates = {_later(lines, lines.trees[one]) for one in lines.params}
    others = (line for line in lines.trees if line not in known and line not in lines.params)
    return any(
        lines.names(line) & {*lines.params} and lines.trees[line] not in updates for line in others
    )


def _later(lines: Lines, tree: Expr) -> Expr:
    """Return a tree one iteration later; what is given keeps its place."""

    def moved(leaf: Expr) -> Expr | None:
        is_computed = isinstance(leaf, Name) and not lines.is_given(line_of(leaf))
        return Name(leaf.name, leaf.shift + 1) if is_computed and isinstance(leaf, Name) else None

    return substitute(tree, moved)


def _is_of_one(first: WeightedSum, other: WeightedSum) -> bool:
    """Whether two sums share most of their weights: then they are one output's."""
    both = first.weights | other.weights
    return 2 * len(first.weights & other.weights) > len(both)


def _sums(lines: Lines) -> Iterator[WeightedSum]:
    for line in sorted(lines.trees):
        if line in lines.params:
            continue
        taken = lines.names(line)
        if all(one in lines.params or lines.is_given(one) for one in taken):
            found = _sum_of(lines, line)
            if found is not None:
                yield found


def _sum_of(lines: Lines, line: int) -> WeightedSum | None:
    """Return the weighted sum that a line is, or that is within it."""
    for node in nodes(lines.trees[line]):
        if isinstance(node, Sum | Product):
            terms = node.terms if isinstance(node, Sum) else (node,)
            pairs = tuple(pair for term in terms for pair in _pairs(lines, term))
            if pairs:
                alone = tuple(_alone(lines, terms))
                return WeightedSum(line, pairs, alone, node is lines.trees[line])
    return None


def _pairs(lines: Lines, term: Expr) -> Iterator[tuple[int, int]]:
    """Yield the weight and the input that a term multiplies."""
    inner = term.operand if isinstance(term, Negative) else term
    factors = inner.factors if isinstance(inner, Product) else ()
    own = [line_of(one) for one in factors if isinstance(one, Name) and one.shift == 0]
    weights = [one for one in own if one in lines.params]
    inputs = [one for one in own if lines.is_given(one)]
    if len(weights) == len(inputs) == 1:
        yield weights[0], inputs[0]


def _alone(lines: Lines, terms: Sequence[Expr]) -> Iterator[int]:
    for term in terms:
        inner = term.operand if isinstance(term, Negative) else term
        if isinstance(inner, Name) and inner.shift == 0 and line_of(inner) in lines.params:
            yield line_of(inner)
