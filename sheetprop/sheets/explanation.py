"""The pages that explain the chosen step: Derivation, Gradient check, Learning rates."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.maths.chain import Chain
from sheetprop.sheets.chosen import Chosen
from sheetprop.sheets.derivation_sheet import derivation_sheet
from sheetprop.sheets.gradient_check_sheet import gradient_check_sheet
from sheetprop.sheets.learning_rates_sheet import learning_rates_sheet
from sheetprop.sheets.number_text import number_texts
from sheetprop.sheets.page import Page
from sheetprop.sheets.sheet import Sheet
from sheetprop.sheets.start_sheet import Start
from sheetprop.sheets.table import Run, Table
from sheetprop.words import Words


def explanation(
    table: Table, start: Start, runs: Sequence[Run], chosen: Chosen, data: Page, words: Words
) -> list[Sheet]:
    """Return the pages of explanation; numbers they need as texts are put on the page `data`."""
    texts = number_texts(data, chosen, words)
    return [
        derivation_sheet(Chain(table.network), start, chosen, texts, words),
        gradient_check_sheet(table, start, chosen, words),
        learning_rates_sheet(table, runs, chosen, data, words),
    ]
