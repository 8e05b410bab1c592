"""The forward pass of a table without headers: sums and activations, layer by layer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache

from sheetprop.checking.without_headers.guess import FIRST_CELL, Guess, line_of
from sheetprop.checking.without_headers.slips import (
    Pairs,
    with_lost_sources,
    with_own_activations,
    with_own_sources,
    with_own_weights,
)
from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.names import activation_of as activation_name
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Expr, Name, Negative, Product, Sum
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.tables.points import FAILURES, FUNCTIONS, same_value

SUMS = (-1.3, -0.4, 0.3, 0.9, 2.1)
"""What activations are told by."""


def find_neurons(guess: Guess) -> None:
    """Name sums, activations, weights, biases and inputs, layer by layer."""
    activation_of = activations_of(guess)
    sums = sums_of(guess, activation_of)
    outputs = {activation_of[column]: column for column in sums}
    depth = {column: _depth(column, sums, outputs) for column in sums}
    ordered = sorted(sums, key=lambda column: (depth[column], column))
    inputs = _inputs(sums, outputs, guess.updates)
    guess.quantity.update({f"i{k}": column for k, column in enumerate(inputs, 1)})
    sources = [*inputs, *(activation_of[column] for column in ordered)]
    _name_neurons(guess, {column: depth[column] for column in ordered}, activation_of)
    _name_weights(guess, [sums[column] for column in ordered], sources)
    _find_biases(guess, [sums[column] for column in ordered])


def activations_of(guess: Guess) -> dict[int, int]:
    """Return the line of the activation of each sum."""
    found = [
        (line_of(next(iter(names(tree)))), column)
        for column, tree in guess.trees.items()
        if _is_activation(tree)
    ]
    found += _mistaken_ones(guess, found)
    known = {column for _, column in found}
    waiting = {line for line in guess.trees if _is_weighted(guess, line, known)}
    return _linear_ones(guess) | with_own_activations(found, waiting)


def sums_of(guess: Guess, activation_of: Mapping[int, int]) -> dict[int, list[Expr]]:
    """Return the terms of each sum, with an activation where a sum of the layer below is taken."""
    found = {z: _terms(guess.trees[z]) for z in activation_of if z in guess.trees}
    meant: dict[Expr, Expr] = {
        Name(f"c{z}"): Name(f"c{a}") for z, a in activation_of.items() if found.get(z)
    }
    return {z: [substitute(one, meant.get) for one in terms] for z, terms in found.items() if terms}


def _name_neurons(guess: Guess, depth: Mapping[int, int], activation_of: Mapping[int, int]) -> None:
    """Name sums, which come in order with the layer of each, and their activations."""
    last = max(depth.values(), default=0)
    counts: Counter[str] = Counter()
    for column, layer in depth.items():
        letter = "o" if layer == last else "h"
        counts[letter] += 1
        label = f"{letter}{counts[letter]}"
        guess.quantity[label] = column
        guess.quantity[activation_name(label)] = activation_of[column]


def _name_weights(guess: Guess, sums: Iterable[list[Expr]], sources: Sequence[int]) -> None:
    """Name the weights of each sum in the order of the sources, inputs and activations."""
    order = {line: place for place, line in enumerate(sources)}
    listed = list(sums)
    read: Sequence[Pairs] = [
        [pair for term in terms if (pair := _pair(term, order))] for terms in listed
    ]
    lone = [[line_of(term) for term in terms if isinstance(term, Name)] for terms in listed]
    alone = {line for own in lone for line in own}
    pairs = with_own_weights(
        with_lost_sources(with_own_sources(read), lone), set(guess.updates) - alone
    )
    found = [weight for own in pairs for weight, _ in sorted(own, key=lambda p: order[p[1]])]
    for number, weight in enumerate(found, 1):
        guess.quantity[f"w{number}"] = weight


def _is_weighted(guess: Guess, line: int, sources: Collection[int]) -> bool:
    """Whether a line sums weights times what is given or an activation: no gradient does."""
    tree = guess.trees[line]
    factors = {line_of(name) for name in names(tree)} - set(guess.updates)
    return _is_sum(guess, tree) and all(one in sources or one not in guess.trees for one in factors)


def _mistaken_ones(guess: Guess, found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return (sum, line) of lines made of a weighted sum alone that are no known activation.

    Such a sum has no other; the first of its lines is meant as one.
    """
    known, sources = {z for z, _ in found}, {a for _, a in found}
    more: dict[int, int] = {}
    for line, tree in guess.trees.items():
        mentioned = names(tree)
        z = next(iter(mentioned)) if len(mentioned) == 1 else None
        if z is None or isinstance(tree, Name) or z.shift or line_of(z) in known:
            continue
        if line_of(z) in guess.trees and _is_weighted(guess, line_of(z), sources):
            more.setdefault(line_of(z), line)
    return list(more.items())


