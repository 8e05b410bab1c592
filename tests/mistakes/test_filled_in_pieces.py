"""Worksheets filled in pieces: references slide by the piece, formulas land in other columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from worksheets import DELTA_1, DELTA_2, Table, checked, in_tables

SLID = Table(rate_cell=(30, 2), iterations=12)
"""η stands above the targets t2."""


def named(table: Table, folder: Path) -> list[tuple[str, set[str | None]]]:
    """Return the findings in the table, each with its quantities."""
    findings = in_tables(checked(folder, table))
    return [(one.mistake, {place.quantity for place in one.places}) for one in findings]


def test_a_rate_slides_by_pieces(tmp_path: Path) -> None:
    """Some rows refer to η, others to cells below it: it is one reference without $."""
    table = SLID.changed("w1", "={w1[-1]}-B32*{dE/dw1[-1]}", [3, 4])
    table = table.changed("w1", "={w1[-1]}-B35*{dE/dw1[-1]}", [6, 7, 8])

    assert named(table, tmp_path) == [("sliding-rate", {"w1"})]


def test_a_fixed_reference_does_not_slide(tmp_path: Path) -> None:
    """With $ it is the wrong cell, whoever chose it."""
    table = SLID.changed("w1", "={w1[-1]}-$B$32*{dE/dw1[-1]}")

    assert "sliding-rate" not in [name for name, _ in named(table, tmp_path)]


def test_a_formula_of_another_column(tmp_path: Path) -> None:
    """A weight updated as another one is a wrong neuron, not something unexplained."""
    table = Table().changed("w3", "={w2[-1]}-{eta}*{dE/dw2[-1]}")

    assert named(table, tmp_path) == [("wrong-neuron", {"w3"})]


@pytest.mark.slow
def test_a_wrong_formula_of_another_column(tmp_path: Path) -> None:
    """What is wrong in several ways at once is told by where it was copied from."""
    odd = f"=({DELTA_1}*{{w6}}*{{a_o1}}+{DELTA_2}*{{t1}}*{{w8}})*{{a_h2}}*{{i1}}*{{h1}}"
    table = Table().changed("dE/dw3", odd).changed("dE/dw4", odd, [2, 3, 5, 6])
    found = in_tables(checked(tmp_path, table))

    assert [one.mistake for one in found if "formula of ∂E/∂w3" in one.message]


def test_causes_come_before_effects(tmp_path: Path) -> None:
    """What is computed first is told first, whichever column it stands in."""
    table = Table().changed("w1", "={w1[-1]}+{eta}*{dE/dw1[-1]}")
    table = table.changed("dE/dw5", f"={DELTA_1}").changed("a_h1", "=1/(1+EXP({h1}))")

    assert [names for _, names in named(table, tmp_path)] == [{"a_h1"}, {"dE/dw5"}, {"w1"}]
