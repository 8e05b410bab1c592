"""The sheet of one run: target and analysis, the epochs with what follows, and their curves."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from sheetprop.lessons.explanation.page_parts import head_height, put_text
from sheetprop.lessons.kinds.frame import BELOW, PICTURE_HEIGHT, PICTURES, TITLES
from sheetprop.lessons.kinds.kind import BLANK, FADED
from sheetprop.lessons.kinds.logs.content import TEST_ACCURACY, TRAIN_ACCURACY, Iteration
from sheetprop.lessons.kinds.logs.places import (
    COMPUTED,
    HEAD,
    LAST,
    PREFIX,
    TARGET_CELL,
    WIDTHS,
    LogTable,
    table_of,
)
from sheetprop.lessons.kinds.tables.row_table import put_rows
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.notation.address import on
from sheetprop.notation.text import to_text
from sheetprop.rows.training_log import ABOVE, BEST_EPOCH, EPOCH, LOSS, TARGET, TRAINING_LOG
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook, Stroke, axis_end, stroke
from sheetprop.workbooks.look import Look, Paper
from sheetprop.workbooks.page import OVERVIEW, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series, Sheet

_SIZE, _BESIDE = (540, PICTURE_HEIGHT), 6  # pixels of a chart, the second one's column
_OF_BOLD = 1.1  # a bold letter, in widths of a digit
_SMALL = 1e-3
OVERVIEW_TARGET = (BELOW, 2)


def name_of(number: int, words: Words) -> str:
    """Return the name of the sheet of a run, counted from 1."""
    return words("log_iteration", number=number)


def run_sheet(one: Iteration, number: int, words: Words, variant: str) -> Sheet:
    """Return the sheet of a run."""
    page, table, name = Page(), table_of(one, words), name_of(number, words)
    page.put((1, 1), f"{name}: {one.said('name', words)}", "title")
    page.heights[1] = 30
    for row, what in enumerate(("target", "analysis"), 2):
        text = f"{words[f'log_said_{what}']}: {one.said(what, words)}"
        put_text(page, (row, 1), text, "long text", WIDTHS, LAST)
    how = "log_run_blank" if variant in (BLANK, FADED) else "log_run"
    put_text(page, (4, 1), words[how], "long quiet", WIDTHS, LAST)
    page.put((TARGET_CELL[0], 1), words["log_target"], "name")
    page.put(TARGET_CELL, Cell(None, f"={on(OVERVIEW, OVERVIEW_TARGET)}"), "formula")
    styles = {EPOCH: "head input", **dict.fromkeys(COMPUTED, "head gradient long")}
    put_rows(page, table, variant, styles)
    widths = _widths(table)
    page.heights[HEAD] = head_height(table.heads, [widths[k + 1] for k in range(len(table.heads))])
    _show_digits(page, table)
    charts = _charts(page, table, name, words)
    if variant not in (BLANK, FADED):
        _put_rules(page, table, table.last + 2, words)
    look = Look(
        styles=page.styles,
        widths=widths,
        merged=tuple(page.merged),
        heights=page.heights,
        charts=tuple(look for _, look in charts),
        heads=(HEAD, HEAD),
        tab="#009E73",
        paper=Paper(stay=0, whole=True),
        plain_formulas=True,
    )
    return Sheet(name, page.cells, tuple(chart for chart, _ in charts), look=look)


def _widths(table: LogTable) -> dict[int, float]:
    """Return the widths of the columns, each as wide as the longest word of its header."""
    longest = {
        column: _OF_BOLD * max(map(len, text.split())) for column, text in enumerate(table.heads, 1)
    }
    return {column: max(width, longest.get(column, 0)) for column, width in WIDTHS.items()}


def _show_digits(page: Page, table: LogTable) -> None:
    """Show epochs, and how many there are, without digits behind the point, and percents in few."""
    counts = {"number": "formula", "answer": "answer count"}
    for name in COMPUTED:
        shown = counts if name in (BEST_EPOCH, ABOVE) else {"number": "short number"}
        for row in range(table.first, table.last + 1):
            at = row, table.column(name)
            page.styles[at] = shown.get(page.styles[at], page.styles[at])
    for at, style in page.styles.items():
        if style == "input" and _has_many_digits(page.cells.get(at)):
            page.styles[at] = "short input"


def _has_many_digits(cell: Cell | None) -> bool:
    """Whether a number has more digits than are read, and is not so small that few show nothing."""
    value = cell.value if cell else None
    return isinstance(value, float) and abs(value) > _SMALL and round(value, 6) != value


def _charts(page: Page, table: LogTable, sheet: str, words: Words) -> list[tuple[Chart, ChartLook]]:
    """Return the curves of the accuracies, and those of the losses where there are any."""
    losses = [name for name in table.columns if name.endswith(LOSS)]
    groups = [("accuracy", [TRAIN_ACCURACY, TEST_ACCURACY], 1)]
    groups += [("loss", losses, _BESIDE)] if losses else []
    found = []
    for what, names, column in groups:
        page.put((TITLES, column), words[f"log_chart_{what}"], "chart title")
        series = tuple(
            Series(table.range_on(sheet, n), table.range_on(sheet, EPOCH), words[PREFIX + n])
            for n in names
        )
        ends = _percents(page, table, names) if what == "accuracy" else (None, None)
        look = _look((PICTURES, column), what, len(names), ends, table.last, words)
        found.append((Chart("scatter", series), look))
    return found


def _percents(page: Page, table: LogTable, names: Sequence[str]) -> tuple[float, float]:
    """Return the ends of an axis of percents: 100, and the ten at or below the smallest one.

    From 0 on, all that is worth seeing would lie in the topmost tenth.
    """
    columns = [table.column(name) for name in names]
    rows = range(table.first, table.last + 1)
    cells = (page.cells.get((row, column)) for row in rows for column in columns)
    found = [cell.value for cell in cells if cell and isinstance(cell.value, int | float)]
    return max(0.0, floor(min(found, default=0.0) / 10) * 10.0), 100.0


def _look(
    at: Address,
    what: str,
    count: int,
    ends: tuple[float | None, float | None],
    last: int,
    words: Words,
) -> ChartLook:
    return ChartLook(
        at=at,
        size=_SIZE,
        x_title=words["log_epoch"],
        y_title=words[f"log_axis_{what}"],
        description=words[f"log_description_{what}"],
        last=axis_end(last - HEAD + 1),
        ends=ends,
        strokes=tuple(Stroke(*stroke(k), 2.0) for k in range(count)),
    )


def _put_rules(page: Page, table: LogTable, row: int, words: Words) -> None:
    """Write what each computed column is as mathematics."""
    page.put((row, 1), words["architecture_rules"], "heading")
    heads = {**dict(zip(table.columns, table.heads, strict=True)), TARGET: words["log_target"]}

    def called(leaf: Expr) -> Expr | None:
        return Name(heads[leaf.name], leaf.shift) if isinstance(leaf, Name) else None

    for name in COMPUTED:
        row += 1
        tree = TRAINING_LOG.quantities[name].tree
        assert tree is not None
        page.put((row, 1), heads[name], "legend")
        page.put((row, 2), f"= {to_text(substitute(tree, called))}", "text")
