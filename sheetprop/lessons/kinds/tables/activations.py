"""The lesson activations: inputs times one weight through functions, their slopes, their curves."""

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
from sheetprop.maths.activation import Activation
from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.trees.expr import Name
from sheetprop.notation.address import address, column_range
from sheetprop.notation.excel_write import to_excel
from sheetprop.notation.text import to_text
from sheetprop.rows.activations import (
    ACTIVATION_TABLE,
    INPUT,
    SUM,
    WEIGHT,
    key,
    slope_key,
)
from sheetprop.validate import Reader, number, numbers, one_of, one_or_more
from sheetprop.validate import Words as Allowed
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook, Stroke, stroke
from sheetprop.workbooks.page import ACTIVATION_SHEET, DATA, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series, Workbook

PREFIX = "activations_"
ONCE = {WEIGHT: (BELOW, 2)}
LARGEST, FLAT, HEAD = BELOW + 1, BELOW + 2, BELOW + 3  # rows
FLAT_BELOW = 0.01
"""A slope below this lets less than a hundredth of the error through."""

_FUNCTIONS = Allowed(ACTIVATIONS, {"linear": "identity", "none": "identity", "swish": "silu"})
SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "activations": {
        "functions": one_or_more(one_of(_FUNCTIONS)),
        "weight": number,
        "inputs": numbers,
    }
}
REQUIRED = ("activations.functions", "activations.inputs")
ENDS, STEPS = 6.0, 48
_SIZE, _BESIDE = (560, PICTURE_HEIGHT), 6  # a chart's pixels; the second one's column
_WIDTHS = {1: 22.0, 2: 18.0}  # in German the names before the cells are that long
WIDE = 12
"""A table of more columns is printed on two pages side by side: values, and slopes."""


@dataclass(frozen=True, slots=True)
class ActivationTable:
    """The functions of a table, the weight and the inputs."""

    functions: tuple[Activation, ...]
    weight: float
    inputs: tuple[float, ...]


def read(source: str, values: Mapping[str, Any]) -> ActivationTable:
    """Return the table of a template's values by their full keys."""
    del source
    named = values["activations.functions"]
    names = (named,) if isinstance(named, str) else tuple(dict.fromkeys(named))
    units = tuple(ACTIVATIONS[name] for name in names)
    return ActivationTable(
        units, values.get("activations.weight", 1.0), values["activations.inputs"]
    )


def describe(found: ActivationTable) -> str:
    """Return which functions a table has, in a few words."""
    names = ", ".join(unit.name for unit in found.functions)
    return f"{names}; {len(found.inputs)} inputs, weight {found.weight:g}"


def table_of(found: ActivationTable, words: Words) -> RowTable:
    """Return the rows of a table: input, sum, every function and every slope."""
    slopes = {
        slope_key(unit): words("activations_slope", name=unit.name) for unit in found.functions
    }
    heads = {
        INPUT: words["activations_x"],
        SUM: words["activations_z"],
        **{key(unit): unit.name for unit in found.functions},
        **slopes,
    }
    given = [{INPUT: value} for value in found.inputs]
    return RowTable(ACTIVATION_TABLE, HEAD, tuple(heads), tuple(heads.values()), ONCE, given)


def layout(found: ActivationTable, words: Words, variant: str) -> Workbook:
    """Return the workbook: the table, its summary, the curves, rules and questions."""
    page, data, table = Page(), Page(), table_of(found, words)
    end = max(_page_end(table, found) or len(table.columns), 10)
    widths = _WIDTHS | dict.fromkeys(range(3, max(len(table.columns), end) + 1), 13.0)
    put_opening(page, words, PREFIX, variant, widths, end)
    put_once(page, words, PREFIX, ONCE, {WEIGHT: found.weight})
    put_rows(page, table, variant, _styles(found))
    _put_summary(page, found, table, words)
    drawn = _curves(data, found, PICTURES, words)
    page.put((TITLES, 1), words["activations_curves"], "chart title")
    page.put((TITLES, _BESIDE), words["activations_slopes"], "chart title")
    row = table.last + 2
    if variant not in (BLANK, FADED):
        row = _put_rules(page, found, row, words)
    keys = [f"activations_question_{name}" for name in ("sum", "slope", "dead", "order")]
    put_questions(page, words, keys, row, widths, (HALF, 2 * HALF))
    ends = (_page_end(table, found),) if _page_end(table, found) else ()
    return workbook_of_pages(ACTIVATION_SHEET, page, data, drawn, widths, table, ends)


