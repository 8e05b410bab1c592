"""What the charts of a workbook show: which series are losses, of a table or copied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from sheetprop.lazily.patterns import pattern
from sheetprop.mistakes.base import Scene
from sheetprop.mistakes.charts.extents import Extent, extent_in_pasted
from sheetprop.mistakes.experiment.pasted import Pasted, pasted_in
from sheetprop.tables.areas import Area, areas_of, shows_losses_of
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Chart, Series, Sheet, Workbook

LOSS = pattern(r"loss|error|cost|\be[_ ]?(?:t|tot|total)\b", re.IGNORECASE)


class Shown(NamedTuple):
    """One series of a chart: its cells, and the tables or copies whose losses these are."""

    sheet: Sheet
    chart: Chart
    series: Series
    areas: tuple[Area, ...]
    tables: tuple[Table, ...]
    pasted: tuple[tuple[Pasted, Extent], ...]


def tables_with_losses(judgements: Sequence[Judgement]) -> list[Table]:
    """Return the tables of iterations that have a line of E_total."""
    tables = (one.table for one in judgements if not isinstance(one.table, Form))
    return [table for table in tables if "E_total" in table.lines]


def shown_in(scene: Scene) -> list[Shown]:
    """Return every series of every chart, in the order of the sheets."""
    workbook, tables = scene.workbook, tables_with_losses(scene.judgements)
    has_charts = any(sheet.charts for sheet in workbook.sheets)
    pasted = scene.once(pasted_in) if has_charts else []
    return [
        _shown(workbook, sheet, chart, series, tables, pasted)
        for sheet in workbook.sheets
        for chart in sheet.charts
        for series in chart.series
    ]


def _shown(
    workbook: Workbook,
    sheet: Sheet,
    chart: Chart,
    series: Series,
    tables: list[Table],
    pasted: list[Pasted],
) -> Shown:
    areas = tuple(areas_of(series.values, workbook))
    copies = ((one, extent_in_pasted(areas, one)) for one in pasted)
    return Shown(
        sheet,
        chart,
        series,
        areas,
        tuple(table for table in tables if shows_losses_of(areas, table)),
        tuple((one, extent) for one, extent in copies if extent is not None),
    )


def any_loss(scene: Scene) -> bool:
    """Whether any chart shows E_total: the cells themselves, copies, or what is called so."""
    shown = scene.once(shown_in)
    if any(one.tables or one.pasted for one in shown):
        return True
    names = (_name_of(one.series, scene.workbook) for one in shown)
    titles = (text for one in shown for text in (one.chart.title, one.sheet.name))
    if any(LOSS.search(text) for text in (*names, *titles) if text):
        return True
    losses = {_rounded(value) for one in scene.judgements for value in _losses(one)}
    return any(_shows_one_of(losses, one, scene.workbook) for one in shown)


def _name_of(series: Series, workbook: Workbook) -> str | None:
    """Return what a series is called: its own text, or that of the cell it refers to."""
    areas = areas_of(series.name or "", workbook) if series.name_is_reference else []
    if not areas:
        return series.name
    cell = workbook[areas[0].sheet].cells.get(areas[0].first)
    return str(cell.value) if cell is not None else None


def _losses(judgement: Judgement) -> Iterator[float]:
    table = judgement.table
    for step in range(table.iterations if "E_total" in table.lines else 0):
        value = judgement.value_of(table.sheet, table.cell("E_total", step))
        if isinstance(value, int | float):
            yield float(value)


def _rounded(value: float) -> str:
    return f"{value:.6g}"


def _shows_one_of(losses: set[str], one: Shown, workbook: Workbook) -> bool:
    if not one.areas:
        return any(number in losses for number in _constants(one.series.values))
    return any(
        _rounded(number) in losses for area in one.areas for number in numbers_in(area, workbook)
    )


def _constants(array: str) -> Iterator[str]:
    """Yield the numbers of an array constant, ``{0.25,0.24}``: what a chart keeps of lost cells."""
    for text in array.strip("{}").split(","):
        with suppress(ValueError):
            yield _rounded(float(text))


def numbers_in(area: Area, workbook: Workbook) -> list[float]:
    """Return the numbers stored in an area; a formula counts, whatever its value."""
    return [
        float(cell.value) if isinstance(cell.value, int | float) else 0.0
        for address, cell in workbook[area.sheet].cells.items()
        if area.contains(address) and (cell.formula or isinstance(cell.value, int | float))
    ]
