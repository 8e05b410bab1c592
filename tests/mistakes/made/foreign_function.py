"""Functions that not every program has."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

MENDED = book(Table())

EXAMPLES = [
    Example(
        "of Google Sheets",
        book(Table().changed("E1", "=0.5*POW({t1}-{a_o1},2)")),
        mended=MENDED,
    ),
    Example(
        "of LibreOffice",
        book(Table(), further={"Sheet1": {"AZ1": "=CURRENT()+1"}}),
        mended=MENDED,
    ),
    Example(
        "misspelt",
        book(Table(), further={"Sheet1": {"AZ1": "=AVERGE(C32:C39)"}}),
        mended=MENDED,
    ),
]
