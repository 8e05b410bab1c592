from __future__ import annotations

from dataclasses import replace

import pytest
from slowly import one_in

from sheetprop.calculating.calculated import calculated
from sheetprop.workbooks.long_tables import LongTable, TableCells
from sheetprop.workbooks.sheet import Cell, Sheet

ROWS = [(float(k), k * k / 10) for k in range(1, 3001)]
RUN = Sheet(
    "η=1", TableCells({(1, 1): Cell(0.0)}, [LongTable((2, 1), ["=A1+1", "=A2^2/10"], ROWS)])
)
FORMULAS = {
    "=SUM('η=1'!$A$1:$A$3001)": 4501500.0,
    "='η=1'!B11": 10.0,
    "=INDEX('η=1'!$B$2:$B$3001,A1)": 0.9,
    "=INDEX('η=1'!$A$2:$A$3001,INDEX('η=1'!$A$2:$A$3001,A1)+2)": 5.0,
    "=INDEX('η=1'!$A$2:$A$3001,1/0)": "#DIV/0!",
    "=SUM(INDEX('η=1'!$A$1:$A$3001,0))": 4501500.0,
    "=SUM(OFFSET('η=1'!A1,1,0,3,1))": 6.0,
    "=SUM('η=1'!A:A)": 4501500.0,
    "=MATCH(2500,'H=1'!A1)": "#REF!",
    "=step+1": 4.0,
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_get_what_they_need_of_a_long_table(formula: str) -> None:
    """Single cells, ranges, picks that hang on picks, and what cannot be known before."""
    page = Sheet("Page", {(1, 1): Cell(3.0), (2, 1): Cell(None, formula)})
    _, done = calculated([RUN, page], {"step": "Page!$A$1"})

    assert done.cells[2, 1].value == FORMULAS[formula]
    assert done.cells[2, 1].formula == formula


@pytest.mark.parametrize("formula", one_in(3, FORMULAS))
def test_a_long_table_counts_like_its_cells(formula: str) -> None:
    """A formula gives the same where the engine has all the cells."""
    page = Sheet("Page", {(1, 1): Cell(3.0), (2, 1): Cell(None, formula)})
    plain = replace(RUN, cells=dict(RUN.cells))
    names = {"step": "Page!$A$1"}

    assert calculated([RUN, page], names)[1] == calculated([plain, page], names)[1]


def test_tables_are_left_as_they_are() -> None:
    """What has its values is not calculated, and stays one table."""
    page = Sheet("Page", {(1, 1): Cell(None, "='η=1'!B3")})

    assert calculated([RUN, page])[0] is RUN
