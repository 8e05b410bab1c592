"""Where no worksheet is found, it is said what was found, where, and what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from worksheets import ORDER, Content, checked

from sheetprop.checking.report import Report

Cells = dict[str, dict[str, Content]]


def reason(folder: Path, cells: Cells) -> str:
    """Return why a workbook of these cells is not recognised."""
    report: Report = checked(folder, further=cells)
    assert report.verdict == "not-recognised"
    return str(report.reason)


def across(row: int, *names: str) -> dict[str, Content]:
    return {f"{chr(65 + k)}{row}": name for k, name in enumerate(names)}


def test_headers_with_nothing_below(tmp_path: Path) -> None:
    """The row of headers is named, and that there is nothing below it."""
    told = reason(tmp_path, {"Run": across(5, *ORDER[:20])})

    assert told.startswith("there are headers in row 5 of Run (t1, t2, i1, ")
    assert told.endswith("but no numbers below them")


def test_headers_down_with_nothing_beside(tmp_path: Path) -> None:
    """A column of headers is one too."""
    told = reason(tmp_path, {"Run": {f"B{k}": name for k, name in enumerate(ORDER[:20], 3)}})

    assert told.startswith("there are headers in column B of Run")
    assert told.endswith("but no numbers right of them")


def test_quantities_on_several_sheets(tmp_path: Path) -> None:
    """What the fullest row lacks is said, and where other quantities stand."""
    weights = across(1, "w1", "w2", "w3", "h1") | across(2, *"1111")
    values = across(3, "t1", "t2", "i1", "i2", "a_h1") | across(4, *"11111")
    numbers: Cells = {
        "Weights": {k: float(v) if str(v).isdigit() else v for k, v in weights.items()},
        "Values": {k: float(v) if str(v).isdigit() else v for k, v in values.items()},
    }
    told = reason(tmp_path, numbers)

    assert "row 3 of Values (t1, t2, i1, i2, a_h1) lack weights (w1 …)" in told
    assert "there are others in row 1 of Weights (w1, w2, w3, h1)" in told


@pytest.mark.parametrize("names", [("i1", "i2", "i3", "i4", "i5"), ("a", "b", "c", "d")])
def test_other_headers_are_none_of_ours(names: tuple[str, ...], tmp_path: Path) -> None:
    """Names of one kind only, or of none, are no worksheet's headers."""
    assert reason(tmp_path, {"Data": across(1, *names)}).startswith("no row of headers")


def test_whole_matrices(tmp_path: Path) -> None:
    """Where matrices are multiplied the places are named, and no row of headers is missed."""
    told = reason(tmp_path, {"Net": {"A1": "W", "A2": 0.1, "B2": 0.2, "D2": "=MMULT(A2:B2,F2:F3)"}})

    assert told.startswith("whole matrices are multiplied in D2 of Net, and no text names ")


def test_two_odd_cells_are_no_lesson(tmp_path: Path) -> None:
    """What is called “sig” in a network of its own is no wrong table of activations."""
    head = across(2, "A", "B", "N1", "sig(N1)", "N5 (x)")
    rows = {**across(3, "init", "p", "0", "0", "0"), "B4": 0.5, "D4": "=1/(1+EXP(-C4))"}
    numbers: dict[str, Content] = {"C3": 0, "D3": 0, "E3": 0, "C4": "=B4*0.6", "E4": "=D4*0.6"}

    assert reason(tmp_path, {"Plan": {**head, **rows, **numbers}})


@pytest.mark.parametrize(
    "lines",
    [
        ("28×28×1 | 3×3×1×16 | 26×26×16", "26×26×16 | 3×3×16×32 | 24×24×32"),
        ("   Conv2d-1    [-1, 16, 26, 26]    160", "     ReLU-2    [-1, 16, 26, 26]      0"),
    ],
)
def test_lines_of_layers_that_stand_in_one_cell_each(
    tmp_path: Path, lines: tuple[str, str]
) -> None:
    """It is said where they are and that they have to be split."""
    told = reason(tmp_path, {"Net": {f"A{k}": text for k, text in enumerate(lines, 3)}})

    assert told.startswith("whole lines of a table of layers stand in A3:A4 of Net: split them")
