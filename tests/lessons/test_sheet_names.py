from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sheetprop.exercises.make import make
from sheetprop.exercises.wanted import wanted
from sheetprop.lessons.finished import finished
from sheetprop.lessons.layout import layout
from sheetprop.template import load
from sheetprop.words import words_of
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.sheet import Sheet, Workbook

ENGLISH = {"Derivation", "Gradient check", "Learning rates", "Slope", "Compare", "Data"}
MENTIONED = re.compile(r"'([^']+)'!|([^\W\d]+)!")


def references(sheet: Sheet) -> list[str]:
    """Every place that may name a sheet: formulas without their texts, links, charts, lists."""
    look = sheet.look
    assert isinstance(look, Look)
    formulas = [re.sub(r'"[^"]*"', "", c.formula) for c in sheet.cells.values() if c.formula]
    series = [one for chart in sheet.charts for one in chart.series]
    drawn = [text or "" for one in series for text in (one.values, one.categories)]
    lists = [rule.source or "" for rule in look.validations]
    names = [str(one.name) for one in series if one.name_is_reference]
    return [*formulas, *drawn, *names, *lists, *look.links.values()]


def mentioned(workbook: Workbook) -> set[str]:
    found = (MENTIONED.findall(text) for sheet in workbook.sheets for text in references(sheet))
    return {one or other for pairs in found for one, other in pairs}


@pytest.mark.parametrize("language", ["de", "hi"])
def test_sheets_are_named_in_the_language_of_the_lesson(language: str) -> None:
    """No tab keeps its English name, and everything that refers to a sheet knows the new one."""
    spec = load("classic", language)
    workbook = finished(layout(spec, [0.1, 2], 3), spec)
    names = {sheet.name for sheet in workbook.sheets}

    assert not names & ENGLISH
    assert mentioned(workbook) <= names
    assert words_of(spec)["sheet_compare"] in names


def test_an_english_workbook_stays_as_it_is() -> None:
    """Its sheets have their names from the beginning."""
    spec = load("classic")
    workbook = layout(spec, [0.1], 3)

    assert finished(workbook, spec).sheets == workbook.sheets


@pytest.mark.slow
@pytest.mark.parametrize("variant", ["blank", "faded", "solution"])
def test_exercises_are_named_too(variant: str) -> None:
    """An exercise's names and sheets speak the language as well."""
    spec = replace(load("classic", "de"), learning_rates=(0.5, 2.0), iterations=12)
    workbook = make(spec, wanted(variant)).workbook

    assert mentioned(workbook) <= {sheet.name for sheet in workbook.sheets}
    assert "Vergleich" in {sheet.name for sheet in workbook.sheets}
