"""``sheetprop check``: exit codes, what goes to which stream, and files that cannot be checked."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from slowly import slowly
from worksheets import RIGHT, Table, save

import sheetprop
from sheetprop.cli import main

Run = Callable[..., subprocess.CompletedProcess[str]]
WRONG = Table().changed("dE/dw3", RIGHT["dE/dw3"].replace("a_h2", "a_h1"))
WARNED = Table().changed("h1", 0.0275, [0])
INCOMPLETE = Table().changed("E_total", None)
CODES = {"right": 0, "warned": 0, "incomplete": 1, "wrong": 1, "other": 2, "text": 2, "missing": 2}
VERDICTS = {
    "right": "correct",
    "warned": "correct",
    "incomplete": "incomplete",
    "wrong": "mistakes",
    "other": "not-recognised",
    "text": "unreadable",
    "missing": "unreadable",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Files of every verdict."""
    folder = tmp_path_factory.mktemp("files")
    tables = {"right": Table(), "warned": WARNED, "incomplete": INCOMPLETE, "wrong": WRONG}
    for name, table in tables.items():
        save(folder / f"{name}.xlsx", table)
    save(folder / "other.xlsx", further={"Sheet1": {"A1": "no backpropagation"}})
    (folder / "text.xlsx").write_text("t1,t2")
    return {name: str(folder / f"{name}.xlsx") for name in CODES}


@pytest.mark.parametrize("style", [None, *slowly(["--json", "--format=json", "--format=text"])])
@pytest.mark.parametrize("name", CODES)
def test_exit_code_of_one_file(
    name: str, style: str | None, files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """0 for right, 1 for mistakes, 2 for what cannot be checked, whatever the format."""
    code = main(["check", files[name], *([style] if style else [])])

    out, err = capsys.readouterr()
    assert code == CODES[name]
    assert err == ""
    assert files[name] in out
    if style and "json" in style:
        assert json.loads(out)["verdict"] == VERDICTS[name]


SEVERAL = ["right warned", "missing wrong right"]
OTHER_SEVERAL = [
    "right wrong",
    "wrong right",
    "right warned incomplete",
    "wrong other text right",
    "right right",
]


@pytest.mark.parametrize("several", [*SEVERAL, *slowly(OTHER_SEVERAL)])
def test_several_files(
    several: str, files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Every file is reported on its own line in the order given; the worst gives the exit code."""
    names = several.split()
    worst = max(CODES[name] for name in names)

    assert main(["check", *(files[name] for name in names), "--json"]) == worst

    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["file"] for line in lines] == [files[name] for name in names]
    assert [json.loads(line)["verdict"] for line in lines] == [VERDICTS[name] for name in names]


def test_unusable_files_do_not_stop_the_others_in_text(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The text report of every file comes, though others cannot be read."""
    main(["check", files["text"], files["wrong"], files["missing"], files["right"]])

    out = capsys.readouterr().out
    heads = [line for line in out.splitlines() if line.startswith(tuple(files.values()))]
    assert len(heads) == 4
    assert "unreadable" in heads[0]
    assert "1 mistake" in heads[1]
    assert "unreadable" in heads[2]
    assert "correct" in heads[3]


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "--format", "xml", "a.xlsx"], ["check", "--jsn", "a.xlsx"]]
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong usage ends with 2 and a sentence on stderr, and nothing on stdout."""
    assert main(arguments) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err


def test_as_a_process(run_command: Run, files: dict[str, str]) -> None:
    """The command works as typed: result on stdout, nothing on stderr."""
    done = run_command("check", files["wrong"], "--json")

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.count("\n") == 1
    assert json.loads(done.stdout)["findings"][0]["code"] == "SP203"


@pytest.mark.slow
def test_terminal_without_greek(run_command: Run, files: dict[str, str]) -> None:
    """A terminal that lacks η and ∂ gets their names, not escapes nor a failure."""
    done = run_command("check", files["wrong"], PYTHONIOENCODING="ascii")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "dE/dw1" in done.stdout
    assert "\\u" not in done.stdout


@pytest.mark.slow
def test_relative_paths_and_blanks(run_command: Run, tmp_path: Path) -> None:
    """A file is reported under the name it was given by."""
    save(tmp_path / "my work.xlsx", Table())

    done = run_command("check", "my work.xlsx", "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["file"] == "my work.xlsx"


@pytest.mark.slow
def test_front_door_gives_the_same(files: dict[str, str]) -> None:
    """The library's function has the command's name and takes the same files."""
    reports = sheetprop.check(*files.values())

    assert [r.verdict for r in reports] == list(VERDICTS.values())
    assert [r.file for r in reports] == list(files.values())
