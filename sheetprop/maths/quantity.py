"""What a quantity is: its name, its kind, the tree that gives its value; and a lesson of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sheetprop.maths.trees.expr import Expr

PREVIOUS = -1
LEARNING_RATE = "eta"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One column of a worksheet.

    `kind` is one of `KINDS`. `tree` gives its value in an iteration from that iteration's other
    quantities or the iteration before (``Name(…, -1)``); it is None for what is given: inputs,
    targets, settings and biases that do not learn. A weight's tree is its update, as a velocity's
    is; its first value is given.
    """

    name: str
    kind: str
    tree: Expr | None = None

    @property
    def is_given_first(self) -> bool:
        """Whether the first iteration's value comes from outside, as a weight's does."""
        return self.kind in GIVEN_KINDS


KINDS = (
    "target",
    "input",
    "weight",
    "bias",
    "sum",
    "activation",
    "error",
    "total error",
    "hidden error",
    "gradient",
    "velocity",
    "setting",
)
GIVEN_KINDS = frozenset({"target", "input", "weight", "bias", "velocity", "setting"})


class Lesson(Protocol):
    """Quantities in the order of a worksheet's columns; ``Name(x, -1)`` is x in the row before.

    A network is one, whose rows are iterations; the layers of an architecture are another.
    """

    @property
    def quantities(self) -> Mapping[str, Quantity]:
        """Every quantity by its name."""

    def neighbours(self, name: str) -> tuple[str, ...]:
        """Return the other quantities of the same kind; none of an unknown one."""
