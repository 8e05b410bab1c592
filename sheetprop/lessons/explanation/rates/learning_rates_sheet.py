"""The Learning rates sheet: what small, large and absurd rates do, shown on the workbook's runs."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.lessons.explanation.page_parts import FIRST, open_page
from sheetprop.lessons.explanation.rates.own_runs import put_reasons, put_runs
from sheetprop.lessons.explanation.rates.questions import put_questions
from sheetprop.lessons.explanation.rates.trials import Further, put_trials
from sheetprop.lessons.explanation.rates.writer import Writer
from sheetprop.lessons.runs.rate_table import RateRun, RateTable
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.words import Words
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import LEARNING_RATES, Page
from sheetprop.workbooks.sheet import Sheet


def learning_rates_sheet(
    table: RateTable, runs: Sequence[RateRun], chosen: Chosen, data: Page, words: Words
) -> tuple[Sheet, Further]:
    """Return the sheet about the learning rate, and what Compare tells of its short runs.

    Runs with other rates are put on `data`.
    """
    writer = Writer(table, runs, chosen, words)
    open_page(writer.page, LEARNING_RATES, words, (1, 2, 3, 5, 7, 9))
    row = writer.text(FIRST - 1, "rates_about") + 1
    first, row = row + 2, put_runs(writer, data, row) + 1
    row = put_reasons(writer, first, row) + 1
    further, row = put_trials(writer, data, row)
    put_questions(writer, row + 1)
    look = Look(
        styles=writer.page.styles,
        links=writer.page.links,
        widths=writer.widths,
        merged=tuple(writer.page.merged),
        heights=writer.page.heights,
        validations=tuple(writer.rules),
        scientific=tuple(writer.scientific),
        tab="#56B4E9",
        plain_formulas=True,
    )
    return Sheet(LEARNING_RATES, writer.page.cells, look=look), further
