"""The sheet of one learning rate: charts, and a row for each iteration, a column for each quantity.

The iteration and E_total stay in sight, and so does a line with the names of the columns. Titles
and charts stand beside what stays, so that nothing is cut off when the sheet is moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from sheetprop.lessons.parts.path_marks import path_marks, put_path
from sheetprop.lessons.parts.reach import reaching
from sheetprop.lessons.parts.sheet_names import sheet_text
from sheetprop.lessons.parts.spans import spans
from sheetprop.lessons.parts.ways import put_ways
from sheetprop.lessons.runs.rate_charts import CHART_WIDTH, put_charts
from sheetprop.lessons.runs.rate_table import (
    FIRST,
    GROUP,
    HEAD,
    ITERATION,
    LOSS,
    NAMES,
    NOTE,
    RATE,
    RATE_ROW,
    SIDE,
    TITLE,
    RateRun,
    RateTable,
    formulas,
)
from sheetprop.lessons.runs.rate_title import rate_title
from sheetprop.maths.names import without_sample
from sheetprop.maths.network import Network
from sheetprop.notation.address import column_letters, quoted
from sheetprop.notation.text import name_text
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook
from sheetprop.workbooks.extent import chart_end, column_pixels
from sheetprop.workbooks.long_tables import LongTable, TableCells, loose_cells, with_loose
from sheetprop.workbooks.look import Highlight, Look, Paper
from sheetprop.workbooks.number_rows import Numbered
from sheetprop.workbooks.page import START, Page
from sheetprop.workbooks.sheet import Address, Cell, Sheet
from sheetprop.workbooks.styles import FILL_OF_KIND

_PAGE = 1300  # pixels that can still be read on one printed page, side by side
_WAY = 130  # pixels of a link

_GROUPS = {
    "target": "rate_targets",
    "input": "rate_inputs",
    "error": "rate_errors",
    "hidden error": "rate_hidden_errors",
    "gradient": "rate_gradients",
    "velocity": "rate_velocities",
    "setting": "rate_settings",
}


def rate_sheets(
    table: RateTable,
    given: Mapping[str, str],
    runs: Sequence[RateRun],
    words: Words,
    turns: Sequence[Mapping[str, str]] = (),
    path: str = "",
) -> list[Sheet]:
    """Return the sheets of all runs, with a formula for every value.

    `given` tells where on Start the inputs, targets, weights and biases stand, `turns` the same of
    the inputs and targets of each example where these come in turn. `path` is the cell with the
    weight whose path is shown.
    """
    texts = formulas(table, given, turns)
    names = [run.sheet for run in runs]
    sheets = [_rate_sheet(table, run, texts, names, words) for run in runs]
    marks = tuple(_path_marks(table))
    return [_with_path(sheet, path, marks, words) for sheet in sheets] if path else sheets


_PATH: Address = (GROUP, LOSS)


def _with_path(sheet: Sheet, path: str, marks: tuple[Highlight, ...], words: Words) -> Sheet:
    """Return a sheet that shades the columns on the path of the chosen weight."""
    look, cells = sheet.look, sheet.cells
    assert isinstance(look, Look)
    page = Page()
    put_path(page, _PATH, path, words)
    styles = {**look.styles, **page.styles}
    loose = {**loose_cells(cells), **page.cells}
    return replace(
        sheet, cells=with_loose(cells, loose), look=replace(look, styles=styles, marks=marks)
    )


def _path_marks(table: RateTable) -> Iterator[Highlight]:
    """Yield the marks of columns, neighbours on the same paths at once."""
    reach = reaching(table.network)
    places = sorted((column, reach.get(name, frozenset())) for name, column in table.column.items())
    for paths, group in groupby(places, itemgetter(1)):
        columns = [column for column, _ in group]
        area = (HEAD, columns[0]), (table.last, columns[-1])  # rows stand right below the heads
        yield from path_marks(_PATH, *area, paths, numbers=True)


def _rate_sheet(
    table: RateTable,
    run: RateRun,
    texts: Sequence[Sequence[str]],
    names: Sequence[str],
    words: Words,
) -> Sheet:
    page, widths = Page(), _widths(table)
    _opening(page, run, words)
    _put_ways(page, run, names, widths, words)
    _heads(page, table, words)
    charts = put_charts(page, table, run, widths, words)
    *first, further = texts
    order = [table.place(name) for name in table.names]
    for number, line in enumerate(first[: table.iterations]):
        values = (float(number), *[run.rows[number][place] for place in order])
        for column, (value, text) in enumerate(zip(values, line, strict=True), ITERATION):
            page.cells[FIRST + number, column] = Cell(value, text)
    rest = Numbered(run.rows, order, len(first))
    cells = TableCells(page.cells, [LongTable((FIRST + len(first), ITERATION), further, rest)])
    look = _look(table, page, widths, tuple(look for _, look in charts))
    return Sheet(run.sheet, cells, tuple(chart for chart, _ in charts), look=look)


def _opening(page: Page, run: RateRun, words: Words) -> None:
    page.put((TITLE, SIDE), rate_title(run, words), "title")
    page.put((TITLE, ITERATION), f"← {sheet_text(words, START)}", "link", f"{START}!A1")
    page.put((RATE_ROW, ITERATION), "η =", "label")
    page.put(RATE, Cell(run.rate, f"={run.reference}"), "rate")


def _put_ways(
    page: Page, run: RateRun, names: Sequence[str], widths: Mapping[int, float], words: Words
) -> None:
    """Write links: to where the rate is changed, to other pages, to the rates before and after."""
    (change, *columns) = [column for column, _ in spans(widths, SIDE, 9 * [_WAY])]
    target = run.reference.replace("$", "")
    page.put((RATE_ROW, change), words["rate_change"], "link", target)
    put_ways(page, RATE_ROW, columns, words, START)
    place = names.index(run.sheet)
    for column, number, text in ((columns[6], place - 1, "← {}"), (columns[7], place + 1, "{} →")):
        if 0 <= number < len(names):
            shown = text.format(names[number])
            page.put((RATE_ROW, column), shown, "link", f"{quoted(names[number])}!A1")


def _heads(page: Page, table: RateTable, words: Words) -> None:
    heads = {ITERATION: (words["rate_iteration"], "head"), **_quantities(table)}
    for column, (text, style) in heads.items():
        page.put((HEAD, column), text, style)
        source = f"={column_letters(column)}${HEAD}"
        page.put((NAMES, column), Cell(text, source), "column name")
    before = ""
    for name, quantity in table.network.quantities.items():
        at = table.column[name]
        if at == LOSS:
            continue
        page.styles[GROUP, at] = f"group {quantity.kind}"
        group = _group(table.network, name, words)
        if group != before:
            page.cells[GROUP, at] = Cell(group)
        before = group


def _quantities(table: RateTable) -> dict[int, tuple[str, str]]:
    """Return header and style of the columns of all quantities."""
    quantities = table.network.quantities
    return {
        column: (name_text(name), f"head {quantities[name].kind}")
        for name, column in table.column.items()
    }


def _group(network: Network, name: str, words: Words) -> str:
    kind = network.quantities[name].kind
    if kind in _GROUPS:
        return words[_GROUPS[kind]]
    for number, layer in enumerate(network.layers, 1):
        where = "output" if layer is network.layers[-1] else "hidden"
        shown = f" {number}" if len(network.layers) > 2 and where == "hidden" else ""
        if any(without_sample(name) in map(without_sample, (n.label, n.output)) for n in layer):
            return words[f"rate_{where}_layer"] + shown
        if any(name in n.weights or name == n.bias for n in layer):
            return words[f"rate_into_{where}_layer"] + shown
    return ""


def _widths(table: RateTable) -> dict[int, float]:
    quantities = table.network.quantities
    narrow = {
        c: 7.0 for n, c in table.column.items() if FILL_OF_KIND[quantities[n].kind] == "given"
    }
    return {ITERATION: 10.0, **dict.fromkeys(table.column.values(), 10.0), **narrow}


def _look(
    table: RateTable, page: Page, widths: Mapping[int, float], charts: tuple[ChartLook, ...]
) -> Look:
    quantities = table.network.quantities
    columns = {c: f"column {quantities[n].kind}" for n, c in table.column.items()}
    ends = tuple(_page_ends(widths, table.last_column, charts))
    return Look(
        styles=page.styles,
        columns={ITERATION: "iteration", **columns},
        widths=widths,
        heights={TITLE: 28, NOTE: 6, NAMES: 15, GROUP - 1: 8, HEAD: 22, **page.heights},
        links=page.links,
        charts=charts,
        freeze=(NAMES + 1, SIDE),
        heads=(GROUP, HEAD),
        paper=Paper(columns=ends, beside=(GROUP, table.last) if ends else None),
        scientific=(
            ((FIRST, LOSS), (table.last, LOSS)),
            ((FIRST, table.column["w1"]), (table.last, table.last_column)),
        ),
        plain_formulas=True,
    )


def _page_ends(
    widths: Mapping[int, float], last: int, charts: Sequence[ChartLook]
) -> Iterator[int]:
    """Yield the last columns of pages side by side: the first has the charts, others are alike."""
    ends = chart_end(Look(widths=widths), charts[-1].at, charts[-1].size)[1]
    if ends >= last:
        return
    yield ends
    sizes = [column_pixels(widths[column]) for column in range(ends + 1, last + 1)]
    pages = -(-sum(sizes) // (_PAGE - max(sizes)))
    filled, page = 0, 1
    for column, size in enumerate(sizes[:-1], ends + 1):
        filled += size
        if filled * pages >= sum(sizes) * page:
            yield column
            page += 1


CHART_COLUMNS = -(-4 * CHART_WIDTH // 64)
"""Columns, as wide as they usually are, that the charts may take where a table is narrower."""
