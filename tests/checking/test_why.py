"""How a cell came to its verdict, told stage by stage."""

from __future__ import annotations

from pathlib import Path

import pytest
from worksheets import RIGHT, Table, save

import sheetprop
from sheetprop.cli import main
from sheetprop.errors import SpecError

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


@pytest.mark.parametrize("cell", ["Z", "Sheet9!A1", "Z0", "Sheet1!"])
def test_what_is_no_cell_is_refused(wrong: Path, cell: str) -> None:
    """Text that names no cell of the workbook is answered with what to write."""
    with pytest.raises(SpecError, match="cell"):
        sheetprop.why(wrong, cell)


@pytest.mark.slow
def test_the_command_prints_it(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check --why` prints the story and nothing else."""
    assert main(["check", str(wrong), "--why", "Z33"]) == 0
    assert capsys.readouterr().out == sheetprop.why(wrong, "Z33") + "\n"
