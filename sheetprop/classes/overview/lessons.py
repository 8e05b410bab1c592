"""Which part of the lesson speaks about a mistake, so that it can be shown again."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "SP1": "The columns of a worksheet, and what each is called",
        "SP201": "The sign of the error term and of the update",
        "SP202": "The chain rule: a sum is multiplied as a whole",
        "SP203": "Which neuron a weight leads from, and into which",
        "SP204": "Before and after the activation: sums and what becomes of them",
        "SP205": "The chain rule: every factor along the path",
        "SP206": "The chain rule: every factor once",
        "SP207": "Several paths: all outputs that a hidden neuron feeds",
        "SP208": "The ½ of the loss, and where it goes in the derivative",
        "SP209": "The activation function",
        "SP210": "The update: each weight by its own gradient",
        "SP211": "Backward with the weights of the same iteration",
        "SP212": "Iterations: which row feeds which",
        "SP213": "The learning rate, fixed by $ when a formula is filled down",
        "SP214": "What is learned: weights, and nothing else",
        "SP215": "The slope of the activation function",
        "SP3": "Formulas with references in place of typed numbers",
        "SP4": "Runs for several learning rates from one start",
        "SP5": "Charts of the loss",
        "SP6": "The formulas as text",
        "SP7": "What a training run is said to be",
    }
)
"""By the code, or how it begins; what has no line of its own is about the whole backward pass."""

WHOLE = "The backward pass as a whole"


def lesson_about(code: str) -> str:
    """Return the part of the lesson that a mistake speaks for."""
    return ABOUT.get(code) or ABOUT.get(code[:3]) or WHOLE
