"""Our own workbooks of gates, softmax and Jacobian matrices: right, blank, faded, or with slips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import libreoffice
import pytest

import sheetprop
from sheetprop.checking.cells.recognise import sheets_of
from sheetprop.checking.check import check_workbook
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.notation.mentioned import Area, replaced
from sheetprop.template import any_lesson
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook
from sheetprop.workbooks.writing.write import write

KINDS = ("gates", "temperature", "jacobian")
pytestmark = pytest.mark.slow


def made(kind: str, variant: str = "worked", language: str | None = None) -> Workbook:
    lesson = any_lesson(kind, language)
    assert isinstance(lesson, KindLesson)
    return workbook_of(lesson, variant)


def with_cell(workbook: Workbook, name: str, at: Address, cell: Cell) -> Workbook:
    sheets = (
        replace(one, cells={**one.cells, at: cell}) if one.name == name else one
        for one in workbook.sheets
    )
    return replace(workbook, sheets=tuple(sheets))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "de", "hi"])
def test_every_variant_is_judged(kind: str, language: str) -> None:
    """Worked and solution are correct, blank and faded incomplete, and nothing is accused."""
    verdicts = {
        variant: check_workbook(made(kind, variant, language), kind)
        for variant in ("worked", "solution", "blank", "faded")
    }

    assert [one.verdict for one in verdicts.values()] == ["correct"] * 2 + ["incomplete"] * 2
    assert [one.findings for one in verdicts.values()] == [()] * 4
    cells = {sum(t.cells.values()) for one in verdicts.values() for t in one.tables[:1]}
    assert len(cells) == 1, "each variant has all cells"


def computed(workbook: Workbook, kind: str) -> Iterator[tuple[str, Address]]:
    """Yield the cells of the computed quantities of a workbook."""
    for judgement in sheets_of(workbook, lambda *_: 0.0, kind):
        for name, compared in judgement.compared.items():
            if any(one.is_right for one in compared):
                yield judgement.table.sheet, judgement.table.cell(name, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_each_wrong_formula_is_found_in_its_cell(kind: str) -> None:
    """Whichever cell is wrong, it alone is accused, and the formula offered there mends it."""
    right = made(kind)
    for sheet, at in list(computed(right, kind))[::5]:
        formula = right[sheet].cells[at].formula
        assert formula is not None
        if "IFERROR" in formula:
            continue  # the plain form of softmax, which is too large here
        wrong = with_cell(right, sheet, at, Cell(None, f"=1.7-({formula[1:]})*2"))
        report = check_workbook(wrong, kind)
        places = {(place.sheet, place.range) for one in report.errors for place in one.places}
        expected = [place.expected for one in report.errors for place in one.places]

        assert len(places) == 1, (sheet, at, report.errors)
        assert expected[0] is not None
        mended = with_cell(right, sheet, at, Cell(None, expected[0]))
        assert check_workbook(mended, kind).verdict == "correct"


@pytest.mark.parametrize("kind", KINDS)
def test_moved_sheets_are_followed(kind: str) -> None:
    """Three rows and two columns put in before: every formula follows, and so do we."""
    workbook = made(kind)

    def there(area: Area) -> Area:
        (top, left), (bottom, right) = (moved((r, c)) for r, c in _ends(area))
        return Area(area.sheet, top, left, bottom, right)

    sheets = []
    for sheet in workbook.sheets:
        cells = {}
        for at, cell in sheet.cells.items():
            text = cell.formula and replaced(cell.formula, sheet.name, there)
            cells[moved(at)] = Cell(cell.value, text)
        sheets.append(Sheet(sheet.name, cells))
    report = check_workbook(replace(workbook, sheets=tuple(sheets)), kind)

    assert (report.verdict, report.errors) == ("correct", ())


def moved(at: Address) -> Address:
    return at[0] + 3, at[1] + 2


def _ends(area: Area) -> tuple[Address, Address]:
    return (area.top, area.left), (area.bottom, area.right)


@pytest.mark.parametrize("kind", KINDS)
def test_find_the_bug_can_be_solved(kind: str, tmp_path: Path) -> None:
    """The mistakes are found and named, and the solution is right."""
    for seed in range(2):
        path, solution = tmp_path / f"{seed}.xlsx", tmp_path / f"{seed}-solution.xlsx"
        sheetprop.build(kind, variant="find-the-bug", seed=seed, output=path, solution=solution)

        assert len(check_workbook(read(path), kind).errors) == 1
        assert check_workbook(read(solution), kind).verdict == "correct"


@pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not()))
def test_what_libreoffice_saved_is_judged_alike(tmp_path: Path) -> None:
    """Names, formulas and blanks are still there when it has saved the workbook."""
    variants = zip(KINDS, ("faded", "worked", "worked"), strict=True)
    for kind, variant in variants:
        path = tmp_path / f"{kind}.xlsx"
        write(made(kind, variant), path)
        (tmp_path / "saved").mkdir(exist_ok=True)
        saved = libreoffice.convert(path, tmp_path / "saved", "xlsx")
        verdict = "correct" if variant == "worked" else "incomplete"

        assert check_workbook(read(saved), kind).verdict == verdict
