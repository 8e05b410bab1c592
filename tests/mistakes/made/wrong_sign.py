"""A sign that is wrong only by what the other gradients and updates of the table have."""

from __future__ import annotations

from making import Example, book
from worksheets import DELTA_1, RIGHT, WEIGHTS, Table


def opposite() -> Table:
    """Return a right table whose gradients are all -∂E/∂w, and whose updates add them."""
    table = Table()
    for weight in WEIGHTS:
        gradient = f"dE/d{weight}"
        table = table.changed(gradient, f"=-({RIGHT[gradient].removeprefix('=')})")
        table = table.changed(weight, f"={{{weight}[-1]}}+{{eta}}*{{{gradient}[-1]}}")
    return table


EXAMPLES = [
    Example(
        "among gradients with the opposite sign",
        book(opposite().changed("dE/dw5", f"={DELTA_1}*{{a_h1}}")),
    ),
]
