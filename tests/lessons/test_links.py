"""Every link of every variant leads to a cell of a sheet that is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sheetprop.exercises.make import make
from sheetprop.exercises.wanted import VARIANTS, wanted
from sheetprop.lessons.finished import finished
from sheetprop.lessons.layout import layout
from sheetprop.template import any_lesson, load
from sheetprop.workbooks.exercise_names import area_of
from sheetprop.workbooks.extent import last_cell
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.sheet import Workbook

RATES, ITERATIONS = (0.1, 2.0), 4


def astray(workbook: Workbook) -> Iterator[tuple[str, str]]:
    """Yield the sheets with a link that leads nowhere, and the link."""
    ends = {s.name: last_cell(s.cells, s.look) for s in workbook.sheets if isinstance(s.look, Look)}
    for sheet in workbook.sheets:
        assert isinstance(sheet.look, Look)
        for link in sheet.look.links.values():
            found = area_of(link if ":" in link else f"{link}:{link.rpartition('!')[2]}")
            last_row, last_column = ends.get(found[0], (0, 0)) if found else (0, 0)
            row, column = found[1][1] if found else (1, 1)
            if row > last_row or column > last_column:
                yield sheet.name, link


def books(variant: str, language: str) -> Iterator[Workbook]:
    """Yield the workbook of a variant and its solution."""
    spec = replace(any_lesson("classic", language), learning_rates=RATES, iterations=ITERATIONS)
    has_solution = variant not in ("worked", "solution")
    made = make(spec, wanted(variant, has_solution=has_solution), has_solution=has_solution)
    yield from (book for book in (made.workbook, made.solution) if book is not None)


@pytest.mark.parametrize("language", ["de", "hi"])
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.slow
def test_no_link_leads_nowhere(variant: str, language: str) -> None:
    """Neither an exercise without the pages that explain nor its solution leads to one of them."""
    for book in books(variant, language):
        assert list(astray(book)) == []
        assert any(sheet.look.links for sheet in book.sheets if isinstance(sheet.look, Look))


def test_no_link_of_an_exercise_leads_nowhere() -> None:
    """Find-the-bug, which has no pages that explain, leads to none of them."""
    spec = replace(load("classic"), learning_rates=RATES, iterations=ITERATIONS)
    book = finished(layout(spec, variant="find-the-bug"), spec)

    assert list(astray(book)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["linear", "xor", "softmax"])
def test_no_link_of_other_lessons_leads_nowhere(name: str) -> None:
    """The same holds for lessons of other kinds."""
    spec = replace(load(name), learning_rates=RATES, iterations=ITERATIONS)
    book = make(spec, wanted()).workbook

    assert list(astray(finished(book, spec))) == []
