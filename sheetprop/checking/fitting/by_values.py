"""Which activations and error function a table of pasted values was calculated with."""

from __future__ import annotations

from dataclasses import replace

from sheetprop.calculating.agreement import agrees_as_typed
from sheetprop.checking.fitting.identify import PARTS, Part
from sheetprop.maths.names import family
from sheetprop.maths.network import Network
from sheetprop.spec import Architecture
from sheetprop.tables.judgement import Judgement

MOST_STEPS = 2
"""Iterations whose numbers are looked at."""


def fitted_to_values(judgement: Judgement) -> Judgement:
    """Return a judgement with the architecture that typed numbers show where no formula does."""
    for part in PARTS:
        own = [name for name in judgement.lines if family(name) in part.families]
        has_formulas = any(judgement.lines[name].fills for name in own)
        if own and not has_formulas:
            judgement = _best(judgement, part, own)
    return judgement


def _best(judgement: Judgement, part: Part, names: list[str]) -> Judgement:
    shape = judgement.network.architecture
    options = dict.fromkeys([shape, *part.options(shape)])
    return max((_with(judgement, option) for option in options), key=lambda j: _agreeing(j, names))


def _with(judgement: Judgement, shape: Architecture) -> Judgement:
    if shape == judgement.network.architecture:
        return judgement
    return replace(judgement, lesson=Network(shape))


def _agreeing(judgement: Judgement, names: list[str]) -> int:
    """Return how many of the first typed numbers are right."""
    return sum(
        agrees_as_typed(number, right)
        for name in names
        if name in judgement.network.quantities
        for step, number in list(judgement.lines[name].numbers.items())[:MOST_STEPS]
        if (right := judgement.own_value(name, step)) is not None
    )
