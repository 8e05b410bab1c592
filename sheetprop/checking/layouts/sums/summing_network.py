"""The right formulas of a network that adds a number to a digit, in the language of a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sheetprop.checking.layouts.aligned import first_text
from sheetprop.checking.layouts.judged import Pattern
from sheetprop.checking.layouts.random_points import Place
from sheetprop.checking.layouts.reading_network import declared, network_pattern
from sheetprop.errors import SheetpropError
from sheetprop.lessons.kinds.digit_sum.layout import calculating, nothing_learned
from sheetprop.lessons.kinds.digit_sum.log_sheet import log_sheet, nothing_tested
from sheetprop.lessons.kinds.digit_sum.places import NUMBER
from sheetprop.training.sums.head import NUMBERS
from sheetprop.words import ENGLISH, Words, languages, texts_of
from sheetprop.workbooks.sheet import Sheet, Value, Workbook


def digit_sum_pattern(workbook: Workbook) -> Pattern:
    """Return the right workbook for the layers in the table of architecture.

    Raises:
        SheetpropError: there is no such table, its layers do not fit together or end in no digits,
            or no sheet is about sums.

    """
    words = _words_of(workbook)
    plan = declared(workbook)
    kinds = [layer.kind for layer in plan.layers[-2:]]
    if kinds != ["gap", "linear"]:
        raise SheetpropError("the layers do not end with a global average and a linear one")
    head, found = nothing_learned(plan.steps[-1].channels_in)
    sums = calculating(plan, head, found, 0, words)
    log = log_sheet(nothing_tested(), words)
    reading = network_pattern(workbook)
    numbers: list[Value] = [float(number) for number in range(NUMBERS)]
    return replace(
        reading,
        workbook=Workbook((*reading.workbook.sheets, *sums, log)),
        choices={**reading.choices, **_counted(sums[0]), (sums[0].name, NUMBER): numbers},
    )


def _counted(sheet: Sheet) -> dict[Place, Sequence[Value]]:
    """Return the numbers that digits and sums are counted by, which formulas compare with one."""
    return {
        (sheet.name, at): [cell.value] for at, cell in sheet.cells.items() if cell.is_typed_number
    }


def _words_of(workbook: Workbook) -> Words:
    """Return the words of the language in which a sheet is about sums."""
    titles = {first_text(sheet) for sheet in workbook.sheets}
    for language in languages():
        words = Words({**texts_of(ENGLISH), **texts_of(language)})
        if words["digit_sum_title"] in titles:
            return words
    raise SheetpropError("no sheet begins with the title of a digit and a number")
