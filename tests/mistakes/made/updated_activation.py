"""An update filled into the column of an input."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

UPDATED = Table().changed("i1", "={i1[-1]}-{eta}*{dE/dw1[-1]}", range(1, 8))

EXAMPLES = [Example("what is given", book(UPDATED))]
