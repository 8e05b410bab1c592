"""Gradients with the opposite sign, which updates add: right, and judged as such."""

from __future__ import annotations

from pathlib import Path

import pytest
from unforeseen.board import board_of
from worksheets import GRADIENTS, RIGHT, WEIGHTS, Table

import sheetprop

NEGATIVE = {
    **{name: f"=-({RIGHT[name][1:]})" for name in GRADIENTS},
    **{w: f"={{{w}[-1]}}+{{eta}}*{{dE/d{w}[-1]}}" for w in WEIGHTS},
}


def _table(changes: dict[str, str]) -> Table:
    table = Table()
    for name, formula in changes.items():
        table = table.changed(name, formula)
    return table


@pytest.mark.slow
def test_one_slip_among_opposite_signs(tmp_path: Path) -> None:
    """Only the gradients with another neuron's slope are accused, not the signs of all."""
    slips = {n: NEGATIVE[n].replace("a_h2", "a_h1") for n in ("dE/dw3", "dE/dw4")}
    report = sheetprop.check(board_of(_table(NEGATIVE | slips)).save(tmp_path))[0]
    assert {"wrong-neuron"} == {found.mistake for found in report.errors}
    assert {"dE/dw3", "dE/dw4"} == {p.quantity for found in report.errors for p in found.places}


def test_updates_that_add_usual_gradients(tmp_path: Path) -> None:
    """Updates that go up are wrong where the gradients have their usual sign."""
    changes = {w: NEGATIVE[w] for w in WEIGHTS}
    report = sheetprop.check(board_of(_table(changes)).save(tmp_path))[0]
    assert {"wrong-sign"} == {found.mistake for found in report.errors}
