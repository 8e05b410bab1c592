"""An error is followed to its source over helper cells, by each of them once."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from worksheets import Table, checked, save

from sheetprop.checking.check import check_file
from sheetprop.mistakes.cells import error_sources

MOST = 1_000
"""Helper cells looked at in all: there are eighty, and errors in some cells of the table."""


def test_errors_by_millions_of_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two ways to each helper cell, and two from there on, are not all gone."""
    table = Table(iterations=2).changed("h1", "={w1}*{i1}+{w2}*{i2}+AZ100*0")
    book = openpyxl.load_workbook(save(tmp_path / "a.xlsx", table))
    for row in range(100, 140):
        book.active[f"AZ{row}"] = f"=AZ{row + 1}+BA{row + 1}"
        book.active[f"BA{row}"] = f"=AZ{row + 1}-BA{row + 1}"
    book.active["AZ140"] = "=1/0"
    book.save(tmp_path / "a.xlsx")
    looked_at = []
    found = error_sources._referred

    def counted(*place: object) -> list[error_sources.Cell]:
        looked_at.append(place)
        assert len(looked_at) < MOST
        return found(*place)  # type: ignore[arg-type]

    monkeypatch.setattr(error_sources, "_referred", counted)
    report = check_file(tmp_path / "a.xlsx")

    assert "error-value" in {finding.mistake for finding in report.findings}
    assert looked_at


def test_an_error_that_the_table_hands_on(tmp_path: Path) -> None:
    """Where it comes from the table itself, only the first cell is accused."""
    table = Table(iterations=2).changed("a_h1", "=1/({h1}-{h1})")
    report = checked(tmp_path, table)

    (finding,) = [one for one in report.findings if one.mistake == "error-value"]
    assert {place.quantity for place in finding.places} == {"a_h1"}
