"""How a cell came to its verdict, told stage by stage."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_files import cell, with_rows
from worksheets import RIGHT, Table, save

import sheetprop
from sheetprop.batch import cells
from sheetprop.checking import why as why_module
from sheetprop.cli import main
from sheetprop.errors import SpecError, WorkbookError
from sheetprop.workbooks.reading import package
from sheetprop.workers.limits import Limits

WRONG = Table().changed("dE/dw3", RIGHT["dE/dw3"].replace("a_h2", "a_h1"))
STAGES = [
    "cell",
    "found",
    "fitted",
    "read",
    "right",
    "judged",
    "what-if",
    "tried",
    "named",
    "ledger",
]


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("why") / "wrong.xlsx", WRONG)


def stages(text: str) -> list[str]:
    """Return the stages that speak, each once."""
    return list(dict.fromkeys(line[:10].strip() for line in text.splitlines()))


def test_every_stage_speaks_of_a_wrong_cell(wrong: Path) -> None:
    """A wrong cell's story goes from its header to its finding."""
    text = sheetprop.why(wrong, "Sheet1!Z33")

    assert stages(text) == STAGES
    assert "the header says “dE/dw3”" in text
    assert "η = 2 in Sheet1!G30" in text
    assert "another value at 8 of 8 random points" in text
    assert "wrong-neuron (1 changed)" in text
    assert text.splitlines()[-1].endswith("wrong: finding 1, SP203 wrong-neuron")


def test_a_right_cell_says_how_that_is_known(wrong: Path) -> None:
    """A right cell was compared at random points."""
    text = sheetprop.why(wrong, "'Sheet1'!$E$33")

    assert "the same value at all 8 random points" in text
    assert "right: it computes the right formula" in text


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("G30", "η, the learning rate"),
        ("E32", "given: a number that belongs there"),
        ("a1", "it is in no table"),
    ],
)
def test_cells_that_compute_nothing(wrong: Path, cell: str, said: str) -> None:
    """A given cell, the rate, and a cell of no table say what they are."""
    assert said in sheetprop.why(wrong, cell)


@pytest.mark.parametrize("cell", ["Z12345678", "Sheet9!A1", "Z0", "Sheet1!"])
def test_what_is_no_cell_is_refused(wrong: Path, cell: str) -> None:
    """Text that names no cell of the workbook is answered with what to write."""
    with pytest.raises(SpecError, match="cell"):
        sheetprop.why(wrong, cell)


@pytest.mark.slow
def test_the_command_prints_it(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check --why` prints the story and nothing else."""
    assert main(["check", str(wrong), "--why", "Z33"]) == 0
    assert capsys.readouterr().out == sheetprop.why(wrong, "Z33") + "\n"


def test_a_hostile_file_is_asked_about_within_limits(tmp_path: Path) -> None:
    """A file that takes all memory, or is none, is answered in a sentence; nothing here suffers."""
    (tmp_path / "text.xlsx").write_text("no workbook")
    with pytest.raises(WorkbookError, match="no workbook but text"):
        sheetprop.why(tmp_path / "text.xlsx", "A1")


@pytest.mark.slow
def test_memory_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file for which the memory that a worker has is too little ends the worker, no more."""
    monkeypatch.setattr(cells, "LIMITS", Limits(seconds=7, memory=150 << 20))
    columns = "ABCDEFGHIJKLMNOPQRST"
    rows = (
        f'<row r="{k}">{"".join(cell(f"{c}{k}", f"{c}{k - 1}+{k}") for c in columns)}</row>'
        for k in range(100, 9000)
    )

    with pytest.raises(WorkbookError, match="too much memory"):
        sheetprop.why(with_rows(tmp_path / "a.xlsx", rows), "A159")


def test_the_file_is_read_in_a_worker(wrong: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that asks never opens it."""

    def opened(*_: object) -> None:
        raise AssertionError("read outside of a worker")

    monkeypatch.setattr(package, "content_at", opened)
    monkeypatch.setattr(package, "open_package", opened)
    monkeypatch.setattr(why_module, "read", opened)
    assert "E_total" in sheetprop.why(wrong, "W33")


def test_one_file_that_cannot_be_asked_costs_one_line(
    wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The others are told about all the same."""
    assert main(["check", str(tmp_path / "missing.xlsx"), str(wrong), "--why", "Z33"]) == 2

    out, err = capsys.readouterr()
    assert "missing.xlsx: there is no such file" in err
    assert "wrong-neuron" in out


def test_texts_of_strangers_are_harmless(tmp_path: Path) -> None:
    """A cell that holds an escape sequence shows none."""
    path = save(tmp_path / "a.xlsx", Table(), further={"Sheet1": {"A1": "a\x9b2Jb"}})

    assert "\x9b" not in sheetprop.why(path, "A1")
