"""What marks an exercise earns: for answers that are formulas, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from exercise_books import Book, a_spec, blank

import sheetprop
from sheetprop.checking.check import check_workbook
from sheetprop.checking.marks.points import marks
from sheetprop.checking.score import FAMILIES, Rubric
from sheetprop.exercises.wanted import wanted
from sheetprop.workbooks.sheet import Workbook

SPEC = a_spec(iterations=6)
TEN = Rubric("ten.toml", dict.fromkeys(FAMILIES, 10.0))

OTHER_LESSONS = {"architecture": "faded", "gates": "faded", "linear": "find-the-bug"}
"""Answers of a style of their own, answers in a drawing, and rates that are not those of all."""


def earned(workbook: Workbook) -> tuple[float | None, float]:
    """Return the marks of a workbook as it stands and with follow-through."""
    found = marks(check_workbook(workbook, "exercise.xlsx", with_pictures=True), TEN)
    assert found
    return found.as_it_stands, found.with_follow_through


@pytest.mark.parametrize(
    "book",
    [blank(SPEC), blank(SPEC, "hidden"), Book(SPEC, wanted("faded"))],
    ids=["blank", "hidden gradients", "faded"],
)
def test_an_untouched_exercise_earns_nothing(book: Book) -> None:
    """Neither the numbers that are given nor the formulas that came with it are worth a point."""
    assert earned(book.workbook) == (0, 0)


@pytest.mark.slow
def test_credit_grows_with_the_answers_given() -> None:
    """A gradient more in all rows is a quarter of its family more; no other family gains."""
    book = blank(SPEC, "output", "hidden")
    right = book.all_right()
    some = [book.typed({name: right[name] for name in [*right][:count]}) for count in (1, 2, 8)]

    assert [earned(one)[1] for one in some] == [2.5, 5.0, 20.0]


def test_typed_numbers_earn_no_points_of_formulas() -> None:
    """Numbers typed over the whole exercise are worth nothing, be they the right ones."""
    book = blank(SPEC)
    solved = book.typed(book.all_right())
    (run,) = [sheet.name for sheet in book.runs]
    cells = solved[run].cells
    asked = [at for name in book.answers for at in book.cells_of(name)]
    typed = {at: cells[at]._replace(formula=None) for at in asked}
    sheets = [
        sheet if sheet.name != run else type(sheet)(run, {**cells, **typed})
        for sheet in solved.sheets
    ]

    assert earned(Workbook(tuple(sheets), solved.names)) == (0, 0)


def test_what_was_handed_out_is_in_no_mark() -> None:
    """Where every E_total stood there already, nothing is to be shown, and nothing lost."""
    book = Book(a_spec(iterations=4), wanted("faded"))
    report = check_workbook(book.typed(book.all_right()), "exercise.xlsx", with_pictures=True)
    found = marks(report, TEN)

    assert found
    assert found.with_follow_through == found.possible
    assert "experiment" not in [one.family for one in found.families]


@pytest.mark.slow
@pytest.mark.parametrize("number", [0.5, 0.2])
def test_made_up_numbers_earn_nothing_and_are_no_right_answers(number: float) -> None:
    """Not for the charts of them either, nor where a digit happens to be that of the right one."""
    book = blank(SPEC)
    numbers = dict.fromkeys(book.answers, number)
    formula = {"E_total": book.all_right()["E_total"]}
    report = check_workbook(book.typed(numbers), "made up.xlsx")
    found = marks(check_workbook(book.typed(numbers | formula), "", with_pictures=True), TEN)
    experiment = [one for one in found.families if one.family == "experiment"] if found else []

    assert earned(book.typed(numbers))[1] == 0
    assert not {*report.right} & {*numbers}
    assert [one.with_follow_through for one in experiment] == [0]


@pytest.mark.slow
def test_untouched_and_solved_of_other_lessons(tmp_path: Path) -> None:
    """Handed in as it came, an exercise of any lesson earns 0, and its solution all points."""
    expected = {}
    for name, variant in OTHER_LESSONS.items():
        sheet, solved = tmp_path / f"{name}.xlsx", tmp_path / f"{name} solved.xlsx"
        sheetprop.build(name, variant=variant, output=sheet, solution=solved)
        expected |= {sheet: 0.0, solved: 20.0}

    reports = sheetprop.check(expected, score=True)
    earned = [one.marks and round(one.marks.with_follow_through, 9) for one in reports]
    assert expected == dict(zip(expected, earned, strict=True))
