"""Schedules: the factor of the learning rate in each step, as trees of the step's number.

The formulas are those of PyTorch's StepLR, CosineAnnealingLR and OneCycleLR (Smith, Topin:
Super-convergence, 2018), divided by the learning rate that an optimizer has. ``step`` counts the
updates from 1, so that the first update is taken with the first factor.
"""

from __future__ import annotations

from sheetprop.maths.trees.expr import Call, Expr, Name, Number
from sheetprop.maths.trees.functions import PI, at_most, choice, cos

CONSTANT, STEP, COSINE, ONE_CYCLE = "constant", "step", "cosine", "one cycle"

_passed = Name("step") - 1
_steps, _lowest, _warm = Name("steps"), Name("lowest"), Name("warm")
_div, _final = Name("div"), Name("final")


def _cosine(first: Expr | float, last: Expr | float, part: Expr) -> Expr:
    """Return what goes from one number to another on half a wave while `part` goes from 0 to 1."""
    return last + (first - last) * (1 + cos(PI * part)) / 2


_PEAK = _warm * _steps - 1
_UP = _cosine(1 / _div, Number(1), _passed / _PEAK)
_DOWN = _cosine(Number(1), 1 / (_div * _final), (_passed - _PEAK) / (_steps - 1 - _PEAK))

SCHEDULES: dict[str, Expr] = {
    CONSTANT: Number(1),
    STEP: Name("gamma") ** Call("INT", (_passed / Name("size"),)),
    COSINE: _cosine(Number(1), _lowest, _passed / _steps),
    ONE_CYCLE: choice(at_most(_passed, _PEAK), _UP, _DOWN),
}
"""Each schedule by its name, in the order in which they are shown."""
