"""The lessons in rows of which tables are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from handmade.row_lessons import (
    Drawn,
    activations,
    architecture,
    sigmoid,
    training_log,
    vanishing,
)
from handmade.row_runs import descent, optimizers

LESSONS: Mapping[str, Callable[[Random], Drawn]] = {
    "architecture": architecture,
    "activations": activations,
    "sigmoid": sigmoid,
    "vanishing": vanishing,
    "optimizers": optimizers,
    "descent": descent,
    "training-log": training_log,
}
