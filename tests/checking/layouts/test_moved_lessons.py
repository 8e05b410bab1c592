"""Workbooks of the lessons of arrays that were re-saved, moved and renamed, are judged the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import libreoffice
import pytest
from checking.layouts.small_network import moved, slipped, with_cells
from slowly import slowly

from sheetprop.checking.check import check_file, check_workbook
from sheetprop.checking.report import Report
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.notation.mentioned import Area, replaced
from sheetprop.template import any_lesson
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook
from sheetprop.workbooks.writing.write import write

LESSONS = ("convolution", "pooling", "normalisation", "dropout", "attention")


def book_of(name: str) -> Workbook:
    lesson = any_lesson(name)
    assert isinstance(lesson, KindLesson)
    return workbook_of(lesson, "worked")


def with_a_slip(book: Workbook) -> Workbook:
    """Return the workbook with one formula of its last sheet with formulas changed."""
    sheet = next(s for s in reversed(book.sheets) if any(c.formula for c in s.cells.values()))
    texts = {at: cell.formula or "" for at, cell in sheet.cells.items()}
    at = max(texts, key=lambda at: "INDEX" not in texts[at] and len(texts[at]))
    text = slipped(str(sheet.cells[at].formula), sheet.name, random.Random(2))
    return with_cells(book, sheet.name, {at: Cell(None, text)})


def errors(report: Report) -> list[tuple[str, int]]:
    """Return the names of errors with the number of their places."""
    return [(one.mistake, len(one.places)) for one in report.errors]


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_moved_rows_change_nothing(name: str) -> None:
    """With rows inserted above and between, right stays right, and a slip is named the same."""
    book = book_of(name)
    for own in (book, with_a_slip(book)):
        there = moved(moved(own, own.sheets[-1].name, 12, 2), own.sheets[0].name, 5, 3)
        before, after = check_workbook(own, name), check_workbook(there, name)

        assert before.verdict == after.verdict == ("correct" if own is book else "mistakes")
        assert errors(before) == errors(after)


@pytest.mark.parametrize("name", slowly(("dropout", "attention", "convolution")))
def test_a_sheet_with_another_name_and_title_is_known(name: str) -> None:
    """By most of its texts: of a lesson of one sheet too, whose title a template says."""
    book = book_of(name)
    first = book.sheets[0]
    sheets = [replace(one, name=f"{number}. page") for number, one in enumerate(book.sheets)]
    names = {one.name: other.name for one, other in zip(book.sheets, sheets, strict=True)}

    def there(area: Area) -> Area:
        return area._replace(sheet=names[area.sheet])

    renamed = [
        with_formulas(one, lambda text, own=old: replaced(text, own.name, there))
        for one, old in zip(sheets, book.sheets, strict=True)
    ]
    report = check_workbook(replace(book, sheets=tuple(renamed)), name)

    assert first.name not in {one.name for one in sheets}
    assert report.verdict == "correct"


def with_formulas(sheet: Sheet, other: Callable[[str], str]) -> Sheet:
    cells = {
        at: cell._replace(formula=other(cell.formula)) if cell.formula else cell
        for at, cell in sheet.cells.items()
    }
    return replace(sheet, cells=cells)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_saved_by_libreoffice_they_are_judged_the_same(tmp_path: Path) -> None:
    """All five, with a slip in each: the same verdict and the same names."""
    for name in LESSONS:
        own = with_a_slip(book_of(name))
        write(own, tmp_path / f"{name}.xlsx")
        saved = check_file(libreoffice.convert(tmp_path / f"{name}.xlsx", tmp_path / name, "xlsx"))
        before = check_workbook(own, name)

        assert (saved.verdict, errors(saved)) == (before.verdict, errors(before))
