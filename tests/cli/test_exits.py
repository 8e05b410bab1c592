from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sheetprop
from sheetprop.cli import COMMANDS, main
from sheetprop.cli.exits import outcome
from sheetprop.errors import SpecError

FULL = Path("/dev/full")


@pytest.mark.parametrize(
    ("error", "code", "expected"),
    [
        (SpecError("a.toml", "data.inputs", "is\nmissing"), 2, "a.toml: data.inputs: is missing"),
        (PermissionError(13, "Permission denied", "a"), 2, "a: Permission denied"),
        (SystemExit(2), 2, None),
        (SystemExit(0), 0, None),
        (KeyboardInterrupt(), 130, None),
    ],
)
def test_each_exception_has_its_exit_code(capsys, error, code, expected):
    """What was foreseen ends with at most one line on stderr and nothing on stdout."""
    with outcome() as result:
        raise error
    captured = capsys.readouterr()

    assert result.code == code
    assert captured.out == ""
    assert captured.err == ("" if expected is None else f"sheetprop: {expected}\n")


def test_what_was_not_foreseen_is_a_bug(capsys):
    """The traceback and a sentence that this is a bug in sheetprop end with exit code 3."""
    with outcome() as result:
        raise ZeroDivisionError("division by \x1b[2J zero")
    err = capsys.readouterr().err

    assert result.code == 3
    assert err.startswith("Traceback")
    assert "this is a bug in sheetprop" in err.splitlines()[-1]
    assert "\x1b" not in err


def test_a_command_that_works_ends_with_its_own_code():
    """What the command sets stays, 1 included."""
    with outcome() as result:
        result.code = 1
    assert result.code == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "name a command: "),
        (["biuld"], 'there is no command "biuld" (did you mean "build"?)'),
        (["build", "--froce"], 'there is no option --froce (did you mean "--force"?)'),
        (["build", "--iteration=3"], 'there is no option --iteration (did you mean "--iterations"'),
        (["--verison"], 'there is no option --verison (did you mean "--version"?)'),
        (["templates", "x"], '"x" is one argument too many'),
        (["build", "--lr"], "argument --lr/--learning-rates: expected at least one argument"),
        (["build", "classic", "mazur"], '"mazur" is one argument too many'),
        (["build", "clasic"], 'did you mean "classic"?'),
    ],
    ids=" ".join,
)
def test_what_was_typed_wrong_is_one_sentence(capsys, arguments, expected):
    """A usage error ends with exit code 2, one line on stderr and nothing on stdout."""
    code = main(arguments)
    captured = capsys.readouterr()

    assert code == 2
    assert captured.out == ""
    assert expected in captured.err
    assert captured.err.startswith("sheetprop: ")
    assert captured.err.count("\n") == 1


