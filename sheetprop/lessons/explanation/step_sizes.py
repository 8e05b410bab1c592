"""What larger and smaller h do to the difference: a table for one weight, and its picture."""

from __future__ import annotations

from sheetprop.lessons.explanation.difference_table import (
    HEADS,
    MINUS,
    PLUS,
    RELATIVE_ERROR,
    VALUE,
    VERDICT,
    WEIGHT,
    WIDTH,
    Writer,
    judge,
)
from sheetprop.lessons.explanation.moved_weight import with_step
from sheetprop.lessons.explanation.page_parts import put_heads
from sheetprop.notation.address import address, column_range, fixed
from sheetprop.workbooks.chart_look import ChartLook
from sheetprop.workbooks.page import GRADIENT_CHECK
from sheetprop.workbooks.sheet import Cell, Chart, Series

POWERS = range(13)  # of ten, by which h is made smaller from row to row
LONGEST_FORMULA = 8_192
_CHART_SIZE = (384, 280)


def put_sizes(writer: Writer, name: str, row: int) -> None:
    """Write what smaller and smaller h do to one weight."""
    page, words = writer.page, writer.words
    plus, minus = (with_step(writer.table.network, name, sign) for sign in (1, -1))
    formulas = [f.formula(writer.chosen.value, address(row + 4, WEIGHT)) for f in (plus, minus)]
    if max(map(len, formulas)) > LONGEST_FORMULA:
        return
    page.put((row, 1), words("gradient_check_sizes", weight=name), "heading")
    writer.text(row + 1, "gradient_check_large")
    writer.text(row + 2, "gradient_check_small")
    heads = ["h", *(words[f"gradient_check_head_{key}"] for key in HEADS[1:-1])]
    put_heads(writer.page, row + 3, [*heads, words["gradient_check_head_best"]], WIDTH)
    first, last = row + 4, row + 4 + len(POWERS) - 1
    errors = f"{fixed((first, RELATIVE_ERROR))}:{fixed((last, RELATIVE_ERROR))}"
    for power in POWERS:
        at = first + power
        writer.number((at, WEIGHT), f"=10^-{power}" if power else "=1", "maths small")
        writer.number((at, VALUE), f"={writer.chosen.value[name]}")
        for column, pass_ in ((PLUS, plus), (MINUS, minus)):
            writer.number(
                (at, column), pass_.formula(writer.chosen.value, address(at, WEIGHT)), "maths long"
            )
        judge(writer, at, name, address(at, WEIGHT))
        is_least = f"{address(at, RELATIVE_ERROR)}=MIN({errors})"
        best = f'=IFERROR(IF({is_least},"{words["gradient_check_best"]}","–"),"–")'
        page.put((at, VERDICT), Cell(None, best), "mark")
    writer.scientific.append(((first, RELATIVE_ERROR), (last, RELATIVE_ERROR)))
    writer.charts.append(_chart(writer, first, last))


def _chart(writer: Writer, first: int, last: int) -> tuple[Chart, ChartLook]:
    """Return the picture of the table: the error against h, both in powers of ten."""
    words = writer.words
    series = Series(
        column_range(GRADIENT_CHECK, RELATIVE_ERROR, first, last),
        column_range(GRADIENT_CHECK, WEIGHT, first, last),
    )
    look = ChartLook(
        at=(first - 1, VERDICT + 2),
        size=_CHART_SIZE,
        x_title=words["axis_step_size"],
        y_title=words["axis_relative_error"],
        description=words["gradient_check_chart"],
        x_powers=True,
    )
    return Chart("line", (series,), words["gradient_check_chart"], logarithmic=True), look
