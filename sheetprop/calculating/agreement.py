"""Stored numbers against what they should be: typed numbers, stale values, error values."""

from __future__ import annotations

import math
from decimal import Decimal

from sheetprop.workbooks.sheet import ExcelError, Value

STORED_DIGITS = 10
"""Significant digits that Google Sheets stores: a difference beyond them is no difference."""

AS_STORED = 10.0 ** (1 - STORED_DIGITS)


def agrees_as_stored(stored: Value, recalculated: Value) -> bool:
    """Whether a stored value is what its formula gives, at the digits files keep."""
    if stored is None:
        return True  # written by a program that does not calculate
    if isinstance(stored, int | float) and isinstance(recalculated, int | float):
        return is_close(float(stored), float(recalculated), AS_STORED)
    if isinstance(stored, ExcelError) or isinstance(recalculated, ExcelError):
        return isinstance(stored, ExcelError) and isinstance(recalculated, ExcelError)
    return str(stored or "") == str(recalculated or "")


def is_close(left: float, right: float, relative: float) -> bool:
    """Whether two numbers agree; near zero, where cancellation leaves noise, to 1e-15."""
    return abs(left - right) <= relative * max(abs(left), abs(right)) + 1e-15


FEWEST_DIGITS = 0.05
"""Relative difference up to which a number with few digits tells the right one from others."""


def agrees_as_typed(typed: float, right: float) -> bool:
    """Whether a typed number is right to the digits it shows: 0.507 for 0.50687, 0.5069 too.

    One digit may be half of itself off: such a number agrees with anything, so with nothing.
    """
    if abs(typed - right) > FEWEST_DIGITS * abs(right):
        return False
    exponent = Decimal(repr(typed)).as_tuple().exponent
    assert isinstance(exponent, int)
    last_digit = 10.0**exponent if typed else 0.0
    return abs(typed - right) <= 0.5000001 * last_digit + 1e-9 * abs(right)


def relative_error(wrong: Value, right: float | None) -> float | None:
    """Return |wrong - right| / |right|, or None where that has no meaning."""
    if not isinstance(wrong, int | float) or right is None or right == 0:
        return None
    error = abs(float(wrong) - right) / abs(right)
    return error if math.isfinite(error) else None


def told_apart(left: float, right: float, least: int = 6) -> tuple[str, str]:
    """Return two numbers as texts, with as few digits from `least` on as tell them apart."""
    for digits in range(least, 18):
        texts = f"{left:.{digits}g}", f"{right:.{digits}g}"
        if texts[0] != texts[1]:
            return texts
    return f"{left:.{least}g}", f"{right:.{least}g}"
