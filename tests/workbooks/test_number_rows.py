"""Rows that are kept as numbers say the same by rows and by columns."""

from __future__ import annotations

import pytest

from sheetprop.workbooks.number_rows import Numbered, NumberRows
from sheetprop.workbooks.sheet import ExcelError


@pytest.mark.parametrize("first", [0, 1, 3])
def test_columns_begin_where_rows_do(first: int) -> None:
    """Whichever row comes first, a column has what the rows have, the last of them repeated."""
    rows = NumberRows(2)
    for row in ((0.5, 1.5), (2.5, ExcelError("#NUM!")), (4.5, 5.5), (6.5, 7.5)):
        rows.append(row)
    rows.repeat_last(2)
    numbered = Numbered(rows, (1, 0), first)

    assert [list(numbered.column(place)) for place in range(3)] == list(
        map(list, zip(*numbered, strict=True))
    )
