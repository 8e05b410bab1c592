"""The lesson vanishing: the gradient through more and more layers, and first weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetprop.lessons.kinds.fading import FADING
from sheetprop.lessons.kinds.frame import (
    BELOW,
    PICTURE_HEIGHT,
    PICTURES,
    TITLES,
    put_opening,
    put_questions,
)
from sheetprop.lessons.kinds.kind import BLANK, FADED, Kind
from sheetprop.lessons.kinds.tables.page_frame import (
    HALF,
    Drawn,
    put_once,
    workbook_of_pages,
)
from sheetprop.lessons.kinds.tables.row_table import RowTable, put_rows
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.notation.address import address, column_range, fixed
from sheetprop.notation.text import to_text
from sheetprop.rows.vanishing import (
    BOUND,
    HE,
    SMALL,
    UNITS,
    VANISHING,
    WEIGHT,
    WIDTH,
    XAVIER,
    gradient_of,
    value_of,
)
from sheetprop.validate import Problem, Reader, number, shown, whole_number
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook, Stroke, axis_end, stroke
from sheetprop.workbooks.page import DEPTH_SHEET, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series, Workbook

PREFIX, INPUT = "vanishing_", "input"
ONCE = {WEIGHT: (BELOW, 2), WIDTH: (BELOW + 2, 2)}
STARTED, HEAD = (BELOW + 1, 2), BELOW + 4
MOST_LAYERS = 100
GRADIENTS = tuple(gradient_of(unit.name) for unit in UNITS)
_SIZE, _BESIDE = (620, PICTURE_HEIGHT), 7  # pixels of a chart, and the second one's column


def _layers(value: object) -> int:
    found = whole_number(value)
    if found > MOST_LAYERS:
        raise Problem(f"must be at most {MOST_LAYERS}, not {shown(value)}")
    return found


SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "vanishing": {"layers": _layers, "weight": number, "input": number, "width": whole_number}
}


@dataclass(frozen=True, slots=True)
class Depth:
    """How many layers there are, their weight, the input, and the neurons of a wide layer."""

    layers: int = 20
    weight: float = 1.0
    input: float = 1.0
    width: int = 100


def read(source: str, values: Mapping[str, Any]) -> Depth:
    """Return the layers of a template's values by their full keys."""
    del source
    own = {name.partition(".")[2]: v for name, v in values.items() if name.startswith(PREFIX[:-1])}
    return Depth(**own)


def describe(found: Depth) -> str:
    """Return how many layers there are, with which weight."""
    return f"{found.layers} layers, weight {found.weight:g}"


def table_of(found: Depth, words: Words) -> RowTable:
    """Return a row for each layer; the numbers of the first column count them."""
    heads = {"layer": words["vanishing_layer"], **_heads(words)}
    started = f"={fixed(STARTED)}"
    start: dict[str, str | float] = {value_of(unit.name): started for unit in UNITS}
    start |= {"layer": 0.0, **dict.fromkeys((*GRADIENTS, BOUND, SMALL, XAVIER, HE), "=1")}
    given = [{"layer": float(layer)} for layer in range(1, found.layers + 1)]
    return RowTable(VANISHING, HEAD, tuple(heads), tuple(heads.values()), ONCE, given, start)


def _heads(words: Words) -> dict[str, str]:
    named = {value_of(unit.name): f"a {unit.name}" for unit in UNITS}
    named |= {gradient_of(unit.name): f"g {unit.name}" for unit in UNITS}
    return {**named, **{name: words[PREFIX + name] for name in (BOUND, SMALL, XAVIER, HE)}}


def layout(found: Depth, words: Words, variant: str) -> Workbook:
    """Return the workbook: the layers, the curves of gradients and signals, rules, questions."""
    page, table = Page(), table_of(found, words)
    widths = {1: 24.0} | dict.fromkeys(range(2, len(table.columns) + 1), 12.5)
    put_opening(page, words, PREFIX, variant, widths, len(table.columns))
    put_once(page, words, PREFIX, ONCE, {WEIGHT: found.weight, WIDTH: float(found.width)})
    page.put((STARTED[0], 1), words["vanishing_input"], "name")
    page.put(STARTED, Cell(found.input), "input")
    gradients = dict.fromkeys((*GRADIENTS, BOUND), "head gradient")
    put_rows(page, table, variant, {"layer": "head input", **gradients})
    _put_verdicts(page, table, words)
    page.put((TITLES, 1), words["vanishing_gradients"], "chart title")
    page.put((TITLES, _BESIDE), words["vanishing_signals"], "chart title")
    drawn = [
        _chart(table, (*GRADIENTS, BOUND), (PICTURES, 1), "gradients", words),
        _chart(table, (SMALL, XAVIER, HE), (PICTURES, _BESIDE), "signals", words),
    ]
    row = table.last + 2
    if variant not in (BLANK, FADED):
        row = _put_rules(page, table, row, words)
    keys = [f"vanishing_question_{name}" for name in ("quarter", "weight", "dead", "start")]
    put_questions(page, words, keys, row, widths, (HALF, 2 * HALF))
    return workbook_of_pages(DEPTH_SHEET, page, Page(), drawn, widths, table)


def _put_verdicts(page: Page, table: RowTable, words: Words) -> None:
    """Write above each gradient what is left of it behind the last layer."""
    for name in GRADIENTS:
        end = address(table.last, table.column(name))
        texts = {k: words.quoted(f"vanishing_{k}") for k in ("gone", "explodes", "dead", "passes")}
        told = (
            f'=IF(NOT(ISNUMBER({end})),"–",IF({end}=0,{texts["dead"]},IF(ABS({end})<0.001,'
            f"{texts['gone']},IF(ABS({end})>1000,{texts['explodes']},{texts['passes']}))))"
        )
        page.put((HEAD - 1, table.column(name)), Cell(None, told), "check head")
    page.heights[HEAD - 1] = 28


def _put_rules(page: Page, table: RowTable, row: int, words: Words) -> int:
    """Write what each column is as mathematics; return the row below."""
    page.put((row, 1), words["architecture_rules"], "heading")
    heads = dict(zip(table.columns, table.heads, strict=True))

    def called(leaf: Expr) -> Expr | None:
        if isinstance(leaf, Name):
            return Name(heads.get(leaf.name, leaf.name), leaf.shift)
        return None

    for name in table.columns[1:]:
        row += 1
        tree = VANISHING.quantities[name].tree
        assert tree is not None
        page.put((row, 1), heads[name], "legend")
        page.put((row, 2), f"= {to_text(substitute(tree, called))}", "text")
    return row + 2


def _chart(table: RowTable, names: tuple[str, ...], at: Address, what: str, words: Words) -> Drawn:
    heads = dict(zip(table.columns, table.heads, strict=True))
    layers = column_range(DEPTH_SHEET, 1, table.first, table.last)
    series = tuple(Series(table.range_on(DEPTH_SHEET, name), layers, heads[name]) for name in names)
    look = ChartLook(
        at=at,
        size=_SIZE,
        x_title=words["vanishing_layer"],
        y_title=words[f"vanishing_axis_{what}"],
        description=words[f"vanishing_description_{what}"],
        last=axis_end(table.last - table.first + 1),
        strokes=tuple(Stroke(*stroke(k), 2.0) for k in range(len(names))),
        wide=True,
    )
    return Chart("scatter", series, logarithmic=True), look


VANISHING_KIND = Kind("vanishing", SECTIONS, (), read, describe, layout, FADING)
