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


@pytest.mark.slow
@pytest.mark.parametrize(
    "slips",
    [
        {"w5": "={w5[-1]}-{eta}*{dE/dw5[-1]}"},
        {"dE/dw7": "=({a_o2}-{t2})*{a_o2}*(1-{a_o2})*{a_h1}"},
    ],
    ids=lambda slips: next(iter(slips)),
)
def test_one_sign_among_opposite_ones(slips: dict[str, str], tmp_path: Path) -> None:
    """What goes up among gradients of the other sign is found, and its right formula has theirs."""
    report = sheetprop.check(board_of(_table(NEGATIVE | slips)).save(tmp_path))[0]
    (found,) = report.errors
    assert ("wrong-sign", [*slips]) == (found.mistake, [p.quantity for p in found.places])
    assert "In this table every gradient is -∂E/∂w" in found.why
    assert found.expected is not None
    assert ("+" in found.expected) == ("w5" in slips)


def test_updates_that_add_usual_gradients(tmp_path: Path) -> None:
    """Updates that go up are wrong where the gradients have their usual sign."""
    changes = {w: NEGATIVE[w] for w in WEIGHTS}
    report = sheetprop.check(board_of(_table(changes)).save(tmp_path))[0]
    assert {"wrong-sign"} == {found.mistake for found in report.errors}