def _linear_ones(guess: Guess) -> dict[int, int]:
    """Return the activations that are their sums: copies of sums that take a weight.

    A copy that an update takes, but for numbers given once, is the gradient of a bias.
    """
    slopes = {line for update in guess.updates for line in _slopes(guess.trees.get(update))}
    copies = ((line, tree) for line, tree in guess.trees.items() if isinstance(tree, Name))
    found = {line_of(tree): line for line, tree in copies if tree.shift == 0}
    found = {z: a for z, a in found.items() if a not in slopes}
    return {z: a for z, a in found.items() if z in guess.trees and _is_sum(guess, guess.trees[z])}


def _slopes(update: Expr | None) -> Iterator[int]:
    """Yield the lines that are a term of an update, times a rate at most."""
    for term in update.terms if isinstance(update, Sum) else ():
        own = [line for line in map(line_of, names(term)) if line < FIRST_CELL]
        is_product = isinstance(term, Name | Negative | Product)
        yield from own if len(own) == 1 and is_product else ()


def _is_sum(guess: Guess, tree: Expr) -> bool:
    products = [term for term in _terms(tree) if isinstance(term, Product)]
    return bool(products) and all(
        any(line_of(name) in guess.updates for name in names(term)) for term in products
    )


def _is_activation(tree: Expr) -> bool:
    mentioned = names(tree)
    if len(mentioned) != 1 or isinstance(tree, Name):
        return False
    (name,) = mentioned
    if name.shift:
        return False
    values = [value_at(tree, z) for z in SUMS]
    return any(all(map(same_value, values, right)) for right in _known())


@cache
def _known() -> tuple[tuple[float, ...], ...]:
    """Return what every activation makes of `SUMS`."""
    z = Name("z")
    return tuple(tuple(value_at(unit.value(z), x) for x in SUMS) for unit in ACTIVATIONS.values())


def value_at(tree: Expr, z: float) -> float:
    """Return the value of a tree of one quantity at z, nan where it has none."""
    try:
        return float(evaluate(tree, lambda _: z, FUNCTIONS))
    except (*FAILURES, TypeError, KeyError):
        return math.nan


def _terms(tree: Expr) -> list[Expr]:
    """Return the terms of a sum of products of two columns, [] for any other tree.

    A term with the wrong sign is one all the same.
    """
    terms = list(tree.terms) if isinstance(tree, Sum) else [tree]
    terms = [_unsigned(term) for term in terms]
    for term in terms:
        parts = term.factors if isinstance(term, Product) else (term,)
        if len(parts) > 2 or not all(isinstance(p, Name) and p.shift == 0 for p in parts):
            return []
    return terms


def _unsigned(term: Expr) -> Expr:
    if isinstance(term, Negative):
        return _unsigned(term.operand)
    return Product(tuple(map(_unsigned, term.factors))) if isinstance(term, Product) else term


def _depth(column: int, sums: Mapping[int, list[Expr]], outputs: Mapping[int, int]) -> int:
    behind = [
        outputs[line_of(part)]
        for term in sums[column]
        for part in names(term)
        if line_of(part) in outputs and outputs[line_of(part)] != column
    ]
    return 1 + max((_depth(c, sums, outputs) for c in behind if c in sums), default=0)


def _inputs(
    sums: Mapping[int, list[Expr]], outputs: Mapping[int, int], updates: Collection[int]
) -> list[int]:
    found = {
        line_of(part)
        for terms in sums.values()
        for term in terms
        if isinstance(term, Product)
        for part in names(term)
    }
    return sorted(found - set(outputs) - set(updates))


def _pair(term: Expr, sources: Container[int]) -> tuple[int, int] | None:
    """Return (weight, source) of a product, or None."""
    if not isinstance(term, Product):
        return None
    columns = [line_of(part) for part in term.factors if isinstance(part, Name)]
    for weight, source in (columns, columns[::-1]):
        if source in sources:
            return weight, source
    return None


def _find_biases(guess: Guess, sums: list[list[Expr]]) -> None:
    """Name biases; one that a sum has lost is what else is updated."""
    lone = [[line_of(term) for term in terms if isinstance(term, Name)] for terms in sums]
    weights = {*guess.quantity.values()}
    alone = [[line for line in own if line not in weights] for own in lone]
    known = {*guess.quantity.values(), *(line for own in alone for line in own)}
    left = sorted(set(guess.updates) - known)
    lacking = [own for own in alone if not own]
    if len(left) == len(lacking) < len(alone):
        for own, line in zip(lacking, left, strict=True):
            own.append(line)
    for number, column in enumerate(dict.fromkeys(line for own in alone for line in own), 1):
        guess.quantity[f"b{number}"] = column
