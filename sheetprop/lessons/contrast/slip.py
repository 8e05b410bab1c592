"""A mistake made on purpose, as the trees that take the place of the right ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheetprop.maths.trees.expr import Expr


@dataclass(frozen=True, slots=True)
class WrongTree:
    """What a mistake makes of a quantity's tree, and in which iterations, counted from 0."""

    tree: Expr
    steps: range


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake by its name and code, and every quantity that it makes wrong, by name."""

    name: str
    code: str
    trees: Mapping[str, WrongTree]
