"""The last touches to a workbook, once everything in it is calculated: its names."""

from __future__ import annotations

from sheetprop.lessons.parts.sheet_names import with_names_of
from sheetprop.spec import Spec
from sheetprop.words import words_of
from sheetprop.workbooks.sheet import Workbook


def finished(workbook: Workbook, spec: Spec) -> Workbook:
    """Return a lesson's workbook with its sheets called as its language calls them."""
    return with_names_of(workbook, words_of(spec))
