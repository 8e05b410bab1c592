"""What is claimed of a training run, right or wrong, in whatever words and layout."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from cell_sheets import right_and_slipped
from claims import HEADS, TEST, layers, log

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report
from sheetprop.workbooks.sheet import Workbook

SPELT = (
    HEADS,
    ("epoch", "loss", "accuracy", "val_accuracy"),
    ("epoch", "train_loss_epoch", "train_acc_epoch", "val_acc"),
    ("Ep", "Training loss", "Acc (train)", "Acc (test)"),
    ("Epoche", "Trainingsverlust", "Trainingsgenauigkeit", "Testgenauigkeit"),
    ("#Epoch", "Loss", "Train Acc", "Valid Acc"),
)

# What is said, with a right number and wrong ones: {a} stands for a number in percent.
SAID = (
    ("best test accuracy {a} % in epoch 9", "99.43", ("99.34", "99.53", "98.43")),
    ("best {a}%", "99.43", ("99.62", "99.40", "99.4611")),
    ("Best validation acc: {a}", "99.43", ("99.38", "99.63")),
    ("best epoch {a}", "9", ("7", "3", "1")),
    ("highest test accuracy of 99.43 % at epoch {a}", "9", ("8", "10")),
    ("The best test accuracy is 99.43 in the {a}th epoch.", "9", ("8", "10")),
    ("final test accuracy: {a}%", "99.38", ("99.43", "99.18")),
    ("last epoch: {a} %", "99.38", ("99.43", "99.31")),
    ("test accuracy {a} % in epoch 8", "99.31", ("99.43", "99.21")),
    ("consistently above {a} % in the last three epochs", "99.3", ("99.35", "99.4", "99.32")),
    ("above {a}% for the last 4 epochs", "99", ("99.1", "99.3")),
    ("more than {a} % from epoch 7 on", "99", ("99.2", "99.03")),
    ("at least {a} % in the last 3 epochs", "99.31", ("99.32", "99.4")),
    ("Training is ahead: gap of {a} % in the last epoch", "0.14", ("0.41", "0.24")),
    ("difference between train and test accuracy {a} points", "0.14", ("0.25", "0.05")),
    ("trained for {a} epochs", "10", ("9", "11", "15")),
    ("training accuracy ends at 99.52 %, highest training accuracy {a} %", "99.52", ("99.43",)),
    ("beste Testgenauigkeit {a} % in Epoche 9", "99,43", ("99,34", "99,52")),
    ("in den letzten drei Epochen über {a} %", "99,3", ("99,4", "99,32")),
)


def report(text: str, chance: random.Random) -> Report:
    """Return the report of a log that says something of itself, laid out at random."""
    across = chance.random() < 0.3
    at = chance.choice(((30, 2), (20, 1)) if across else ((2, 1), (3, 8), (30, 2), (9, 7)))
    heads, factor = chance.choice(SPELT), chance.choice((1.0, 0.01))
    book = log({at: text}, heads=heads, factor=factor, across=across)
    return check_workbook(book, "log.xlsx")


def said() -> Iterator[tuple[str, bool]]:
    """Yield every claim with a right number and with wrong ones."""
    for text, right, wrong in SAID:
        yield text.format(a=right), True
        yield from ((text.format(a=one), False) for one in wrong)


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_every_claim_is_what_the_numbers_say(every: int) -> None:
    """Right ones are right and wrong ones have a finding, whatever headers and scale are."""
    chance = random.Random(4)
    chosen = list(said())[::every]
    found = [(text, is_right, report(text, chance)) for text, is_right in chosen]
    missed = [
        (text, one.verdict, one.reason)
        for text, is_right, one in found
        if one.verdict != ("correct" if is_right else "mistakes")
    ]

    assert missed == []


@pytest.mark.slow
def test_claims_in_any_layout() -> None:
    """Of 300 wrong claims at least 98 in a hundred are found in their cell, no right one is."""
    missed, accused, count = [], [], 0
    for seed in range(6):
        chance = random.Random(seed)
        for text, is_right in said():
            one = report(text, chance)
            if is_right and one.findings:
                accused.append(text)
            count += not is_right
            if not is_right and one.verdict != "mistakes":
                missed.append(text)

    assert accused == []
    assert count > 200
    assert len(missed) <= count / 50, missed


SILENT = (
    "Target: 99.4 % in the last three epochs",
    "We want 99.5 % in fewer than 15 epochs",
    "The next model should be above 99.4 %",
    "28x28 images, batch size 128, dropout 5 %",
    "Learning rate 0.01, momentum 0.9",
    "1. Best practice: 3x3 kernels",
)


def test_what_claims_nothing_makes_no_log_a_lesson() -> None:
    """A target, a plan, a recipe: nothing of it is held against the log."""
    for text in SILENT:
        assert check_workbook(log({(2, 1): text}), "log.xlsx").verdict == "not-recognised", text


UNDECIDED = (
    ("best 99.52 %", "column"),
    ("best about 99 %", "such as"),
    ("best 99.43 %, 7,934 parameters", "layers"),
    ("best 99.43 %, 56 parameters more", "difference"),
    ("best 99.43 %; consistently above 99.35 %", "some epochs"),
)


@pytest.mark.parametrize(("text", "reason"), UNDECIDED)
def test_what_cannot_be_told_is_said(text: str, reason: str) -> None:
    """Nothing is accused, and the cell is named with the reason."""
    found = check_workbook(log({(2, 1): text, (3, 1): "last test accuracy 99.38"}), "log.xlsx")

    assert found.findings == ()
    assert found.verdict == "undecided"
    assert [one.range for one in found.not_judged] == ["A2"]
    assert reason in found.not_judged[0].reason


def runs() -> Workbook:
    """Return two runs below each other, each with its number and what is said of it."""
    book = log({(4, 1): "Model 1", (4, 2): "best 99.43 % in epoch 9", (20, 1): "Model 2"})
    cells = dict(book.sheets[0].cells)
    for (row, column), one in list(cells.items()):
        if row >= 6 and row <= 16:
            value = one.value - 1 if column == 4 and isinstance(one.value, float) else one.value
            cells[row + 16, column] = one._replace(value=value)
    cells[20, 2] = cells[4, 2]._replace(value="best 98.43 % in epoch 9")
    cells[40, 1] = cells[4, 1]._replace(value="Model 2 ends at the final accuracy of 98.38 %")
    return Workbook((book.sheets[0].__class__("Log", cells),))


def test_each_run_has_its_own_claims() -> None:
    """Of two runs on a sheet each claim is held against the one that it names or stands with."""
    right = runs()
    cells = dict(right.sheets[0].cells)
    cells[40, 1] = cells[40, 1]._replace(value="Model 2 ends at the final accuracy of 99.38 %")
    found = check_workbook(Workbook((right.sheets[0].__class__("Log", cells),)), "log.xlsx")

    assert check_workbook(right, "log.xlsx").verdict == "correct"
    assert [place.range for one in found.findings for place in one.places] == ["A40"]


@pytest.mark.slow
def test_parameters_are_those_of_the_layers() -> None:
    """A number of parameters is held against the table of layers in the workbook."""
    said_and_told = (
        ("990 params", "correct"),
        ("980 params", "mistakes"),
        ("990 parameters less than 1,000 would have", "correct"),
        ("56 more parameters", "undecided"),
        ("adds 56 parameters", "undecided"),
        ("56 Parameter mehr", "undecided"),
    )
    for text, verdict in said_and_told:
        book = log({(2, 1): text, (3, 1): "best 99.43 %"}, sheets=(layers(990),))
        found = check_workbook(book, "log.xlsx")

        assert found.verdict == verdict
        assert [one.lesson for one in found.tables] == ["architecture", "training-log"]


FORMULAS = (
    ("best test accuracy", "=MAX(D7:D16)", "=MAX(D7:D14)"),
    ("best epoch", "=INDEX(A7:A16,MATCH(MAX(D7:D16),D7:D16,0))", "=MATCH(MAX(D7:D15),D8:D16,0)"),
    ("last test accuracy", "=D16", "=D15"),
    ("min of last 3 epochs", "=MIN(D14:D16)", "=MIN(D13:D15)"),
    ("gap train-test", "=C16-D16", "=C15-D16"),
)


@pytest.mark.parametrize(
    ("label", "right", "wrong"),
    [FORMULAS[0], *(pytest.param(*one, marks=pytest.mark.slow) for one in FORMULAS[1:])],
)
def test_formulas_are_tried_with_other_numbers(label: str, right: str, wrong: str) -> None:
    """A formula that takes all epochs is right; one that misses some is found out."""
    for column in (6, 9):
        for formula, is_right in ((right, True), (wrong, False)):
            book = log({(2, column): label, (2, column + 1): formula, (4, 1): "best 99.43 %"})
            found = check_workbook(book, "log.xlsx")

            assert bool(found.findings) is not is_right, (label, formula)


def test_columns_that_follow_are_judged_as_trees() -> None:
    """Gap, best so far and its epoch are right or wrong by their formulas."""
    rows = range(7, 7 + len(TEST))
    heads = {(6, 5): "Gap", (6, 6): "Best so far", (6, 7): "Best epoch so far"}
    right = {(r, 5): f"=C{r}-D{r}" for r in rows}
    right |= {(r, 6): f"=MAX(F{r - 1},D{r})" if r > 7 else "=D7" for r in rows}
    right |= {(r, 7): f"=IF(D{r}>F{r - 1},A{r},G{r - 1})" if r > 7 else "=A7" for r in rows}
    wrong = {(r, 5): f"=D{r}-C{r}" for r in rows}

    assert check_workbook(log({**heads, **right}), "log.xlsx").verdict == "correct"
    found = check_workbook(log({**heads, **right, **wrong}), "log.xlsx")
    assert [(one.mistake, one.places[0].range) for one in found.errors] == [
        ("wrong-sign", "E7:E16")
    ]


@pytest.mark.slow
def test_a_claim_is_about_the_run_in_whose_columns_it_stands() -> None:
    """Of two runs side by side each has its best epoch below it, and one of them is another's."""
    rows = ["Epoch | Test acc || Epoch | Test acc"]
    rows += [f"{e} | {97 + e / 10} || {e} | {98 - (e - 2) ** 2 / 10}" for e in range(1, 6)]
    text = "\n".join([*rows, "", "Best epoch | 5 || Best epoch | 2"])

    assert right_and_slipped(text, "Best epoch | 2", "Best epoch | 5") == ("correct", {"E8"})


@pytest.mark.slow
def test_one_number_below_epochs_that_go_across_is_said_of_the_run() -> None:
    """A row with its best epoch alone is no row of the table."""
    text = "Epoch | 1 | 2 | 3 | 4\nTest acc | 97.1 | 98.2 | 98.6 | 98.4\n\nBest epoch | 3"

    assert right_and_slipped(text, "Best epoch | 3", "Best epoch | 4") == ("correct", {"B4"})
