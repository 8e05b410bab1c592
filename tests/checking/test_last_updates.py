"""A last row that holds nothing but the weights just updated: it is judged like any other."""

from __future__ import annotations

from pathlib import Path

from cell_sheets import written
from worksheets import ORDER, WEIGHTS, Table, checked, in_tables

from sheetprop.checking.finding.final_updates import row_of_updates
from sheetprop.tables.blocks import Stacked
from sheetprop.tables.table import DOWN, NOWHERE

BETWEEN = """
w1 | w2 | dE/dw1 | dE/dw2
1 | 2 | 3 | 4
=A2-C2 | =B2-D2
=A3 | =B3 | 3 | 4
=A4-C4 | =B4-D4
"""
LAST = Table().iterations - 1


def ending_with_weights() -> Table:
    table = Table()
    for name in ORDER:
        if name not in WEIGHTS:
            table = table.changed(name, None, [LAST])
    return table


def test_weights_alone_at_the_end(tmp_path: Path) -> None:
    """Nothing is missing beside them, and an update among them that goes up is found."""
    right = checked(tmp_path, ending_with_weights())
    assert (right.verdict, in_tables(right)) == ("correct", ())

    up = ending_with_weights().changed("w5", "={w5[-1]}+{eta}*{dE/dw5[-1]}", [LAST])
    (found,) = in_tables(checked(tmp_path, up))
    assert [place.quantity for place in found.places] == ["w5"]


def test_rows_of_updates_between_iterations_end_with_one() -> None:
    """The last of them is a row of the table, which no further row takes up."""
    sheet = written(BETWEEN).sheets[0]

    assert list(row_of_updates(sheet, {1, 2}, [2, 4], 5)) == [5]


def test_forms_that_repeat_may_end_with_weights() -> None:
    """What the last form updates has a place of its own, where nothing else stands."""
    cells, ends = ((1, 2), (2, 2)), ((30, 2), NOWHERE)
    lines = {"w1": 0, "h1": 1}
    table = Stacked("S", DOWN, 0, (0, 1, 2), lines, {}, cells=cells, apart=(10, 0), ends=ends)

    assert (table.iterations, table.whole_iterations) == (3, 2)
    assert (table.range_text("w1"), table.range_text("h1")) == ("B1,B11,B30", "B2,B12")
    assert table.split((30, 2)) == (0, 2)
