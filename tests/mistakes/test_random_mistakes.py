"""Mistakes drawn from the catalogue at random and written into a worksheet are found again."""

from __future__ import annotations

import random
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st
from slowly import one_in
from worksheets import COMPUTED, WEIGHTS, Table, checked, template_of

from sheetprop.checking.report import Place
from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Name
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes import MISTAKES
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.spec import Architecture
from sheetprop.tables.points import Points, Unreachable

NETWORK = Network(Architecture())
POINTS = Points(NETWORK, seed=4)
TABLE = Table(iterations=12)


def different(quantity: str, variant: Variant) -> bool:
    """Whether a variant computes something else than the right tree."""
    right = NETWORK.quantities[quantity].tree
    assert right is not None
    try:
        POINTS.evaluate(variant.tree)
    except Unreachable:
        return False
    return not POINTS.same(variant.tree, right)


@cache
def variants(mistake: Mistake, quantity: str) -> list[Variant]:
    """Return what a mistake makes of a quantity, as far as it is wrong."""
    subject = Subject(NETWORK.quantities[quantity], NETWORK)
    return [v for v in mistake.variants(subject) if different(quantity, v)]


def steps_within(quantity: str, variant: Variant) -> list[int]:
    """Return the iterations in which everything a tree mentions lies in the table."""
    shifts = [name.shift for name in names(variant.tree)] or [0]
    first = max(1 if quantity in WEIGHTS else 0, -min(shifts))
    return list(range(first, TABLE.iterations - max(0, *shifts)))


def is_circular(quantity: str, variant: Variant) -> bool:
    """Whether a tree needs a later iteration of something that depends on this one."""
    is_backward = quantity.startswith(("dE/d", "E"))
    ahead = [name for name in names(variant.tree) if name.shift > 0 or name == Name(quantity)]
    return bool(ahead) and not (is_backward and all(n.name in WEIGHTS for n in ahead))


def chosen(mistake: Mistake, seed: int) -> tuple[str, Variant] | None:
    """Draw a quantity and one of its variants that a worksheet can hold."""
    draw = random.Random(seed)
    quantities = [*COMPUTED, *WEIGHTS]
    draw.shuffle(quantities)
    for quantity in quantities:
        usable = [v for v in variants(mistake, quantity) if not is_circular(quantity, v)]
        if usable:
            return quantity, draw.choice(usable)
    return None


def explanations(quantity: str, variant: Variant) -> dict[str, tuple[int, int]]:
    """Return every mistake that makes the same tree, with its least cost and its rank."""
    found: dict[str, tuple[int, int]] = {}
    for mistake in MISTAKES:
        costs = [v.cost for v in variants(mistake, quantity) if POINTS.same(v.tree, variant.tree)]
        if costs:
            found[mistake.name] = (min(costs), mistake.rank)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    "mistake",
    [one for one in MISTAKES if one.is_rewrite and not one.is_of_rows],
    ids=lambda mistake: mistake.name,
)
@settings(max_examples=5, phases=(Phase.generate, Phase.shrink))
@given(seed=st.integers(0, 10**9))
def test_found_where_it_was_made(mistake: Mistake, seed: int) -> None:
    """A random wrong tree is found in its cells, by its own name or by a simpler one."""
    drawn = chosen(mistake, seed)
    assert drawn is not None
    quantity, variant = drawn
    steps = steps_within(quantity, variant)
    formula = "=" + template_of(variant.tree)[1:]
    note(f"{quantity} {formula} ({variant.phrase})")

    with tempfile.TemporaryDirectory() as folder:
        report = checked(Path(folder), TABLE.changed(quantity, formula, steps))

    errors = [f for f in report.findings if f.severity == "error"]
    assert len(errors) == 1, [(f.mistake, f.places) for f in report.findings]
    assert errors[0].places == (place_of(quantity, steps),)
    simplest = explanations(quantity, variant)
    assert errors[0].mistake in simplest
    assert simplest[errors[0].mistake] <= simplest[mistake.name]


def place_of(quantity: str, steps: list[int]) -> Place:
    return TABLE.place(quantity, steps[0], steps[-1])


@pytest.mark.parametrize("quantity", one_in(4, [*COMPUTED, "w1", "w8"]))
def test_variants_say_what_was_done(quantity: str) -> None:
    """What the catalogue makes of a quantity is said, explained, and has signature and cost."""
    for mistake in MISTAKES:
        for variant in mistake.variants(Subject(NETWORK.quantities[quantity], NETWORK)):
            assert variant.phrase
            assert variant.why
            assert variant.signature
            assert variant.cost >= 1
