"""The lesson optimizers: several of them beside each other on one regression, step by step."""

from __future__ import annotations

from sheetprop.calculating.calculated import calculated
from sheetprop.lessons.kinds.fading import FADING
from sheetprop.lessons.kinds.frame import PICTURES
from sheetprop.lessons.kinds.kind import Kind
from sheetprop.lessons.kinds.optimizers.content import (
    REQUIRED,
    SECTIONS,
    Optimizers,
    describe,
    read,
)
from sheetprop.lessons.kinds.optimizers.main_sheet import BESIDE, main_sheet
from sheetprop.lessons.kinds.optimizers.pictures import put_charts
from sheetprop.lessons.kinds.optimizers.places import Places
from sheetprop.lessons.kinds.optimizers.run_sheet import run_sheet
from sheetprop.lessons.kinds.optimizers.schedules_sheet import schedules_sheet
from sheetprop.words import Words
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import DATA, Page
from sheetprop.workbooks.sheet import Sheet, Workbook


def layout(found: Optimizers, words: Words, variant: str) -> Workbook:
    """Return the workbook: the comparison, a sheet for each run, the schedules, and Data."""
    places, data = Places(found), Page()
    charts = put_charts(data, places, (PICTURES, 1), (PICTURES, BESIDE), words)
    runs = [run_sheet(places, optimizer, words, variant) for optimizer in places.optimizers]
    hidden = Look(data.styles, widths={1: 34.0}, heights=data.heights, plain_formulas=True)
    sheets = (
        main_sheet(places, charts, words, variant),
        *runs,
        schedules_sheet(places, words, variant),
        Sheet(DATA, data.cells, look=hidden),
    )
    return Workbook(calculated(sheets))


OPTIMIZERS = Kind("optimizers", SECTIONS, REQUIRED, read, describe, layout, FADING)
