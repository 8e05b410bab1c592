"""The right formulas of a lesson of small arrays, for the sizes that its sheets tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from sheetprop.checking.layouts.judged import Pattern
from sheetprop.checking.layouts.opening import numbers_in, opening
from sheetprop.checking.layouts.random_points import Place
from sheetprop.errors import SheetpropError
from sheetprop.lessons.kinds.arrays import attention, dropout
from sheetprop.lessons.kinds.arrays.normalisation import MOST, Normalisation, sheets_of
from sheetprop.lessons.kinds.arrays.single import Single, array_sheet, pattern_of
from sheetprop.lessons.kinds.arrays.trap import MOST_STEPS, Trap
from sheetprop.lessons.kinds.kind import WORKED
from sheetprop.words import ENGLISH, FIELD, Words, languages, texts_of
from sheetprop.workbooks.sheet import Sheet, Workbook


def normalisation_pattern(workbook: Workbook) -> Pattern:
    """Return the right workbook for the sizes that the sheets tell.

    Raises:
        SheetpropError: the sheets tell of no sizes, or of larger ones than a lesson has.

    """
    texts = _openings(workbook)
    for words in _every_language():
        sizes = numbers_in(words["normalisation_sizes"], texts)
        steps = numbers_in(words["normalisation_steps"], texts)
        if sizes and steps:
            lesson = _lesson(*sizes, *steps)
            return Pattern(Workbook(sheets_of(lesson, words, WORKED)))
    raise SheetpropError("no sheet tells how many examples, places and channels there are")


def _openings(workbook: Workbook) -> list[str]:
    return [text for sheet in workbook.sheets for text in opening(sheet)]


def _every_language() -> Iterator[Words]:
    for language in languages():
        yield Words({**texts_of(ENGLISH), **texts_of(language), "title": ""})


def attention_pattern(workbook: Workbook) -> Pattern:
    """Return the right workbook for the sizes that the sheet tells.

    Raises:
        SheetpropError: it tells of none, or of larger ones than a lesson has.

    """
    for words in _every_language():
        sizes = _told_by(words["attention_sizes"], _openings(workbook))
        if sizes:
            rows = _zeros(sizes["tokens"], sizes["width"], MOST)
            lesson = attention.single(attention.Attention(rows, rows, rows, rows), words)
            return Pattern(Workbook(pattern_of(lesson, words, WORKED)))
    raise SheetpropError("no sheet tells how many tokens there are, and how wide they are")


def dropout_pattern(workbook: Workbook) -> Pattern:
    """Return the right workbook for the sizes that the sheet tells.

    Raises:
        SheetpropError: it tells of none, or of larger ones than a lesson has.

    """
    for words in _every_language():
        sizes = _told_by(words["dropout_sizes"], _openings(workbook))
        if sizes:
            rows = _zeros(sizes["examples"], sizes["width"], dropout.MOST)
            lesson = dropout.single(dropout.Dropout(rows, rows, 0.0, rows[0], rows), words)
            sheets = pattern_of(lesson, words, WORKED)
            return Pattern(Workbook(sheets), fixed=_masks(sheets[0], lesson, words))
    raise SheetpropError("no sheet tells how many examples there are, and how many numbers")


def _told_by(pattern: str, texts: Sequence[str]) -> dict[str, int]:
    """Return the numbers that a text tells, by their names, which languages put in any order."""
    return dict(zip(FIELD.findall(pattern), numbers_in(pattern, texts), strict=False))


def _masks(sheet: Sheet, lesson: Single, words: Words) -> frozenset[Place]:
    """Return the cells of the list of all masks: it is the same in every workbook."""
    grid = array_sheet(lesson, words, WORKED).grids["masks"]
    places = product(range(grid.rows), range(grid.columns))
    return frozenset((sheet.name, grid.at(*place)) for place in places)


def _zeros(rows: int, columns: int, most: int) -> tuple[tuple[float, ...], ...]:
    if min(rows, columns) < 1 or rows > MOST or columns > most:
        raise SheetpropError("its sheet tells of sizes that no such lesson has")
    return ((0.0,) * columns,) * rows


def _lesson(examples: int, places: int, channels: int, groups: int, steps: int) -> Normalisation:
    is_possible = min(examples, places, channels, groups, steps) >= 1 and not channels % groups
    if not is_possible or max(examples * places, channels) > MOST or steps > MOST_STEPS:
        raise SheetpropError("its sheets tell of sizes that no such lesson has")
    zeros = (0.0,) * channels
    rows = (zeros,) * (examples * places)
    trap = Trap((0.0, 0.0), (0.0, 0.0), 0.0, steps)
    return Normalisation(rows, rows, examples, groups, zeros, zeros, zeros, zeros, 0.0, 0.0, trap)
