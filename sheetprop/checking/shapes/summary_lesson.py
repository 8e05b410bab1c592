"""A printed summary of layers as a lesson in rows: names, shapes and numbers of parameters."""

from __future__ import annotations

import random
from dataclasses import replace

from sheetprop.maths.trees.expr import Name
from sheetprop.maths.trees.walk import put
from sheetprop.rows.architecture import (
    ARCHITECTURE,
    CHANNELS,
    CHANNELS_IN,
    NORMALISED,
    NOTHING,
    OTHER_TREES,
    PARAMETERS,
    POOLED,
    PRINTED,
    TREES,
    WEIGHTED,
)
from sheetprop.rows.plain_text import plain
from sheetprop.rows.row_lesson import RowKind, RowQuantity

_NORMALISED_BY_KERAS = RowKind(
    "normalised-by-keras", r".*batchnormali[sz]ation.*", {**NOTHING, PARAMETERS: 4 * Name(CHANNELS)}
)
"""Keras counts the running mean and variance, PyTorch does not."""

_WITHOUT = (
    r".*(?:pool|relu|elu|gelu|silu|dropout|flatten|activation|softmax|sigmoid|tanh|input|add"
    r"|concat|reshape|padding|upsampl|identity|rescal|random).*"
)


def _drawn(chance: random.Random) -> float:
    return float(chance.randrange(6, 24))


def _in_summary(one: RowQuantity) -> RowQuantity:
    """Return a quantity of a summary: all but the parameters is what its shapes tell."""
    if one.name == PARAMETERS:
        return one._replace(tree=put(TREES[PARAMETERS], Name(CHANNELS, -1), Name(CHANNELS_IN)))
    if one.name == "bias":
        one = one._replace(default=1, also=(0.0,))
    tree, draw = (None, _drawn) if one.name == CHANNELS_IN else (one.tree, one.draw)
    return one._replace(headers=(plain(f"{one.name} {PRINTED}"),), tree=tree, draw=draw)


SUMMARY = replace(
    ARCHITECTURE,
    stated=tuple(map(_in_summary, ARCHITECTURE.stated)),
    needed=(frozenset({CHANNELS}), frozenset({PARAMETERS}), frozenset({CHANNELS_IN})),
    key=None,
    kinds=(
        RowKind(WEIGHTED, r".*(?:conv|dense|linear|fully|fc\d*$).*"),
        _NORMALISED_BY_KERAS,
        RowKind(NORMALISED, r".*(?:batchnorm|bn\d*$).*", OTHER_TREES[NORMALISED]),
        RowKind(POOLED, _WITHOUT, NOTHING),
    ),
    texts="",
)
"""A summary of layers as libraries print it: names, shapes and numbers of parameters."""
