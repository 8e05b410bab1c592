"""Networks that tests are tried with: the shipped ones, and one that is like none of them."""

from __future__ import annotations

from sheetprop.spec import Architecture, Spec
from sheetprop.template import any_lesson, names

RELU = Spec(
    "relu",
    Architecture((3, 4, 2), "relu", "sigmoid", "squared error", "each"),
    (0.05, 0.1, 0.3),
    (0.01, 0.99),
    tuple(0.1 * (k % 7) - 0.15 for k in range(20)),
    (0.1, 1.0),
    9,
    tuple(0.1 * k for k in range(6)),
)


def networks() -> list[str]:
    """Return the names of the shipped templates that are networks with runs, ``classic`` first."""
    return [name for name in names() if isinstance(any_lesson(name), Spec)]
