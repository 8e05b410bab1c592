"""A calculation ends after so much processor time, and not because a machine is busy."""

from __future__ import annotations

import pytest

from sheetprop.calculating import patience
from sheetprop.calculating.engine import Engine
from sheetprop.calculating.failures import CalculationError
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

ROWS = 2000


def slow() -> Workbook:
    """Return a workbook that takes some seconds: each of many cells goes through all numbers."""
    cells = {(row, 1): Cell(1.0) for row in range(1, ROWS + 1)}
    products = f"=SUMPRODUCT(A1:A{ROWS}*A1:A{ROWS})"
    cells |= {(row, 2): Cell(None, f"{products}+{row}") for row in range(1, ROWS + 1)}
    return Workbook((Sheet("S", cells),))


def test_a_calculation_is_told_to_stop_and_another_may_follow(monkeypatch):
    monkeypatch.setattr(patience, "MOST_SECONDS", 0.02)
    monkeypatch.setattr(patience, "LOOK_EVERY", 0.01)

    with pytest.raises(CalculationError, match="too long"):
        Engine(slow())
    assert Engine(Workbook((Sheet("S", {(1, 1): Cell(None, "=1+1")}),))).value("S", (1, 1)) == 2.0


def test_time_in_which_the_processor_does_something_else_does_not_count(monkeypatch):
    told = []
    monkeypatch.setattr(patience, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(patience, "MOST_SECONDS", 0.02)

    class Waiting:
        def cancel(self) -> None:
            told.append("stop")

        reset_cancel = cancel

    with patience.within_processor_time(Waiting()):
        patience.time.sleep(0.1)

    assert told == []
