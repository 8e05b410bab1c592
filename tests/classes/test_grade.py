"""A class is graded: marks from the ledger, whose numbers they are, and runs that go on."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
import time
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
from sheetprop.errors import SpecError

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
def test_a_lesson_of_another_kind_is_graded_by_its_name(tmp_path: Path) -> None:
    """The class report says which lesson it was; a seed is refused, as nothing was drawn."""
    sheetprop.build("gates", variant="blank", output=tmp_path / "in" / "ada.xlsx")
    book = sheetprop.grade(tmp_path / "in", template="gates", output=tmp_path / "g")

    assert (book.lesson, book.grades[0].points, book.grades[0].possible) == ("gates", 0, 20)
    with pytest.raises(SpecError, match="goes only with networks: for gates no numbers are drawn"):
        sheetprop.grade(tmp_path / "in", template="gates", seed=1, output=tmp_path / "g")


@pytest.mark.slow
def test_rates_of_the_whole_class_are_own(handed: Path, tmp_path: Path) -> None:
    """Rates that were handed out in place of drawn ones are nobody's change; others are.

    Right numbers that are typed earn nothing, are named, and earn again what a teacher drops.
    """
    rates, options = [0.3, 1.1], {"variant": "blank", "iterations": 3, "seed": SEED}
    sheetprop.build_class(
        handed / "class.csv",
        learning_rates=rates,
        output=tmp_path / "out",
        solution=tmp_path / "in",
        **options,
    )
    names = {one: tmp_path / "in" / f"classic-blank-{one}-solution.xlsx" for one in ("a1", "b2")}
    for student, name in names.items():
        typed, values = load_workbook(name), load_workbook(name, data_only=True)
        page = typed["η=0.3"]
        (place,) = (c.column for row in page.iter_rows() for c in row if c.value == "E1")
        for row in range(22, 25) if student == "a1" else ():
            page.cell(row, place).value = values["η=0.3"].cell(row, place).value
        page["B2"] = 0.3 if student == "a1" else 0.7
        typed.save(name)
    (tmp_path / "drop.csv").write_text("student,finding,decision\na1,typed-number,drop\n")
    books = [
        sheetprop.grade(
            tmp_path / "in", roster=handed / "class.csv", seed=SEED, output=tmp_path / "g", **more
        )
        for more in ({}, {"overrides": tmp_path / "drop.csv"})
    ]
    first, dropped = ({one.student: one for one in book.grades} for book in books)

    assert [first[one].values for one in ("a1", "b2", "c3")] == [
        "own", "own, with other rates: 0.7", "own",
    ]  # fmt: skip
    assert (first["a1"].mistakes, first["a1"].percent < 100) == ("typed-number", True)
    assert dropped["a1"].percent == 100
    assert dropped["a1"].mistakes == ""


@pytest.mark.slow
def test_the_gradebook_is_a_table_and_a_dressed_workbook(
    handed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both hold the same rows; the workbook has a frozen header, a filter and colours.

    Everybody has a page and a marked copy, in a folder named from here, too.
    """
    monkeypatch.chdir(tmp_path)
    out = Path("grades")
    graded(handed, out)

    table = pd.read_csv(out / "gradebook.csv")
    book = load_workbook(out / "gradebook.xlsx")
    page = book["Grades"]
    assert list(table["student"]) == [page.cell(row, 1).value for row in range(2, 6)]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == page.dimensions
    assert len(page.conditional_formatting) == 1
    reports = sorted(path.stem for path in (out / "reports").iterdir())
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_killed_run_goes_on(handed: Path, tmp_path: Path) -> None:
    """Killed at whatever moment and started again, it leaves the same gradebook byte for byte."""
    for k in range(8):
        table = replace(WRONG, rate=1 + k / 8)
        save(tmp_path / "in" / f"{k}.xlsx" if k else begun(tmp_path / "in" / "0.xlsx"), table)
    graded_files = [sys.executable, "-m", "sheetprop", "grade", str(tmp_path / "in"), "-o"]
    subprocess.run([*graded_files, str(tmp_path / "whole")], check=True, capture_output=True)
    for seconds in (0.6, 0.9, 1.1, 1.3):
        running = subprocess.Popen([*graded_files, str(tmp_path / "broken")], stdout=-3, stderr=-3)
        time.sleep(seconds)
        running.kill()
        running.wait()
    subprocess.run([*graded_files, str(tmp_path / "broken")], check=True, capture_output=True)

    for name in ("gradebook.csv", "gradebook.xlsx", "platforms/moodle-feedback.zip"):
        whole, broken = (tmp_path / run / name for run in ("whole", "broken"))
        assert broken.read_bytes() == whole.read_bytes()


