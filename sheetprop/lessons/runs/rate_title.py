"""The title of a run's sheet, which tells its rate, also when another one was typed on Start."""

from __future__ import annotations

from sheetprop.calculating.run_values import general_text
from sheetprop.lessons.runs.rate_table import RATE, RateRun
from sheetprop.notation.address import fixed
from sheetprop.notation.excel_write import number
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Cell


def rate_title(run: RateRun, words: Words) -> Cell:
    """Return the title; of another rate it says that the sheet keeps the name of the first."""
    told = words.formula("rate_title", rate=fixed(RATE))
    other = words.formula("rate_other", sheet=f'"{run.sheet}"').removeprefix("=")
    formula = f'{told}&IF({fixed(RATE)}={number(run.rate)},"",{other})'
    return Cell(words("rate_title", rate=general_text(run.rate)), formula)
