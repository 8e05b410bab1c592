"""Marks of the exercises of lessons of arrays: each part that is asked for earns the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from slowly import slowly

from sheetprop.checking.check import check_workbook
from sheetprop.checking.marks.points import marks
from sheetprop.checking.report import Marks
from sheetprop.checking.score import FAMILIES, Rubric
from sheetprop.front.building import build
from sheetprop.workbooks.exercise_names import answer_areas
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Address, Cell, Workbook

LESSONS = ("dropout", "attention", "normalisation", "convolution", "pooling")
RUBRIC = Rubric("default", dict.fromkeys(FAMILIES, 2.0))
Places = list[tuple[str, Address]]


def made(name: str, variant: str, folder: Path) -> Workbook:
    return read(build(name, variant=variant, output=folder / f"{name}-{variant}.xlsx"))


def answers(blank: Workbook) -> list[Places]:
    return [
        [(sheet, at) for at in product(range(top, bottom + 1), range(left, right + 1))]
        for sheet, areas in answer_areas(blank.names).items()
        for (top, left), (bottom, right) in areas
    ]


def handed_in(blank: Workbook, cells: dict[tuple[str, Address], Cell]) -> Marks:
    sheets = tuple(
        replace(
            s, cells={**s.cells, **{at: c for (name, at), c in cells.items() if name == s.name}}
        )
        for s in blank.sheets
    )
    report = check_workbook(replace(blank, sheets=sheets), "handed-in.xlsx", with_pictures=True)
    found = marks(report, RUBRIC)
    assert found is not None
    return found


@pytest.mark.parametrize("name", slowly(LESSONS))
def test_an_exercise_earns_by_what_is_asked(name: str, tmp_path: Path) -> None:
    """Right answers earn all, none and typed numbers nothing, and a slip its own part."""
    blank, solution = made(name, "blank", tmp_path), made(name, "solution", tmp_path)
    parts = answers(blank)
    right = {p: Cell(None, solution[p[0]].cells[p[1]].formula) for own in parts for p in own}
    values = {p: Cell(solution[p[0]].cells[p[1]].value) for p in right}
    first = parts[0][0]
    slip = {**right, first: Cell(None, f"{right[first].formula}+1")}
    each = RUBRIC.of_lessons / len(parts)

    assert handed_in(blank, right).with_follow_through == pytest.approx(RUBRIC.of_lessons)
    assert handed_in(blank, {}).with_follow_through == 0
    assert handed_in(blank, values).with_follow_through == 0
    assert handed_in(blank, slip).with_follow_through == pytest.approx(RUBRIC.of_lessons - each)


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_find_the_bug_earns_by_what_is_mended(name: str, tmp_path: Path) -> None:
    """As handed out nothing is earned; with the right formulas everything."""
    wrong = made(name, "find-the-bug", tmp_path)
    right = replace(read(build(name, output=tmp_path / "right.xlsx")), names=wrong.names)
    earned = [handed_in(one, {}) for one in (wrong, right)]

    assert [one.with_follow_through for one in earned] == [0, pytest.approx(RUBRIC.of_lessons)]
    assert [one.mended and one.mended[:6] for one in earned] == ["0 of 1", "1 of 1"]