def begun(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@pytest.mark.slow
def test_rubrics_and_decisions_need_no_checking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another rubric and a teacher's decisions are applied to what is stored, and shown."""
    save(begun(tmp_path / "in" / "17.xlsx"), replace(WRONG, iterations=60))
    save(tmp_path / "in" / "18.xlsx", Table())
    (first, _) = sheetprop.grade(tmp_path / "in", output=tmp_path / "out").grades
    (tmp_path / "rubric.toml").write_text(
        "[points]\nforward=0\nerror=0\noutput_gradients=0\nhidden_gradients=8\nupdates=0\n"
        "experiment=0\n"
    )
    (tmp_path / "decisions.csv").write_text(
        "student,finding,decision,points,remark\n17,SP203,keep,1,nearly\n18,,,2,oral\n"
    )
    monkeypatch.setattr(checking, "answers", None)
    book = sheetprop.grade(
        tmp_path / "in",
        output=tmp_path / "out",
        rubric=tmp_path / "rubric.toml",
        overrides=tmp_path / "decisions.csv",
    )

    assert (first.points, first.possible) == (17.5, 20)
    assert [(one.points, one.possible) for one in book.grades] == [(7.0, 8.0), (2.0, 8.0)]
    assert "by the teacher: SP203 costs 1 (nearly)" in book.grades[0].remarks
    assert "by the teacher: the mark is 2 points (oral)" in book.grades[1].explained()
    assert "nearly" in (tmp_path / "out" / "reports" / "17.html").read_text()


@pytest.mark.slow
def test_a_decision_about_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence says in which line it stands."""
    save(begun(tmp_path / "in" / "17.xlsx"), Table())
    (tmp_path / "decisions.csv").write_text("student,points\n71,3\n")
    rest = ["--overrides", str(tmp_path / "decisions.csv"), "-o", str(tmp_path / "out")]

    assert main(["grade", str(tmp_path / "in"), *rest]) == 2
    assert 'line 2: nobody of this class has the id "71"' in capsys.readouterr().err


@pytest.mark.slow
def test_files_for_platforms_and_the_class_report(tmp_path: Path) -> None:
    """They hold the same marks; the page has its figures as data and asks for nothing."""
    (tmp_path / "class.csv").write_text(
        'Student,ID,SIS User ID,Section\n"L, Ada",9,17,A\n"M, Bo",8,18,A\n"N, Cy",7,19,B\n'
    )
    save(begun(tmp_path / "in" / "lada_LATE_9_1_work.xlsx"), WRONG)
    save(tmp_path / "in" / "mbo_8_2_work.xlsx", Table())
    book = sheetprop.grade(tmp_path / "in", roster=tmp_path / "class.csv", output=tmp_path)

    assert [(one.student, one.late) for one in book.grades] == [
        ("17", "late"),
        ("18", ""),
        ("19", ""),
    ]
    canvas = pd.read_csv(tmp_path / "platforms" / "canvas.csv", dtype=str)
    assert list(canvas["ID"][1:]) == ["9", "8", "7"]
    assert list(canvas["sheetprop classic"].fillna("")) == ["20.0", "18.5", "20.0", ""]
    shown = json.loads((tmp_path / "platforms" / "gradescope" / "17.json").read_text())
    assert sum(test["score"] for test in shown["tests"]) == pytest.approx(shown["score"])
    assert shown["score"] == pytest.approx(18.5)
    figures = json.loads((tmp_path / "class.json").read_text())
    assert (figures["students"], figures["missing"], figures["late"]) == (3, ["19"], ["17"])
    assert figures["mistakes"][0]["code"] == "SP203"
    assert figures["quantities"][0]["quantity"] == "dE/dw3"
    page = (tmp_path / "class.html").read_text()
    assert "No two students made the same mistake." in page
    assert not re.search(r"https?:|src=|@import|url\(|<script", page)
    with zipfile.ZipFile(tmp_path / "platforms" / "gradescope-autograder.zip") as archive:
        assert {"setup.sh", "run_autograder"} < set(archive.namelist())


@pytest.mark.slow
def test_the_autograders_give_the_points(handed: Path, tmp_path: Path) -> None:
    """What Gradescope and GitHub Classroom run gives the points of the newest workbook."""
    graded(handed, tmp_path / "out")
    mine = tmp_path / "submission"
    mine.mkdir()
    save(mine / "final.xlsx", WRONG)
    save(mine / "old.xlsx", Table())
    os.utime(mine / "old.xlsx", (0, 0))
    with zipfile.ZipFile(tmp_path / "out" / "platforms" / "gradescope-autograder.zip") as archive:
        archive.extractall(tmp_path / "source")
    results = tmp_path / "results" / "results.json"
    (tmp_path / "grades").mkdir()
    (tmp_path / "grades" / "gradebook.csv").write_text(
        "points,verdict,mistakes\n0.0,incomplete,\n18.5,mistakes,wrong-neuron\n"
    )
    workflow = tmp_path / "out" / "platforms" / "github-classroom" / "classroom.yml"
    script = re.search(r"shell: python\n +run: \|\n((?: {10}.*\n)+)", workflow.read_text())
    assert script
    paths = {"PYTHONPATH": str(Path(sheetprop.__file__).parents[1]), "RUNNER_TEMP": str(tmp_path)}
    paths["GITHUB_OUTPUT"] = str(tmp_path / "told")
    for command in (
        [str(tmp_path / "source" / "grade_one.py"), str(mine), str(results)],
        ["-c", textwrap.dedent(script[1])],
    ):
        subprocess.run([sys.executable, *command], check=True, env={**os.environ, **paths})

    assert json.loads(results.read_text())["score"] == pytest.approx(18.5)
    told = (tmp_path / "told").read_text().removeprefix("result=")
    result = json.loads(base64.b64decode(told))
    assert (result["max_score"], result["tests"][0]["score"]) == (20, 18.5)


@pytest.mark.slow
def test_odd_names_and_empty_files_are_rows_like_others(tmp_path: Path) -> None:
    """A name of bytes that are no text is one row, and two empty files have nothing in common."""
    (tmp_path / "in").mkdir()
    for name in (b"a\xff\xfe\x1b[31m\n.xlsx", b"b.xlsx"):
        Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/" + name)).touch()
    book = sheetprop.grade(tmp_path / "in", output=tmp_path / "out")

    assert [one.verdict for one in book.grades] == ["unreadable", "unreadable"]
    assert [one.suspected for one in book.grades] == ["", ""]
    assert len(pd.read_csv(tmp_path / "out" / "gradebook.csv")) == 2


@pytest.mark.slow
def test_why_there_is_no_marked_copy(tmp_path: Path) -> None:
    """Where mistakes cannot be marked in a copy, the teacher is told why."""
    (tmp_path / "in").mkdir()
    save(tmp_path / "in" / "s1.xlsx", WRONG)
    (tmp_path / "in" / "s2.ods").write_bytes(b"")
    book = sheetprop.grade(tmp_path / "in", output=tmp_path / "out")

    told = {one.student: "no marked copy" in one.remarks for one in book.grades}
    assert told == {"s1": False, "s2": True}
