"""What a quantity of a network is: its name, its kind, and the tree that gives its value."""

from __future__ import annotations

from dataclasses import dataclass

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
