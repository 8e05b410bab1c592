"""The sheet of one learning rate: a row for each iteration, a column for each quantity, charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetprop.calculating.run_values import general_text
from sheetprop.lessons.parts.sheet_names import sheet_text
from sheetprop.lessons.runs.rate_table import (
    FIRST,
    GROUP,
    HEAD,
    ITERATION,
    RATE,
    RATE_ROW,
    TITLE,
    RateRun,
    RateTable,
    formulas,
)
from sheetprop.maths.network import Network
from sheetprop.notation.address import column_letters, fixed, on
from sheetprop.notation.text import name_text
from sheetprop.words import Words
from sheetprop.workbooks.extent import COLUMN
from sheetprop.workbooks.long_tables import LongTable, TableCells
from sheetprop.workbooks.number_rows import Numbered
from sheetprop.workbooks.page import COMPARE, START, Page
from sheetprop.workbooks.sheet import Cell, Chart, Series, Sheet
from sheetprop.workbooks.styles import DISTINCT, FILL_OF_KIND, ChartLook, Look, axis_end

_ACROSS, _DOWN = 9, 18
"""Columns and rows, as wide and high as they usually are, that a chart takes with a gap."""

CHART_COLUMNS = 2 * _ACROSS + 1
_CHART_SIZE = (560, 345)
_PAGE = 1300  # pixels that can still be read on one printed page, side by side

_GROUPS = {
    "target": "rate_targets",
    "input": "rate_inputs",
    "error": "rate_errors",
    "total error": "rate_errors",
    "hidden error": "rate_hidden_errors",
    "gradient": "rate_gradients",
}


def rate_sheets(
    table: RateTable, given: Mapping[str, str], runs: Sequence[RateRun], words: Words
) -> list[Sheet]:
    """Return the sheets of all runs, with a formula for every value.

    `given` tells where on Start the inputs, targets, weights and biases stand.
    """
    texts = formulas(table, given)
    return [_rate_sheet(table, run, texts, words) for run in runs]


def _chart_column(table: RateTable) -> int:
    """Return the column in which the charts begin, right of the table."""
    return table.last_column + 2


def _rate_sheet(
    table: RateTable, run: RateRun, texts: tuple[Sequence[str], Sequence[str]], words: Words
) -> Sheet:
    page = Page()
    _opening(page, table, run, words)
    _heads(page, table, words)
    charts = _charts(page, table, run, words)
    first, further = texts
    for column, (value, text) in enumerate(zip((0.0, *run.rows[0]), first, strict=True), ITERATION):
        page.cells[FIRST, column] = Cell(value, text)
    cells = TableCells(page.cells, [LongTable((FIRST + 1, ITERATION), further, Numbered(run.rows))])
    look = _look(table, page, tuple(look for _, look in charts))
    return Sheet(run.sheet, cells, tuple(chart for chart, _ in charts), look=look)


def _opening(page: Page, table: RateTable, run: RateRun, words: Words) -> None:
    page.put((TITLE, 1), _titled(run, words, "rate_title"), "title")
    page.put((RATE_ROW, 1), "η =", "label")
    page.put(RATE, Cell(run.rate, f"={run.reference}"), "rate")
    page.put((RATE_ROW, 4), words["rate_change"], "link", run.reference.replace("$", ""))
    page.put((RATE_ROW, 7), f"← {sheet_text(words, START)}", "link", f"{START}!A1")
    page.put((RATE_ROW, 8), sheet_text(words, COMPARE), "link", f"{COMPARE}!A1")
    column = _chart_column(table)
    charts = f"'{run.sheet}'!{column_letters(column)}{HEAD}"
    page.put((RATE_ROW, 9), words["rate_charts"], "link", charts)
    page.put((GROUP, column), words["rate_table"], "link", f"'{run.sheet}'!A{HEAD}")
    weights = len(table.network.parameters)
    if weights > DISTINCT:
        note = words("rate_first_weights", shown=DISTINCT, all=weights)
        page.put((GROUP, column + _ACROSS), note, "caption")


def _titled(run: RateRun, words: Words, key: str) -> Cell:
    """Return a text that tells the rate, live."""
    rate = general_text(run.rate)
    return Cell(words(key, rate=rate), words.formula(key, rate=fixed(RATE)))


def _heads(page: Page, table: RateTable, words: Words) -> None:
    page.put((HEAD, ITERATION), words["rate_iteration"], "head")
    before = ""
    for name, quantity in table.network.quantities.items():
        at = table.column[name]
        page.put((HEAD, at), name_text(name), f"head {quantity.kind}")
        group = _group(table.network, name, words)
        page.styles[GROUP, at] = f"group {quantity.kind}"
        if group != before:
            page.cells[GROUP, at] = Cell(group)
        before = group


def _group(network: Network, name: str, words: Words) -> str:
    kind = network.quantities[name].kind
    if kind in _GROUPS:
        return words[_GROUPS[kind]]
    for number, layer in enumerate(network.layers, 1):
        where = "output" if layer is network.layers[-1] else "hidden"
        shown = f" {number}" if len(network.layers) > 2 and where == "hidden" else ""
        if any(name in (n.label, n.output) for n in layer):
            return words[f"rate_{where}_layer"] + shown
        if any(name in n.weights or name == n.bias for n in layer):
            return words[f"rate_into_{where}_layer"] + shown
    return ""


def _look(table: RateTable, page: Page, charts: tuple[ChartLook, ...]) -> Look:
    quantities = table.network.quantities
    narrow = {
        c: 7.0 for n, c in table.column.items() if FILL_OF_KIND[quantities[n].kind] == "given"
    }
    first = table.column["w1"]
    columns = {c: f"column {quantities[n].kind}" for n, c in table.column.items()}
    return Look(
        styles=page.styles,
        columns={ITERATION: "iteration", **columns},
        widths={
            ITERATION: 10.0,
            **dict.fromkeys(columns, 10.6),
            **narrow,
            _chart_column(table) - 1: 3.0,
        },
        heights={TITLE: 28, 3: 8, HEAD: 22},
        links=page.links,
        charts=charts,
        freeze=(FIRST, ITERATION + 1),
        heads=(1, HEAD),
        pages=-(-_pixels(table) // _PAGE),
        scientific=(((FIRST, first), (table.last, table.last_column)),),
        plain_formulas=True,
        filled=tuple(((FIRST + 1, column), (table.last, column)) for column in _filled(table)),
    )


def _filled(table: RateTable) -> range:
    """Return the columns whose formulas are filled down, from the second iteration on."""
    return range(ITERATION, table.last_column + 1) if table.iterations > 2 else range(0)


def _pixels(table: RateTable) -> int:
    """Return about how wide the sheet is."""
    return 75 * table.last_column + _ACROSS * 2 * COLUMN


def _charts(
    page: Page, table: RateTable, run: RateRun, words: Words
) -> list[tuple[Chart, ChartLook]]:
    """Return E_total, the weights and their gradients against the iteration, beside the table.

    Points are stored for E_total alone: spreadsheet programs draw the others from their cells.
    """
    parameters = table.network.parameters[:DISTINCT]
    gradients = [f"dE/d{name}" for name in parameters]
    column = _chart_column(table)
    places = (
        ("loss", ["E_total"], (TITLE, column), (HEAD, column)),
        ("weights", parameters, (TITLE, column + _ACROSS), (HEAD, column + _ACROSS)),
        ("gradients", gradients, (RATE_ROW, column), (HEAD + _DOWN, column)),
    )
    found = []
    for key, names, title, at in places:
        page.put(title, _titled(run, words, f"rate_{key}_title"), "caption")
        series = _series(table, run, names)
        chart = Chart("scatter", series, on(run.sheet, title), title_is_reference=True)
        look = ChartLook(
            at=at,
            size=_CHART_SIZE,
            x_title=words["axis_iteration"],
            y_title=words[f"axis_{key}"],
            description=words(f"rate_{key}_description", names=", ".join(map(name_text, names))),
            values=(run.points(table.place("E_total")),) if key == "loss" else (),
            categories=tuple(map(float, range(table.iterations))),
            last=axis_end(table.iterations),
        )
        found.append((chart, look))
    return found


def _series(table: RateTable, run: RateRun, names: Sequence[str]) -> tuple[Series, ...]:
    return tuple(
        Series(
            values=table.range_on(run.sheet, name),
            categories=table.range_on(run.sheet, None),
            name=on(run.sheet, (HEAD, table.column[name])),
            name_is_reference=True,
        )
        for name in names
    )
