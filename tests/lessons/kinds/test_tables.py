"""The lessons activations, sigmoid and vanishing, against NumPy that knows none of their trees."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import libreoffice
import numpy as np
import pytest
from numpy.typing import NDArray
from slowly import one_in

import sheetprop
from sheetprop.checking.check import check_workbook
from sheetprop.checking.finding.turned import turned_over
from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.lessons.kinds.tables import activations, vanishing
from sheetprop.template import any_lesson
from sheetprop.words import texts_of
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Cell, Sheet, Value, Workbook
from sheetprop.workbooks.writing.write import write

NAMES = ("activations", "sigmoid", "vanishing")
Array = NDArray[np.float64]


SLOW = pytest.param("activations", marks=pytest.mark.slow)


def of(z: Array) -> dict[str, Array]:
    """Return every function of z."""
    s = 1 / (1 + np.exp(-z))
    u = np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)
    return {
        "identity": z,
        "relu": np.where(z > 0, z, 0),
        "leaky relu": np.where(z > 0, z, 0.01 * z),
        "sigmoid": s,
        "tanh": np.tanh(z),
        "elu": np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
        "gelu": z / 2 * (1 + np.tanh(u)),
        "silu": z * s,
        "softplus": np.logaddexp(0, z),
    }


def lesson(name: str, language: str | None = None) -> KindLesson:
    found = any_lesson(name, language)
    assert isinstance(found, KindLesson)
    return found


def column(book: Workbook, head: str, row: int, count: int) -> list[Value]:
    cells = book.sheets[0].cells
    (at,) = (c for (r, c), cell in cells.items() if r == row and cell.value == head)
    return [cells[row + 1 + k, at].value for k in range(count)]


def test_every_function_and_slope_is_what_numpy_has() -> None:
    """Values to 1e-12, and slopes as central differences of NumPy's own values have them."""
    own = lesson("activations")
    x = np.array(own.content.inputs)
    z, step = 0.608 * x, 1e-6
    book = workbook_of(own, "worked")
    bend = np.abs(z) > step  # where a kink is, there is no difference
    for name, values in of(z).items():
        slopes = (of(z + step)[name] - of(z - step)[name]) / (2 * step)
        found = column(book, name, activations.HEAD, len(x))
        slope = np.array(column(book, f"{name}′", activations.HEAD, len(x)), float)
        np.testing.assert_allclose(np.array(found, float), values, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(slope[bend], slopes[bend], rtol=1e-7, atol=1e-8)


def depth(weight: float, start: float = 1.0) -> Workbook:
    content = vanishing.Depth(20, weight, start, 50)
    return workbook_of(KindLesson("vanishing", "mine", content, {**texts_of("en")}), "worked")


SLOPES: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda z: float(np.exp(-z) / (1 + np.exp(-z)) ** 2),
    "tanh": lambda z: float(1 / np.cosh(z) ** 2),
    "relu": lambda z: float(z > 0),
    "identity": lambda _: 1.0,
}


@pytest.mark.parametrize("weight", [-0.7, 6.0])
def test_gradients_through_twenty_layers(weight: float) -> None:
    """Each is the product of w·f′ that NumPy has; that of sigmoids stays below (|w|/4)ⁿ."""
    book = depth(weight)
    for name, slope in SLOPES.items():
        a, gradient, wanted = 1.0, 1.0, [1.0]
        for _ in range(20):
            gradient *= weight * slope(weight * a)
            a = float(of(np.array([weight * a]))[name][0])
            wanted.append(gradient)
        found = column(book, f"g {name}", vanishing.HEAD, 21)
        np.testing.assert_allclose(np.array(found, float), wanted, rtol=1e-9, atol=1e-300)
        if name == "sigmoid":
            bound = (abs(weight) / 4) ** np.arange(21)
            assert (np.abs(np.array(found, float)) <= bound + 1e-15).all()


@pytest.mark.slow
def test_what_is_said_of_gradients() -> None:
    """Gone, exploded, dead or passed: as the last layer has it."""

    def said(weight: float) -> list[Value]:
        cells = depth(weight).sheets[0].cells
        return [cells[vanishing.HEAD - 1, column].value for column in range(6, 10)]

    assert said(1.0) == ["vanishes", "passes", "passes", "passes"]
    assert said(-0.9)[2] == "dead: nothing is left"
    assert said(6.0) == ["vanishes", "vanishes", "explodes", "explodes"]


