"""OFFSET with numbers means one cell, also from the cell that it stands in."""

from __future__ import annotations

import pytest

from sheetprop.workbooks.own_functions import without_offsets


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        ("=OFFSET(F6,-1,0)-$B$1*OFFSET(Y6, -1, +1)", "=F5-$B$1*Z5"),
        ("=SUM(A1:OFFSET($A$9,-1,0))", "=SUM(A1:$A$8)"),
        ("=OFFSET('My data'!B2,1,1)", "='My data'!C3"),
        ("=OFFSET(A1,-1,0)+OFFSET(A1,B1,0)+OFFSET(A1,1,0,2,2)", None),
    ],
)
def test_an_offset_by_numbers_is_a_cell(formula: str, meant: str | None) -> None:
    """What leads off the sheet, goes by another cell or means a range stays as it is."""
    assert without_offsets(formula) == (formula if meant is None else meant)
