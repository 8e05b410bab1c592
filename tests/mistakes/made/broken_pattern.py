"""Rows that differ from their column."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

# Twice what a formula needs is no part of one, so that only the other rows tell what belongs there.
HELPED = Table(helpers={"d1": "=2*({a_o1}-{t1})*{a_o1}*(1-{a_o1})"})
HELPED = HELPED.changed("dE/dw5", "={d1}*{a_h1}/2").changed("dE/dw6", "={d1}*{a_h2}/2")

EXAMPLES = [
    Example("with a cause", book(Table().changed("E2", "=0.5*({t1}-{a_o2})^2", [3]))),
    Example("a helper cell", book(HELPED.changed("d1", "=2*({a_o1}-{t1})*{a_o1}", [4, 5]))),
    Example("odd", book(Table().changed("o1", "={w5}*{a_h1}+{w6}*{a_h2}+{t1}^3", [5]))),
]
