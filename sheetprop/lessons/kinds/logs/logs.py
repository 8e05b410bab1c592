"""The lesson training-log: runs of a model with target, result and analysis, and their epochs."""

from __future__ import annotations

from sheetprop.calculating.calculated import calculated
from sheetprop.lessons.kinds.fading import FADING
from sheetprop.lessons.kinds.kind import Kind
from sheetprop.lessons.kinds.logs.content import (
    REQUIRED,
    SECTIONS,
    TrainingLogs,
    describe,
    read,
)
from sheetprop.lessons.kinds.logs.overview import overview
from sheetprop.lessons.kinds.logs.places import table_of
from sheetprop.lessons.kinds.logs.run_sheet import name_of, run_sheet
from sheetprop.notation.address import fixed, quoted
from sheetprop.rows.training_log import NAME
from sheetprop.words import Words
from sheetprop.workbooks.exercise_names import TABLE_NAME
from sheetprop.workbooks.sheet import Workbook


def layout(found: TrainingLogs, words: Words, variant: str) -> Workbook:
    """Return the workbook: the overview, and a sheet for every run."""
    runs, words = list(enumerate(found.iterations, 1)), found.said_in(words)
    sheets = [run_sheet(one, number, words, variant) for number, one in runs]
    names = {}
    for number, one in runs:
        first, last = (fixed(corner) for corner in table_of(one, words).body)
        names[f"{TABLE_NAME}{number}"] = f"{quoted(name_of(number, words))}!{first}:{last}"
    return Workbook(calculated((overview(found, words, variant), *sheets)), names)


TRAINING_LOGS = Kind(NAME, SECTIONS, REQUIRED, read, describe, layout, FADING)