def test_the_version_is_printed(capsys):
    """`sheetprop --version` prints the version that the package has."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"sheetprop {sheetprop.__version__}\n"


@pytest.mark.parametrize("command", [None, *(command.NAME for command in COMMANDS)])
def test_help_begins_with_an_example(capsys, command):
    """The first line shows something to type that begins with the command itself."""
    assert main([*filter(None, [command]), "--help"]) == 0
    first = capsys.readouterr().out.splitlines()[0]

    assert first.startswith(f"example: sheetprop {command or ''}")


def test_help_lists_every_command(capsys):
    """Each command stands in the help with what it does."""
    main(["--help"])
    listing = " ".join(capsys.readouterr().out.split())
    for command in COMMANDS:
        assert command.NAME in listing
        assert command.HELP in listing


def test_the_templates_are_listed_on_stdout(capsys):
    """One line for each lesson, its name first."""
    assert main(["templates"]) == 0
    first_words = [line.split()[0] for line in capsys.readouterr().out.splitlines()]

    assert first_words[0] == "classic"
    assert "mazur" in first_words


@pytest.mark.slow
def test_a_reader_that_stops_early_is_no_bug(run_command):
    """A pipe that nobody reads ends quietly, with the exit code for what could not be done."""
    read, write = os.pipe()
    os.close(read)
    result = run_command("--version", stdout=write)
    os.close(write)

    assert (result.returncode, result.stderr) == (2, "")


@pytest.mark.slow
@pytest.mark.skipif(not FULL.exists(), reason=f"there is no {FULL}")
def test_a_full_disk_is_one_sentence(run_command):
    """When the result cannot be delivered, the exit code is 2 and the reason is named."""
    for command in (["build", "--iterations", "2"], ["check", "--help"]):
        with FULL.open("w") as full:
            result = run_command(*command, stdout=full)

        assert (result.returncode, result.stderr) == (2, "sheetprop: No space left on device\n")


@pytest.mark.slow
def test_signs_that_the_terminal_lacks_are_spelt_out(run_command):
    """A terminal that knows only ASCII shows names, or escapes, instead of a bug."""
    result = run_command("build", "\N{GREEK SMALL LETTER ETA}ж.toml", PYTHONIOENCODING="ascii")

    assert result.returncode == 2
    assert re.match(r"sheetprop: eta\\u0436\.toml: there is no such file", result.stderr)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="has no such shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_bug(closed, tmp_path):
    """What is started with closed streams does its work, and says it to nobody."""
    command = [sys.executable, "-P", "-m", "sheetprop", "build", "--iterations", "2"]
    path = tmp_path / "book.xlsx"
    shell = ["sh", "-c", f'exec "$@" {closed}', "sh", *command, "-o", str(path)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    process = subprocess.run(shell, env=environment, check=False)

    assert process.returncode == 0
    assert path.exists()


INTERRUPTED_EARLY = """
import signal, sys
from sheetprop.__main__ import main

class Key:
    def find_spec(self, name, *_):
        if name == "sheetprop.cli.exits":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Key())
sys.argv[1:] = ["templates"]
sys.exit(main())
"""


@pytest.mark.slow
def test_a_key_typed_while_the_program_is_still_read() -> None:
    """It ends like any interrupted command, without a word about what was being imported."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-P", "-c", INTERRUPTED_EARLY]
    ended = subprocess.run(command, env=environment, capture_output=True)

    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")


@pytest.mark.slow
def test_a_key_is_noticed_before_anything_is_imported() -> None:
    """The command has what it does at a key before it reads any library, which takes a moment."""
    told = (
        "import sys; before = {*sys.modules}; import sheetprop.__main__;"
        " print(*{*sys.modules} - before)"
    )
    ended = subprocess.run(
        [sys.executable, "-P", "-c", told],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
    )
    read = {name for name in ended.stdout.decode().split() if not name.startswith("sheetprop")}

    assert read <= {*sys.builtin_module_names, "os"}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="keeps a folder that is in use")
@pytest.mark.parametrize("command", ["templates", "check ."])
def test_a_folder_that_is_gone(command: str, tmp_path: Path) -> None:
    """Started in a folder that was removed meanwhile, it says so in one sentence."""
    gone = tmp_path / "gone"
    gone.mkdir()
    shell = f'cd "{gone}" && rmdir "{gone}" && exec "{sys.executable}" -P -m sheetprop {command}'
    paths = os.pathsep.join(str(Path(path).resolve()) for path in sys.path if path)
    ended = subprocess.run(
        ["sh", "-c", shell], env=os.environ | {"PYTHONPATH": paths}, capture_output=True
    )

    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.startswith(b"sheetprop: the current folder is no longer there")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="names files in another way")
def test_a_name_that_the_locale_cannot_spell(tmp_path: Path) -> None:
    """A file that cannot be called so is one sentence, with the letter that is lacking."""
    roster = tmp_path / "class.csv"
    roster.write_text("id\n\N{CYRILLIC CAPITAL LETTER ZHE}\n", encoding="utf-8")
    command = ["build", "--lr", "1", "--iterations", "2", "--roster", "class.csv", "-o", "out/"]
    paths = os.pathsep.join(str(Path(path).resolve()) for path in sys.path if path)
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": paths}
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "sheetprop", *command],
        cwd=tmp_path,
        env=os.environ | plain,
        capture_output=True,
    )

    assert ended.returncode == 2
    assert b'names of files have no "\\u0416" in the locale set here; set LC_ALL' in ended.stderr
    assert ended.stderr.count(b"\n") == 1
