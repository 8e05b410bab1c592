"""Tables without columns for the sums, or the single errors: others write them out."""

from __future__ import annotations

from pathlib import Path

import pytest
from worksheets import ORDER, Table, checked

SHORT = Table(iterations=3, order=tuple(n for n in ORDER if n not in ("o1", "E1", "E2"))).changed(
    "E_total", "=0.5*(({t1}-{a_o1})^2+({t2}-{a_o2})^2)"
)
RIGHT = "=1/(1+EXP(-({w5}*{a_h1}+{w6}*{a_h2})))"


def test_a_sum_written_into_its_activation_needs_no_column(tmp_path: Path) -> None:
    """Nothing is missing where all that take it are right; then it counts for nothing."""
    report = checked(tmp_path, SHORT.changed("a_o1", RIGHT))

    assert (report.verdict, report.findings, report.possible) == ("correct", (), len(SHORT.order))


@pytest.mark.slow
def test_a_wrong_sum_within_an_activation_has_a_right_formula(tmp_path: Path) -> None:
    """What is offered for it takes cells that are there."""
    (finding,) = checked(tmp_path, SHORT.changed("a_o1", RIGHT.replace("w6", "w7"))).errors

    assert finding.mistake == "wrong-neuron"
    assert SHORT.filled(RIGHT, 0) == finding.expected


@pytest.mark.slow
def test_what_google_alone_calculates_is_not_judged(tmp_path: Path) -> None:
    """The file has its last value, which follows no other number: nothing is accused by that."""
    text = '=IFERROR(__xludf.DUMMYFUNCTION("ARRAYFORMULA(1/(1+EXP(-{h1})))"),0.5)'
    report = checked(tmp_path, Table(iterations=3).changed("a_h1", text))

    assert (report.verdict, report.errors) == ("undecided", ())
    assert "Google" in report.not_judged[0].reason
