"""SP501: a chart of the loss that misses points or shows other cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.charts.extents import Extent, extent_in_table, is_across
from sheetprop.mistakes.charts.shown import LOSS, Shown, numbers_in, shown_in
from sheetprop.mistakes.experiment.rate_names import rate_named
from sheetprop.mistakes.finding import Draft, Place
from sheetprop.mistakes.words import Blanks, Case
from sheetprop.notation.address import fixed
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Workbook

NARROW = Case(
    "too few cells",
    "{chart} {extent}; the losses are {losses}.",
    "A chart shows the cells it was given when it was made; rows added later are not among them. "
    "Set the values of the series to {losses}.",
)
LATE = Case(
    "a late start",
    "{chart} {extent}; the losses are {losses}.",
    "The curve has to begin with the loss before anything was learned: the first step down is left "
    "out here, which is often the largest. Set the values of the series to {losses}.",
)
WIDE = Case(
    "too many cells",
    "{chart} {extent}; the losses are {losses}.",
    "What is no loss bends the curve: a text counts as 0, and so does an empty cell. Set the "
    "values of the series to {losses}.",
)
ACROSS = Case(
    "across",
    "{chart} has {count} series of one iteration each: rows and columns are exchanged.",
    "A curve needs the losses of all iterations in one series. Exchange rows and columns of the "
    "chart's data.",
)
TWO_RATES = Case(
    "two rates",
    "{chart} and “{other}” on sheet {sheet} name the rates {rate} and {other_rate}, but show the "
    "same cells.",
    "A chart copied for the next rate shows the cells of the first until its data are set anew, so "
    "one of the two curves is not what its title says.",
)
OTHER_QUANTITY = Case(
    "another quantity",
    "{chart} shows {quantity}, not E_total.",
    "The title speaks of the loss, but the cells of the series are those of {quantity}. Set its "
    "values to the column of E_total.",
)
BLANK = Case(
    "nothing",
    "{chart} shows cells without numbers.",
    "The cells of the series are empty, mostly because the table was moved or deleted after the "
    "chart was made. Set its values to the column of E_total.",
)


SINGLE_POINTS = 3
"""So many series of one point each are a column taken for a row."""


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield what is wrong with the cells that charts of E_total show."""
    shown = scene.once(shown_in)
    yield from _ranges(shown)
    yield from _single_points(shown)
    yield from _two_rates(shown)
    yield from _other_cells(shown, scene.judgements, scene.workbook)


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
    blanks = {"extent": extent.phrase, "losses": right}
    case = WIDE if extent.adds else NARROW if extent.early else LATE
    return _draft(case, one, blanks, ("extent", *extent.kind), right)


def _name(one: Shown) -> str:
    title = one.chart.title if one.chart.title and not one.chart.title_is_reference else ""
    named = f"The chart “{' '.join(title.split())}”" if title else "The chart of E_total"
    return f"{named} on sheet {one.sheet.name}"


def _draft(
    case: Case,
    one: Shown,
    blanks: Blanks,
    key: tuple[object, ...],
    right: str | None = None,
) -> Draft:
    places = tuple(Place(area.sheet, area.text, "E_total") for area in one.areas)
    told = {"chart": _name(one), **blanks}
    return CHART_RANGE.found(case, places, told, *key, found=one.series.values, expected=right)


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
        yield _draft(ACROSS, own[0], {"count": str(len(own))}, ("across",))


def _two_rates(shown: list[Shown]) -> Iterator[Draft]:
    """Yield charts of the same cells whose titles name different rates."""
    rates: dict[str, tuple[Shown, float]] = {}
    for one in shown:
        rate = None if one.chart.title_is_reference else rate_named(one.chart.title or "")
        if rate is None or not one.tables or len(one.chart.series) > 1:
            continue
        first, known = rates.setdefault(one.series.values, (one, rate))
        if known != rate:
            blanks = {
                "chart": _name(first),
                "other": " ".join((one.chart.title or "").split()),
                "sheet": one.sheet.name,
                "rate": f"{known:g}",
                "other_rate": f"{rate:g}",
            }
            yield _draft(TWO_RATES, one, blanks, ("two rates",))


def _other_cells(
    shown: list[Shown], judgements: Sequence[Judgement], workbook: Workbook
) -> Iterator[Draft]:
    """Yield charts that are called a loss but show another column, or nothing."""
    with_losses = [one.chart for one in shown if one.tables or one.pasted]
    for one in shown:
        is_called_loss = not one.chart.title_is_reference and LOSS.search(one.chart.title or "")
        if not is_called_loss or any(one.chart is chart for chart in with_losses):
            continue
        quantity = next((q for j in judgements if (q := _quantity_shown(one, j))), None)
        if quantity:
            blanks = {"quantity": name_text(quantity)}
            yield _draft(OTHER_QUANTITY, one, blanks, ("other", quantity))
        elif one.areas and not any(numbers_in(area, workbook) for area in one.areas):
            yield _draft(BLANK, one, {}, ("blank",))


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


CHART_RANGE = Mistake(
    code="SP501",
    name="chart-range",
    summary="the chart misses points, starts late or includes other cells",
    explanation=(
        "A chart shows the cells it was given when it was made. Rows added later, or a header "
        "taken for a number, bend the curve: check that it goes from the first iteration to the "
        "last."
    ),
    wrong="Sheet1!$W$34:$W$100 for E_total in W33:W132",
    right="Sheet1!$W$33:$W$132",
    cases=(
        NARROW,
        LATE,
        WIDE,
        ACROSS,
        TWO_RATES,
        OTHER_QUANTITY,
        BLANK,
    ),
    severity="warning",
    rule=_rule,
)
