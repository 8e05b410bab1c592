"""The lessons in rows that worksheets are recognised as; one more is one more entry."""

from __future__ import annotations

from collections.abc import Iterable

from sheetprop.rows.activations import ACTIVATION_TABLE
from sheetprop.rows.architecture import ARCHITECTURE
from sheetprop.rows.optimizers import NAME as OPTIMIZERS
from sheetprop.rows.optimizers import ON_NETWORK, RUNS, runs_on_network, runs_on_points
from sheetprop.rows.row_lesson import RowLesson
from sheetprop.rows.training_log import TRAINING_LOG
from sheetprop.rows.vanishing import BY_LAYERS, VANISHING

ROW_LESSONS: tuple[RowLesson, ...] = (
    ARCHITECTURE,
    VANISHING,
    *BY_LAYERS,
    *RUNS,
    ACTIVATION_TABLE,
    TRAINING_LOG,
)

MOST_POINTS = 12


def row_lesson(name: str) -> RowLesson | None:
    """Return the lesson in rows with a name, None for another lesson."""
    known = (*ROW_LESSONS, *(runs_on_network() if name == ON_NETWORK else ()))
    return next((lesson for lesson in known if lesson.name == name), None)


def lessons_for(kind: str | None, texts: Iterable[object]) -> tuple[RowLesson, ...]:
    """Return the lessons in rows that a workbook may hold.

    `kind` is what it says it is, None for nothing; its `texts` tell what its lesson consists of.
    """
    if kind == OPTIMIZERS:
        headers = {text for text in texts if isinstance(text, str)}
        return runs_on_points(sum(f"e{k}" in headers for k in range(1, MOST_POINTS + 1)))
    if kind == ON_NETWORK:
        return runs_on_network()
    return tuple(one for one in ROW_LESSONS if kind in (None, one.name))
