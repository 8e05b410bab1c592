"""SP305: a cell shows an error."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

ERROR_VALUE = Mistake(
    code="SP305",
    name="error-value",
    summary="#REF!, #NAME?, #DIV/0! …",
    explanation=(
        "The cell has no number: a reference was deleted, a name is misspelt or a division "
        "has no result, and everything computed from it fails too."
    ),
    wrong="h1 = w1*#REF!+w2*i2",
    right="h1 = w1*i1+w2*i2",
)
