"""The Slope sheet: the loss along one weight, its tangent, and where the next step leads.

The chosen step of the chosen run is calculated anew for many values of one weight, all else left
as it is. So it can be seen what ∂E/∂w is, and that a step along it can be too long.
"""

from __future__ import annotations

import textwrap

from sheetprop.lessons.parts.ways import put_ways
from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.lessons.slope.slope_chart import VIEWS, Facts, put_charts
from sheetprop.lessons.slope.slope_table import (
    AFTER,
    CLOSE,
    HEAD,
    WHOLE,
    column_of,
    columns,
    filled,
    put_table,
)
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.lessons.start.start_choice import weights_offered
from sheetprop.lessons.start.start_sheet import Start
from sheetprop.maths.names import MOMENTUM, WEIGHT_DECAY
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.notation.address import column_letters, fixed
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import SLOPE, Page
from sheetprop.workbooks.sheet import Address, Cell, Sheet

_LABEL, _VALUE = 1, 2  # columns
_CHOICE, _FACTS = 5, 10  # rows of the headings
_WEIGHT, _STEP, _RATE = ((_CHOICE + line, _VALUE) for line in range(1, 4))
_NOW, _SLOPE, _CHANGE, _NEXT, _LOSS, _PROMISED, _REACHED, _VERDICT, _HALF, _NEAR = (
    (_FACTS + line, _VALUE) for line in range(1, 11)
)
_CHARTS: tuple[Address, Address] = ((_CHOICE + 1, 3), (_CHOICE + 1, 9))
_PAGE = 14
"""The last printed column, where the charts end."""
_NOTES = 27  # row
_LINE_LENGTH = 150


def slope_sheet(table: RateTable, data: Page, start: Start, chosen: Chosen, words: Words) -> Sheet:
    """Return the Slope sheet; what its picture needs is written on the page of the sheet Data."""
    page = Page()
    page.put((1, 1), words["slope_title"], "title")
    put_ways(page, 2, (1, 2, 4, 6, 8, 10), words, SLOPE)
    page.put((3, 1), words["slope_first"], "text")
    _put_choice(page, table, start, chosen, words)
    _put_facts(page, table, chosen, words)
    _put_notes(page, table, words)
    page.put((HEAD - 1, 1), words["slope_table"], "heading")
    halves = (_HALF, _NEAR)
    put_table(page, table, chosen, _WEIGHT, fixed(_NOW), halves, fixed(_NEXT))
    facts = Facts(_WEIGHT, _NOW, _NEXT, _LOSS, _PROMISED, _REACHED, _SLOPE, halves)
    charts = put_charts(data, table, facts, _CHARTS, words)
    _put_chart_titles(page, words)
    look = _look(page, table, tuple(look for _, look in charts))
    return Sheet(SLOPE, page.cells, tuple(chart for chart, _ in charts), look=look)


def _look(page: Page, table: RateTable, charts: tuple[ChartLook, ...]) -> Look:
    return Look(
        styles=page.styles,
        columns={c: f"column {table.network.quantities[n].kind}" for n, c in columns(table)},
        widths={**{c: 10.6 for _, c in columns(table)}, _LABEL: 27.0, _VALUE: 16.0},
        heights={1: 28, HEAD: 22},
        links=page.links,
        charts=charts,
        scientific=(
            ((_FACTS + 1, _VALUE), _NEAR),
            ((WHOLE.first, 1), (CLOSE.last, column_of(table, "E_total"))),
        ),
        tab="#CC79A7",
        printed=(HEAD - 2, _PAGE),  # nobody reads the forward passes on paper
        plain_formulas=True,
        filled=filled(table),
    )


def _put_chart_titles(page: Page, words: Words) -> None:
    """Write titles above the charts, since LibreOffice keeps the old title of a chart."""
    cells = {"weight": _WEIGHT, "step": _STEP, "rate": _RATE}
    text = words.formula("slope_chart_title", **{key: fixed(at) for key, at in cells.items()})
    page.put((_CHARTS[0][0] - 2, _CHARTS[0][1]), Cell(None, text), "heading")
    for (row, column), (key, _) in zip(_CHARTS, VIEWS, strict=True):
        page.put((row - 1, column), words[key], "chart title")


