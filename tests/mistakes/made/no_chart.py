"""No chart of the loss."""

from __future__ import annotations

from making import Example, book, curve
from worksheets import Table

LONG = Table(iterations=20)

EXAMPLES = [Example("none", book(LONG), mended=book(LONG, charts=(curve("Sheet1!$W$32:$W$51"),)))]
