"""The sheet of one learning rate: a row for each iteration, a column for each quantity, charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetprop.maths.network import Network
from sheetprop.notation.address import column_letters, fixed, on
from sheetprop.notation.text import name_text
from sheetprop.sheets.page import COMPARE, START, Page
from sheetprop.sheets.sheet import Address, Cell, Chart, Series, Sheet
from sheetprop.sheets.styles import DISTINCT, FILL_OF_KIND, ChartLook, Look, axis_end
from sheetprop.sheets.table import (
    FIRST,
    GROUP,
    HEAD,
    ITERATION,
    RATE,
    RATE_ROW,
    TITLE,
    Run,
    Table,
    formulas,
)
from sheetprop.sheets.values import general_text
from sheetprop.words import Words

CHART_COLUMNS = 12
_WIDEST_PAGE = 45  # columns that can still be read on one printed page
_CHART_SIZE = (620, 380)
_CHART_ROWS = 20  # rows of 20 pixels that a chart takes, with a gap

_GROUP_NAMES = {
    "target": "targets",
    "input": "inputs",
    "error": "errors",
    "total error": "errors",
    "hidden error": "errors reaching hidden neurons",
    "gradient": "gradients",
}


def rate_sheets(
    table: Table, given: Mapping[str, str], runs: Sequence[Run], words: Words
) -> list[Sheet]:
    """Return the sheets of all runs, with a formula for every value.

    `given` tells where on Start the inputs, targets, weights and biases stand.
    """
    texts = formulas(table, given)
    return [_rate_sheet(table, run, texts, words) for run in runs]


def _chart_column(table: Table) -> int:
    """Return the column in which the charts begin, right of the table."""
    return table.last_column + 2


def _rate_sheet(table: Table, run: Run, texts: Sequence[Sequence[str]], words: Words) -> Sheet:
    page = Page()
    _opening(page, table, run, words)
    _heads(page, table)
    charts = _charts(table, run)
    cells = page.cells
    columns = range(ITERATION, table.last_column + 1)
    for number, (row, line) in enumerate(zip(run.rows, texts, strict=True)):
        at = FIRST + number
        for column, value, text in zip(columns, (float(number), *row), line, strict=True):
            cells[at, column] = Cell(value, text)
    look = _look(table, page, tuple(look for _, look in charts))
    return Sheet(run.sheet, cells, tuple(chart for chart, _ in charts), look=look)


def _opening(page: Page, table: Table, run: Run, words: Words) -> None:
    rate, shown = fixed(RATE), general_text(run.rate)
    page.put(
        (TITLE, 1),
        Cell(words("rate_title", rate=shown), words.formula("rate_title", rate=rate)),
        "title",
    )
    page.put((RATE_ROW, 1), "η =", "label")
    page.put(RATE, Cell(run.rate, f"={run.reference}"), "rate")
    page.put((RATE_ROW, 4), "change it on Start", "link", run.reference.replace("$", ""))
    page.put((RATE_ROW, 7), "← Start", "link", f"{START}!A1")
    page.put((RATE_ROW, 8), "Compare", "link", f"{COMPARE}!A1")
    charts = f"'{run.sheet}'!{column_letters(_chart_column(table))}{HEAD}"
    page.put((RATE_ROW, 9), "Charts →", "link", charts)
    for row, text in ((TITLE, "E_total, η = "), (RATE_ROW, "Weights, η = ")):
        at = (row, _chart_column(table))
        page.put(at, Cell(f"{text}{shown}", f'="{text}"&{rate}'), "caption")
    back = f"'{run.sheet}'!A{HEAD}"
    page.put((RATE_ROW, _chart_column(table) + 3), "← Table", "link", back)
    if len(table.network.parameters) > DISTINCT:
        note = f"The chart shows the first {DISTINCT} of {len(table.network.parameters)} weights."
        page.put((GROUP, _chart_column(table)), note, "caption")


def _heads(page: Page, table: Table) -> None:
    page.put((HEAD, ITERATION), "iteration", "head")
    before = ""
    for name, quantity in table.network.quantities.items():
        at = table.column[name]
        page.put((HEAD, at), name_text(name), f"head {quantity.kind}")
        group = _group(table.network, name)
        page.styles[GROUP, at] = f"group {quantity.kind}"
        if group != before:
            page.cells[GROUP, at] = Cell(group)
        before = group


def _group(network: Network, name: str) -> str:
    kind = network.quantities[name].kind
    if kind in _GROUP_NAMES:
        return _GROUP_NAMES[kind]
    for layer in network.layers:
        where = "output layer" if layer is network.layers[-1] else "hidden layer"
        number = f" {layer[0].layer}" if len(network.layers) > 2 and "hidden" in where else ""
        if any(name in (n.label, n.output) for n in layer):
            return where + number
        if any(name in n.weights or name == n.bias for n in layer):
            return f"into {where}{number}"
    return ""


def _look(table: Table, page: Page, charts: tuple[ChartLook, ...]) -> Look:
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
        fits_page=len(columns) <= _WIDEST_PAGE,
        scientific=(((FIRST, first), (table.last, table.last_column)),),
        plain_formulas=True,
        filled=tuple(((FIRST + 1, column), (table.last, column)) for column in _filled(table)),
    )


def _filled(table: Table) -> range:
    """Return the columns whose formulas are filled down, from the second iteration on."""
    return range(ITERATION, table.last_column + 1) if table.iterations > 2 else range(0)


def _charts(table: Table, run: Run) -> list[tuple[Chart, ChartLook]]:
    """Return E_total and the weights against the iteration, right of the table."""
    weights = table.network.parameters[:DISTINCT]
    column = _chart_column(table)
    error = _chart(table, run, ["E_total"], title=(TITLE, column), at=(HEAD, column), y="E_total")
    below = (HEAD + _CHART_ROWS, column)
    change = _chart(table, run, weights, title=(RATE_ROW, column), at=below, y="weight")
    return [error, change]


def _chart(
    table: Table, run: Run, names: Sequence[str], *, title: Address, at: Address, y: str
) -> tuple[Chart, ChartLook]:
    series = tuple(
        Series(
            values=table.range_on(run.sheet, name),
            categories=table.range_on(run.sheet, None),
            name=on(run.sheet, (HEAD, table.column[name])),
            name_is_reference=True,
        )
        for name in names
    )
    look = ChartLook(
        at=at,
        size=_CHART_SIZE,
        x_title="iteration",
        y_title=y,
        description=f"{y} against the iteration, one line for each of {', '.join(names)}",
        values=tuple(run.points(table.place(name)) for name in names),
        categories=tuple(map(float, range(table.iterations))),
        last=axis_end(table.iterations),
    )
    return Chart("scatter", series, on(run.sheet, title), title_is_reference=True), look
