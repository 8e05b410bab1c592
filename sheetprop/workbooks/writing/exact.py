"""A worksheet as XlsxWriter would write it, but in all digits, quicker, and smaller."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from sheetprop.notation.address import COLUMNS
from sheetprop.workbooks.sheet import Address


class Exact(Worksheet):  # type: ignore[misc]
    """A worksheet with numbers in all their digits, and without the scan for new functions.

    XlsxWriter writes typed numbers with 16 digits, which loses one in four, and searches every
    formula for functions newer than Excel 2007, which takes most of its time. The methods are
    private, so the version is pinned and tests hold it to what is relied on.
    """

    plain_formulas = False
    end: int | None = None
    fills: Mapping[Address, tuple[int, str | None]] = MappingProxyType({})

    def lay_paper(self, style: Any, widths: Mapping[int, float], last: int) -> None:
        """Put a style behind all cells, also those that hold nothing, and set columns' widths.

        `last` is the last column in use; those after it become one entry of the file.
        """
        page: Any = self
        used = page.dim_colmin, page.dim_colmax
        self.end = max(last, *widths, 0)
        for column in range(self.end + 1):
            page.set_column(column, column, widths.get(column + 1), style)
        page.dim_colmin, page.dim_colmax = used  # the paper is no content: readers go by the size

    def _write_col_info(self, col_min: int, col_max: int, col_info: Any) -> None:
        super()._write_col_info(col_min, COLUMNS - 1 if col_max == self.end else col_max, col_info)

    def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
        marks = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{marks}><v>{_digits(number)}</v></c>")

    def _write_formula(
        self, row: int, col: int, formula: str, cell_format: Any = None, value: Any = 0
    ) -> Any:
        if not self.plain_formulas or self._check_dimensions(row, col):
            return super()._write_formula(row, col, formula, cell_format, value)
        fill = self.fills.get((row + 1, col + 1))
        text = formula[1:] if fill is None else _Filled(formula[1:], *fill)
        self.table[row][col] = CellFormulaTuple(text, cell_format, value)
        return 0

    def _xml_formula_element(self, formula: str, result: Any, attributes: Any = ()) -> None:
        marks = "".join([f' {key}="{value}"' for key, value in attributes])
        of_fill: object = formula
        if isinstance(result, str):
            result = self._escape_data(result)
        if "&" in formula or "<" in formula or ">" in formula:
            formula = self._escape_data(formula)
        how = of_fill.marks if isinstance(of_fill, _Filled) else ""
        self.fh.write(f"<c{marks}><f{how}>{formula}</f><v>{result}</v></c>")


def _digits(number: float) -> str:
    return repr(number) if isinstance(number, int) else repr(float(number)).removesuffix(".0")


class _Filled(str):
    """The formula of a cell filled down from the first of a range: written once, then by number.

    Spreadsheet programs write it so (ECMA-376 part 1, 18.3.1.40, shared formulas); a table is
    a third smaller.
    """

    __slots__ = ("marks",)
    marks: str

    def __new__(cls, formula: str, number: int, area: str | None) -> _Filled:
        made = super().__new__(cls, "" if area is None else formula)
        made.marks = ' t="shared"' + (f' ref="{area}"' if area else "") + f' si="{number}"'
        return made
