"""What Start shows of the other sheets: the picture, the chosen E_total, the list of sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sheetprop.lessons.parts.sheet_names import key_of
from sheetprop.lessons.start.arrangement import MOST_CONTENTS
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.lessons.start.start_choice import PHASES, put_chosen_facts
from sheetprop.lessons.start.start_sheet import Start
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import START, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Sheet

RUNS = "runs"
"""Stands for the sheets of all rates in the list of sheets."""


def completed(
    start: Start,
    chosen: Chosen,
    charts: Sequence[tuple[Chart, ChartLook]],
    sheets: Iterable[str],
    labels: str,
    phase: str,
    words: Words,
    *,
    is_drawn: bool,
) -> Sheet:
    """Return the Start sheet with its charts, what came of the choice, and links to other sheets.

    `labels` is the formula of what is said of labels, `phase` the cell with the phase's number.
    Where the network is not drawn, that is said in its place.
    """
    look = start.sheet.look
    if not isinstance(look, Look):
        raise TypeError("the Start sheet has a look")
    page = Page(dict(start.sheet.cells), dict(look.styles), dict(look.links))
    value = chosen.value
    runs = start.run_names.rpartition("!")[2]
    facts = (runs, chosen.step, value[LEARNING_RATE], value["E_total"], labels)
    put_chosen_facts(page, start.choice, *facts, words)
    _put_contents(page, start.contents, sheets, words)
    page.put(start.title, Cell(None, _title(start, chosen, phase, words)), "heading")
    if not is_drawn:
        below = start.title[0] + 1, start.title[1]
        page.put(below, words["diagram_too_large"], "quiet")
    look = replace(look, styles=page.styles, links=page.links, charts=tuple(c for _, c in charts))
    return Sheet(START, page.cells, tuple(chart for chart, _ in charts), look=look)


def _title(start: Start, chosen: Chosen, phase: str, words: Words) -> str:
    """Return the formula of the title, for a cell: LibreOffice keeps a chart's own old title."""
    typed = start.choice.cell("step")
    other = words.formula("diagram_other_step", typed=typed).removeprefix("=")
    told = words.formula(
        "diagram_title",
        step=chosen.step,
        rate=chosen.value[LEARNING_RATE],
        loss=chosen.shown["E_total"],
    )
    phases = [words.quoted(f"phase_{phase}_title") for phase in PHASES[1:]]
    shown = f'CHOOSE({phase},"",{",".join(phases)})'
    return f'=IF({typed}={chosen.step},"",{other})&{told.removeprefix("=")}&{shown}'


def _put_contents(page: Page, at: Address, sheets: Iterable[str], words: Words) -> None:
    """Write links to the sheets, each with a line on what it is for."""
    row, column = at
    page.put(at, words["start_contents"], "heading")
    for name in list(sheets)[: MOST_CONTENTS - 2]:
        row += 1
        key = key_of(name)
        shown, means = words.get(f"sheet_{key}", name), words.get(f"contents_{key}", "")
        text = f"{shown}: {means}" if means else shown
        if name == RUNS:
            page.put((row, column), text, "text")
        else:
            page.put((row, column), text, "link", f"'{name}'!A1")
