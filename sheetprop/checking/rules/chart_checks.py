"""The charts of the loss: whether there is one, and whether it shows every iteration."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheetprop.checking.judging.findings import Draft
from sheetprop.checking.report import Finding, Place
from sheetprop.checking.rules.chart_shown import LOSS, Shown, any_loss, numbers_in, shown_in
from sheetprop.checking.rules.chart_slips import Extent, extent_in_table, is_across
from sheetprop.checking.rules.pasted import find_pasted
from sheetprop.checking.rules.rate_names import rate_named
from sheetprop.mistakes import BY_NAME
from sheetprop.notation.address import fixed
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Form, Table
from sheetprop.workbooks.sheet import Workbook

SHORTEST_CURVE = 10
"""With fewer iterations there is no curve to look at, and no chart is missed."""

SINGLE_POINTS = 3
"""So many series of one point each are a column taken for a row."""


def chart_findings(judgements: list[Judgement], workbook: Workbook, file: str) -> Iterator[Draft]:
    """Yield what is wrong with the charts of E_total."""
    judgements = [one for one in judgements if not isinstance(one.table, Form)]
    tables = [one.table for one in judgements if "E_total" in one.table.lines]
    has_charts = any(sheet.charts for sheet in workbook.sheets)
    pasted = find_pasted(workbook, judgements) if has_charts else []
    shown = shown_in(workbook, tables, pasted)
    yield from _ranges(shown)
    yield from _single_points(shown)
    yield from _two_rates(shown)
    yield from _other_cells(shown, judgements, workbook)
    if tables and not any_loss(shown, judgements, workbook) and not file.lower().endswith(".ods"):
        yield from _no_chart(tables)


def _ranges(shown: list[Shown]) -> Iterator[Draft]:
    """Yield series that leave their losses.

    One that shows a part only is no mistake where another shows the whole run.
    """
    complete = {
        (table.sheet, table.header)
        for one in shown
        for table in one.tables
        if not _table_extent(one, table).misses
    }
    exchanged = [own[0].chart for own in _exchanged(shown)]
    for one in shown:
        for table in one.tables if not any(one.chart is chart for chart in exchanged) else ():
            extent = _table_extent(one, table)
            is_part = extent.misses and (table.sheet, table.header) not in complete
            if extent.adds or is_part:
                right = (table.cell("E_total", 0), table.cell("E_total", table.iterations - 1))
                yield _range_draft(one, extent, _reference(table.sheet, *right))
        for pasted, extent in one.pasted if not one.tables else ():
            if extent.misses or extent.adds:
                right = (pasted.cells[0], pasted.cells[-1])
                yield _range_draft(one, extent, _reference(pasted.sheet, *right))


def _table_extent(one: Shown, table: Table) -> Extent:
    return extent_in_table([a for a in one.areas if a.sheet == table.sheet], table)


def _reference(sheet: str, first: tuple[int, int], last: tuple[int, int]) -> str:
    quoted = sheet if re.fullmatch(r"[A-Za-z_]\w*", sheet) else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{fixed(first)}:{fixed(last)}"


def _range_draft(one: Shown, extent: Extent, right: str) -> Draft:
    message = f"{_name(one)} {extent.phrase}; the losses are {right}."
    return _draft(one, message, ("extent", *extent.kind), right)


def _name(one: Shown) -> str:
    title = one.chart.title if one.chart.title and not one.chart.title_is_reference else ""
    named = f"The chart “{' '.join(title.split())}”" if title else "The chart of E_total"
    return f"{named} on sheet {one.sheet.name}"


def _draft(one: Shown, message: str, key: tuple[object, ...], right: str | None) -> Draft:
    mistake = BY_NAME["chart-range"]
    where = tuple(Place(area.sheet, area.text, "E_total") for area in one.areas)
    finding = Finding(
        mistake.name,
        mistake.code,
        "warning",
        where,
        message,
        found=one.series.values,
        expected=right,
    )
    return Draft((mistake.code, *key), finding)


def _exchanged(shown: list[Shown]) -> list[list[Shown]]:
    """Return the series of one iteration each, of every chart that has several of them."""
    by_chart: dict[int, list[Shown]] = {}
    for one in shown:
        if any(is_across(one.areas, table) for table in one.tables):
            by_chart.setdefault(id(one.chart), []).append(one)
    return [own for own in by_chart.values() if len(own) >= SINGLE_POINTS]


def _single_points(shown: list[Shown]) -> Iterator[Draft]:
    """Yield charts with a series for each iteration: the data stand across."""
    for own in _exchanged(shown):
        message = (
            f"{_name(own[0])} has {len(own)} series of one iteration each: rows and columns are "
            "exchanged."
        )
        yield _draft(own[0], message, ("across",), None)


def _two_rates(shown: list[Shown]) -> Iterator[Draft]:
    """Yield charts of the same cells whose titles name different rates."""
    rates: dict[str, tuple[Shown, float]] = {}
    for one in shown:
        rate = None if one.chart.title_is_reference else rate_named(one.chart.title or "")
        if rate is None or not one.tables or len(one.chart.series) > 1:
            continue
        first, known = rates.setdefault(one.series.values, (one, rate))
        if known != rate:
            message = (
                f"{_name(first)} and “{' '.join((one.chart.title or '').split())}” on sheet "
                f"{one.sheet.name} name the rates {known:g} and {rate:g}, but show the same cells."
            )
            yield _draft(one, message, ("two rates",), None)


def _other_cells(
    shown: list[Shown], judgements: list[Judgement], workbook: Workbook
) -> Iterator[Draft]:
    """Yield charts that are called a loss but show another column, or nothing."""
    with_losses = [one.chart for one in shown if one.tables or one.pasted]
    for one in shown:
        is_called_loss = not one.chart.title_is_reference and LOSS.search(one.chart.title or "")
        if not is_called_loss or any(one.chart is chart for chart in with_losses):
            continue
        quantity = next((q for j in judgements if (q := _quantity_shown(one, j))), None)
        if quantity:
            message = f"{_name(one)} shows {name_text(quantity)}, not E_total."
            yield _draft(one, message, ("other", quantity), None)
        elif one.areas and not any(numbers_in(area, workbook) for area in one.areas):
            yield _draft(one, f"{_name(one)} shows cells without numbers.", ("blank",), None)


def _quantity_shown(one: Shown, judgement: Judgement) -> str | None:
    """Return the quantity, other than an error, whose column a series shows."""
    table = judgement.table
    for name, line in table.lines.items():
        quantity = judgement.network.quantities.get(name)
        if quantity is None or quantity.kind == "error":
            continue
        for area in one.areas:
            first, last = area.span(table)
            on_line = area.sheet == table.sheet and area.lines(table) == (line, line)
            if on_line and any(first <= place <= last for place in table.places):
                return name
    return None


def _no_chart(tables: list[Table]) -> Iterator[Draft]:
    longest = max(tables, key=lambda table: table.iterations)
    if longest.iterations < SHORTEST_CURVE:
        return
    mistake = BY_NAME["no-chart"]
    place = Place(longest.sheet, longest.range_text("E_total"), "E_total")
    message = "No chart shows E_total over the iterations."
    finding = Finding(mistake.name, mistake.code, "warning", (place,), message)
    yield Draft((mistake.code,), finding)
