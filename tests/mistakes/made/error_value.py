"""Error values, each from its own cause."""

from __future__ import annotations

from dataclasses import replace

from making import HEADER, ITERATIONS, Example, book, written
from worksheets import Table

from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Name
from sheetprop.spec import Architecture
from sheetprop.workbooks.sheet import Cell, Workbook

HUGE = Table(weights=(0.15, 0.2, 0.25, 0.3, -8000.0, -9000.0, 0.5, 0.55))
CIRCLE = Table().changed("h1", "={w1}*{i1}+{w2}*{a_h1}", [4])


def saturated() -> Workbook:
    """Return a run whose first output is exactly 1, and a gradient that divides by 1 - a_o1."""
    network = Network(Architecture(loss="cross-entropy"))
    a, t = Name("a_o1"), Name("t1")
    gradient = (a - t) / (a * (1 - a)) * (a * (1 - a)) * Name("a_h1")
    right = written(network, {"dE/dw5": (gradient, range(ITERATIONS))})
    column = list(network.quantities).index("w5") + 1
    cells = {**right.sheets[0].cells, (HEADER + 1, column): Cell(900.0)}
    return Workbook((replace(right.sheets[0], cells=cells),))


SATURATED = saturated()

EXAMPLES = [
    Example("a lost reference", book(Table().changed("h1", "={w1}*#REF!+{w2}*{i2}", [3]))),
    Example("an unknown name", book(Table().changed("a_o1", "=1/(1+EXPP(-{o1}))"))),
    Example(
        "a text for a number",
        book(Table().changed("E1", "=0.5*({t1}-$AZ$1)^2"), further={"Sheet1": {"AZ1": "x"}}),
    ),
    Example("a division by nothing", book(Table().changed("E1", "={t1}/ZZ1", [2]))),
    Example("another error", book(Table().changed("E1", "=SQRT(-1-{t1})*{a_o1}", [2]))),
    Example("too large", book(HUGE), mended=book(Table())),
    Example("a saturated neuron", SATURATED, mended=book(Table())),
    Example(
        "a text where a number is given",
        book(Table().changed("w1", "0,15", [0])),
        mended=book(Table()),
    ),
    Example("an error where a number is given", book(Table(rate="#N/A")), mended=book(Table())),
    Example(
        "a text taken where a number is given",
        book(Table().changed("i1", "=C31", [0])),
        mended=book(Table()),
    ),
    Example(
        "a number typed as text",
        book(Table().changed("w1", "0.15", [0])),
        mended=book(Table()),
    ),
    Example("a circle", book(CIRCLE), mended=book(Table())),
    Example(
        "itself",
        book(
            Table().changed("h1", "={w1}*{i1}+{w2}*{i2}+0*$AZ$1"),
            further={"Sheet1": {"AZ1": "=AZ1"}},
        ),
        mended=book(Table()),
    ),
    Example(
        "a truth value where a number is given",
        book(Table().changed("w1", True, [0])),
        mended=book(Table()),
    ),
]
