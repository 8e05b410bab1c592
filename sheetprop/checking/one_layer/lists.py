"""Regression on a list of samples beside the table: each gradient a sum over the whole list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sheetprop.checking.one_layer.learning import gradients_in
from sheetprop.checking.one_layer.lines import Lines
from sheetprop.checking.without_headers.guess import FIRST_CELL, line_of
from sheetprop.maths.names import TOTAL, gradient_of, of_sample
from sheetprop.maths.trees.expr import Expr, Name, Negative, Product, Sum
from sheetprop.maths.trees.walk import nodes

MOST_SAMPLES = 30
"""Rows of a list of samples; with more, trees take too long."""


class Distance(NamedTuple):
    """What a sum of weights times inputs is from its target, for one sample of a list."""

    weights: tuple[int, ...]
    inputs: tuple[int, ...]
    biases: tuple[int, ...]
    target: int


def names_of_list(lines: Lines) -> dict[str, int]:
    """Return the line or cell of each quantity, {} where there is no such list."""
    found = {one.inputs: one for one in _distances(lines)}
    ordered = [found[key] for key in sorted(found)]
    if not 1 < len(ordered) <= MOST_SAMPLES or len({(o.weights, o.biases) for o in ordered}) > 1:
        return {}
    first = ordered[0]
    names = {f"w{k}": line for k, line in enumerate(first.weights, 1)}
    names |= {f"b{k}": line for k, line in enumerate(first.biases, 1)}
    gradients = gradients_in(lines, ())
    names |= {gradient_of(name): gradients[one] for name, one in names.items() if one in gradients}
    totals = _totals(lines, ordered, frozenset(names.values()))
    if totals:
        names[TOTAL] = totals[0]
    for k, one in enumerate(ordered, 1):
        names |= {of_sample(f"i{i}", k): x for i, x in enumerate(one.inputs, 1)}
        names[of_sample("t1", k)] = one.target
    return names


def _distances(lines: Lines) -> Iterator[Distance]:
    for line, tree in lines.trees.items():
        if line in lines.params:
            continue
        for node in nodes(tree):
            if isinstance(node, Sum):
                found = _distance(lines, list(_terms(node)))
                if found is not None:
                    yield found


def _terms(tree: Expr) -> Iterator[Expr]:
    """Yield the terms of a sum, those of sums within it too, whatever their signs."""
    inner = tree.operand if isinstance(tree, Negative) else tree
    if isinstance(inner, Sum):
        for term in inner.terms:
            yield from _terms(term)
    else:
        yield inner


def _distance(lines: Lines, terms: Sequence[Expr]) -> Distance | None:
    """Return the weighted sum less one given number that terms are, or the opposite."""
    pairs, biases, targets = [], [], []
    for term in terms:
        factors = term.factors if isinstance(term, Product) else (term,)
        own = [line_of(one) for one in factors if isinstance(one, Name) and one.shift == 0]
        learnt = [one for one in own if one in lines.params]
        given = [one for one in own if lines.is_given(one)]
        if len(own) != len(factors) or len(learnt) > 1 or len(given) > 1:
            return None
        if learnt and given:
            pairs.append((learnt[0], given[0]))
        elif learnt:
            biases.append(learnt[0])
        else:
            targets += given
    if not pairs or len(biases) > 1 or len(targets) != 1 or targets[0] < FIRST_CELL:
        return None
    weights, inputs = zip(*sorted(pairs), strict=True)
    return Distance(weights, inputs, tuple(biases), targets[0])


def _totals(lines: Lines, ordered: Sequence[Distance], known: frozenset[int]) -> list[int]:
    """Return the lines made of all targets that nothing takes."""
    targets = {one.target for one in ordered}
    return [
        line
        for line in sorted(lines.trees)
        if line not in known and targets <= lines.names(line) and not lines.takers.get(line)
    ]
