"""A cell as the file holds it (SpreadsheetML, ECMA-376 part 1, 18.3.1.4), numbers in all digits."""

from __future__ import annotations

from math import isfinite

from sheetprop.workbooks.sheet import Cell, ExcelError, Value
from sheetprop.workbooks.writing.rows.new_functions import prefixed
from sheetprop.workbooks.writing.rows.texts import Texts, escaped, marked_up

_NO_NUMBER = ' t="e"', "#NUM!"


class Cells:
    """Writes the cells of a sheet; `is_plain` where no formula uses a newer function."""

    def __init__(self, texts: Texts, *, is_plain: bool) -> None:
        self._texts = texts
        self._is_plain = is_plain

    def xml(self, at: str, style: str, cell: Cell, shared: str | None = None) -> str:
        """Return the element of a cell at ``B2``.

        `style` is empty or the attribute that says it. `shared` are the attributes of a formula
        filled down, which only the cell that tells the range has in words.
        """
        if cell.formula is None:
            kind, shown = self._typed(cell.value)
            return f'<c r="{at}"{style}{kind}>{shown}</c>' if shown else f'<c r="{at}"{style}/>'
        kind, shown = _calculated(cell.value)
        return f'<c r="{at}"{style}{kind}>{self.formula(cell, shared)}{shown}</c>'

    def formula(self, cell: Cell, shared: str | None = None) -> str:
        """Return the element of a cell's formula."""
        if shared is not None and " ref=" not in shared:
            return f"<f{shared}/>"
        if cell.array is not None:
            shared = f' t="array" ref="{cell.array}"'
        text = (cell.formula or "").removeprefix("=")
        return f"<f{shared or ''}>{marked_up(text if self._is_plain else prefixed(text))}</f>"

    def _typed(self, value: Value) -> tuple[str, str]:
        """Return the type of a typed value, and the element that says it."""
        if isinstance(value, str) and not isinstance(value, ExcelError):
            return ' t="s"', f"<v>{self._texts.number(value)}</v>"
        return _calculated(value)


def digits(number: float) -> str:
    """Return a number with all its digits; a whole one needs no decimals."""
    return repr(number).removesuffix(".0")


def _calculated(value: Value) -> tuple[str, str]:
    """Return the type of what a formula gave, and the element that says it.

    Without such an element, every program calculates the formula when it opens the file.
    """
    if value is None:
        return "", ""
    kind, text = _kind_and_text(value)
    return kind, f"<v>{text}</v>"


def _kind_and_text(value: float | int | bool | str) -> tuple[str, str]:
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, int | float):
        return ("", digits(value)) if isfinite(value) else _NO_NUMBER
    if isinstance(value, ExcelError):
        return ' t="e"', value
    return ' t="str"', escaped(value)
