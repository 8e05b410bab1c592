"""Sentences that are true for this worksheet: no difference of nothing, no place that is none."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from pathlib import Path

import pytest
from worksheets import ORDER, WEIGHTS, Table, checked

from sheetprop.calculating.agreement import told_apart
from sheetprop.checking.report import Finding, Loss, Place
from sheetprop.reports import text, words

FOUND = Finding("wrong-sign", "SP201", "error", (Place("S", "A1:A9", "h1"),), "h1 is wrong.")


@pytest.mark.parametrize(
    ("pair", "texts"),
    [
        ((0.5, 0.25), ("0.5", "0.25")),
        ((0.00019683841, 0.00019683842), ("0.00019683841", "0.00019683842")),
        ((1.0, 1.0 + 1e-15), ("1", "1.000000000000001")),
        ((0.1, 0.1), ("0.1", "0.1")),
    ],
)
def test_as_many_digits_as_tell_them_apart(
    pair: tuple[float, float], texts: tuple[str, str]
) -> None:
    """Two numbers that differ are shown with digits enough to see it, and with no more."""
    assert told_apart(*pair) == texts


def test_losses_that_differ_are_shown_so() -> None:
    """E_total and that of the right run are never the same number said to differ."""
    said = words.loss_line(Loss("Sheet1", 67, 0.00019683841, 0.00019683842))

    assert "is 0.00019683841; in the right run it is 0.00019683842" in said


@pytest.mark.parametrize("error", [None, 0.0, 1.3e-16])
def test_nothing_is_no_effect(error: float | None) -> None:
    """Where the first cell is not off, nothing is said of how far off it is."""
    assert words.effect(replace(FOUND, relative_error=error)) == ""


def test_an_effect_is_told() -> None:
    """Where it is off, it is said by how much."""
    assert words.effect(replace(FOUND, relative_error=0.25)).startswith("h1 is off by 25 % in A1")


def test_what_has_no_cells_is_on_its_sheet(tmp_path: Path) -> None:
    """Columns that are not there are said to be missing on a sheet, not in cells without names."""
    order = tuple(name for name in ORDER if name not in ("E1", "E2", "E_total"))
    report = checked(tmp_path, Table(order=order))

    assert "where    Sheet1\n" in text.render([report])
    assert words.places_text([Place("S", ""), Place("S", "A1"), Place("S", "")]) == "S!A1"


def test_an_empty_rate_is_no_typed_number(tmp_path: Path) -> None:
    """Updates that refer to an empty cell for η are told which cell to fill."""
    report = checked(tmp_path, Table(rate=None))

    assert [(one.mistake, one.severity) for one in report.findings] == [
        ("missing-quantity", "error")
    ]
    assert "η is taken from $G$30, which is empty" in report.findings[0].message
    assert report.findings[0].expected is None


def test_weights_copied_down_lack_their_update(tmp_path: Path) -> None:
    """A weight that is only carried on has lost no path of the error."""
    table = reduce(lambda made, w: made.changed(w, f"={{{w}[-1]}}"), WEIGHTS, Table())
    (finding,) = checked(tmp_path, table).findings

    assert finding.mistake == "missing-update"
    assert "η times ∂E/∂w1′ (X32) taken away" in finding.why


def test_a_sliding_rate_is_told_its_own_cell(tmp_path: Path) -> None:
    """The reference to write is that of this worksheet's η."""
    table = Table(rate_cell=(29, 2)).changed("w2", "={w2[-1]}-{eta[+0]}*{dE/dw2[-1]}")
    (finding,) = checked(tmp_path, table).findings

    assert "Write it as $B$29 in the first update" in finding.why


@pytest.mark.parametrize(
    ("quantity", "formula", "said"),
    [
        ("dE/dw6", "=({a_o1}-{t1})*{a_o1}*(1-{a_o1})*{a_h1}", "for w6 (N32) that is a_h2 (L32)"),
        ("w4", "={w3[-1]}-{eta}*{dE/dw4[-1]}", "goes on from the weight's own last value, w4′"),
        ("h2", "={w2}*{i1}+{w4}*{i2}", "w3 (G32) joins i1 to h2, w2 (F32) joins i2 to h1"),
        ("E2", "=0.5*({t1}-{a_o2})^2", "t1 (A32) is what a_o1 should be"),
    ],
)
def test_another_neuron_is_told_where_it_is(
    quantity: str, formula: str, said: str, tmp_path: Path
) -> None:
    """What is said of a wrong neuron is about this formula and its cells, not about a_h2."""
    (finding,) = checked(tmp_path, Table().changed(quantity, formula)).findings

    assert finding.mistake == "wrong-neuron"
    assert said in finding.why
