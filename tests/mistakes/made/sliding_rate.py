"""A reference to η without $."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

EXAMPLES = [Example("slides", book(Table().changed("w2", "={w2[-1]}-{eta[+0]}*{dE/dw2[-1]}")))]
