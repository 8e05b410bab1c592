"""A header that names another quantity."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

HEADERS = {"h2": "a_h2", "a_h2": "h2"}

EXAMPLES = [Example("header", book(Table(headers=HEADERS)), mended=book(Table()))]
