"""The lesson jacobian, against derivatives by a complex step, which knows no rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import libreoffice
import numpy as np
import pytest

import sheetprop
from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.gates.content import expression
from sheetprop.lessons.kinds.jacobian.content import Jacobian, value
from sheetprop.lessons.kinds.jacobian.derivative import FUNCTIONS, derivative
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.template import any_lesson
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Workbook
from sheetprop.workbooks.writing.write import write

EXACT = 1e-12
LESSON = """
lesson = "jacobian"
[jacobian]
inputs = { a = 0.4, b = 2, c = -1.5 }
inner = ["a*b-c^3", "tanh(a*c)/b", "sqrt(b)+2", "ln(b-a)*5"]
outer = ["u1*u2+u3/u4", "cos(u1)*exp(u2)", "-(u4-3)^2"]
[change]
inputs = { s = 0.7, t = -1.2 }
functions = ["s^2-t^2+1/t", "2*s*t"]
side = 0.1
"""


def own(tmp_path: Path, text: str = LESSON) -> KindLesson:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    found = any_lesson(path)
    assert isinstance(found, KindLesson)
    return found


def called(text: str, inputs: Mapping[str, complex]) -> complex:
    """Return an expression's value, as Python calculates it."""
    names = {name: getattr(np, name) for name in ("exp", "sqrt", "tanh", "sin", "cos")}
    return complex(eval(text.replace("^", "**"), {**names, "ln": np.log, **inputs}))


def slopes(texts: Sequence[str], inputs: Mapping[str, float]) -> np.ndarray:
    """Return the matrix of partial derivatives by a complex step."""
    at = {name: complex(number) for name, number in inputs.items()}
    return np.array(
        [
            [called(text, at | {name: at[name] + 1e-30j}).imag / 1e-30 for name in inputs]
            for text in texts
        ]
    )


TREES = [
    *("x*y*x", "x/y/(x+1)", "x^3-2*x", "1/x", "-(x-y)^2", "exp(-x*y)", "ln(x)*tanh(y)"),
    *("sqrt(x^2+y^2)", "sin(x)/cos(y)", "3*y", "(x+y)*(x-y)*4", "x^-2/y", "5-x/7"),
]


@pytest.mark.parametrize("text", TREES)
def test_every_rule_gives_the_slope(text: str) -> None:
    """By both names, at two points, whatever stands in the expression."""
    tree = expression(text, ("x", "y"), FUNCTIONS)
    for inputs in ({"x": 0.8, "y": 1.7}, {"x": 2.3, "y": -0.4}):
        found = [value(derivative(tree, name), inputs) for name in inputs]
        assert found == pytest.approx(slopes([text], inputs)[0], rel=EXACT, abs=EXACT)


def numbers_below(book: Workbook, title: str) -> np.ndarray:
    """Return the matrix below a title and the row of its names."""
    cells = book.sheets[0].cells
    (row, left), *_ = [at for at, cell in cells.items() if str(cell.value).startswith(title)]
    found: list[list[float]] = []
    while isinstance(cells.get((row + 2 + len(found), left), [None])[0], int | float):
        line, column = row + 2 + len(found), left
        values = []
        while (line, column) in cells and (row + 1, column) in cells:
            values.append(float(str(cells[line, column].value)))
            column += 1
        found.append(values)
    return np.array(found)


def put_in(inner: Sequence[str], text: str) -> str:
    """Return an expression with the inner ones in the places of u1, u2 …"""
    return re.sub(r"u(\d)", lambda found: f"({inner[int(found[1]) - 1]})", text)


def test_the_product_is_the_matrix_of_the_whole(tmp_path: Path) -> None:
    """Both matrices and their product are those of the expressions, and every entry is marked."""
    for lesson in (own(tmp_path), any_lesson("jacobian")):
        assert isinstance(lesson, KindLesson)
        found: Jacobian = lesson.content
        book = workbook_of(lesson, "worked")
        inputs = found.inner.inputs
        between = {
            f"u{k}": called(text, dict(inputs)).real
            for k, text in enumerate(found.inner.written, 1)
        }
        left, right = slopes(found.outer.written, between), slopes(found.inner.written, inputs)
        whole = [put_in(found.inner.written, text) for text in found.outer.written]
        marks = [cell.value for cell in book.sheets[0].cells.values() if cell.value in ("✓", "≠")]

        assert numbers_below(book, "∂f/∂u") == pytest.approx(left, rel=EXACT, abs=EXACT)
        assert numbers_below(book, "∂u/∂x") == pytest.approx(right, rel=EXACT, abs=EXACT)
        product = numbers_below(book, "∂f/∂x")
        assert product == pytest.approx(left @ right, rel=EXACT, abs=EXACT)
        assert product == pytest.approx(slopes(whole, inputs), rel=1e-9)
        assert marks == ["✓"] * product.size


def fact(book: Workbook, name: str) -> float:
    cells = book.sheets[0].cells
    (row,) = (at[0] for at, cell in cells.items() if cell.value == name)
    return float(str(cells[row, 2].value))


