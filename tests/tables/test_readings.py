"""What lies between the ends of a fill is told from them exactly as reading each cell tells it."""

from collections.abc import Mapping

import pytest

from sheetprop.calculating.loops.fills import compact
from sheetprop.tables.lines import read_line
from sheetprop.tables.readings.read import readings
from sheetprop.tables.table import Table
from sheetprop.tables.translate import Translator
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

ROWS = 12
GAPLESS, GAPS = tuple(range(2, 2 + ROWS)), (2, *range(5, 4 + ROWS))
UPDATE, HELPER, RATE = 2, 3, 4


def filled(
    update: str, helper: str, places: tuple[int, ...], single: Mapping[tuple[int, int], Cell]
) -> tuple[Sheet, Table]:
    """Return a table of `a` and `w`, with a helper and a number beside each row."""
    cells: dict[tuple[int, int], Cell] = {}
    for place in range(2, max(places) + 1):
        cells[place, 1] = cells[place, UPDATE] = Cell(place / 7)
        cells[place, HELPER] = Cell(formula=helper.format(place, place - 1))
        cells[place, RATE] = Cell(float(place))
        if place > places[0]:
            cells[place, UPDATE] = Cell(formula=update.format(place, place - 1))
    lines = {"a": 1, "w": UPDATE}
    return Sheet("s", cells | dict(single)), Table("s", "down", 1, places, lines, {})


@pytest.mark.parametrize("places", [GAPLESS, GAPS])
@pytest.mark.parametrize(
    "single", [{}, {(8, HELPER): Cell(3.0)}, {(9, HELPER): Cell(formula="=A9")}]
)
@pytest.mark.parametrize(
    ("update", "helper"),
    [
        ("=B{1}-C{0}", "=A{0}*2"),
        ("=B{1}-C{1}*D{0}", "=A{0}*$A$3"),
        ("=C{0}+$A$4", "=A{1}-D{0}"),
        ("=A{0}*D{1}+$D$2", "=A{0}"),
        ("=SUM(A{0}:D{0})", "=A{1}"),
    ],
)
def test_cells_between_the_ends_read_as_each_does_alone(
    update: str, helper: str, places: tuple[int, ...], single: Mapping[tuple[int, int], Cell]
) -> None:
    sheet, table = filled(update, helper, places, single)
    workbook = Workbook((sheet,))

    def translator() -> Translator:
        return Translator(workbook, table, lambda _sheet, cell: sheet.cells[cell].value)

    found = {}
    for fill in read_line(sheet, table, "w").fills:
        for reading in readings(translator(), table, "w", fill):
            found |= dict.fromkeys(reading.steps, reading.tree)
            assert reading.steps == compact(tuple(reading.steps))
    alone = {step: translator().tree(table.cell("w", step)) for step in range(1, len(places))}

    assert found == alone


def test_a_fill_is_read_at_its_ends_alone_where_these_tell_it() -> None:
    sheet, table = filled("=B{1}-C{1}*D{0}", "=A{0}*2", GAPLESS, {})
    translator = Translator(Workbook((sheet,)), table, lambda _sheet, cell: sheet.cells[cell].value)
    read: list[object] = []
    tree_of = translator.tree
    translator.tree = lambda cell: (read.append(cell), tree_of(cell))[1]  # type: ignore[method-assign]
    (fill,) = read_line(sheet, table, "w").fills

    found = readings(translator, table, "w", fill)

    assert len(found) == ROWS - 1
    assert read == [table.cell("w", 1), table.cell("w", ROWS - 1)]
