from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from slowly import slowly

import sheetprop
from sheetprop.cli import main
from sheetprop.errors import WorkbookError


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def typed(capsys, *arguments):
    """Return the exit code, stdout and stderr of a command."""
    code = main(arguments)
    result = capsys.readouterr()
    return code, result.out, result.err


def rates_of(path):
    """Return the learning rates for which a workbook has a sheet."""
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    return {rate for rate in ("0.1", "0.2", "0.5", "0.8", "1", "2", "3")
            if any(rate in name.replace("=", " ").split() for name in names)}  # fmt: skip


@pytest.mark.slow
def test_the_path_written_is_all_that_stdout_carries(capsys):
    """The default workbook stands in output/, and its path is the result."""
    code, out, err = typed(capsys, "build", "--lr", "0.1", "0.5", "2", "--iterations", "3")

    assert (code, out, err) == (0, f"{Path('output/classic.xlsx')}\n", "")
    assert Path("output/classic.xlsx").is_file()


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["--lr", "0.1", "--lr", "0.5,", "2"],
        ["--lr", "0.1", "0.5", "2", "classic"],
        *slowly(
            [
                ["--lr", "0.1,", "0.5,", "2"],
                ["--lr", "0.1", "--lr", "0.5", "2"],
                ["--lr", "0.1", "0.5", "2"],
                ["--lr", "0.1,0.5,2"],
                ["--lr=0.1,0.5,2"],
                ["classic", "--lr", "0.1", "0.5", "2"],
            ]
        ),
    ],
    ids=" ".join,
)
def test_rates_may_be_typed_in_several_ways(capsys, arguments):
    """Spaces, commas and repeated options give the same rates, before and after the template."""
    code, out, err = typed(capsys, "build", *arguments, "--iterations", "2")

    assert (code, out, err) == (0, f"{Path('output/classic.xlsx')}\n", "")
    assert rates_of("output/classic.xlsx") == {"0.1", "0.5", "2"}


@pytest.mark.slow
def test_a_template_after_the_rates_is_the_template(capsys):
    """A name or a path of a TOML file at the end of the rates is no rate."""
    code, out, _ = typed(capsys, "build", "--lr", "0.5", "mazur", "--iterations", "2")
    assert (code, out) == (0, f"{Path('output/mazur.xlsx')}\n")


@pytest.mark.slow
def test_a_rate_given_twice_is_built_once(capsys):
    """A note on stderr says so, and the workbook is made."""
    code, _, err = typed(capsys, "build", "--lr", "0.1", "0.10", "2", "--iterations", "2")

    assert code == 0
    assert err == "sheetprop: --lr: 0.1 is given twice and built once\n"
    assert rates_of("output/classic.xlsx") == {"0.1", "2"}


@pytest.mark.parametrize("rate", ["abc", "nan", "inf", "0", "-1", "1e400", "0x1"])
def test_a_rate_that_cannot_be_used_is_one_sentence(capsys, rate):
    """The sentence names the option, what is allowed, and what was typed."""
    code, out, err = typed(capsys, "build", "--lr", "0.1", rate)

    expected = f'--lr: must be numbers greater than 0, as in --lr 0.1 0.5, not "{rate}"'
    assert (code, out) == (2, "")
    assert err.startswith(f"sheetprop: {expected}")
    assert err.count("\n") == 1


def test_a_comma_inside_a_number_is_explained(capsys):
    """Whoever types 0,5 learns that the point is meant."""
    assert "a decimal number is written with a point" in typed(capsys, "build", "--lr", "0,5")[2]


def test_a_misspelt_template_after_the_rates_is_explained(capsys):
    """The sentence suggests the template instead of calling it a bad number only."""
    err = typed(capsys, "build", "--lr", "0.1", "clasic")[2]
    assert 'did you mean the template "classic"?' in err


