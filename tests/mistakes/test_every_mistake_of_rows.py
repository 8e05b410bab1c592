"""Every mistake of lessons in rows is made in a workbook, found, told with cells, and put right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pasting import filled, proposed

from sheetprop.checking.check import check_workbook
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.exercises.planted.in_rows import RowBug, changed_by, made_in, tables_in
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.mistakes import MISTAKES
from sheetprop.mistakes.base import Mistake
from sheetprop.template import any_lesson
from sheetprop.workbooks.sheet import Workbook

OWN = [mistake for mistake in MISTAKES if mistake.is_of_rows]
LESSONS = ["architecture", "digits", "optimizers", "vanishing", "activations"]
LESSONS += ["gates", "temperature", "jacobian"]


def made(mistake: Mistake) -> Iterator[tuple[Workbook, RowJudgement, RowBug]]:
    """Yield the workbooks of lessons in which a mistake can be made, each with where it is made."""
    for name in LESSONS:
        lesson = any_lesson(name)
        assert isinstance(lesson, KindLesson)
        workbook = workbook_of(lesson, "worked")
        for judgement in tables_in(workbook):
            for bug in made_in(judgement):
                if bug.mistake is mistake:
                    yield workbook, judgement, bug


@pytest.mark.slow
@pytest.mark.parametrize("mistake", OWN, ids=lambda mistake: mistake.name)
def test_nothing_is_lacking(mistake: Mistake) -> None:
    """A mistake that no lesson shows, no finding names or no proposal mends has no place here."""
    workbook, judgement, bug = next(made(mistake))
    wrong = changed_by(workbook, judgement, [bug])
    report = check_workbook(wrong, "workbook")
    found = [one for one in report.findings if one.mistake == mistake.name]

    assert found, report.findings
    assert {place.quantity for one in found for place in one.places} == {bug.quantity}
    for one in found:
        assert one.code == mistake.code
        assert one.message
        assert not {"{", "}"} & set(one.message)
    assert check_workbook(filled(wrong, dict(proposed(report))), "workbook").verdict == "correct"
