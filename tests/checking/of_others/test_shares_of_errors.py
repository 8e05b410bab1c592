"""Squared errors of which the total is the mean: another share of it, and right."""

from __future__ import annotations

from pathlib import Path

import pytest
from worksheets import Table, checked


@pytest.mark.slow
@pytest.mark.parametrize("target", ["t1", "t2"])
def test_a_slip_in_one_accuses_neither_the_others_nor_the_total(
    target: str, tmp_path: Path
) -> None:
    """What is not known of the others is not known of it; that it is another is said."""
    table = Table(iterations=3).changed("E1", f"=({{{target}}}-{{a_o1}})^2")
    table = table.changed("E2", "=({t2}-{a_o2})^2").changed("E_total", "=({E1}+{E2})/2")
    report = checked(tmp_path, table)
    said = [one.reason for one in report.not_judged]

    assert (report.verdict, report.errors) == ("undecided", ())
    assert sum("is none of them" in one for one in said) == (target == "t2")
