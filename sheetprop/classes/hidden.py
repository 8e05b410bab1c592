"""Which mistakes would not be seen in some numbers, because they give the right ones there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sheetprop.maths.matrix_functions import Array
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.code import code_of, defined
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes import MISTAKES
from sheetprop.mistakes.base import Subject
from sheetprop.spec import Architecture, Spec
from sheetprop.tables.points import FUNCTIONS, points_of

TOLERANCE = 1e-6
"""Relative difference up to which a wrong formula gives the right number."""

Wrong = tuple[str, str, Expr]
"""A mistake's name, the quantity in which it is made, and the wrong tree."""

MOST_TREES = 20_000
MOST_STEPS = 12
STEPS = (1, 2, 0)
"""Iterations in which a wrong formula is tried, from the first that all shifts reach.

Where examples come in turn, it is tried with each of them.
"""

FAILURES = (LookupError, ArithmeticError, ValueError)
"""What computing a wrong formula may raise: it has no value there."""


def hidden_in(spec: Spec, values: Mapping[str, Array]) -> Iterator[Wrong]:
    """Yield the mistakes that would not be seen in the numbers of the first run."""
    columns = {name: array[0, :MOST_STEPS].tolist() for name, array in values.items()}
    rate, steps = spec.learning_rates[0], _steps(spec)
    for one, formula in _not_seen_at(steps[0], spec.architecture, columns, rate):
        own = columns[one[1]]
        found = [_is_same(value, own[k]) for k, value in _values(formula, columns, rate, steps)]
        if found and all(found):
            yield one


def _not_seen_at(
    step: int, shape: Architecture, columns: Mapping[str, Sequence[float]], rate: float
) -> Sequence[tuple[Wrong, _Formula]]:
    """Return the mistakes without those that differ in one iteration, as nearly all do."""
    formulas, (places, meant, of_all) = compiled(shape), _together(shape, step)
    try:
        found = np.array(of_all(columns, rate, step))
    except FAILURES:  # one of them has no value, so each has to be asked
        return formulas
    right = {name: column[step] for name, column in columns.items()}
    own = np.array([right[name] for name in meant])
    open_ = np.ones(len(formulas), dtype=bool)
    with np.errstate(all="ignore"):
        largest = np.maximum(np.abs(found), np.abs(own))
        open_[places] = np.abs(found - own) <= TOLERANCE * largest
    return [formulas[place] for place in np.flatnonzero(open_).tolist()]


@dataclass(frozen=True, slots=True)
class _Formula:
    """A tree as code, of the columns of values, the rate and the step.

    `earliest` is how many iterations back it looks at most.
    """

    earliest: int
    code: str

    def of(self, columns: Mapping[str, Sequence[float]], rate: float, step: int) -> float:
        """Return what it comes to."""
        return _function(self.code)(columns, rate, step)


@lru_cache(maxsize=MOST_TREES)
def _function(code: str) -> Callable[[Mapping[str, Sequence[float]], float, int], float]:
    found: Callable[[Mapping[str, Sequence[float]], float, int], float]
    found = defined(f"formula = lambda c, r, s: {code}", FUNCTIONS)["formula"]
    return found


@lru_cache(maxsize=4)
def compiled(shape: Architecture) -> Sequence[tuple[Wrong, _Formula]]:
    """Return the mistakes with their trees as code, since every draw computes all of them."""
    return tuple(
        (
            one,
            _Formula(
                min((leaf.shift for leaf in names(one[2])), default=0),
                code_of(one[2], _leaf, FUNCTIONS),
            ),
        )
        for one in wrong_trees(shape)
    )


@lru_cache(maxsize=4)
def _together(
    shape: Architecture, step: int
) -> tuple[
    Sequence[int],
    Sequence[str],
    Callable[[Mapping[str, Sequence[float]], float, int], Sequence[float]],
]:
    """Return the places of the formulas that reach no further back than there is, as one function.

    Beside the places stand the quantities in which they are made.

    What they take is looked up once for all of them, which saves most of the time.
    """
    formulas = compiled(shape)
    places = [k for k, (_, one) in enumerate(formulas) if one.earliest + step >= 0]
    taken: dict[str, str] = {}

    def short(leaf: Expr) -> str:
        return taken.setdefault(_leaf(leaf), f"n{len(taken)}")

    codes = [code_of(formulas[place][0][2], short, FUNCTIONS) for place in places]
    lines = [f"{name} = {long}" for long, name in taken.items()]
    text = "\n    ".join(["def of_all(c, r, s):", *lines, f"return [{', '.join(codes)}]"])
    meant = [formulas[place][0][1] for place in places]
    return places, meant, defined(text, FUNCTIONS)["of_all"]


def _leaf(leaf: Expr) -> str:
    assert isinstance(leaf, Name)
    return "r" if leaf.name == LEARNING_RATE else f"c[{leaf.name!r}][s{leaf.shift:+d}]"


@lru_cache(maxsize=4)
def wrong_trees(shape: Architecture) -> Sequence[Wrong]:
    """Return the mistakes of the catalogue as wrong trees, each with its quantity."""
    network, points = Network(shape), points_of(shape)
    found: dict[tuple[str, Expr], str] = {}
    for name, quantity in network.quantities.items():
        for mistake in MISTAKES if quantity.tree is not None else ():
            for variant in mistake.variants(Subject(quantity, network)):
                if len(found) >= MOST_TREES:
                    break
                found.setdefault((name, variant.tree), mistake.name)
    return tuple(
        (mistake, name, tree)
        for (name, tree), mistake in found.items()
        if (right := network.quantities[name].tree) is not None and not points.same(tree, right)
    )


def _steps(spec: Spec) -> Sequence[int]:
    """Return the iterations in which wrong formulas are tried."""
    if spec.iterations <= STEPS[1]:
        return STEPS[2:]
    examples = len(spec.inputs) // spec.architecture.layers[0] if spec.in_turn else 1
    return range(STEPS[0], min(max(STEPS[1], examples), MOST_STEPS - 2, spec.iterations - 1) + 1)


def _values(
    formula: _Formula, columns: Mapping[str, Sequence[float]], rate: float, steps: Sequence[int]
) -> Iterator[tuple[int, float]]:
    """Yield what a formula comes to in some iterations, as far as they are there."""
    for step in steps:
        if step + formula.earliest >= 0:
            with suppress(*FAILURES):
                yield step, formula.of(columns, rate, step)


def _is_same(left: float, right: float) -> bool:
    return bool(abs(left - right) <= TOLERANCE * max(abs(left), abs(right)))
