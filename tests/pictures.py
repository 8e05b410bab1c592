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

from sheetprop.exercises.make import make
from sheetprop.exercises.wanted import wanted
from sheetprop.exercises.workbook import recalculated
from sheetprop.lessons.runs.rate_table import FIRST, HEAD
from sheetprop.template import load
from sheetprop.workbooks.sheet import Cell, Sheet, Value, Workbook
from sheetprop.workbooks.writing.write import write

FOLDER = Path(__file__).parent / "pictures"
CHOICES: Mapping[str, Mapping[str, Value]] = {
    # sheet: what is typed right of a text in its first column
    "Start": {"step": 30.0, "run": "run 3"},
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
    "start-sheet": Part("Start", 1, 150, (60, 80, 1475, 424)),
    "rate-sheet": Part("η=0.1", 1, 150, (60, 500, 1640, 490)),
    "rate-charts": Part("η=0.1", 1, 150, (240, 180, 1470, 312)),
    "slope-sheet": Part("Slope", 1, 130, (44, 75, 1400, 620)),
    "compare-sheet": Part("Compare", 1, 130, (44, 68, 1270, 640)),
    "derivation": Part("Derivation", 1, 120, (40, 55, 1360, 606)),
    "gradient-check": Part("Gradient check", 1, 120, (45, 60, 1120, 480)),
}


OF_AN_EXERCISE = {"exercise": Part("η=0.5", 1, 130, (44, 62, 1420, 750))}
TYPED = {
    # what a student has typed so far: rows, and a formula in which {row} is the row
    "h1": (8, "=G{row}*E{row}+H{row}*F{row}"),
    "a_h1": (6, "=1/(1+EXP(-K{row}))"),
    "h2": (8, "=I{row}*E{row}+J{row}*F{row}"),
    "a_h2": (4, "=1/(1+EXP(M{row}))"),
}


def main() -> None:
    """Write the pictures into ``tests/pictures``."""
    if not all(map(shutil.which, ("soffice", "pdftoppm", "pdftotext"))):
        sys.exit("needs LibreOffice and poppler: apt-get install libreoffice-calc poppler-utils")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lesson = replace(load("classic"), learning_rates=(0.1, 0.5, 2.0))
        workbook = make(lesson, wanted("worked")).workbook
        cut_out(chosen(workbook), PARTS, folder / "classic.xlsx")
        cut_out(exercise(), OF_AN_EXERCISE, folder / "exercise.xlsx")


def cut_out(workbook: Workbook, parts: Mapping[str, Part], path: Path) -> None:
    """Print a workbook by LibreOffice, and cut the pictures out of its pages."""
    write(workbook, path)
    pdf = libreoffice.convert(path, path.parent, "pdf")
    pages = list(sheets_of(pdf))
    for part, what in parts.items():
        page = pages.index(what.sheet) + what.page
        left, top, width, height = what.box
        cut = f"-png -singlefile -r {what.dots} -f {page} -x {left} -y {top}"
        size = f"-W {width} -H {height}"
        command = ["pdftoppm", *cut.split(), *size.split(), str(pdf), str(FOLDER / part)]
        subprocess.run(command, check=True)


def exercise() -> Workbook:
    """Return an exercise that a student has begun: some answers right, some not, most empty."""
    lesson = replace(load("classic"), learning_rates=(0.5,), iterations=14)
    book = make(lesson, wanted("blank", ["forward"])).workbook
    sheets = [begun(sheet) if sheet.name == "η=0.5" else sheet for sheet in book.sheets]
    return replace(book, sheets=recalculated(sheets))


def begun(sheet: Sheet) -> Sheet:
    """Return a worksheet with what was typed into it."""
    columns = {cell.value: at[1] for at, cell in sheet.cells.items() if at[0] == HEAD}
    new = {
        (row, columns[name]): Cell(None, formula.format(row=row))
        for name, (count, formula) in TYPED.items()
        for row in range(FIRST, FIRST + count)
    }
    return replace(sheet, cells={**sheet.cells, **new})


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