def _page_end(table: RowTable, found: ActivationTable) -> int:
    """Return the last column of the first page, 0 where one page is wide enough."""
    first_slope = table.column(slope_key(found.functions[0]))
    return first_slope - 1 if len(table.columns) > WIDE else 0


def _styles(found: ActivationTable) -> dict[str, str]:
    slopes = {slope_key(unit): "head gradient" for unit in found.functions}
    return {INPUT: "head input", SUM: "head sum", **slopes}


def _put_summary(page: Page, found: ActivationTable, table: RowTable, words: Words) -> None:
    """Write above each slope how large it gets here, and how often next to nothing is left."""
    page.put((LARGEST, 1), words["activations_largest"], "name")  # the column on every page
    page.put((FLAT, 1), words["activations_flat"], "name")
    for unit in found.functions:
        area, column = table.area(slope_key(unit)), table.column(slope_key(unit))
        largest = f'=IF(COUNT({area})=0,"–",MAX({area}))'
        flat = f'=IF(COUNT({area})=0,"–",COUNTIF({area},"<{FLAT_BELOW}"))'
        page.put((LARGEST, column), Cell(None, largest), "number result")
        page.put((FLAT, column), Cell(None, flat), "result")


def _put_rules(page: Page, found: ActivationTable, row: int, words: Words) -> int:
    """Write each function and its slope as mathematics; return the row below."""
    page.put((row, 1), words["activations_rules"], "heading")
    z = Name(SUM)
    for unit in found.functions:
        row += 1
        slope = unit.slope(Name("a"), z)
        told = f"a = {to_text(unit.value(z))},   ∂a/∂z = {to_text(slope) if slope else '1'}"
        page.put((row, 1), unit.name, "legend")
        page.put((row, 2), told, "text")
    return row + 2


def _curves(data: Page, found: ActivationTable, row: int, words: Words) -> list[Drawn]:
    """Write the points of the curves on Data and return both charts."""
    data.put((1, 1), words["activations_data"], "title")
    data.heights[1] = 30
    for step in range(STEPS + 1):
        z = Cell(-ENDS + 2 * ENDS * step / STEPS)
        data.put((3 + step, 1), z, "formula")
        for place, unit in enumerate(found.functions, 2):
            _put_point(data, 3 + step, place, unit, len(found.functions))
    return [
        _chart(found, (row, 1), 2, "values", words),
        _chart(found, (row, _BESIDE), 2 + len(found.functions), "slopes", words),
    ]


def _put_point(data: Page, row: int, column: int, unit: Activation, count: int) -> None:
    cells = {SUM: address(row, 1), "a": address(row, column)}

    def reference(leaf: object) -> str:
        assert isinstance(leaf, Name)
        return cells[leaf.name]

    slope = unit.slope(Name("a"), Name(SUM))
    written = to_excel(slope, reference) if slope else "=1"
    data.put((row, column), Cell(None, to_excel(unit.value(Name(SUM)), reference)), "number")
    data.put((row, column + count), Cell(None, written), "number")


def _chart(found: ActivationTable, at: Address, first: int, what: str, words: Words) -> Drawn:
    rows = 3, 3 + STEPS
    series = tuple(
        Series(column_range(DATA, first + k, *rows), column_range(DATA, 1, *rows), unit.name)
        for k, unit in enumerate(found.functions)
    )
    look = ChartLook(
        at=at,
        size=_SIZE,
        x_title="z",
        y_title=words[f"activations_axis_{what}"],
        description=words[f"activations_description_{what}"],
        strokes=tuple(Stroke(*stroke(k), 2.0) for k in range(len(found.functions))),
        wide=True,
    )
    return Chart("scatter", series), look


ACTIVATION_KIND = Kind("activations", SECTIONS, REQUIRED, read, describe, layout, FADING)
