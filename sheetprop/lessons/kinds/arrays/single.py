"""Lessons of one sheet: arrays that are typed, and others that follow from them by trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetprop.calculating.calculated import calculated
from sheetprop.lessons.kinds.arrays.grids import ArraySheet, Rows, Trees, coloured
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Sheet, Workbook


@dataclass(frozen=True)
class Shown:
    """An array on the sheet: the names of its rows and columns, and what is in it."""

    rows: Sequence[str]
    columns: Sequence[str]
    content: Rows | Trees


@dataclass(frozen=True)
class Single:
    """A lesson of one sheet: its name in keys of words, its sizes, and its arrays in order.

    `fixed` arrays keep their cells when a formula is filled; the numbers of `listed` ones are not
    there to be changed.
    """

    name: str
    sizes: Mapping[str, int]
    arrays: Mapping[str, Shown]
    fixed: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()


def array_sheet(single: Single, words: Words, variant: str) -> ArraySheet:
    """Return the sheet of a lesson, not yet calculated."""
    own = ArraySheet(words[f"{single.name}_sheet"], words, variant, single.fixed)
    introduction = " ".join(words.get("introduction", "").split())
    about = f"{introduction} {words[f'{single.name}_about']}".strip()
    own.open(words["title"], about, words(f"{single.name}_sizes", **single.sizes))
    for array, shown in single.arrays.items():
        title = words[f"{single.name}_{array.replace(' ', '_')}"]
        own.place(array, title, shown.rows, shown.columns)
    for array, shown in single.arrays.items():
        if isinstance(shown.content, Mapping):
            own.calculated(own.grids[array], shown.content)
        else:
            style = "formula" if array in single.listed else "input"
            own.typed(own.grids[array], shown.content, style)
    return own


def layout_of(single: Single, words: Words, variant: str) -> Workbook:
    """Return the workbook of a lesson, with every formula's value."""
    own = array_sheet(single, words, variant)
    (sheet,) = calculated([own.sheet()])
    return Workbook((coloured(sheet, own),))


def pattern_of(single: Single, words: Words, variant: str) -> tuple[Sheet, ...]:
    """Return the sheets of a lesson, whose formulas have no values yet."""
    return (array_sheet(single, words, variant).sheet(),)
