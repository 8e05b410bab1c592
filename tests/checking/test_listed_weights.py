"""Forms in which weights are listed, with their gradients and new values under one header each."""

from __future__ import annotations

import re

import pytest
from worksheets import RIGHT, WEIGHTS, Table

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

GIVEN = {"i1": 0.05, "i2": 0.1, "t1": 0.01, "t2": 0.99}
VALUES = dict(zip(WEIGHTS, Table().weights, strict=True))
OTHERS = [n for n in RIGHT if n not in WEIGHTS and not n.startswith("dE")]


def report(headers: tuple[str, str, str], *, is_down: bool, slip: str = "") -> Report:
    """Return the report of a form with a list of weights; `slip` stands in w3's last cell."""

    def at(line: int, place: int) -> Address:
        return (place, line) if is_down else (line, place)

    where = {w: at(2, 2 + k) for k, w in enumerate(WEIGHTS)}
    where |= {f"dE/d{w}": at(3, 2 + k) for k, w in enumerate(WEIGHTS)}
    where |= {name: (14 + k, 2) for k, name in enumerate([*GIVEN, *OTHERS])}
    texts = {at(2 + k, 1): text for k, text in enumerate(headers)}
    texts |= {at(1, 2 + k): w for k, w in enumerate(WEIGHTS)}
    texts |= {(where[name][0], 1): name for name in [*GIVEN, *OTHERS]} | {(40, 1): "learning rate"}
    named = {name: f"{chr(64 + column)}{row}" for name, (row, column) in where.items()}
    cells = {
        cell: Cell(None, re.sub(r"\{(.+?)\}", lambda found: named[found[1]], RIGHT[name]))
        for name, cell in where.items()
        if name in OTHERS or name.startswith("dE")
    }
    for k, w in enumerate(WEIGHTS):
        cells[at(4, 2 + k)] = Cell(None, f"={named[w]}-$B$40*{named[f'dE/d{w}']}")
    numbers = {where[name]: Cell(value) for name, value in (GIVEN | VALUES).items()}
    cells |= {cell: Cell(text) for cell, text in texts.items()} | numbers | {(40, 2): Cell(0.5)}
    if slip:
        cells[at(4, 4)] = Cell(None, slip)
    return check_workbook(Workbook((Sheet("Net", cells),)), "net.xlsx")


@pytest.mark.parametrize(
    ("is_down", "headers"),
    [(True, ("old", "∂E/∂w", "new")), (False, ("value", "gradient", "updated weight"))],
)
def test_a_list_has_gradients_and_new_weights(is_down: bool, headers: tuple[str, str, str]) -> None:
    """Each cell beside a weight, or below it, is what its header says."""
    assert report(headers, is_down=is_down).verdict == "correct"


@pytest.mark.slow
def test_a_neighbour_for_the_weight_itself_is_one_slip() -> None:
    """The new w2 for the old w3 is one wrong reference, and not two mistakes by way of a third."""
    (finding,) = report(("old", "gradient", "new"), is_down=True, slip="=D3-$B$40*C4").errors

    assert [place.range for place in finding.places] == ["D4"]
    assert finding.expected == "=B4-$B$40*C4"
