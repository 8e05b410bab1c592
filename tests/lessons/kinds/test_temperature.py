"""The lesson temperature, against NumPy that knows none of its formulas."""

from __future__ import annotations

from pathlib import Path

import libreoffice
import numpy as np
import pytest
from template_slips import hold_to_sentence

import sheetprop
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.lessons.kinds.temperature.content import Shares
from sheetprop.lessons.kinds.temperature.places import COLUMNS, Places
from sheetprop.lessons.kinds.temperature.quantities import PLAIN, slope
from sheetprop.template import any_lesson
from sheetprop.words import texts_of
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Workbook
from sheetprop.workbooks.writing.write import write

EXACT = 1e-12
LESSONS = [
    Shares((0.3, -1.2), (0.0, 1.0), 1.0, 0.0),
    Shares((2.0, 1.0, 0.1, -1.0), (0.0, 1.0, 0.0, 0.0), 1.0, 1000.0),
    Shares((-3.0, 2.5, 0.0, 1.5, 2.5), (0.1, 0.2, 0.3, 0.4, 0.0), 0.35, -800.0),
    Shares((9.0, 1.0, 2.0, 3.0, 4.0, 5.0, -6.0, 0.5), (0.0,) * 7 + (1.0,), 4.0, 3.0),
    Shares((900.0, 0.0, 1.0), (1.0, 0.0, 0.0), 0.5, 0.0),
]


def made(found: Shares, variant: str = "worked", language: str = "en") -> Workbook:
    texts = {**texts_of("en"), **texts_of(language)}
    return workbook_of(KindLesson("temperature", "mine", found, texts), variant)


def column(book: Workbook, found: Shares, name: str) -> np.ndarray:
    """Return a quantity of all values."""
    cells, sheet = Places(len(found.values)).cells(), book.sheets[0]
    return np.array([sheet.cells[cells[f"{name}{k}"]].value for k in _numbers(found)])


def _numbers(found: Shares) -> range:
    return range(1, len(found.values) + 1)


@pytest.mark.parametrize("found", LESSONS, ids=lambda one: f"{len(one.values)} values")
def test_every_quantity_is_what_numpy_says(found: Shares) -> None:
    """Shares, slopes, the loss, and the gradient both ways; every row is marked."""
    book, places = made(found), Places(len(found.values))
    z, t = np.array(found.values) / found.temperature, np.array(found.target)
    shares = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    matrix = (np.diag(shares) - np.outer(shares, shares)) / found.temperature
    cells, sheet = places.cells(), book.sheets[0]
    own = [
        [sheet.cells[cells[slope(i, j)]].value for j in _numbers(found)] for i in _numbers(found)
    ]
    loss = np.log(np.exp(z - z.max()).sum()) + z.max() - t @ z
    gradient = (shares - t) / found.temperature

    assert column(book, found, "a") == pytest.approx(shares, rel=EXACT, abs=EXACT)
    assert np.array(own) == pytest.approx(matrix, rel=EXACT, abs=EXACT)
    assert sheet.cells[cells["L"]].value == pytest.approx(loss, rel=EXACT, abs=EXACT)
    assert column(book, found, "g") == pytest.approx(gradient, rel=EXACT, abs=EXACT)
    assert column(book, found, "dL/dz") == pytest.approx(gradient, rel=EXACT, abs=EXACT)
    assert {sheet.cells[places.row(k), places.mark].value for k in _numbers(found)} == {"✓"}


def test_what_is_added_changes_no_share_but_the_plain_form_fails() -> None:
    """With 1000 added the plain form has no value, and the stable one its shares."""
    lesson = any_lesson("temperature")
    assert isinstance(lesson, KindLesson)
    found: Shares = lesson.content
    book, without = made(found), made(Shares(found.values, found.target, 1.0, 0.0))

    assert found.added == 1000
    assert list(column(book, found, PLAIN)) == ["∞/∞"] * 4
    assert column(without, found, PLAIN) == pytest.approx(column(without, found, "a"), rel=EXACT)
    assert column(book, found, "a") == pytest.approx(column(without, found, "a"), rel=1e-12)


LESSON = """
lesson = "temperature"
[temperature]
values = [1, 2]
target = [0, 1]
"""


@pytest.mark.parametrize(
    ("text", "key", "told"),
    [
        (LESSON.replace("[0, 1]", "[0, 0.5, 0.5]"), "target", "must be 2 numbers, one for each"),
        (LESSON.replace("[0, 1]", "[0, 2]"), "target", "add up to 1"),
        (LESSON.replace("[1, 2]", "[1]"), "values", "2 to 8 numbers"),
        (LESSON + "temperature = 0", "temperature", "greater than 0"),
        (LESSON + "temprature = 1", "temprature", 'did you mean "temperature"'),
    ],
)
def test_a_slip_in_a_template_gets_a_sentence(
    tmp_path: Path, text: str, key: str, told: str
) -> None:
    """It names the file, the key and what is allowed."""
    hold_to_sentence(tmp_path / "mine.toml", text, f"temperature.{key}", told)


def test_a_blank_one_has_no_answers_and_no_errors(tmp_path: Path) -> None:
    """All but the plain form is empty, and the solution has each of them."""
    path, solution = tmp_path / "blank.xlsx", tmp_path / "solution.xlsx"
    sheetprop.build("temperature", variant="blank", output=path, solution=solution)
    blank, solved = read(path), read(solution)
    given = {"T", "c", *(f"{name}{k}" for name in "ztp" for k in range(1, 5))}
    answers = [at for name, at in Places(4).cells().items() if name not in given]
    texts = {str(cell.value) for sheet in blank.sheets for cell in sheet.cells.values()}

    assert COLUMNS[PLAIN] not in {at[1] for at in answers}
    assert [at for at in answers if at in blank.sheets[0].cells] == []
    assert all(solved.sheets[0].cells[at].formula for at in answers)
    assert {text for text in texts if text.startswith("#")} == {"#"}  # a header
    assert {blank.sheets[0].cells[Places(4).cells()[f"{PLAIN}{k}"]].value for k in range(1, 5)} == {
        "–"
    }


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not()))
def test_libreoffice_comes_to_the_same(tmp_path: Path) -> None:
    """Every value of every cell, numbers to 1e-12 and texts; differences to their rounding."""
    books = [made(one, language="de") for one in LESSONS[1:4]]
    paths = [tmp_path / f"{number}.xlsx" for number in range(3)]
    for book, path in zip(books, paths, strict=True):
        write(book, path)
    all_seen = libreoffice.recalculated(paths, tmp_path)
    for book, found, seen in zip(books, LESSONS[1:4], all_seen, strict=True):
        rough = Places(len(found.values)).difference
        for number, sheet in enumerate(book.sheets):
            for at, cell in sheet.cells.items():
                if isinstance(cell.value, float):
                    allowed = 1e-10 if number == 0 and at[1] == rough else EXACT
                    expected = pytest.approx(cell.value, rel=EXACT, abs=allowed)
                    assert seen[sheet.name][at] == expected, (sheet.name, at)
                elif cell.value not in (None, ""):
                    assert seen[sheet.name][at] == cell.value, (sheet.name, at)
