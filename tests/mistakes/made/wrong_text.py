"""Formulas written out as text."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

TEXTS = {
    "a mistake of formulas": "E2 = 1/2*(t1-a_o2)^2",
    "lost signs": "∂E/∂w1 = E/a_h1 * a_h1/h1 * h1/w1",
    "a lost power": "E2 = 1/2*(t2-a_o2)2",
    "a broken chain": "∂E/∂w3 = ∂E/∂a_h2 * ∂a_h2/∂h2 * ∂h1/∂w3",
    "one path": "∂E/∂w1 = ∂E/∂a_o1 * ∂a_o1/∂o1 * ∂o1/∂w1",
    "something else": "∂E1/∂w5 = ∂E1/∂a_o1 + ∂a_o1/∂o1 + ∂o1/∂w5",
}

EXAMPLES = [
    Example(case, book(Table(), further={"Sheet1": {"AZ1": text}}), mended=book(Table()))
    for case, text in TEXTS.items()
]