def _put_choice(page: Page, table: RateTable, start: Start, chosen: Chosen, words: Words) -> None:
    """Write what is chosen on Start; without a path there, the weight is the first of an output."""
    page.put((_CHOICE, 1), words["slope_choice"], "heading")
    page.put((_CHOICE, 2), words["slope_choose"], "link", start.choice.link)
    first, path = table.network.layers[-1][0].weights[0], start.choice.cell("path")
    weight = f'IF(COUNTIF({weights_offered(table)},{path}),{path},"{first}")'
    lines = (
        (_WEIGHT, "slope_weight", weight),
        (_STEP, "slope_step", chosen.step),
        (_RATE, "slope_rate", chosen.value[LEARNING_RATE]),
    )
    for at, key, source in lines:
        page.put((at[0], _LABEL), words[key], "name")
        page.put(at, Cell(None, f"={source}"), "formula")


def _put_facts(page: Page, table: RateTable, chosen: Chosen, words: Words) -> None:
    """Write slope, step and what becomes of E_total, each with its name."""
    page.put((_FACTS, 1), words["slope_facts"], "heading")
    loss = column_letters(column_of(table, "E_total"))
    slope, change = fixed(_SLOPE), fixed(_CHANGE)
    facts = (
        (_NOW, "now", _looked_up(fixed(_WEIGHT), chosen), "number"),
        (_SLOPE, "slope", _looked_up(f'"∂E/∂"&{fixed(_WEIGHT)}', chosen), "number result"),
        (_CHANGE, _change_key(table), _change(table, chosen), "number"),
        (_NEXT, "next", f"={fixed(_NOW)}+{change}", "number"),
        (_LOSS, "loss", f"={loss}{WHOLE.now}", "long number"),
        (_PROMISED, "promised", f"={fixed(_LOSS)}+{slope}*{change}", "long number"),
        (_REACHED, "reached", f"={loss}{AFTER}", "long number result"),
        (_VERDICT, "verdict", _verdict(table, words), "result"),
        (_HALF, "half", f"=MAX(4,1.5*ABS({change}))", "number"),
        (_NEAR, "near", f"=MAX(2*ABS({change}),0.001)", "number"),
    )
    for at, key, formula, style in facts:
        page.put((at[0], _LABEL), words[f"slope_{key}"], "name")
        page.put(at, Cell(None, formula), style)


def _change_key(table: RateTable) -> str:
    """Return the key, without `slope_`, of what the next step consists of."""
    known = {MOMENTUM: "momentum", WEIGHT_DECAY: "decay"}
    added = [key for name, key in known.items() if name in table.network.settings]
    return "_".join(["change", *added])


def _change(table: RateTable, chosen: Chosen) -> str:
    """Return the formula of the next step: -η times the slope, and what the lesson adds to it."""
    weight, pull = fixed(_WEIGHT), fixed(_SLOPE)
    names = table.network.settings
    if WEIGHT_DECAY in names:
        decay = f"{chosen.value[WEIGHT_DECAY]}*{fixed(_NOW)}"
        pull += f'+IF(LEFT({weight},1)="w",{decay},0)'
    if MOMENTUM in names:
        before = _looked_up(f'"v_"&{weight}', chosen).removeprefix("=")
        pull += f"+{chosen.value[MOMENTUM]}*{before}"
    return f"=-{fixed(_RATE)}*({pull})" if names else f"=-{fixed(_RATE)}*{pull}"


def _looked_up(name: str, chosen: Chosen) -> str:
    """Return the formula that takes a quantity of the chosen step from the sheet Data."""
    return f"=INDEX({chosen.values},MATCH({name},{chosen.names},0))"


def _verdict(table: RateTable, words: Words) -> str:
    reached, loss = fixed(_REACHED), fixed(_LOSS)
    # With momentum or weight decay a step may go uphill, however short it is; with η < 0 it does.
    rises, too_long = (words.quoted(f"{key}_rises") for key in ("predict", "slope"))
    if not table.network.settings:
        rises = f"IF({fixed(_RATE)}<0,{rises},{too_long})"
    falls, same = (words.quoted(f"slope_{key}") for key in ("falls", "same"))
    return f"=IF({reached}<{loss},{falls},IF({reached}>{loss},{rises},{same}))"


def _put_notes(page: Page, table: RateTable, words: Words) -> None:
    row, text = _NOTES, words["slope_notes"]
    if table.network.settings:
        text += " " + words["slope_notes_settings"]
    for line in textwrap.wrap(text, _LINE_LENGTH):
        page.put((row, 1), line, "text")
        row += 1
