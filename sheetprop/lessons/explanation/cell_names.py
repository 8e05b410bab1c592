"""Names that Excel allows for the numbers of the chosen step: ``w_1`` for w1, which is a cell.

Every name has a line below in it, so none is the address of a cell in any notation.
"""

from __future__ import annotations

import re

from sheetprop.maths.chain import NEW

_NUMBERED = re.compile(r"([A-Za-z])(\d+)(?=@|$)")
_SAMPLE = re.compile(r"@(\d+)")
_OTHER = {"lambda": "lambda_"}  # LAMBDA is a function


def cell_name(name: str) -> str:
    """Return the defined name of a quantity: ``w_1``, ``a_h1_s2``, ``dE_dw1``, ``w_1_new``."""
    plain = name.removesuffix(NEW)
    numbered = _NUMBERED.match(plain)
    if numbered:
        plain = f"{numbered[1]}_{numbered[2]}{plain[numbered.end() :]}"
    found = _SAMPLE.sub(r"_s\1", plain)
    return _OTHER.get(found, found).replace("/", "_") + ("_new" if name.endswith(NEW) else "")
