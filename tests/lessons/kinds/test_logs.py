"""The lesson training-log: logs of many trainers, and what the workbook says of them."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from slowly import one_in

from sheetprop.checking.check import check_workbook
from sheetprop.errors import SpecError
from sheetprop.exercises.planted.in_rows import with_bugs
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.logs.overview import HEAD
from sheetprop.lessons.kinds.logs.reading import SHIPPED, run_log
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.template import any_lesson
from sheetprop.validate import Problem
from sheetprop.words import texts_of
from sheetprop.workbooks.exercise_names import kind_in
from sheetprop.workbooks.look import Look

KERAS = {
    "loss": [0.9, 0.4, 0.2],
    "accuracy": [0.7, 0.9, 0.95],
    "val_loss": [0.8, 0.5, 0.3],
    "val_accuracy": [0.75, 0.88, 0.93],
}
LIGHTNING = (
    "epoch,step,train_acc_epoch,train_loss_epoch,val_acc,val_loss\n"
    "0,99,,,0.75,0.8\n0,99,0.7,0.9,,\n1,199,,,0.88,0.5\n1,199,0.9,0.4,,\n2,299,,,0.93,0.3\n"
    "2,299,0.95,0.2,,\n"
)
PLAIN = "Epoch;Train Loss;Train Accuracy (%);Test Accuracy (%)\n".replace(";", ",") + (
    "1,0.9,70,75\n2,0.4,90,88\n3,0.2,95,93\n"
)
WANTED = [(70.0, 75.0), (90.0, 88.0), (95.0, 93.0)]


def shipped(language: str | None = None) -> KindLesson:
    found = any_lesson("training-log", language)
    assert isinstance(found, KindLesson)
    return found


LOGS = {
    "keras.json": json.dumps(KERAS),
    "history.json": json.dumps({"history": KERAS}),
    "epochs.json": json.dumps(
        [dict(zip(KERAS, row, strict=True)) for row in zip(*KERAS.values(), strict=True)]
    ),
    "metrics.csv": LIGHTNING,
    "plain.csv": PLAIN,
}


@pytest.mark.parametrize("name", LOGS)
def test_logs_of_any_trainer_are_the_same_epochs(tmp_path: Path, name: str) -> None:
    """Keras, Lightning, lists of epochs and plain tables give the same accuracies in percent."""
    (tmp_path / name).write_text(LOGS[name], encoding="utf-8")
    found = run_log(tmp_path / name)
    held_out = "test_accuracy" if name == "plain.csv" else "validation_accuracy"
    own = [
        (row["train_accuracy"], row.get(held_out, row.get("test_accuracy"))) for row in found.epochs
    ]

    assert own == WANTED


@pytest.mark.parametrize(
    "text",
    ["", "a,b\n1,2\n", "{", "[1, 2]", '{"epochs": []}', "epoch\n1\n", f"a\n{'1' * 140_000}\n"],
)
def test_what_is_no_log_gets_one_sentence(tmp_path: Path, text: str) -> None:
    """A file that holds no epochs is named, and what belongs there."""
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Problem, match="must be"):
        run_log(tmp_path / "a.csv")
    template = tmp_path / "mine.toml"
    template.write_text(
        'lesson = "training-log"\n[log]\ntarget = 99\n[[log.iterations]]\nname = "a"\n'
        'log = "a.csv"\n[texts]\ntitle = "T"\n',
        encoding="utf-8",
    )
    with pytest.raises(SpecError, match=r"number 1 of the list has a log that must be"):
        any_lesson(template)


def test_what_ships_is_named_without_a_file(tmp_path: Path) -> None:
    """A network and an iteration are found from any folder; a network without a log is refused."""
    found = run_log(tmp_path / "nine-iterations" / "dropout")

    assert (len(found.epochs), found.parameters) == (8, 11_986)
    assert run_log(tmp_path / "light").parameters == 5_324
    with pytest.raises(Problem, match="light"):
        run_log(tmp_path / "large")


def test_the_overview_says_what_the_logs_say() -> None:
    """Best, its epoch, last and lowest are those of the files that the trainer wrote."""
    sheet = workbook_of(shipped(), "worked").sheets[0]
    for row, name in enumerate(("light", "standard"), HEAD + 1):
        with (SHIPPED / f"{name}.csv").open(encoding="utf-8") as file:
            found = [100 * float(one["validation_accuracy"]) for one in csv.DictReader(file)]
        shown = [sheet.cells[row, column].value for column in (2, 3, 4, 6)]
        wanted = [max(found), found.index(max(found)) + 1, found[-1], min(found[-3:])]
        assert shown == pytest.approx(wanted)


@pytest.mark.slow
def test_accuracies_have_an_axis_that_begins_near_them() -> None:
    """From 0 on all curves would lie in one line; and no percent is shown in six decimals."""
    for sheet in workbook_of(shipped(), "worked").sheets[1:]:
        look = sheet.look
        assert isinstance(look, Look)
        least, most = look.charts[0].ends
        shown = [
            cell.value
            for row, column in look.styles
            if look.styles[row, column] in ("input", "short input") and column in (4, 5)
            if (cell := sheet.cells[row, column]) and isinstance(cell.value, float)
        ]

        assert most == 100
        assert least is not None
        assert least <= min(shown) < least + 10
        assert "short number" in look.styles.values()


@pytest.mark.parametrize(
    "language", [pytest.param(one, marks=pytest.mark.slow) for one in ("en", "de", "hi")]
)
def test_the_workbook_is_judged_as_other_people_s(language: str) -> None:
    """Worked out and solved it is correct, every claim with it; left empty it is incomplete."""
    lesson = shipped(language)
    book = workbook_of(lesson, "worked")
    told = check_workbook(book, "a.xlsx")

    assert kind_in(book.names) == "training-log"
    assert (told.verdict, told.findings) == ("correct", ())
    assert told.tables[0].cells["right"] > 19 * 4
    assert check_workbook(workbook_of(lesson, "blank"), "a.xlsx").verdict == "incomplete"


@pytest.mark.slow
def test_an_empty_answer_of_the_overview_is_not_attempted() -> None:
    """One number left out beside all tables makes the whole incomplete."""
    book = workbook_of(shipped(), "solution")
    overview = book.sheets[0]
    cells = {at: cell for at, cell in overview.cells.items() if at != (HEAD + 1, 2)}
    names = workbook_of(shipped(), "blank").names
    left = replace(book, sheets=(replace(overview, cells=cells), *book.sheets[1:]), names=names)
    report = check_workbook(left, "a.xlsx")

    assert (report.verdict, report.not_attempted) == ("incomplete", 1)


@pytest.mark.slow
def test_bugs_are_found_in_it() -> None:
    """A mistake planted in a column is found by name."""
    book = workbook_of(shipped(), "worked")
    wrong = with_bugs(book, 1, 3)

    assert check_workbook(wrong, "a.xlsx").errors
    assert check_workbook(workbook_of(shipped(), "solution"), "a.xlsx").verdict == "correct"
    assert check_workbook(workbook_of(shipped(), "faded"), "a.xlsx").verdict == "incomplete"


@pytest.mark.parametrize("language", one_in(3, ("en", "de", "hi")))
def test_accuracies_on_validation_images_are_not_called_a_test(language: str) -> None:
    """Runs that looked at no test image are told of as they were measured, in each language."""
    lesson = any_lesson("nine-iterations", language)
    assert isinstance(lesson, KindLesson)
    own = texts_of(language)
    book = workbook_of(lesson, "worked")
    texts = {str(cell.value) for sheet in book.sheets for cell in sheet.cells.values()}

    for key in ("log_test_accuracy", "log_best_test", "log_last_test"):
        assert own[f"{key}_validated"] in texts
        assert own[key] not in texts


def test_numbers_of_a_log_show_the_digits_that_are_read(tmp_path: Path) -> None:
    """Of many digits six are shown; numbers with few, and very small ones, as they are."""
    path = tmp_path / "own.toml"
    (tmp_path / "a.csv").write_text(
        "epoch,train_loss,train_accuracy,test_accuracy\n1,0.2250947801,98.5,97.5\n2,1.2e-05,99,98\n"
    )
    path.write_text(
        'lesson = "training-log"\n[log]\ntarget = 99\nlast = 1\n[[log.iterations]]\nname = "a"\n'
        'log = "a.csv"\n[texts]\ntitle = "t"\nabout = "a"\nintroduction = "i"\n'
    )
    lesson = any_lesson(str(path))
    assert isinstance(lesson, KindLesson)
    sheet = workbook_of(lesson, "worked").sheets[1]
    look = sheet.look
    assert isinstance(look, Look)
    styles = {cell.value: look.styles.get(at) for at, cell in sheet.cells.items()}

    assert styles[0.2250947801] == "short input"
    assert (styles[98.5], styles[1.2e-05]) == ("input", "input")
