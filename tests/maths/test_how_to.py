"""The how-to for a new activation, followed word by word."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import test_activations as demands

import sheetprop
from sheetprop import words
from sheetprop.checking.check import check_workbook
from sheetprop.maths import activations, matrix_functions
from sheetprop.shipped import folder
from sheetprop.workbooks.reading.read import read

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "add-an-activation.md").read_text(encoding="utf-8")
ENTRY, WITNESS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
(TEXTS,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
LESSON = """
[network]
layers = [2, 2, 1]
hidden_activation = "softsign"
[data]
inputs = [0.4, -0.7]
targets = [0.8]
weights = [0.5, -0.3, 0.2, 0.6, 0.4, -0.9]
[training]
learning_rates = [0.5]
iterations = 6
"""


@pytest.fixture
def softsign(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[activations.Activation]:
    """The activation of the how-to, added at the places it names."""
    scope = {**vars(activations)}
    exec(ENTRY, scope)
    unit = scope["SOFTSIGN"]
    monkeypatch.setitem(activations.ACTIVATIONS, unit.name, unit)
    witness = eval(f"{{{WITNESS}}}", {"np": np})
    monkeypatch.setitem(matrix_functions.ACTIVATIONS, unit.name, witness[unit.name])
    shutil.copytree(folder(), tmp_path / "templates")
    for path in (tmp_path / "templates" / "languages").iterdir():
        path.write_text(path.read_text(encoding="utf-8") + TEXTS, encoding="utf-8")
    monkeypatch.setattr(words, "folder", lambda: tmp_path / "templates")
    words.texts_of.cache_clear()
    yield unit
    words.texts_of.cache_clear()


def test_the_page_shows_what_it_takes():
    """An entry, a line for the witness, and two texts."""
    assert "SOFTSIGN = Activation(" in ENTRY
    assert len(tomllib.loads(TEXTS)) == 2


def test_the_new_activation_passes_the_demands(softsign):
    """It has all that the tests of activations ask of each one."""
    demands.test_the_slope_is_the_derivative.hypothesis.inner_test(softsign, 0.7)
    demands.test_the_witness_agrees(softsign)
    demands.test_the_tie_holds_for_right_answers(softsign)
    demands.test_the_tie_does_not_hold_for_wrong_answers(softsign, 1.0002)
    demands.test_neither_tie_nor_move_is_the_formula(softsign)
    demands.test_duals_carry_its_slope(softsign)
    demands.test_every_language_has_its_words(softsign, "hi")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variant", "verdict"), [("worked", "correct"), ("blank", "incomplete")], ids=str
)
def test_a_workbook_with_it_is_built_and_checked(softsign, tmp_path, variant, verdict):
    """A template may name it; the workbook that comes of it is right."""
    lesson, out = tmp_path / "lesson.toml", tmp_path / "out.xlsx"
    lesson.write_text(LESSON, encoding="utf-8")
    sheetprop.build(str(lesson), variant=variant, output=out)
    # In this process: another one would know nothing of what a test has added.
    report = check_workbook(read(out), "out.xlsx", with_pictures=True)

    assert (report.verdict, report.errors) == (verdict, ())
    assert variant == "blank" or len(report.pictures[0].matching) == 23
