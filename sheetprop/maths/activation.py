"""What an activation function is: everything that the rest asks of one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from sheetprop.maths.trees.expr import Expr


@dataclass(frozen=True, slots=True)
class Activation:
    """An activation function a(z).

    `value` is its tree, `slope` the tree of ∂a/∂z from the pair (a, z), where None stands for the
    constant 1, a factor that nobody writes. The next two say whether an answer is right without
    giving its formula away: `tie` is a condition on (a, z) that follows from the formula the other
    way round, `moved` the value at z + d from (a, z, d), by an addition theorem; the latter need
    not hold across `kinks`, nor where z is exactly one. `limits` are what values lie between.
    `is_common` says whether a worksheet may be taken to use it before its formulas say so.
    """

    name: str
    symbol: str
    value: Callable[[Expr], Expr]
    slope: Callable[[Expr, Expr], Expr | None]
    tie: Callable[[Expr, Expr], Expr]
    moved: Callable[[Expr, Expr, Expr], Expr]
    limits: tuple[float, float] = (-math.inf, math.inf)
    kinks: tuple[float, ...] = ()
    is_common: bool = False

    @property
    def is_bounded(self) -> bool:
        """Whether no sum, however large, makes it large; there its slope is almost 0."""
        return all(map(math.isfinite, self.limits))

    @property
    def key(self) -> str:
        """Its name as part of the key of a text, ``leaky_relu``."""
        return self.name.replace(" ", "_")
