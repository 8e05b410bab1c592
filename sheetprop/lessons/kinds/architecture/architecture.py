"""The lesson architecture: a network as rows of a table, its budgets, and what each layer sees."""

from __future__ import annotations

from sheetprop.calculating.calculated import calculated
from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.kinds.architecture.columns import (
    CHOSEN,
    HEAD,
    IMAGE,
    LAYER,
    NUMBER,
    PAGE_END,
    TASK,
    TASK_VALUE,
    WIDTHS,
    last_row,
)
from sheetprop.lessons.kinds.architecture.drawing import put_charts
from sheetprop.lessons.kinds.architecture.layers import (
    CONVOLUTION,
    REQUIRED,
    SECTIONS,
    Architecture,
    Layer,
    describe,
    read,
)
from sheetprop.lessons.kinds.architecture.quantities import trees
from sheetprop.lessons.kinds.architecture.table import put_table
from sheetprop.lessons.kinds.architecture.totals import put_task, put_totals
from sheetprop.lessons.kinds.fading import FADING
from sheetprop.lessons.kinds.frame import PICTURES, TITLES, put_opening
from sheetprop.lessons.kinds.kind import BLANK, FADED, Kind
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.notation.text import to_text
from sheetprop.rows.architecture import CALCULATED
from sheetprop.words import Words
from sheetprop.workbooks.look import Look, Paper, Validation
from sheetprop.workbooks.page import DATA, LAYERS, Page
from sheetprop.workbooks.sheet import Sheet, Workbook

_BESIDE = 10  # column of the second chart
_QUESTIONS = ("budget", "field", "pooling", "dilation")


def layout(found: Architecture, words: Words, variant: str) -> Workbook:
    """Return the workbook: the sheet Layers, and Data with what its drawing needs."""
    page, data = Page(), Page()
    put_opening(page, words, "architecture_", variant, WIDTHS, PAGE_END)
    put_task(page, found, words)
    put_totals(page, found, words)
    put_table(page, found, words, variant)
    page.put((TITLES, 1), words["architecture_drawing"], "chart title")
    page.put((TITLES, _BESIDE), words["architecture_bars"], "chart title")
    charts = put_charts(data, found, (PICTURES, 1), (PICTURES, _BESIDE), words)
    row = last_row(found) + 2
    if variant not in (BLANK, FADED):
        row = _put_rules(page, row, words)
    _put_questions(page, row, words)
    look = Look(
        styles=page.styles,
        widths=WIDTHS,
        merged=tuple(page.merged),
        heights=page.heights,
        charts=tuple(look for _, look in charts),
        validations=tuple(_validations(found, words)),
        heads=(HEAD, HEAD),
        tab="#0072B2",
        plain_formulas=True,
        paper=Paper(columns=(PAGE_END,), beside=(HEAD, last_row(found)), stay=LAYER),
    )
    layers = Sheet(LAYERS, page.cells, tuple(chart for chart, _ in charts), look=look)
    hidden = Look(data.styles, widths={1: 34.0}, heights=data.heights, plain_formulas=True)
    return Workbook(calculated((layers, Sheet(DATA, data.cells, look=hidden))))


def _put_rules(page: Page, row: int, words: Words) -> int:
    """Write each quantity's rule as mathematics and in words; return the row below."""
    page.put((row, 1), words["architecture_rules"], "heading")
    for name in CALCULATED:
        row += 1
        tree = trees(Layer(CONVOLUTION))[name]
        rule = f"{words[f'architecture_{name}']} = {to_text(_in_words(tree, words))}"
        page.put((row, LAYER), rule, "text")
        page.put((row, _BESIDE), words[f"architecture_rule_{name}"], "quiet")
    return row + 2


def _in_words(tree: Expr, words: Words) -> Expr:
    def called(leaf: Expr) -> Expr | None:
        if isinstance(leaf, Name):
            return Name(words[f"architecture_{leaf.name}"], leaf.shift)
        return None

    return substitute(tree, called)


def _put_questions(page: Page, row: int, words: Words) -> None:
    page.put((row, 1), words["architecture_questions"], "heading")
    for number, name in enumerate(_QUESTIONS, 1):
        row += 1
        page.put((row, NUMBER), str(number), "quiet")
        last = max(CHOSEN.values())
        put_text(
            page, (row, LAYER), words[f"architecture_question_{name}"], "long text", WIDTHS, last
        )
        put_text(page, (row, _BESIDE), "", "long answer", WIDTHS, PAGE_END)
        page.heights[row] = max(page.heights[row], 30)


def _validations(found: Architecture, words: Words) -> list[Validation]:
    """Return the rules for what may be typed into the yellow cells: numbers, from 1 mostly."""
    title, message = words["architecture_valid_title"], words["architecture_valid_message"]
    first, last = IMAGE + 1, last_row(found)
    columns = [CHOSEN[name] for name in ("kernel", "stride", "dilation", "groups", "channels")]
    rules = [Validation((first, c), (last, c), 0, title, message) for c in columns]
    task = (TASK["image"], TASK_VALUE), (TASK["most_parameters"], TASK_VALUE)
    return [*rules, Validation(*task, 0, title, message)]


ARCHITECTURE = Kind("architecture", SECTIONS, REQUIRED, read, describe, layout, FADING)
