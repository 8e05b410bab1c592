"""The trees of a layer, as its kind has them."""

from __future__ import annotations

from collections.abc import Mapping

from sheetprop.lessons.kinds.architecture.layers import NORM, Layer
from sheetprop.maths.trees.expr import Expr
from sheetprop.rows.architecture import NORMALISED, OTHER_TREES, POOLED, REPEATED, TREES


def trees(layer: Layer) -> Mapping[str, Expr]:
    """Return the tree of each quantity that is calculated in the row of a layer."""
    if layer.has_weights:
        return TREES
    kind = POOLED if layer.layer != NORM else REPEATED if layer.again else NORMALISED
    return {**TREES, **OTHER_TREES[kind]}
