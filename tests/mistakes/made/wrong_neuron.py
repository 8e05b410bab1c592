"""A wrong formula that stands in the column of another neuron as well."""

from __future__ import annotations

from making import Example, book
from worksheets import DELTA_1, DELTA_2, Table

ODD = f"=({DELTA_1}*{{w6}}*{{a_o1}}+{DELTA_2}*{{t1}}*{{w8}})*{{a_h2}}*{{i1}}*{{h1}}"
COPIED = Table().changed("dE/dw3", ODD).changed("dE/dw4", ODD)

EXAMPLES = [Example("copied", book(COPIED), mended=book(Table()))]
