"""A mean over rows where it goes over columns, and the other way."""

from __future__ import annotations

from checking.arrays.strangers import normalised, with_slip
from making import Example

DOWN, ACROSS = normalised("VAR.P"), normalised("VAR.P", across=True)

EXAMPLES = [
    Example(case, with_slip(own, *next(s for s in own.slips if s[2] == "wrong-axis")[:2]))
    for case, own in (("row", DOWN), ("column", ACROSS))
]
