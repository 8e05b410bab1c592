"""The last touches to a workbook, once everything in it is calculated: names, printed pages."""

from __future__ import annotations

from dataclasses import replace

from sheetprop.lessons.parts.lost_links import without_lost_links
from sheetprop.lessons.parts.paper import on_paper
from sheetprop.lessons.parts.sheet_names import with_names_of
from sheetprop.lessons.start.start_opening import paragraphs
from sheetprop.spec import Spec
from sheetprop.words import Words, words_of
from sheetprop.workbooks.sheet import Workbook


def finished(workbook: Workbook, spec: Spec) -> Workbook:
    """Return a lesson's workbook with its pages, and its sheets called as its language does."""
    words = words_of(spec)
    linked = without_lost_links(workbook)
    printed = replace(linked, sheets=tuple(on_paper(sheet) for sheet in linked.sheets))
    named = with_names_of(printed, words)
    return replace(named, title=words["title"], about=_about(spec, words))


def _about(spec: Spec, words: Words) -> str:
    """Return what the lesson is about, in the sentences that Start begins with."""
    return " ".join(part for part in paragraphs(spec, words) if part)
