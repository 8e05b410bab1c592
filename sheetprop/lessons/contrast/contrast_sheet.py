"""The sheet Mistake: the right and the wrong gradient side by side, and what shows the mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheetprop.lessons.contrast.charts import SIZE, put_charts
from sheetprop.lessons.contrast.checked import (
    ERROR,
    MINUS,
    PLUS,
    SLOPE,
    STEP_SIZE,
    VERDICT,
    WEIGHT,
    Check,
    checked_parameters,
    column_of,
)
from sheetprop.lessons.contrast.facts import Facts
from sheetprop.lessons.contrast.slip import Slip
from sheetprop.lessons.contrast.two_runs import APART, ITERATION, LOSS, SIDES, TwoRuns
from sheetprop.lessons.explanation.page_parts import make_room, put_text
from sheetprop.lessons.parts.ways import put_ways
from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.lessons.start.start_sheet import Start
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.notation.address import address
from sheetprop.notation.text import name_text, shortened, to_text
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook
from sheetprop.workbooks.extent import ROW
from sheetprop.workbooks.look import Highlight, Look, Validation
from sheetprop.workbooks.page import MISTAKE, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Sheet

_TITLE, _WAYS, _SETTING, _FORMULAS = 1, 2, 3, 5  # rows
_RATE: Address = (_SETTING, 2)
_LAST = 10  # the column in which texts end
_WIDTH = 13.0
_MOST_SHOWN = 2  # wrong formulas that are written out: the charts are seen without scrolling
_NEXT = ("[+1]", "⁺")  # how the step after is marked on Derivation, too
_PIECE = 200  # characters of a text within a formula
_CHART_ROWS = SIZE[1] // ROW


def contrast_sheet(
    table: RateTable, slip: Slip, start: Start, chosen: Chosen, words: Words
) -> Sheet:
    """Return the sheet that runs a lesson right and with a mistake from the chosen start and η."""
    page = Page()
    charts_at = _FORMULAS + 2 * min(len(slip.trees), _MOST_SHOWN) + 7
    check_at = charts_at + _CHART_ROWS + 2
    runs = TwoRuns(table, slip, start, chosen, check_at, _RATE)
    parameters = checked_parameters(runs)
    runs = replace(runs, head=check_at + len(parameters) + 7)
    check = Check(runs, words, check_at + 3, (check_at + 1, 2), parameters) if parameters else None
    facts = Facts(runs, check, words, _FORMULAS + 1)
    _opening(page, runs, words)
    _put_formulas(page, runs, words)
    facts.put(page)
    _put_sentences(page, facts, charts_at - 5, words)
    places = ((charts_at, 1), (charts_at, 6))
    for (row, column), key in zip(places, ("loss", "apart"), strict=True):
        page.put((row - 1, column), words[f"mistake_{key}_title"], "chart title")
    _put_check(page, check, check_at, words)
    _put_runs(page, runs, words)
    return _sheet(page, runs, check, put_charts(runs, places, words), words)


def _opening(page: Page, runs: TwoRuns, words: Words) -> None:
    slip = runs.slip
    page.put((_TITLE, 1), words("mistake_title", name=slip.name, code=slip.code), "title")
    put_ways(page, _WAYS, (1, 2, 4, 6, 8, 9, 10), words, MISTAKE)
    page.put((_SETTING, 1), "η =", "label")
    page.put(_RATE, Cell(None, f"={runs.chosen.value[LEARNING_RATE]}"), "rate")
    page.put((_SETTING, 3), words["mistake_choose"], "link", runs.start.choice.link)
    page.put((_SETTING, 6), words("mistake_explain", name=slip.name), "text")


def _put_formulas(page: Page, runs: TwoRuns, words: Words) -> None:
    """Write what is right and what the mistake makes of it, as mathematics."""
    trees = list(runs.slip.trees.items())
    more = len(trees) - _MOST_SHOWN
    head = words["mistake_formulas"]
    note = words("mistake_formulas_more", more=more) if more > 0 else ""
    page.put((_FORMULAS, 1), f"{head} {note}".strip(), "heading")
    row = _FORMULAS
    for name, wrong in trees[:_MOST_SHOWN]:
        right = runs.table.network.quantities[name].tree
        assert right is not None
        for side, tree in zip(SIDES, (right, wrong.tree), strict=True):
            row += 1
            text = f"{name_text(name)} = {to_text(shortened(tree))}".replace(*_NEXT)
            page.put((row, 1), words[f"mistake_{side}"], "maths name")
            # A formula, because a wrong one in words would be read as somebody's text.
            said = Cell(None, _as_formula(text))
            widths = dict.fromkeys(range(1, _LAST + 1), _WIDTH)
            put_text(page, (row, 2), said, "maths", widths, _LAST)
            make_room(page, row, text, _WIDTH * (_LAST - 1))


def _as_formula(text: str) -> str:
    parts = (text[k : k + _PIECE] for k in range(0, len(text), _PIECE))
    return "=" + "&".join('"' + part.replace('"', '""') + '"' for part in parts)


def _put_sentences(page: Page, facts: Facts, row: int, words: Words) -> None:
    page.put((row - 1, 1), words["mistake_what"], "heading")
    widths = dict.fromkeys(range(1, _LAST + 1), _WIDTH)
    sentences = [facts.curves(), facts.difference()]
    if facts.check is not None:
        sentences.append(facts.gradients())
    for at, formula in enumerate(sentences, row):
        put_text(page, (at, 1), Cell(None, formula), "long text", widths, _LAST)
        page.heights[at] = 29.0


def _put_check(page: Page, check: Check | None, row: int, words: Words) -> None:
    page.put((row, 1), words["mistake_check"], "heading")
    if check is None:
        page.put((row + 1, 1), words["mistake_check_too_large"], "text")
        return
    page.put((row + 1, 1), "h =", "label")
    page.put(check.step, Cell(STEP_SIZE), "input")
    said = words("mistake_check_about", step=check.runs.check_step)
    page.put((row + 1, 3), said, "remark")
    for column, key in ((WEIGHT, "weight"), (PLUS, "plus"), (MINUS, "minus")):
        page.put((row + 2, column), words[f"gradient_check_head_{key}"], "head")
    page.put((row + 2, SLOPE), words["gradient_check_head_difference"], "head")
    for side in SIDES:
        heads = (f"mistake_head_{side}", "gradient_check_head_relative")
        for what, key in enumerate((*heads, "gradient_check_head_verdict")):
            page.put((row + 2, column_of(side, what)), words[key], "head")
    page.heights[row + 2] = 30.0
    check.put(page)


def _put_runs(page: Page, runs: TwoRuns, words: Words) -> None:
    page.put((runs.head - 2, 1), words["mistake_runs"], "heading")
    page.put((runs.head, ITERATION), words["rate_iteration"], "head")
    page.put((runs.head, APART), words["mistake_head_apart"], "head")
    for side in SIDES:
        page.put((runs.head, LOSS[side]), words[f"mistake_loss_{side}"], "head")
        first = runs.column(side, runs.names[0])
        page.put((runs.head - 1, first), words[f"mistake_run_{side}"], "caption")
    page.heights[runs.head] = 30.0
    runs.put(page)


def _rules(check: Check | None, words: Words) -> tuple[Validation, ...]:
    if check is None:
        return ()
    title, rule = words["gradient_check_h"], words["gradient_check_h_rule"]
    return (Validation(check.step, check.step, 0.0, title, rule),)


def _scientific(runs: TwoRuns, check: Check | None) -> Iterator[tuple[Address, Address]]:
    yield from runs.scientific()
    for side in SIDES if check else ():
        column = column_of(side, ERROR)
        assert check is not None
        yield (check.first, column), (check.last, column)


def _marks(check: Check | None, words: Words) -> Iterator[Highlight]:
    """Yield the mark of a gradient that is not the slope."""
    for side in SIDES if check else ():
        assert check is not None
        first, last = ((row, column_of(side, VERDICT)) for row in (check.first, check.last))
        differs = f"={address(*first)}={words.quoted('gradient_check_differs')}"
        yield Highlight(first, last, differs, "wrong")


def _sheet(
    page: Page,
    runs: TwoRuns,
    check: Check | None,
    charts: Sequence[tuple[Chart, ChartLook]],
    words: Words,
) -> Sheet:
    last = runs.column(SIDES[-1], runs.names[-1])
    look = Look(
        styles=page.styles,
        links=page.links,
        widths=dict.fromkeys(range(1, last + 1), _WIDTH),
        merged=tuple(page.merged),
        heights={_TITLE: 28, **page.heights},
        charts=tuple(look for _, look in charts),
        validations=_rules(check, words),
        scientific=tuple(_scientific(runs, check)),
        marks=tuple(_marks(check, words)),
        tab="#D55E00",
        printed=(runs.head - 3, _LAST),  # nobody reads the tables on paper
        plain_formulas=True,
    )
    return Sheet(MISTAKE, page.cells, tuple(chart for chart, _ in charts), look=look)
