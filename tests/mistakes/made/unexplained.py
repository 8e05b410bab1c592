"""Wrong in a way that nothing explains."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

EXAMPLES = [Example("something else", book(Table().changed("h1", "={w1}*{i1}-{w2}/{i2}")))]
