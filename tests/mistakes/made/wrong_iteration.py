"""References to other rows that no change of one name makes."""

from __future__ import annotations

from making import Example, book
from worksheets import WEIGHTS, Table


def with_rates() -> Table:
    """Return a table with a learning rate for each iteration, taken by the next one's updates."""
    table = Table(helpers={"lr": "=0.5"}, rate_label=None, rate="")
    for step in range(table.iterations):
        table = table.changed("lr", 0.5 + step / 10, [step])
    for name in WEIGHTS:
        table = table.changed(name, f"={{{name}[-1]}}-{{lr[-1]}}*{{dE/d{name}[-1]}}")
    return table


LATE = with_rates().changed("w4", "={w4[-1]}-{lr}*{dE/dw4[-1]}")
ROW_ABOVE = "={w1[-1]}*{i1[-1]}+{w2[-1]}*{i2[-1]}"
EXAMPLES = [
    Example("the rate of another row", book(LATE)),
    Example("itself", book(Table().changed("w1", "={w1}-$G$30*{dE/dw1[-1]}", [3]))),
    Example("everything from another row", book(Table().changed("h1", ROW_ABOVE, [4]))),
]
