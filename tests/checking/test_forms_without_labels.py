"""One iteration in cells anywhere, its labels saying nothing: formulas tell what each cell is."""

from __future__ import annotations

from pathlib import Path

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
    assert report_of({"w3": None}, tmp_path).verdict == "not-recognised"
