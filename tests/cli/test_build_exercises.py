"""``sheetprop build --variant …``: exercises, their solutions, one sentence for what is wrong."""

from __future__ import annotations

import pytest

import sheetprop
from sheetprop.errors import SpecError

SHORT = ("--lr", "0.5", "--iterations", "4")


def test_a_file_tells_its_variant(run_command, tmp_path):
    """Without a name a workbook is called after its lesson and its variant."""
    done = run_command("build", *SHORT, "--variant", "blank", "--hide", "output", "update", "mazur")

    assert done.stdout == "output/mazur-blank.xlsx\n"
    assert sheetprop.check(tmp_path / "output" / "mazur-blank.xlsx")[0].verdict == "incomplete"


def test_an_exercise_and_its_solution(run_command, tmp_path):
    """The solution is written beside the exercise; only the exercise's path is printed."""
    asked = ("--variant", "find-the-bug", "--mistakes", "2", "--seed", "7", "--solution", "key/")
    done = run_command("build", *SHORT, *asked)
    paths = [tmp_path / done.stdout.strip(), tmp_path / "key/classic-find-the-bug-solution.xlsx"]

    assert [report.verdict for report in sheetprop.check(*paths)] == ["mistakes", "correct"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            "--variant blnk",
            'must be "worked", "smallest", "blank", "faded", "find-the-bug" or "solution", not',
        ),
        ("--variant blank --hide outpt", '(did you mean "output"?)'),
        (
            "--variant faded --hide output",
            "--hide: goes only with --variant blank or --variant sol",
        ),
        ("--mistakes 2", "--mistakes: goes only with --variant find-the-bug"),
        ("--variant blank --seed 2", "--seed: goes only with --variant find-the-bug"),
        ("--variant find-the-bug --mistakes 0", "--mistakes: must be a whole number of at least 1"),
        ("--variant find-the-bug --mistakes 40", "40 mistakes are too many for classic: at most 9"),
        (
            "--variant find-the-bug --seed x",
            '--seed: must be a whole number of at least 0, not "x"',
        ),
        (
            "--solution key.xlsx",
            "--solution: goes only with --variant smallest, --variant blank, --v",
        ),
        ("--variant faded --solution a.xlsx -o a.xlsx", "would be the exercise and its solution"),
        ("--variant blank --hide update --iterations 1", "leaves nothing to the student"),
    ],
)
def test_one_sentence_for_what_is_wrong(run_command, tmp_path, arguments, message):
    """Nothing is written, the exit code is 2, and one line says what to do."""
    options = [*SHORT, *arguments.split()]
    done = run_command("build", *options)

    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.rglob("*.xlsx"))


def test_nothing_is_overwritten(run_command, tmp_path):
    """A solution that exists stops the command before anything is written."""
    (tmp_path / "key.xlsx").write_text("mine")
    done = run_command("build", *SHORT, "--variant", "blank", "--solution", "key.xlsx")

    assert done.returncode == 2
    assert (
        "key.xlsx: exists already; overwrite it with --force or choose another --solution"
        in done.stderr
    )
    assert [path.name for path in tmp_path.rglob("*.xlsx")] == ["key.xlsx"]


def test_from_python(tmp_path):
    """The function takes the same arguments as the command."""
    path = sheetprop.build(
        learning_rates=[0.5],
        iterations=4,
        variant="blank",
        hide="hidden",
        output=tmp_path / "a.xlsx",
        solution=tmp_path / "b.xlsx",
    )
    verdicts = [report.verdict for report in sheetprop.check(path, tmp_path / "b.xlsx")]

    assert verdicts == ["incomplete", "correct"]
    with pytest.raises(SpecError, match=r"^hide: must be"):
        sheetprop.build(variant="blank", hide=["everything"], output=tmp_path / "c.xlsx")


pytestmark = pytest.mark.slow  # with others like it, the default run would take too long
