"""What mistakes amount to: E_total after the last iteration beside that of the right run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from worksheets import Table, checked

import sheetprop
from sheetprop.template import load


def test_losses_are_those_of_numpy(tmp_path: Path) -> None:
    """The right run is that of plain NumPy from the student's start; the own one is the cell's."""
    table = replace(Table(), iterations=20)
    report = checked(tmp_path, table.changed("w1", "={w1[-1]}+{eta}*{dE/dw1[-1]}"))
    (loss,) = report.losses
    spec = replace(load("classic"), texts={})
    right = sheetprop.trace(spec, [report.tables[0].learning_rate or 0.0], 20)["E_total"].iloc[-1]

    assert loss.iteration == 19
    assert loss.right == pytest.approx(right, rel=1e-12)
    assert loss.own is not None
    assert loss.own > right


def test_a_right_sheet_has_no_losses_to_tell(tmp_path: Path) -> None:
    """Nothing is calculated for what is right."""
    assert checked(tmp_path, Table()).losses == ()
