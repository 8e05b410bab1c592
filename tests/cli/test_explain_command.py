"""``sheetprop explain``: the list of mistakes, or one of them with its examples."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest
from slowly import one_in

import sheetprop
from sheetprop.cli import main
from sheetprop.errors import SheetpropError
from sheetprop.mistakes import MISTAKES
from sheetprop.mistakes.base import Mistake

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_list_has_every_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name every mistake is listed, one line each: code, name and clause."""
    assert main(["explain"]) == 0

    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert err == ""
    assert len(lines) == len(MISTAKES)
    for line, mistake in zip(lines, MISTAKES, strict=True):
        assert line.split()[:2] == [mistake.code, mistake.name]
        assert line.endswith(mistake.summary)


@pytest.mark.parametrize("mistake", one_in(6, MISTAKES), ids=lambda m: m.name)
def test_one_by_name_or_code(mistake: Mistake, capsys: pytest.CaptureFixture[str]) -> None:
    """A name, or a code in capitals or not, gives explanation and both examples."""
    texts = []
    for asked in (mistake.name, mistake.code, mistake.code.lower(), mistake.name.upper()):
        assert main(["explain", asked]) == 0
        texts.append(capsys.readouterr().out)

    assert len(set(texts)) == 1
    for said in (mistake.code, mistake.name, mistake.summary, mistake.wrong, mistake.right):
        assert said in texts[0]
    assert " ".join(mistake.explanation.split()) in " ".join(texts[0].split())


def test_marks_of_other_rows_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """Where an example names a quantity of another row, the mark that says so is explained."""
    main(["explain", "updated-weight"])
    assert capsys.readouterr().out.endswith("\n\n(x[+1] is x in the next row)\n")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("wrong-nueron", "wrong-neuron"), ("missing_path", "missing-path"), ("stale", "stale-value")],
)
def test_unknown_name_has_a_suggestion(
    asked: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A misspelt name ends with 2 and one line on stderr that offers the one meant."""
    assert main(["explain", asked]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert asked in err
    assert meant in err


@pytest.mark.parametrize("asked", ["", "xyzzy", "SP999", "wrong", "η"])
def test_unknown_name_says_how_to_list(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A name like no other ends with 2 and says how to see them all."""
    assert main(["explain", asked]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert "sheetprop explain" in err


def test_front_door_gives_the_same() -> None:
    """The library's function has the command's name and argument."""
    assert sheetprop.explain() == MISTAKES
    assert [m.name for m in sheetprop.explain("SP203")] == ["wrong-neuron"]
    with pytest.raises(SheetpropError, match="wrong-neuron"):
        sheetprop.explain("wrong-nueron")


def test_as_a_process(run_command: Run) -> None:
    """The command works as typed, with nothing on stderr."""
    done = run_command("explain", "wrong-neuron")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("SP203 wrong-neuron: ")