@pytest.mark.slow
def test_he_keeps_a_signal_and_xavier_halves_it() -> None:
    """As random matrices of NumPy do it, within what chance allows of 20 layers."""
    chance, width, count = np.random.default_rng(7), 200, 20
    found = {"he": 2 / width, "xavier": 1 / width}
    for name, variance in found.items():
        a = chance.normal(size=(width, 20))
        first = (a**2).mean()
        for _ in range(count):
            a = np.maximum(0, chance.normal(0, np.sqrt(variance), (width, width)) @ a)
        ratio = float((a**2).mean() / first)
        head = texts_of("en")[f"vanishing_{name}"]
        told = float(column(depth(1.0), head, vanishing.HEAD, 21)[-1] or 0)
        assert 0.3 < ratio / told < 3


SLOWLY = [pytest.param(language, marks=pytest.mark.slow) for language in ("de", "hi")]


@pytest.mark.parametrize("language", ["en", *SLOWLY])
@pytest.mark.parametrize("name", ["sigmoid", "vanishing", SLOW])
def test_own_workbooks_are_judged(name: str, language: str) -> None:
    """What is worked out is correct, a blank one incomplete with every answer counted."""
    worked, blank, solution = (
        check_workbook(workbook_of(lesson(name, language), variant), "a.xlsx")
        for variant in ("worked", "blank", "solution")
    )

    assert (worked.verdict, worked.findings) == ("correct", ())
    assert (solution.verdict, solution.findings) == ("correct", ())
    assert (blank.verdict, blank.findings) == ("incomplete", ())
    assert blank.not_attempted == worked.tables[0].cells["right"]


@pytest.mark.slow
@pytest.mark.parametrize("name", one_in(3, ["vanishing", "activations", "architecture"]))
def test_planted_mistakes_are_found_by_name(name: str, tmp_path: Path) -> None:
    """As many as asked for, each in a column of its own; the same seed gives the same ones."""
    paths = [tmp_path / f"{k}.xlsx" for k in range(2)]
    for path in paths:
        options = {"variant": "find-the-bug", "mistakes": 2, "seed": 4}
        sheetprop.build(name, **options, output=path)  # type: ignore[arg-type]
    first, second = (check_workbook(read(path), "a.xlsx") for path in paths)

    assert first.verdict == "mistakes"
    assert len({place.quantity for one in first.errors for place in one.places}) == 2
    assert first.findings == second.findings


@pytest.mark.parametrize("name", ["sigmoid", SLOW])
def test_faded_ones_begin_worked_out(name: str) -> None:
    """The first rows are whole, the last are empty, and what is there is right."""
    book = workbook_of(lesson(name), "faded")
    report = check_workbook(book, "a.xlsx")
    cells = report.tables[0].cells

    last = int(re.findall(r"\d+", report.tables[0].range)[-1])
    filled = [at for at, cell in book.sheets[0].cells.items() if at[0] == last and cell.formula]

    assert filled == []
    assert (report.verdict, report.findings) == ("incomplete", ())
    assert 0.4 < cells["right"] / cells["blank"] < 3


def test_too_many_mistakes_are_refused(tmp_path: Path) -> None:
    """With how many there may be."""
    with pytest.raises(SpecError, match="mistakes: must be at most 1 in a table of this size"):
        sheetprop.build("sigmoid", variant="find-the-bug", mistakes=5, output=tmp_path / "a.xlsx")


INPUTS = (
    *(0.000, -0.085, 0.252, 4.566, -2.888, 3.146, -1.421, 0.408),
    *(-1.049, -0.576, -1.213, -6.948, -3.663, 5.557, 1.694, 1.310),
)
PUBLISHED = (
    *(0.500, 0.513, 0.462, 0.059, 0.853, 0.129, 0.704, 0.438),
    *(0.654, 0.587, 0.677, 0.986, 0.903, 0.033, 0.263, 0.311),
)


def printed(*heads: str, weight: float | None = 0.608, **columns: tuple[float, ...]) -> Workbook:
    cells = {(1, 1): Cell("Weight"), (1, 2): Cell(weight)} if weight is not None else {}
    for place, (head, values) in enumerate(zip(heads, columns.values(), strict=True), 1):
        cells[3, place] = Cell(head)
        cells |= {(row, place): Cell(value) for row, value in enumerate(values, 4)}
    return Workbook((Sheet("Printed", cells),))


@pytest.mark.parametrize("weight", [0.608, pytest.param(None, marks=pytest.mark.slow)])
def test_a_printed_table_with_the_sign_lost(weight: float | None) -> None:
    """Sixteen rounded numbers of 1/(1+exp(w·x)) are told by name, whether w is told or not."""
    tanh = tuple(np.round(np.tanh(0.6082 * np.array(INPUTS)), 3).tolist())
    book = printed("input", "sigmoid", "tanh", weight=weight, x=INPUTS, s=PUBLISHED, t=tanh)
    report = check_workbook(book, "printed.xlsx")

    assert [one.mistake for one in report.errors] == ["sigmoid-sign"]
    assert [place.range for place in report.errors[0].places] == ["B4:B19"]
    assert report.tables[0].cells["wrong"] == 16
    assert "1/(1+EXP(-" in str(report.errors[0].expected)
    right = tuple(np.round(1 - np.array(PUBLISHED), 3).tolist())
    book = printed("input", "sigmoid", "tanh", weight=weight, x=INPUTS, s=right, t=tanh)
    assert check_workbook(book, "printed.xlsx").verdict == "correct"


