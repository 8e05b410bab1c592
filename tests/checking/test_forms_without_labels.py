"""One iteration in cells anywhere, its labels saying nothing: formulas tell what each cell is."""

from __future__ import annotations

from pathlib import Path

import pytest
from unforeseen.layouts import blocks
from worksheets import RIGHT, WEIGHTS

from sheetprop.checking.check import check_file
from sheetprop.checking.report import Report


def report_of(changes: dict[str, str | None], folder: Path) -> Report:
    """Check the form with other formulas, or nothing, for some new weights and other cells."""
    board = blocks.unlabelled_form(RIGHT)
    for name, formula in changes.items():
        step = 1 if name in WEIGHTS else 0
        board.set(name, step, formula and board.filled(formula, name, step))
    board.save(folder)
    return check_file(folder / board.file)


def test_a_form_is_known_by_its_formulas(tmp_path: Path) -> None:
    """Every quantity is found and right, the new weights too."""
    report = report_of({}, tmp_path)

    assert report.verdict == "correct"
    assert len(report.tables[0].quantities) == len(RIGHT) + 4


def test_a_slip_is_found_in_its_cell(tmp_path: Path) -> None:
    """A new weight with the sign of an ascent is the only finding."""
    report = report_of({"w6": "={w6[-1]}+{eta}*{dE/dw6[-1]}"}, tmp_path)

    assert [(f.mistake, len(f.places)) for f in report.errors] == [("wrong-sign", 1)]


def test_a_form_without_all_new_weights_is_not_taken_for_right(tmp_path: Path) -> None:
    """Nothing tells where the one that is missing belongs."""
    report = report_of({"w3": None}, tmp_path)

    assert report.verdict == "not-recognised"
    assert "P3, Q3, P4, Q4, Q5, P6, Q6 update the numbers" in (report.reason or "")


@pytest.mark.slow
@pytest.mark.parametrize("content", [None, "0.7"])
@pytest.mark.parametrize("name", ["a_o1", "o1"])
def test_what_a_form_has_lost_is_not_made_up_for(
    name: str, content: str | None, tmp_path: Path
) -> None:
    """Without an activation its sum is of no neuron; weights of none make no smaller network."""
    assert report_of({name: content and f"={content}"}, tmp_path).verdict == "not-recognised"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("o1", "={w5}*{a_h1}-{w6}*{a_h2}"),
        ("a_o1", "=1/(1+EXP(-{o2}))"),
        ("h2", "=-{w3}*{i1}+{w4}*{i2}"),
    ],
)
def test_a_slip_in_the_forward_pass_is_found_in_its_cell(
    name: str, formula: str, tmp_path: Path
) -> None:
    """A sum with a wrong sign is a sum, and what nothing takes hides no update."""
    (finding,) = report_of({name: formula}, tmp_path).errors

    assert [place.quantity for place in finding.places] == [name]