@pytest.mark.parametrize("iterations", ["0", "-3", "1.5", "many", ""])
def test_iterations_that_cannot_be_used_are_one_sentence(capsys, iterations):
    """The sentence names the option, what is allowed, and what was typed."""
    code, out, err = typed(capsys, "build", "--iterations", iterations)

    assert (code, out) == (2, "")
    assert err.startswith("sheetprop: --iterations: must be a whole number of at least 1, not ")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("new/folder/", "new/folder/classic.xlsx"),
        ("new/folder/mine.xlsx", "new/folder/mine.xlsx"),
        pytest.param("mine.xlsx", "mine.xlsx", marks=pytest.mark.slow),
        pytest.param("MINE.XLSX", "MINE.XLSX", marks=pytest.mark.slow),
        pytest.param(".", "classic.xlsx", marks=pytest.mark.slow),
    ],
)
def test_output_is_a_file_or_a_folder(capsys, output, expected):
    """Folders that are missing are made; in a folder the file is named after the template."""
    few = ["--lr", "0.5", "--iterations", "2"]
    code, out, _ = typed(capsys, "build", *few, "-o", output)

    assert (code, out) == (0, f"{Path(expected)}\n")
    assert Path(expected).is_file()


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("mine", "mine: must end in .xlsx, or in / when a folder is meant"),
        ("mine.xls", "mine.xls: must end in .xlsx, or in / when a folder is meant"),
        ("", '"": is no path'),
        ("file.txt/mine.xlsx", "file.txt/mine.xlsx: cannot be written"),
    ],
)
def test_an_output_that_cannot_be_written_is_one_sentence(capsys, output, expected):
    """Nothing is written and the sentence says what is allowed."""
    Path("file.txt").write_text("here before")
    code, out, err = typed(capsys, "build", "--iterations", "2", "-o", output)

    assert (code, out) == (2, "")
    assert err.startswith(f"sheetprop: {expected}")
    assert [path.name for path in Path().iterdir()] == ["file.txt"]


def test_nothing_is_overwritten_without_force(capsys):
    """A file that exists stays as it is, and the sentence says how to overwrite it."""
    Path("mine.xlsx").write_text("precious")
    code, out, err = typed(capsys, "build", "--iterations", "2", "-o", "mine.xlsx")

    assert (code, out) == (2, "")
    assert "mine.xlsx: exists already; overwrite it with --force" in err
    assert Path("mine.xlsx").read_text() == "precious"


def test_force_overwrites(capsys):
    """With --force the old file is replaced by the workbook."""
    Path("mine.xlsx").write_text("old")

    arguments = ["build", "--lr", "0.5", "--iterations", "2", "-o", "mine.xlsx", "--force"]
    assert typed(capsys, *arguments)[0] == 0
    assert rates_of("mine.xlsx") == {"0.5"}


@pytest.mark.parametrize(
    ("failure", "code"), [(OSError(28, "No space left on device"), 2), (KeyboardInterrupt(), 130)]
)
def test_a_half_written_file_never_stays(capsys, monkeypatch, failure, code):
    """When writing fails or is interrupted, what stood there is untouched and nothing is added."""
    Path("mine.xlsx").write_text("precious")

    def fail(_workbook, path, _told):
        path.write_text("half")
        raise failure

    monkeypatch.setattr("sheetprop.workbooks.writing.xlsx.save", fail)
    arguments = ["build", "--iterations", "2", "-o", "mine.xlsx", "--force"]

    assert typed(capsys, *arguments)[:2] == (code, "")
    assert [path.name for path in Path().iterdir()] == ["mine.xlsx"]
    assert Path("mine.xlsx").read_text() == "precious"


@pytest.mark.slow
def test_a_workbook_may_be_read_by_others():
    """The file has the permissions that any new file has, not those of a temporary one."""
    Path("plain").touch()
    path = sheetprop.build(learning_rates=[0.5], iterations=2, output="mine.xlsx")
    assert path.stat().st_mode == Path("plain").stat().st_mode


@pytest.mark.slow
def test_the_function_does_what_the_command_does():
    """`sheetprop.build` takes the same names, and returns the path."""
    path = sheetprop.build("mazur", learning_rates=[0.5, 0.5], iterations=2)

    assert path == Path("output/mazur.xlsx")
    with pytest.raises(WorkbookError):
        sheetprop.build("mazur", iterations=2)
    assert sheetprop.build("mazur", learning_rates=[0.5], iterations=2, force=True) == path


def test_a_file_of_ones_own_gives_its_name_to_the_workbook(capsys):
    """output/ holds the workbook under the name of the template."""
    Path("lesson one.toml").write_text(
        "[network]\nlayers = [1, 1]\n[data]\ninputs = [1]\ntargets = [0.5]\nweights = [0.2]\n"
        "[training]\nlearning_rates = [3]\niterations = 2\n"
    )
    assert typed(capsys, "build", "lesson one.toml")[0] == 0
    assert rates_of("output/lesson one.xlsx") == {"3"}


@pytest.mark.slow
@pytest.mark.parametrize(("text", "said"), [("1,5", True), ("0.1,0.5", False), ("1,", False)])
def test_a_decimal_comma_is_pointed_out(capsys, monkeypatch, tmp_path, text, said):
    """``--lr 1,5`` is two rates; the sentence says so, and what one rate would be."""
    monkeypatch.chdir(tmp_path)
    _, _, err = typed(capsys, "build", "--lr", text, "--iterations", "2")
    sentence = "--lr: 1,5 is read as two rates, 1 and 5; a decimal number has a point, 1.5"

    assert (sentence in err) == said
