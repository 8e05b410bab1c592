"""Workbooks of training logs are compared cell by cell with the right one, wherever cells went."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from checking.layouts.small_network import moved, slipped, with_cells

from sheetprop.checking.check import check_workbook
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.notation.address import address
from sheetprop.template import any_lesson
from sheetprop.workbooks.sheet import Cell, Workbook

CHANGES = 12


def book_of(variant: str = "worked") -> Workbook:
    lesson = any_lesson("training-log")
    assert isinstance(lesson, KindLesson)
    return workbook_of(lesson, variant)


def places(book: Workbook) -> set[tuple[str, str]]:
    """Return the cells that errors name."""
    return {(p.sheet, p.range) for e in check_workbook(book, "a").errors for p in e.places}


@pytest.mark.slow
def test_one_changed_formula_is_named_and_no_other_cell() -> None:
    """Of the overview and of the runs, in the first epoch and in sentences too."""
    book, chance = book_of(), random.Random(3)
    cells = [(s.name, at) for s in book.sheets for at, c in s.cells.items() if c.formula]
    for sheet, at in chance.sample(cells, CHANGES):
        own = slipped(str(book[sheet].cells[at].formula), sheet, chance)

        assert places(with_cells(book, sheet, {at: Cell(None, own)})) == {(sheet, address(*at))}


@pytest.mark.slow
def test_a_number_typed_in_the_first_epoch_is_named() -> None:
    """The best so far begins with a formula; so does the target that a run takes over."""
    book = book_of()
    run = book.sheets[1]
    firsts = [
        min(at for at, cell in run.cells.items() if (cell.formula or "").startswith(begin))
        for begin in ("=MAX(0,", "=Overview!")
    ]
    for at in firsts:
        assert places(with_cells(book, run.name, {at: Cell(1.5)})) == {(run.name, address(*at))}


@pytest.mark.slow
def test_moved_rows_change_nothing_of_a_filled_exercise() -> None:
    """Rows inserted above the tables accuse no answer."""
    filled = replace(book_of("solution"), names=book_of("blank").names)
    there = moved(moved(filled, filled.sheets[0].name, 12, 3), filled.sheets[1].name, 20, 2)

    assert check_workbook(there, "a").verdict == "correct"


@pytest.mark.slow
def test_a_claim_in_words_is_held_against_the_runs() -> None:
    """A sentence typed in the place of one that is computed, right and wrong."""
    book = book_of()
    overview = book.sheets[0]
    at = next(at for at, c in overview.cells.items() if (c.formula or "").startswith('="'))
    best = max(
        float(str(c.value))
        for (row, column), c in book.sheets[1].cells.items()
        if column == 5 and row > 22 and isinstance(c.value, float)
    )
    right = with_cells(book, overview.name, {at: Cell(f"Best test accuracy {best:.2f} %.")})
    wrong = with_cells(book, overview.name, {at: Cell(f"Best test accuracy {best - 1:.2f} %.")})

    assert check_workbook(right, "a").verdict == "correct"
    assert places(wrong) == {(overview.name, address(*at))}
