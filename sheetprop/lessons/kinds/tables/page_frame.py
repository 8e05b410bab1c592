"""What the sheets of tables have in common: cells given once, and the look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sheetprop.calculating.calculated import calculated
from sheetprop.lessons.kinds.frame import BELOW
from sheetprop.lessons.kinds.tables.row_table import RowTable
from sheetprop.notation.address import fixed
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook
from sheetprop.workbooks.exercise_names import TABLE_NAME
from sheetprop.workbooks.look import Look, Paper
from sheetprop.workbooks.page import DATA, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Sheet, Workbook

Drawn = tuple[Chart, ChartLook]
HALF = 5
"""Columns of a question; its answer has as many."""


def put_once(
    page: Page, words: Words, prefix: str, cells: Mapping[str, Address], values: Mapping[str, float]
) -> None:
    """Write what is given once, each with its name before it."""
    for name, (row, column) in cells.items():
        page.put((row, column - 1), words[prefix + name], "name")
        page.put((row, column), Cell(values[name]), "input")


def workbook_of_pages(
    name: str,
    page: Page,
    data: Page,
    drawn: Iterable[Drawn],
    widths: Mapping[int, float],
    table: RowTable,
    page_ends: tuple[int, ...] = (),
) -> Workbook:
    """Return the workbook of a sheet with its charts, and of Data where their points stand.

    `page_ends` are the columns after which another printed page begins.
    """
    charts = tuple(drawn)
    look = Look(
        styles=page.styles,
        widths=dict(widths),
        merged=tuple(page.merged),
        heights=page.heights,
        charts=tuple(one for _, one in charts),
        heads=(table.head, table.head),
        scientific=(table.body,),
        tab="#0072B2",
        plain_formulas=True,
        paper=Paper(
            rows=(table.last + 1,),
            columns=page_ends,
            beside=(BELOW, table.last) if page_ends else None,
        ),
    )
    sheet = Sheet(name, page.cells, tuple(chart for chart, _ in charts), look=look)
    first, last = (fixed(corner) for corner in table.body)
    names = {f"{TABLE_NAME}1": f"{name}!{first}:{last}"}
    if not data.cells:
        return Workbook(calculated((sheet,)), names)
    hidden = Look(data.styles, widths=_points_wide(data), heights=data.heights, plain_formulas=True)
    return Workbook(calculated((sheet, Sheet(DATA, data.cells, look=hidden))), names)


def _points_wide(data: Page) -> dict[int, float]:
    """Return widths at which the points of neighbouring curves do not touch each other."""
    return dict.fromkeys({column for _, column in data.cells}, 12.0)
