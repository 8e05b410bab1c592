"""The front door: what `sheetprop` gives out does what the commands do, in Python's words."""

from __future__ import annotations

import inspect
import io
import json
import re
from pathlib import Path

import pytest
from slowly import slowly
from worksheets import RIGHT, Table, save

import sheetprop
from sheetprop import errors
from sheetprop.cli import COMMANDS, main
from sheetprop.cli.arguments import Parser

WRONG = Table().changed("dE/dw3", RIGHT["dE/dw3"].replace("a_h2", "a_h1"))
SHORT_FOR = {"json": "format"}
"""Options that only stand for another one."""


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("wrong") / "student.xlsx", WRONG)


def arguments_of(command: object) -> set[str]:
    """Return the names under which a command takes its arguments."""
    parser = Parser(prog="x")
    command.add_arguments(parser)
    # `--why` is a function of its own, and whoever writes programs has no need to watch.
    return {action.dest for action in parser._actions} - {"help", "why", "watch"}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.NAME)
def test_commands_and_functions_have_the_same_arguments(command: object) -> None:
    """Every argument of a command is one of the function of its name, and the other way round."""
    function = getattr(sheetprop, command.NAME)

    # The command shows progress by itself; the function tells a caller who asks.
    assert arguments_of(command) == set(inspect.signature(function).parameters) - {"progress"}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.NAME)
def test_long_options_are_called_like_the_arguments(command: object) -> None:
    """`learning_rates` is --learning-rates, whatever short form there is besides."""
    parser = Parser(prog="x")
    command.add_arguments(parser)
    for action in parser._actions:
        if action.option_strings and action.option_strings[-1].removeprefix("--") not in SHORT_FOR:
            assert f"--{action.dest.replace('_', '-')}" in action.option_strings


@pytest.mark.parametrize("name", sheetprop.__all__)
def test_everything_given_out_is_documented(name: str) -> None:
    """What stands in __all__ is there and says what it is."""
    given_out = getattr(sheetprop, name)

    assert inspect.getdoc(given_out)


def test_every_error_is_given_out() -> None:
    """Whoever catches an error need not know where it is defined."""
    kinds = {n for n, kind in vars(errors).items() if inspect.isclass(kind) and "Error" in n}

    assert kinds | {"UnsupportedFunction"} <= {*sheetprop.__all__, "Exception"}


def test_templates_are_names_with_a_line_each() -> None:
    """The lessons come in the order of the command, each with what it is about."""
    lessons = sheetprop.templates()

    assert next(iter(lessons)) == "classic"
    assert all(lessons.values())


def given_as(kind: str, path: Path) -> object:
    """Return a file in one of the ways in which it may be given."""
    content = path.read_bytes()
    return {
        "text": str(path),
        "path": path,
        "list": [path],
        "bytes": content,
        "bytearray": bytearray(content),
        "open": io.BytesIO(content),
        "generator": (one for one in [path]),
    }[kind]


@pytest.mark.parametrize(
    "kind", ["text", "bytes", "open", *slowly(["path", "list", "bytearray", "generator"])]
)
def test_a_file_may_be_given_in_many_ways(kind: str, wrong: Path) -> None:
    """However the workbook is given, the report says the same of it."""
    (report,) = sheetprop.check(given_as(kind, wrong))

    (expected,) = sheetprop.check(wrong)
    assert report.findings == expected.findings
    assert report.verdict == "mistakes"


def test_an_open_file_has_its_name(wrong: Path) -> None:
    """A report names the file that was open."""
    with wrong.open("rb") as file:
        assert sheetprop.check(file)[0].file == str(wrong)


@pytest.mark.parametrize(
    "given", [17, None, 0.5, [None], object()], ids=lambda given: type(given).__name__
)
def test_what_is_no_file_is_named(given: object) -> None:
    """Anything else gets a sentence that says what is taken, not a bare TypeError."""
    with pytest.raises(sheetprop.SheetpropError, match="takes paths"):
        sheetprop.check(given)


def test_a_file_open_as_text_is_named(wrong: Path) -> None:
    """The sentence says how a file is to be opened."""
    with (
        wrong.open(encoding="latin-1") as file,
        pytest.raises(sheetprop.SheetpropError, match='"rb"'),
    ):
        sheetprop.check(file)


