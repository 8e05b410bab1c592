from __future__ import annotations

import pytest

from sheetprop.workbooks.long_tables import LongTable, TableCells, corner_cells
from sheetprop.workbooks.number_rows import Numbered, NumberRows
from sheetprop.workbooks.sheet import Cell, ExcelError

ERROR = ExcelError("#NUM!")
LOOSE = {(1, 1): Cell("head"), (9, 9): Cell(1.0)}
TABLE = LongTable((2, 2), ["=B1+1", "=Other!$A$1*B2"], [(1.0, 2.0), (2.0, ERROR), (3.0, 6.0)])
CELLS = {
    **LOOSE,
    (2, 2): Cell(1.0, "=B1+1"),
    (2, 3): Cell(2.0, "=Other!$A$1*B2"),
    (3, 2): Cell(2.0, "=B2+1"),
    (3, 3): Cell(ERROR, "=Other!$A$1*B3"),
    (4, 2): Cell(3.0, "=B3+1"),
    (4, 3): Cell(6.0, "=Other!$A$1*B4"),
}


def test_a_long_table_reads_like_its_cells() -> None:
    """One by one, all at once, by length or by address: the same as a dictionary."""
    cells = TableCells(LOOSE, [TABLE])

    assert cells == CELLS
    assert len(cells) == len(CELLS)
    assert list(cells) == list(CELLS)
    assert {at: cells[at] for at in CELLS} == CELLS
    assert [(at in cells) for at in ((2, 2), (5, 2), (1, 1), (4, 4))] == [True, False, True, False]
    with pytest.raises(KeyError):
        cells[5, 2]


def test_corners_reach_as_far_as_all_cells() -> None:
    """What asks how far a sheet reaches need not go through its tables."""
    cells = TableCells({(1, 1): Cell("head")}, [TABLE])

    assert max(row for row, _ in corner_cells(cells)) == max(row for row, _ in cells)
    assert max(column for _, column in corner_cells(cells)) == max(column for _, column in cells)


@pytest.mark.parametrize(
    ("lines", "columns", "expected"),
    [
        (range(1, 100), range(1, 100), ((2, 2), [(1.0, 2.0), (2.0, ERROR), (3.0, 6.0)])),
        (range(3, 4), range(3, 4), ((3, 3), [(ERROR,)])),
        (range(4, 9), range(1, 3), ((4, 2), [(3.0,)])),
        (range(1, 2), range(1, 9), ((2, 2), [])),
        (range(5, 9), range(2, 3), ((5, 2), [])),
        (range(2, 5), range(5, 9), ((2, 5), [])),
        (range(2, 5), range(1, 2), ((2, 2), [])),
    ],
)
def test_a_part_of_a_table_is_where_it_overlaps(
    lines: range, columns: range, expected: object
) -> None:
    """Of any rectangle of the sheet only what the table has is returned."""
    assert TABLE.part(lines, columns) == expected


def test_rows_of_numbers_come_back() -> None:
    """Rows with errors and rows that repeat to the end are like any others, also as columns."""
    rows = NumberRows(2)
    for row in ((1.0, 0.1), (2.0, ERROR), (3.0, 0.3)):
        rows.append(row)
    rows.repeat_last(2)
    expected = [(1.0, 0.1), (2.0, ERROR), *[(3.0, 0.3)] * 3]

    assert list(rows) == expected
    assert [rows[k] for k in (0, 1, -1)] == [expected[0], expected[1], expected[-1]]
    assert rows[1:4] == expected[1:4]
    assert [rows.column(k) for k in (0, 1)] == [
        list(column) for column in zip(*expected, strict=True)
    ]
    numbered = Numbered(rows, order=(1, 0))
    assert list(numbered) == [(float(k), *row[::-1]) for k, row in enumerate(expected)][1:]
    assert numbered[-1] == (4.0, 0.3, 3.0)
    assert [list(numbered.column(k)) for k in range(3)] == [
        list(column) for column in zip(*numbered, strict=True)
    ]
    assert numbered[1:3] == list(numbered)[1:3]
    with pytest.raises(IndexError):
        rows[5]


def test_repeated_rows_with_errors_repeat_their_errors() -> None:
    """A run that has overflowed shows its errors to the end."""
    rows = NumberRows(1)
    rows.append((ERROR,))
    rows.repeat_last(3)

    assert rows.column(0) == [ERROR] * 4
    assert list(rows) == [(ERROR,)] * 4


@pytest.mark.parametrize("column", [2, 3, 4])
def test_a_long_part_of_one_column_is_the_same_part(column: int) -> None:
    """It is taken from the column at once, and that is the same as row by row."""
    rows = NumberRows(2)
    for number in range(60):
        rows.append((number / 10, ERROR) if number == 30 else (number / 10, float(number)))
    numbered = Numbered(rows, (1, 0))
    quick = LongTable((2, 2), ["=B1+1"] * 3, numbered)
    plain = LongTable((2, 2), ["=B1+1"] * 3, list(numbered))

    lines = range(5, 99)
    assert quick.part(lines, range(column, column + 1)) == plain.part(
        lines, range(column, column + 1)
    )
