"""The quantities and settings of optimizers as mathematics: β₁, m̂_w, ∂L/∂w."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.notation.text import name_text, to_text

_SYMBOLS: Mapping[str, str] = {
    "rate": "η",
    "alpha": "α",
    "beta1": "β₁",
    "beta2": "β₂",
    "epsilon": "ε",
    "gamma": "γ",
    "mhat_w": "m̂_w",
    "mhat_b": "m̂_b",
    "vhat_w": "v̂_w",
    "vhat_b": "v̂_b",
    "w0": "w₀",
    "b0": "b₀",
    "step": "t",
    "steps": "T",
    "size": "s",
    "lowest": "c",
    "warm": "p",
    "div": "d",
    "final": "f",
}


def symbol(name: str) -> str:
    """Return a name as mathematics."""
    return _SYMBOLS.get(name) or _hatted(name) or name_text(name)


def _hatted(name: str) -> str:
    """Return the corrected mean of a weight's gradient as mathematics, nothing for others."""
    mean, _, weight = name.partition("hat_")
    return f"{mean}\u0302_{weight}" if weight else ""


def shown(tree: Expr) -> str:
    """Return a tree as one line of mathematics; ′ marks what stands in the row above."""

    def named(leaf: Expr) -> Expr | None:
        if type(leaf) is not Name:
            return None
        own = _SYMBOLS.get(leaf.name) or _hatted(leaf.name) or leaf.name
        return Name(own, leaf.shift)

    text = to_text(substitute(tree, named))
    return re.sub(r"(∂L/∂\w\d?)²", r"(\1)²", text)  # the square of the gradient, not of w
