"""The right formulas of a lesson of small arrays, for the sizes that its sheets tell."""

from __future__ import annotations

from sheetprop.checking.layouts.judged import Pattern
from sheetprop.checking.layouts.opening import numbers_in, opening
from sheetprop.errors import SheetpropError
from sheetprop.lessons.kinds.arrays.normalisation import MOST, Normalisation, sheets_of
from sheetprop.lessons.kinds.arrays.trap import MOST_STEPS, Trap
from sheetprop.lessons.kinds.kind import WORKED
from sheetprop.words import ENGLISH, Words, languages, texts_of
from sheetprop.workbooks.sheet import Workbook


def normalisation_pattern(workbook: Workbook) -> Pattern:
    """Return the right workbook for the sizes that the sheets tell.

    Raises:
        SheetpropError: the sheets tell of no sizes, or of larger ones than a lesson has.

    """
    openings = [opening(sheet) for sheet in workbook.sheets]
    texts = [text for own in openings for text in own]
    for language in languages():
        words = Words({**texts_of(ENGLISH), **texts_of(language)})
        sizes = numbers_in(words["normalisation_sizes"], texts)
        steps = numbers_in(words["normalisation_steps"], texts)
        if sizes and steps:
            lesson = _lesson(*sizes, *steps)
            return Pattern(Workbook(sheets_of(lesson, words, WORKED)))
    raise SheetpropError("no sheet tells how many examples, places and channels there are")


def _lesson(examples: int, places: int, channels: int, groups: int, steps: int) -> Normalisation:
    is_possible = min(examples, places, channels, groups, steps) >= 1 and not channels % groups
    if not is_possible or max(examples * places, channels) > MOST or steps > MOST_STEPS:
        raise SheetpropError("its sheets tell of sizes that no such lesson has")
    zeros = (0.0,) * channels
    rows = (zeros,) * (examples * places)
    trap = Trap((0.0, 0.0), (0.0, 0.0), 0.0, steps)
    return Normalisation(rows, rows, examples, groups, zeros, zeros, zeros, zeros, 0.0, 0.0, trap)
