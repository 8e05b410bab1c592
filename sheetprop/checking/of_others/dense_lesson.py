"""Fully connected layers counted as a lesson in rows: what comes in, neurons, parameters."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.rows.architecture import (
    ARCHITECTURE,
    CHANNELS,
    CHANNELS_IN,
    NOTHING,
    OTHER_TREES,
    PARAMETERS,
    POOLED,
)
from sheetprop.rows.row_lesson import RowKind, RowQuantity

BIAS, WEIGHTS, BIASES = "bias", "weights", "biases"
_UNITS = r"(?:units?|neurons?|nodes?|neuronen|knoten)"
_COUNT = r"(?:(?:number|no|num|n|#)(?:of)?)?"

_HEADERS: Mapping[str, tuple[str, ...]] = {
    CHANNELS_IN: (
        rf"(?:in(?:put)?s?|incoming|previous|prev){_UNITS}?",
        r"in(?:put)?(?:features?|dim(?:ension)?s?|size|shape)|fanin|nin|inputs?",
        r"ein(?:gänge|gaben|gabe)",
    ),
    CHANNELS: (
        rf"{_COUNT}(?:out(?:put)?s?|hidden)?{_UNITS}",
        r"out(?:put)?(?:features?|dim(?:ension)?s?|size|shape)|fanout|nout|outputs?",
        r"aus(?:gänge|gaben|gabe)",
    ),
    PARAMETERS: (rf"{_COUNT}(?:total|trainable)?(?:params?|parameters?|parameter)#?",),
    WEIGHTS: (rf"{_COUNT}(?:weights|weightparams|gewichte)",),
    BIASES: (rf"{_COUNT}(?:bias|biases|biasparams|schwellwerte|verzerrungen)",),
}
_SUMS = (r"total|sum|gesamt|summe",)
_in, _out = Name(CHANNELS, -1), Name(CHANNELS)
_TREES: Mapping[str, Expr] = {
    PARAMETERS: _in * _out + Name(BIAS) * _out,
    WEIGHTS: _in * _out,
    BIASES: _out,
}


def _drawn(chance: random.Random) -> float:
    return float(chance.randrange(6, 24))


def _stated() -> tuple[RowQuantity, ...]:
    """Return what ARCHITECTURE has, of which no header says anything but of these."""
    own = tuple(
        one._replace(
            headers=_HEADERS.get(one.name, ()),
            tree=_TREES.get(one.name, one.tree),
            default=1 if one.name == BIAS else one.default,
            also=(0.0,) if one.name == BIAS else (),
            first=_drawn if one.name == CHANNELS else one.first,
        )
        for one in ARCHITECTURE.stated
    )
    more = (WEIGHTS, BIASES)
    return (*own, *(RowQuantity(name, _HEADERS[name], _TREES[name]) for name in more))


DENSE = replace(
    ARCHITECTURE,
    stated=_stated(),
    needed=(frozenset({CHANNELS}), frozenset({PARAMETERS, WEIGHTS})),
    key=None,
    equal={Name(CHANNELS, -1): (Name(CHANNELS_IN),)},
    kinds=(
        RowKind(POOLED, r".*(?:dropout|flatten|input|eingabe|activation|relu|softmax).*", NOTHING),
        RowKind("normalised", r".*(?:norm|bn\d*$).*", OTHER_TREES["normalised"]),
    ),
    manners=(),
    texts="",
)
"""A table of fully connected layers, whose row before gives what comes in where nothing else does.

A normalisation and the like have parameters of their own, or none.
"""

BY_PARTS = replace(
    DENSE,
    stated=tuple(
        one._replace(headers=_SUMS) if one.name == PARAMETERS else one for one in DENSE.stated
    ),
    needed=(frozenset({CHANNELS}), frozenset({WEIGHTS}), frozenset({PARAMETERS})),
)
"""The same where parameters are a sum of weights and biases, and its header says no more."""
