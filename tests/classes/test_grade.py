"""A class is graded: marks from the ledger, whose numbers they are, and runs that go on."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from worksheets import RIGHT, Table, save

import sheetprop
from sheetprop.classes.grades import checked as checking
from sheetprop.cli import main

SEED = 77
WRONG = Table().changed("dE/dw3", RIGHT["dE/dw3"].replace("a_h2", "a_h1"))


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of four with its worksheets and solutions handed in, one of them by two."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "class.csv").write_text("id,name\na1,Ada L\nb2,Bo M\nc3,Cy N\nd4,Di O\n")
    sheetprop.build_class(
        folder / "class.csv",
        variant="blank",
        iterations=3,
        seed=SEED,
        output=folder / "sheets",
        solution=folder / "solved",
    )
    submitted = folder / "in"
    for student in ("a1", "b2", "c3"):
        (submitted / student).mkdir(parents=True)
    solved = folder / "solved" / "classic-blank-a1-solution.xlsx"
    shutil.copy(solved, submitted / "a1" / "mine.xlsx")
    shutil.copy(solved, submitted / "b2" / "mine.xlsx")
    shutil.copy(folder / "sheets" / "classic-blank-c3.xlsx", submitted / "c3" / "mine.xlsx")
    return folder


def graded(folder: Path, output: Path) -> dict[str, object]:
    book = sheetprop.grade(folder / "in", roster=folder / "class.csv", seed=SEED, output=output)
    return {one.student: one for one in book.grades}


@pytest.mark.slow
def test_each_student_has_a_row(handed: Path, tmp_path: Path) -> None:
    """Right work has full marks, an empty sheet none, and another's work is said to be that."""
    grades = graded(handed, tmp_path)

    assert list(grades) == ["a1", "b2", "c3", "d4"]
    assert (grades["a1"].percent, grades["a1"].values) == (100, "own")
    assert "the worksheet of a1; the numbers are those of a1" in grades["b2"].remarks
    assert "the same file" in grades["b2"].suspected
    assert grades["b2"].suspected.endswith("as a1")
    assert (grades["c3"].points, grades["c3"].verdict) == (0, "incomplete")
    assert (grades["d4"].percent, grades["d4"].remarks) == (None, "nothing handed in")


@pytest.mark.slow
def test_the_gradebook_is_a_table_and_a_dressed_workbook(handed: Path, tmp_path: Path) -> None:
    """Both hold the same rows; the workbook has a frozen header, a filter and colours."""
    graded(handed, tmp_path)

    table = pd.read_csv(tmp_path / "gradebook.csv")
    book = load_workbook(tmp_path / "gradebook.xlsx")
    page = book["Grades"]
    assert list(table["student"]) == [page.cell(row, 1).value for row in range(2, 6)]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == page.dimensions
    assert len(page.conditional_formatting) == 1
    reports = sorted(path.stem for path in (tmp_path / "reports").iterdir())
    assert reports == ["a1", "a1-checked", "b2", "b2-checked", "c3", "c3-checked"]


@pytest.mark.slow
def test_a_broken_off_run_goes_on(
    handed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was stored is not checked again, and the gradebook is the same byte for byte."""
    graded(handed, tmp_path / "whole")
    checked: list[int] = []
    usual = checking.answers

    def counted(tasks, preload):
        checked.append(len(tasks))
        for number, answer in enumerate(usual(tasks, preload)):
            if len(checked) == 1 and number == 1:
                raise KeyboardInterrupt
            yield answer

    monkeypatch.setattr(checking, "answers", counted)
    with pytest.raises(KeyboardInterrupt):
        graded(handed, tmp_path / "broken")
    graded(handed, tmp_path / "broken")
    graded(handed, tmp_path / "broken")

    assert checked == [3, 2]
    for name in ("gradebook.csv", "gradebook.xlsx", "platforms/moodle-feedback.zip"):
        whole, broken = (tmp_path / run / name for run in ("whole", "broken"))
        assert broken.read_bytes() == whole.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("iterations", [4, 12])
def test_a_slip_costs_the_same_however_long_the_run(iterations: int, tmp_path: Path) -> None:
    """One wrong formula loses the points of its quantity, and the others keep theirs."""
    (tmp_path / "in").mkdir()
    save(tmp_path / "in" / "17.xlsx", replace(WRONG, iterations=iterations))
    (grade,) = sheetprop.grade(tmp_path / "in", output=tmp_path / "out").grades
    lost = [one for one in grade.details if not one.earned and one.family != "experiment"]

    assert [(one.quantity, one.possible) for one in lost] == [("dE/dw3", 1.5)]
    assert "SP203" in lost[0].why


def test_typed_numbers_earn_nothing(handed: Path, tmp_path: Path) -> None:
    """The right values without their formulas get no point for formulas."""
    path = handed / "solved" / "classic-blank-a1-solution.xlsx"
    shown, formulas = load_workbook(path, data_only=True), load_workbook(path)
    for sheet in formulas:
        if sheet.title.startswith("η="):
            for row in sheet.iter_rows(min_row=22):
                for cell in row:
                    cell.value = shown[sheet.title][cell.coordinate].value
    (tmp_path / "in").mkdir()
    formulas.save(tmp_path / "in" / "a1.xlsx")
    (grade,) = sheetprop.grade(tmp_path / "in", output=tmp_path / "out").grades

    assert sum(one.earned for one in grade.details if one.family != "experiment") == 0


@pytest.mark.slow
def test_an_archive_is_graded_and_explained(
    handed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Paths in an archive lead nowhere; each point is shown with its cells."""
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.write(handed / "in" / "a1" / "mine.xlsx", "../../a1_mine.xlsx")
    rest = ["--roster", str(handed / "class.csv"), "-o", str(tmp_path / "out")]

    assert main(["grade", str(tmp_path / "in.zip"), *rest, "--explain", "Ada L"]) == 0
    shown = capsys.readouterr().out
    assert "hidden_gradients dE/dw3" in shown
    assert "20.00 of 20.00  in all" in shown.splitlines()[-1].strip()
    assert not list(tmp_path.parent.glob("a1_mine.xlsx"))


@pytest.mark.slow
def test_a_student_nobody_knows(
    handed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence says so."""
    files = [str(handed / "in"), "-o", str(tmp_path), "--explain", "nobody"]

    assert main(["grade", *files]) == 2
    assert 'nobody of this class is called "nobody"' in capsys.readouterr().err
