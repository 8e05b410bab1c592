"""What a find-the-bug earns: the part of the points that is the part of the mistakes mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from exercise_books import a_spec

import sheetprop
from sheetprop.checking.check import check_workbook
from sheetprop.checking.marks.points import marks
from sheetprop.checking.report import Marks
from sheetprop.checking.score import FAMILIES, Rubric
from sheetprop.exercises.bugged import made, with_bugs
from sheetprop.exercises.planted.bugs import Bug
from sheetprop.lessons.layout import layout
from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.maths.network import Network
from sheetprop.workbooks.exercise_names import BUG_NAME
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Cell, Workbook

SPEC = a_spec(iterations=6)
TABLE = RateTable(Network(SPEC.architecture), SPEC.iterations)
NUMBER = 3
TWENTY_FOUR = Rubric("rubric.toml", dict.fromkeys(FAMILIES, 4.0))


@cache
def handed_out() -> tuple[Workbook, Sequence[Bug], Workbook]:
    """Return the right workbook, the mistakes, and the exercise in which they are made."""
    right = layout(SPEC, SPEC.learning_rates, SPEC.iterations)
    bugs, wrong = with_bugs(right, TABLE, NUMBER, 1)
    return right, bugs, wrong


def handed_in(mended: int) -> Workbook:
    """Return the exercise with the first so many of its mistakes put right."""
    right, bugs, wrong = handed_out()
    return replace(made(right, TABLE, bugs[mended:]), names=wrong.names)


def changed(book: Workbook, quantity: str, change: Callable[[Cell], Cell]) -> Workbook:
    """Return the workbook with other cells in the column of a quantity, where formulas stand."""
    column = TABLE.column[quantity]

    def of(at: tuple[int, int], cell: Cell) -> Cell:
        return change(cell) if at[1] == column and cell.formula else cell

    sheets = [
        replace(sheet, cells={at: of(at, cell) for at, cell in sheet.cells.items()})
        if sheet.name.startswith("η=")
        else sheet
        for sheet in book.sheets
    ]
    return replace(book, sheets=tuple(sheets))


def scored(book: Workbook) -> Marks:
    found = marks(check_workbook(book, "bugs.xlsx", with_pictures=True), TWENTY_FOUR)
    assert found
    return found


@pytest.mark.parametrize("mended", range(NUMBER + 1))
def test_the_part_that_is_mended_is_earned(mended: int) -> None:
    """Untouched it earns 0, with one of three mended a third, with all everything, either way."""
    found = scored(handed_in(mended))

    assert found.as_it_stands == pytest.approx(24 * mended / NUMBER)
    assert found.with_follow_through == pytest.approx(24 * mended / NUMBER)
    assert found.mended
    assert found.mended.startswith(f"{mended} of {NUMBER} hidden mistakes mended")


def test_a_mistake_typed_over_is_not_mended() -> None:
    """The right numbers where the last mistake was earn no more than the mistake itself."""
    bug = handed_out()[1][-1]
    typed = changed(handed_in(NUMBER), bug.quantity, lambda cell: cell._replace(formula=None))

    assert scored(typed).with_follow_through == pytest.approx(24 * (NUMBER - 1) / NUMBER)


def test_a_formula_broken_besides_costs_what_it_does_elsewhere() -> None:
    """With all mistakes mended, one more formula broken costs its own quantity's points."""
    broken = changed(handed_in(NUMBER), "E1", lambda cell: Cell(formula=f"({cell.formula})*3"))
    elsewhere = replace(broken, names={})

    assert {"E1"}.isdisjoint(bug.quantity for bug in handed_out()[1])
    assert 0 < scored(broken).with_follow_through < 24
    assert scored(broken).with_follow_through == scored(elsewhere).with_follow_through
    assert scored(broken).as_it_stands == scored(elsewhere).as_it_stands


def test_the_names_do_not_tell_where_the_mistakes_are() -> None:
    """As many names as mistakes, none with the name of a quantity or a cell of a run in it."""
    _, bugs, wrong = handed_out()
    own = {name: text for name, text in wrong.names.items() if name.startswith(BUG_NAME)}

    assert len(own) == len(bugs)
    assert {text.partition("!")[2] for text in own.values()} == {"$A$1"}


@pytest.mark.parametrize("lesson", ["activations", "gates", "jacobian"])
def test_lessons_that_are_no_network_are_marked_alike(lesson: str, tmp_path: Path) -> None:
    """Through the file: untouched 0 of all points, every mistake mended all of them."""
    path = sheetprop.build(
        lesson, variant="find-the-bug", mistakes=2, seed=1, output=tmp_path / "bugs.xlsx"
    )
    right = read(sheetprop.build(lesson, output=tmp_path / "right.xlsx"))
    wrong = read(path)

    assert (scored(wrong).as_it_stands, scored(wrong).with_follow_through) == (0, 0)
    assert scored(replace(right, names=wrong.names)).with_follow_through == pytest.approx(24)


pytestmark = pytest.mark.slow
