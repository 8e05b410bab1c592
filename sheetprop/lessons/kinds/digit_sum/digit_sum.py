"""The lesson digit-sum: what a network finds of an image, with a number beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sheetprop.lessons.kinds.kind import WORKED, Kind
from sheetprop.validate import Problem, shown, whole_number
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Workbook

MOST = 9
"""The largest number that may be added."""


def number(value: object) -> int:
    """Return a whole number from 0 to 9."""
    found = whole_number(value, least=0)
    if found > MOST:
        raise Problem(f"must be a whole number from 0 to {MOST}, not {shown(value)}")
    return found


def read(_source: str, values: Mapping[str, Any]) -> int:
    """Return the number that stands beside the image at first."""
    return int(values["sum.number"])


def describe(number: int) -> str:
    """Return the number in a few words."""
    return f"a digit + {number}"


def layout(number: int, words: Words, _variant: str) -> Workbook:
    """Return the workbook."""
    from sheetprop.lessons.kinds.digit_sum.layout import layout as laid_out  # with NumPy
    from sheetprop.lessons.mnist.stored_digits import (
        as_stored,
        with_fewer_decimals,
        with_fewer_digits,
    )
    from sheetprop.training.sums.head import Head
    from sheetprop.training.sums.shipped_head import shipped_head

    made = shipped_head()
    head = Head(with_fewer_decimals(made.head.hidden), with_fewer_decimals(made.head.out))
    own = replace(made, eyes=as_stored(made.eyes), head=head)
    return with_fewer_digits(laid_out(own, number, words))


DIGIT_SUM = Kind(
    "digit-sum",
    {"sum": {"number": number}},
    ("sum.number",),
    read,
    describe,
    layout,
    variants=(WORKED,),
)
