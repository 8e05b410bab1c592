"""The lessons in rows that worksheets are recognised as; one more is one more entry."""

from __future__ import annotations

from sheetprop.rows.activations import ACTIVATION_TABLE
from sheetprop.rows.architecture import ARCHITECTURE
from sheetprop.rows.row_lesson import RowLesson
from sheetprop.rows.vanishing import VANISHING

ROW_LESSONS: tuple[RowLesson, ...] = (ARCHITECTURE, VANISHING, ACTIVATION_TABLE)


def row_lesson(name: str) -> RowLesson | None:
    """Return the lesson in rows with a name, None for another lesson."""
    return next((lesson for lesson in ROW_LESSONS if lesson.name == name), None)
