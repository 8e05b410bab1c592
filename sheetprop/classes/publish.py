"""All that is written about a graded class, in place of what an earlier run wrote."""

from __future__ import annotations

import shutil

from sheetprop.classes.exports.autograders import write_autograders
from sheetprop.classes.exports.courses import write_courses
from sheetprop.classes.exports.dressed import write_dressed
from sheetprop.classes.exports.table import write_csv, write_parquet
from sheetprop.classes.grades.course import Course
from sheetprop.classes.grades.gradebook import Gradebook, file_names
from sheetprop.classes.grades.page import student_page
from sheetprop.classes.grades.record import PAGE
from sheetprop.classes.grades.store import Store
from sheetprop.classes.overview.class_page import write_class_page
from sheetprop.classes.overview.figures import figures_of
from sheetprop.whole import written


def publish(course: Course, book: Gradebook, store: Store) -> None:
    """Write the gradebook, the students' reports and marked copies, the class report and exports.

    The pages of the reports are in the `store`, and one at a time in memory.

    Raises:
        WorkbookError: a file cannot be written.

    """
    figures = figures_of(book)
    write_csv(book)
    write_parquet(book)
    write_dressed(book, figures)
    _write_reports(book, store)
    write_class_page(figures, book.folder)
    platforms = book.folder / "platforms"
    write_courses(book, platforms)
    write_autograders(book, course.rubric, course.version, platforms)


def _write_reports(book: Gradebook, store: Store) -> None:
    """Write a page for each who handed in, and beside it the workbook with its mistakes marked."""
    for one, name in file_names(book.grades):
        if not one.file:
            continue
        page = (store.get(one.key) or {})[PAGE]
        with written(book.folder / "reports" / f"{name}.html", force=True) as path:
            path.write_text(student_page(page, one), encoding="utf-8")
        if one.copy is not None:
            copy = book.folder / "reports" / f"{name}-checked.xlsx"
            with written(copy, force=True) as path:
                shutil.copyfile(one.copy, path)