def test_no_file_at_all_is_named() -> None:
    """Nothing to check is said with an example in the language of the caller."""
    with pytest.raises(sheetprop.SheetpropError, match=re.escape('check("student.xlsx")')):
        sheetprop.check()


@pytest.mark.slow
def test_reports_are_written_as_the_command_writes_them(wrong: Path, tmp_path: Path) -> None:
    """`output` and `format` do what -o and --format do."""
    sheetprop.check(wrong, output=tmp_path / "here.html")
    main(["check", str(wrong), "-o", str(tmp_path / "there.html")])

    assert (tmp_path / "here.html").read_bytes() == (tmp_path / "there.html").read_bytes()
    sheetprop.check(wrong, output=f"{tmp_path}/folder/", format="json")
    line = (tmp_path / "folder" / "student.json").read_text()
    assert json.loads(line)["verdict"] == "mistakes"


def test_marks_and_a_marked_copy(wrong: Path, tmp_path: Path) -> None:
    """`score` gives marks by the rubric that is shipped, `annotate` names the copy it wrote."""
    (report,) = sheetprop.check(wrong, score=True, annotate=tmp_path)

    assert report.marks is not None
    assert report.copy == str(tmp_path / "student-checked.xlsx")
    assert Path(report.copy).is_file()


def test_a_copy_that_cannot_be_made_is_noted(wrong: Path, tmp_path: Path) -> None:
    """Why there is no copy stands in the report, in Python's words."""
    (tmp_path / "student-checked.xlsx").write_text("mine")

    (report,) = sheetprop.check(wrong, annotate=tmp_path)

    assert report.copy is None
    assert "force=True" in report.notes[0]
    assert (tmp_path / "student-checked.xlsx").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "python", "shell"),
    [
        ({"output": "r.txt"}, "force=True", "--force"),
        ({"format": "xls"}, "format: must be", None),
        ({"score": "none.toml"}, "none.toml: cannot be read", "none.toml: cannot be read"),
        ({"annotate": "r.txt"}, "name one with annotate", "name one with --annotate"),
    ],
)
def test_messages_name_arguments_as_the_caller_does(
    arguments: dict[str, str],
    python: str,
    shell: str | None,
    wrong: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Python reads `force=True` where a shell reads `--force`."""
    monkeypatch.chdir(tmp_path)
    Path("r.txt").touch()
    with pytest.raises(sheetprop.SheetpropError) as caught:
        sheetprop.check(wrong, **arguments)
    assert python in str(caught.value)
    assert "--" not in str(caught.value)
    if shell is not None:
        options = [part for name, value in arguments.items() for part in (f"--{name}", value)]
        assert main(["check", str(wrong), *options]) == 2
        assert shell in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "python"),
    [
        ({"learning_rates": [0]}, "learning_rates: must be"),
        ({"iterations": 0}, "iterations: must be"),
        ({"variant": "blnak"}, "variant: must be"),
        ({"hide": "all"}, 'hide: goes only with variant="blank"'),
        ({"language": "xx"}, "language: must be"),
        ({"solution": "a.xlsx"}, "solution: goes only with"),
    ],
)
def test_messages_of_build_name_arguments_as_python_does(
    arguments: dict[str, object], python: str
) -> None:
    """No option of the command line is named to somebody who calls a function."""
    with pytest.raises(sheetprop.SpecError) as caught:
        sheetprop.build(**arguments)

    assert str(caught.value).startswith(python)
    assert "--" not in str(caught.value)


def test_a_report_shows_itself_in_a_notebook(wrong: Path) -> None:
    """Its HTML names the mistake and marks what is wrong; its short form is one line."""
    (report,) = sheetprop.check(wrong)
    page = report._repr_html_()

    assert page is not None
    assert "wrong-neuron" in page
    assert "<span style=" in page
    assert "<script" not in page
    assert repr(report) == f"<Report {str(wrong)!r}: mistakes, {len(report.findings)} findings>"


def test_texts_of_strangers_are_only_shown_in_a_notebook(tmp_path: Path) -> None:
    """Markup in a file's name stays text."""
    (report,) = sheetprop.check(tmp_path / "<script>alert(1)<")
    page = report._repr_html_()

    assert page is not None
    assert "<script" not in page
