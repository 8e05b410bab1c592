"""Targets given once on a sheet of their own: which cell is which, most formulas tell."""

from __future__ import annotations

from pathlib import Path

from worksheets import ORDER, RIGHT, Table, save

from sheetprop.checking.check import check_file
from sheetprop.checking.report import Report

CELLS = {"{t1}": "'Soll Werte'!$B$1", "{t2}": "'Soll Werte'!$B$2"}


def with_targets_elsewhere(folder: Path, changes: dict[str, str]) -> Report:
    table = Table(order=tuple(name for name in ORDER if name not in ("t1", "t2")))
    for name, formula in (RIGHT | changes).items():
        elsewhere = formula
        for target, cell in CELLS.items():
            elsewhere = elsewhere.replace(target, cell)
        if elsewhere != formula:
            table = table.changed(name, elsewhere)
    further = {"Soll Werte": {"B1": 0.01, "B2": 0.99}}
    return check_file(save(folder / "student.xlsx", table, further=further))


def test_one_wrong_error_does_not_exchange_the_targets(tmp_path: Path) -> None:
    """E2 with the target of the other output is wrong, and nothing that takes the right ones."""
    report = with_targets_elsewhere(tmp_path, {"E2": RIGHT["E2"].replace("t2", "t1")})
    (found,) = report.errors
    assert [place.quantity for place in found.places] == ["E2"]
    assert found.expected is not None
    assert "'Soll Werte'!$B$2" in found.expected
    assert "missing-quantity" not in {one.mistake for one in report.findings}
    assert report.losses[0].problem is None
