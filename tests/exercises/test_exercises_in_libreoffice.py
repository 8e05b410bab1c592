"""LibreOffice judges typed answers as the calculation engine does, and shows the colours."""

from __future__ import annotations

import json
import re

import libreoffice
import pytest
from exercise_books import Book, a_spec, blank, marked

from sheetprop.checking.check import check_file
from sheetprop.exercises.wanted import wanted
from sheetprop.lessons.runs.rate_table import FIRST
from sheetprop.template import load
from sheetprop.workbooks.writing.write import write

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not())),
]

BLANK, FADED = wanted("blank"), wanted("faded")
BOOKS = [
    (load("classic"), BLANK),
    (load("mazur"), FADED),
    (a_spec((2, 2, 2, 1), hidden="relu", loss="cross-entropy", biases="each"), BLANK),
    (a_spec((2, 3, 2), hidden="tanh", output="identity", loss="mean squared error"), BLANK),
]


def half_wrong(book):
    """Return the workbook with every second quantity's formula twice what it should be."""
    trees = book.all_right()
    return book.typed({n: 2 * t if k % 2 else t for k, (n, t) in enumerate(trees.items())})


@pytest.mark.parametrize(("spec", "asked"), BOOKS, ids=lambda one: one.__class__.__name__)
def test_both_programs_judge_alike(spec, asked, tmp_path):
    """Right, wrong and empty answers are judged in LibreOffice as stored in the file."""
    book = Book(spec, asked)
    made = {
        "right": book.typed(book.all_right()),
        "wrong": half_wrong(book),
        "empty": book.workbook,
    }
    paths = [tmp_path / f"{name}.xlsx" for name in made]
    for path, workbook in zip(paths, made.values(), strict=True):
        write(workbook, path)
    recalculated = libreoffice.recalculated(paths, tmp_path)

    for workbook, values in zip(made.values(), recalculated, strict=True):
        for run in book.runs:
            for name, column in book.checks.column.items():
                for row, _ in book.cells_of(name):
                    stored = workbook[run.name].cells[row, column].value
                    assert values[run.name].get((row, column), "") == stored, (run.name, name, row)


@pytest.mark.parametrize(
    ("style", "tag"),
    [
        ("right", '<td[^>]*bgcolor="#C9ECDD"'),
        ("wrong", '<td[^>]*bgcolor="#F9CDBB"'),
        ("waiting", '<font[^>]*color="#FFFFFF"'),
    ],
)
def test_colours_are_shown(style, tag, tmp_path):
    """As many cells have the colour of a condition as the engine finds."""
    book = blank(a_spec(iterations=4), "output", "update")
    trees = {"dE/dw5": book.right("dE/dw5"), "dE/dw6": book.right("dE/dw5")}
    typed = book.typed(trees)
    write(typed, tmp_path / "typed.xlsx")
    page = libreoffice.convert(tmp_path / "typed.xlsx", tmp_path, "html").read_text("utf-8")
    cells = re.findall(tag, page, flags=re.IGNORECASE)

    assert len(cells) == [s for _, s in marked(typed, book.runs[0].name)].count(style)


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_saved_exercise_is_still_one(suffix, tmp_path):
    """Saved by LibreOffice, in its own format too, empty answers are still not attempted."""
    book = blank(a_spec(rates=(0.5, 2.0)), "output", "update")
    write(book.typed({"dE/dw5": book.right("dE/dw5")}), tmp_path / "saved.xlsx")
    report = check_file(libreoffice.convert(tmp_path / "saved.xlsx", tmp_path, suffix))

    assert (report.verdict, report.findings) == ("incomplete", ())
    assert report.not_attempted == 2 * (3 * 6 + 8 * 5)


_TYPIST = r"""
path, sheet, typed, read = arguments[0], *map(json.loads, arguments[1:])
document = opened(path)
page = document.Sheets.getByName(sheet)
locked = [w for w in typed if page.getCellRangeByName(w).CellProtection.IsLocked]
for where in set(typed) - set(locked):  # a person cannot type into the others, but this could
    page.getCellRangeByName(where).setFormula(typed[where])
document.calculateAll()
found = {where: page.getCellRangeByName(where).String for where in read}
print(json.dumps([page.isProtected(), found, locked]), flush=True)
document.close(True)
"""


def test_a_student_types_in_libreoffice(tmp_path):
    """Answers can be typed and are judged at once; what is given is locked."""
    book = blank(load("classic"), "output")
    write(book.workbook, tmp_path / "blank.xlsx")
    right, wrong = book.typed(book.all_right()), half_wrong(book)
    column = book.table.column
    cells = right["η=0.1"].cells
    at = {name: letters(column[name]) + str(FIRST) for name in ("dE/dw5", "dE/dw6", "h1")}
    typed = {
        at["dE/dw5"]: cells[FIRST, column["dE/dw5"]].formula,
        at["dE/dw6"]: wrong["η=0.1"].cells[FIRST, column["dE/dw6"]].formula,
        at["h1"]: "=1",
    }
    checks = {
        n: letters(book.checks.column[n]) + str(FIRST) for n in ("dE/dw5", "dE/dw6", "dE/dw7")
    }
    protected, found, locked = type_in(tmp_path, typed, list(checks.values()))

    assert protected
    assert [found[where] for where in checks.values()] == ["1", "0", ""]
    assert locked == [at["h1"]]


def letters(number):
    from openpyxl.utils import get_column_letter

    return get_column_letter(number)


def type_in(folder, typed, read):
    told = [json.dumps("η=0.1"), json.dumps(typed), json.dumps(read)]
    (found,) = libreoffice.scripted(_TYPIST, [str(folder / "blank.xlsx"), *told], folder)
    return found
