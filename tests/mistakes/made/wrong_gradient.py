"""A gradient in a formula that is no update."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

FORMULA = "={w5}*{a_h1}+{w6}*{dE/dw1[-1]}"

EXAMPLES = [Example("elsewhere", book(Table().changed("o1", FORMULA, range(1, 8))))]
