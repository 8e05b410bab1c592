"""Numbers stay readable on the colours that stand for them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from sheetprop.workbooks.look import ColourScale, Look
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook
from sheetprop.workbooks.writing.write import write

INK, SKY, SIGNED = ("#FFFFFF", "#1F2933"), ("#FFFFFF", "#4A97D6"), ("#000000", "#FFFFFF", "#000000")


def rules(path: Path, scale: ColourScale) -> list[tuple[str, str, list[str], str | None]]:
    """Return where each rule of a written sheet holds, its kind, its numbers and its letters."""
    cells = {(row, 1): Cell(row / 4) for row in range(1, 5)}
    write(Workbook((Sheet("Ink", cells, look=Look(scales=(scale,))),)), path)
    found = openpyxl.load_workbook(path)["Ink"].conditional_formatting
    return [
        (str(one.sqref), rule.type, rule.formula, rule.dxf.font.color.rgb if rule.dxf else None)
        for one in found
        for rule in one.rules
    ]


def test_letters_on_ink_are_light(tmp_path: Path) -> None:
    """From half of the greatest number on they are white, in all ranges of the scale."""
    scale = ColourScale((((1, 1), (2, 1)), ((4, 1), (4, 1))), INK, 1.0)
    kinds = rules(tmp_path / "ink.xlsx", scale)

    assert ("A1:A2 A4", "cellIs", ["0.5"], "FFFFFFFF") in kinds
    assert sorted(kind for _, kind, _, _ in kinds) == ["cellIs", "colorScale"]


@pytest.mark.parametrize(("colours", "most"), [(SKY, 1.0), (INK, None), (SIGNED, 1.0)])
def test_other_letters_stay_as_they_are(
    colours: tuple[str, ...], most: float | None, tmp_path: Path
) -> None:
    """They are dark on what is light, and where nobody knows how dark a number is."""
    (rule,) = rules(tmp_path / "sky.xlsx", ColourScale((((1, 1), (4, 1)),), colours, most))

    assert rule[1] == "colorScale"
