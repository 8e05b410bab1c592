"""The pages that explain the chosen step: Derivation, Gradient check, Learning rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetprop.lessons.explanation.derivation_sheet import derivation_sheet
from sheetprop.lessons.explanation.gradient_check_sheet import gradient_check_sheet
from sheetprop.lessons.explanation.number_text import number_texts
from sheetprop.lessons.explanation.rates.learning_rates_sheet import learning_rates_sheet
from sheetprop.lessons.explanation.rates.trials import Further
from sheetprop.lessons.runs.rate_table import RateRun, RateTable
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.lessons.start.start_sheet import Start
from sheetprop.maths.chain import Chain
from sheetprop.words import Words
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Explanation:
    """The pages of explanation, the names that their formulas use, and the short runs of one."""

    pages: list[Sheet]
    names: Mapping[str, str]
    further: Further


def explanation(
    table: RateTable,
    start: Start,
    runs: Sequence[RateRun],
    chosen: Chosen,
    data: Page,
    words: Words,
) -> Explanation:
    """Return the pages of explanation.

    Numbers they need as texts are put on the page `data`.
    """
    texts = number_texts(data, chosen, words)
    rates, further = learning_rates_sheet(table, runs, chosen, data, words)
    derivation, names = derivation_sheet(Chain(table.network), start, chosen, texts, words)
    pages = [derivation, gradient_check_sheet(table, start, chosen, words), rates]
    return Explanation(pages, names, further)
