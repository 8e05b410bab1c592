"""Make the README's pictures from the current code: ``python tests/pictures.py``.

Builds the classic workbook, chooses a step in it as a student would, lets LibreOffice calculate it
and turn it into a PDF, and cuts the pictures out of that. Needs LibreOffice (soffice), and pdftoppm
and pdftotext from poppler-utils.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import libreoffice

from sheetprop.sheets.layout import layout
from sheetprop.sheets.sheet import Cell, Value, Workbook
from sheetprop.sheets.write import write
from sheetprop.template import load

FOLDER = Path(__file__).parent / "pictures"
CHOICES: Mapping[str, Mapping[str, Value]] = {
    # sheet: what is typed right of a text in its first column
    "Start": {"step": 30.0, "η": 2.0},
    "Slope": {"weight": "w7"},
}


@dataclass(frozen=True)
class Part:
    """What is cut out of which page of a sheet: left, top, width, height in dots."""

    sheet: str
    page: int  # of the sheet
    dots: int  # per inch
    box: tuple[int, int, int, int]


PARTS = {
    "start-sheet": Part("Start", 1, 130, (40, 55, 1440, 650)),
    "rate-sheet": Part("η=0.1", 1, 140, (45, 60, 1520, 330)),
    "rate-charts": Part("η=0.1", 7, 110, (125, 133, 1110, 665)),
    "slope-sheet": Part("Slope", 1, 190, (50, 85, 1340, 500)),
    "compare-sheet": Part("Compare", 1, 140, (45, 50, 1105, 690)),
    "derivation": Part("Derivation", 1, 110, (30, 50, 1230, 810)),
    "gradient-check": Part("Gradient check", 1, 110, (30, 50, 1230, 810)),
}


def main() -> None:
    """Write the pictures into ``tests/pictures``."""
    if not all(map(shutil.which, ("soffice", "pdftoppm", "pdftotext"))):
        sys.exit("needs LibreOffice and poppler: apt-get install libreoffice-calc poppler-utils")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "classic.xlsx"
        write(chosen(layout(load("classic"), [0.1, 0.5, 2])), path)
        pdf = libreoffice.convert(path, Path(name), "pdf")
        pages = list(sheets_of(pdf))
        for part, what in PARTS.items():
            page = pages.index(what.sheet) + what.page
            left, top, width, height = what.box
            cut = f"-png -singlefile -r {what.dots} -f {page} -x {left} -y {top}"
            size = f"-W {width} -H {height}"
            command = ["pdftoppm", *cut.split(), *size.split(), str(pdf), str(FOLDER / part)]
            subprocess.run(command, check=True)


def chosen(workbook: Workbook) -> Workbook:
    """Return the workbook with the choices made."""
    sheets = []
    for sheet in workbook.sheets:
        rows = {cell.value: at[0] for at, cell in sheet.cells.items() if at[1] == 1}
        typed = CHOICES.get(sheet.name, {})
        new = {(rows[text], 2): Cell(value) for text, value in typed.items()}
        sheets.append(replace(sheet, cells={**sheet.cells, **new}))
    return replace(workbook, sheets=tuple(sheets))


def sheets_of(pdf: Path) -> Iterator[str]:
    """Yield the sheet of every page, which its foot names."""
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    for page in text.split("\f")[:-1]:
        foot = [line for line in page.splitlines() if line.strip()][-1]
        yield re.split(r"\s{2,}", foot.strip())[0]


if __name__ == "__main__":
    main()