def test_the_determinant_is_how_areas_grow(tmp_path: Path) -> None:
    """That of NumPy; of polar coordinates it is r; and the image's area comes near it."""
    for lesson in (own(tmp_path), any_lesson("jacobian")):
        assert isinstance(lesson, KindLesson)
        change, book = lesson.content.change, workbook_of(lesson, "worked")
        expected = np.linalg.det(slopes(change.written, change.inputs))

        assert fact(book, "determinant") == pytest.approx(expected, rel=EXACT)
        assert fact(book, "by MDETERM") == pytest.approx(expected, rel=EXACT)
        assert fact(book, "area over side²") == pytest.approx(expected, rel=0.01)
    assert fact(book, "determinant") == pytest.approx(change.inputs["r"]) == 2


def test_the_square_is_drawn_as_one_and_its_image_to_the_same_scale(tmp_path: Path) -> None:
    """Both charts lie in one frame around the chosen point, and their plots are square."""
    for lesson in (own(tmp_path), any_lesson("jacobian")):
        assert isinstance(lesson, KindLesson)
        first, data = workbook_of(lesson, "worked").sheets
        rows = range(4, 4 + 41)
        moved = [abs(float(str(data.cells[row, k].value))) for row in rows for k in range(3, 9)]
        frame = [[float(str(data.cells[row, k].value)) for k in (9, 10)] for row in (4, 5)]

        assert frame == [[-max(moved)] * 2, [max(moved)] * 2]
        assert isinstance(first.look, Look)
        for chart, look in zip(first.charts, first.look.charts, strict=True):
            assert chart.series[-1].values == "Data!$J$4:$J$5"
            assert look.square > 0
            assert len(chart.series) - 1 == len(look.in_legend or ())


@pytest.mark.parametrize(
    ("old", "new", "key", "told"),
    [
        ("ln(b-a)*5", "ln(a-b)", "jacobian.inner", "without a value"),
        ("ln(b-a)*5", "max(a,b)", "jacobian.inner", "the function max; allowed are exp, ln"),
        ("ln(b-a)*5", "d", "jacobian.inner", "number 4 of the list has an expression with d"),
        ("u3/u4", "u3/u5", "jacobian.outer", "u5, which has no value in inputs"),
        ("a = 0.4,", "u1 = 0.4,", "jacobian.inputs", "a function is called so"),
        ('"2*s*t"', '"2*s*t", "s"', "change.functions", "must be two, not 3"),
        ("side = 0.1", "side = 0", "change.side", "greater than 0"),
        ("side = 0.1", "", "change.side", "is missing"),
    ],
)
def test_a_slip_in_a_template_gets_a_sentence(
    tmp_path: Path, old: str, new: str, key: str, told: str
) -> None:
    """It names the file, the key and what is allowed."""
    with pytest.raises(SpecError) as caught:
        own(tmp_path, LESSON.replace(old, new))

    assert str(caught.value).startswith(f"{tmp_path / 'mine.toml'}: {key}")
    assert told in str(caught.value)


def test_a_blank_one_has_no_answers_and_no_errors(tmp_path: Path) -> None:
    """No formula is left where the solution marks an answer, and no cell shows an error."""
    path, solution = tmp_path / "blank.xlsx", tmp_path / "solution.xlsx"
    sheetprop.build("jacobian", variant="blank", output=path, solution=solution)
    blank, solved = read(path), read(solution)
    left = blank.sheets[0].cells
    answers = [at for at, cell in solved.sheets[0].cells.items() if cell.formula and at not in left]
    texts = [str(cell.value) for sheet in blank.sheets for cell in sheet.cells.values()]

    assert len(answers) == 5 + 6 + 6 + 4 + 2 + 4 + 2
    assert [text for text in texts if text.startswith("#")] == []


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not()))
def test_libreoffice_comes_to_the_same(tmp_path: Path) -> None:
    """Every value of every cell, numbers to 1e-12 (differences to their rounding) and texts."""
    lessons = [own(tmp_path), any_lesson("jacobian", "hi")]
    books = [workbook_of(lesson, "worked") for lesson in lessons if isinstance(lesson, KindLesson)]
    paths = [tmp_path / "1.xlsx", tmp_path / "2.xlsx"]
    for book, path in zip(books, paths, strict=True):
        write(book, path)
    for book, seen in zip(books, libreoffice.recalculated(paths, tmp_path), strict=True):
        for sheet in book.sheets:
            for at, cell in sheet.cells.items():
                if isinstance(cell.value, float):
                    allowed = 1e-9 if "0.0001" in str(cell.formula) else EXACT
                    expected = pytest.approx(cell.value, rel=EXACT, abs=allowed)
                    assert seen[sheet.name][at] == expected, (sheet.name, at)
                elif cell.value not in (None, ""):
                    assert seen[sheet.name][at] == cell.value, (sheet.name, at)