@pytest.mark.slow
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("weight", "digits"), [(0.6082, 3), (0.3, 2), (2.5, 4)])
def test_two_printed_columns_are_enough(weight: float, digits: int, *, turned: bool) -> None:
    """Inputs and their sigmoids alone, of any weight and rounding, below or beside each other."""
    inputs = np.array(INPUTS) / (1 + weight)
    for sign, errors in ((1, ["sigmoid-sign"]), (-1, [])):
        told = tuple(np.round(1 / (1 + np.exp(sign * weight * inputs)), digits).tolist())
        book = printed("x", "sigmoid", weight=None, x=tuple(inputs.tolist()), s=told)
        if turned:
            book = Workbook(tuple(map(turned_over, book.sheets)))
        report = check_workbook(book, "printed.xlsx")

        assert [one.mistake for one in report.errors] == errors
        assert {one.lesson for one in report.tables} == {"activations"}


WRONG = (
    ("sigmoid-sign", "sigmoid", "=1/(1+EXP($B$1*A4))"),
    ("missing-brackets", "sigmoid", "=1/1+EXP(-$B$1*A4)"),
    ("missing-factor", "sigmoid′", "=1-C4"),
    ("wrong-sign", "sigmoid′", "=C4*(1+C4)"),
    ("missing-factor", "tanh", "=TANH(A4)"),
    ("wrong-column", "tanh′", "=1-C4^2"),
    ("wrong-iteration", "tanh′", "=1-D5^2"),
)


@pytest.mark.parametrize("wrong", one_in(3, WRONG))
def test_a_wrong_formula_is_named(wrong: tuple[str, str, str]) -> None:
    """One wrong cell of a table in people's own layout is found in its place, and mended."""
    mistake, head, formula = wrong
    lines = {
        "sigmoid": "=1/(1+EXP(-$B$1*A{row}))",
        "tanh": "=TANH($B$1*A{row})",
        "sigmoid′": "=C{row}*(1-C{row})",
        "tanh′": "=1-D{row}^2",
    }
    cells = dict(printed("x", x=INPUTS).sheets[0].cells)
    for place, (own, line) in enumerate(lines.items(), 3):
        cells[3, place] = Cell(own)
        for row in range(4, 20):
            cells[row, place] = Cell(None, line.format(row=row))
    assert check_workbook(Workbook((Sheet("S", cells),)), "s").verdict == "correct"
    at = (4, 3 + list(lines).index(head))
    cells[at] = Cell(None, formula)
    report = check_workbook(Workbook((Sheet("S", cells),)), "s")

    assert [one.mistake for one in report.errors] == [mistake]
    assert report.tables[0].cells["wrong"] == 1
    cells[at] = Cell(None, report.errors[0].expected)
    assert check_workbook(Workbook((Sheet("S", cells),)), "s").verdict == "correct"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'lesson = "activations"\n[activations]\ninputs = [1]',
            "activations.functions: is missing",
        ),
        (
            'lesson = "activations"\n[activations]\nfunctions = ["sigmoit"]\ninputs = [1]',
            'did you mean "sigmoid"',
        ),
        ('lesson = "vanishing"\n[vanishing]\nlayers = 1000', "must be at most 100"),
        ('lesson = "vanishing"\n[vanishing]\nlayer = 10', "is no key of [vanishing]"),
    ],
)
def test_a_slip_in_a_template_gets_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    """With the file, the key, and what is allowed."""
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(SpecError) as caught:
        sheetprop.build(path, output=tmp_path / "a.xlsx")

    assert told in str(caught.value)


@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not()))
def test_libreoffice_comes_to_the_same(tmp_path: Path) -> None:
    """Every number of every sheet, to 1e-12."""
    books = {name: workbook_of(lesson(name), "worked") for name in NAMES}
    paths = [tmp_path / f"{name}.xlsx" for name in books]
    for path, book in zip(paths, books.values(), strict=True):
        write(book, path)
    for book, found in zip(books.values(), libreoffice.recalculated(paths, tmp_path), strict=True):
        for sheet in book.sheets:
            for at, cell in sheet.cells.items():
                if cell.formula and isinstance(cell.value, int | float):
                    there = found[sheet.name][at]
                    assert there == pytest.approx(cell.value, rel=1e-12, abs=1e-300), (sheet, at)
