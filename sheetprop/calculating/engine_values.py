"""Values as the calculation engine takes and gives them; errors are values."""

from __future__ import annotations

import math
from typing import Any

from sheetprop.workbooks.sheet import ExcelError, Value

ERROR_OF_KIND = {
    "Null": "#NULL!",
    "Ref": "#REF!",
    "Name": "#NAME?",
    "Value": "#VALUE!",
    "Div": "#DIV/0!",
    "Na": "#N/A",
    "Num": "#NUM!",
    "Spill": "#SPILL!",
    "Calc": "#CALC!",
    "Circ": "#CIRC!",
}
KIND_OF_ERROR = {error: kind for kind, error in ERROR_OF_KIND.items()}
UNKNOWN_ERROR = "#NAME?"
CIRCLE = "#CIRC!"
"""What a cell shows that needs its own value."""


def for_engine(value: Value) -> Any:
    """Make a value what the engine takes."""
    if type(value) is float and math.isfinite(value):  # nearly all of them
        return value
    if isinstance(value, ExcelError):
        import formualizer as fz

        return fz.LiteralValue.error(KIND_OF_ERROR.get(value, "Name"), None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return finite(value)
    return value


def finite(value: float) -> Any:
    """Make a number what the engine takes, or ``#NUM!`` where Excel has no such number."""
    try:
        number = float(value)
    except OverflowError:  # an int beyond all floats
        number = math.inf
    return number if math.isfinite(number) else for_engine(ExcelError("#NUM!"))


def from_engine(value: Any) -> Value:
    """Make a value of the engine ours: an error is a value, and no number is infinite."""
    if type(value) is float and math.isfinite(value):  # nearly all of them
        return value
    if isinstance(value, dict):
        return ExcelError(ERROR_OF_KIND.get(value.get("kind", ""), UNKNOWN_ERROR))
    if isinstance(value, float) and not math.isfinite(value):
        return ExcelError("#NUM!")
    if isinstance(value, list):
        return from_engine(value[0]) if value else None
    return value if value is None or isinstance(value, float | int | str) else str(value)
