"""A wrong formula that stands in the column of another kind of quantity as well."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

ODD = "={w1}*{i1}-{w2}/{i2}"
COPIED = Table().changed("h1", ODD).changed("E1", ODD)

EXAMPLES = [Example("copied", book(COPIED), mended=book(Table()))]
