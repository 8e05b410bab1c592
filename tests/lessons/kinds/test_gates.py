"""The lesson gates, against derivatives by a complex step, which knows no gates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import libreoffice
import numpy as np
import pytest

import sheetprop
from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.gates.circuit import Circuit
from sheetprop.lessons.kinds.gates.content import Circuits, circuit
from sheetprop.lessons.kinds.gates.places import CHOSEN, GRADIENT, MARK, STEP, VALUE, Places
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.template import any_lesson
from sheetprop.words import texts_of
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Value, Workbook
from sheetprop.workbooks.writing.write import write

EXACT = 1e-12
PARTS = {"x": -1.3, "y": 0.7, "z": 2.4}
OTHERS = [
    "x*x*y/z-3*x",
    "tanh(x*y)+sigmoid(z-x)/(2-y)",
    "ln(z^3+1)*sqrt(y)-relu(x)-relu(-x)+sin(x*y)*cos(z)",
    "max(x*y,min(z,y))^2-(-z)/4+2/x",
    "max(0,x+z)*(5-y)*-1.5-4*exp(x/y)",
    "(x+y+z)*(x-y-z)*(x*y*z)-1-y",
]


def circuits() -> list[Circuit]:
    """Return those of the template, and others with every kind of gate and shared wires."""
    lesson = any_lesson("gates")
    assert isinstance(lesson, KindLesson)
    made = [circuit(text, {n: v for n, v in PARTS.items() if n in text}) for text in OTHERS]
    return [*lesson.content.circuits, *made]


def made(
    found: list[Circuit], variant: str = "worked", language: str = "en"
) -> tuple[Workbook, list[Places]]:
    texts = {**texts_of("en"), **texts_of(language)}
    book = workbook_of(KindLesson("gates", "mine", Circuits(tuple(found)), texts), variant)
    pairs = zip(found, book.sheets, strict=False)
    return book, [Places(one, sheet.name, k) for k, (one, sheet) in enumerate(pairs, 1)]


def larger(a: complex, b: complex) -> complex:
    return a if np.real(a) >= np.real(b) else b


def output(one: Circuit, inputs: Mapping[str, complex]) -> complex:
    """Return f at any inputs, as Python calculates the expression."""
    known = {name: getattr(np, name) for name in ("exp", "sqrt", "tanh", "sin", "cos")} | {
        "ln": np.log
    }
    known |= {"max": larger, "min": lambda a, b: -larger(-a, -b), "relu": lambda a: larger(a, 0)}
    known["sigmoid"] = lambda a: 1 / (1 + np.exp(-a))
    return complex(eval(one.text.replace("^", "**"), {**known, **inputs}))


@pytest.mark.parametrize(
    "first", [0, *(pytest.param(first, marks=pytest.mark.slow) for first in (3, 6))]
)
def test_every_gradient_is_that_of_the_expression(first: int) -> None:
    """The output, and by a complex step ∂f of every input, whatever the gates between them."""
    found = circuits()[first : first + 3]
    book, places = made(found)
    for one, its, sheet in zip(found, places, book.sheets, strict=False):
        inputs = {name: complex(value) for name, value in one.inputs.items()}
        expected = {
            name: output(one, inputs | {name: inputs[name] + 1e-30j}).imag / 1e-30
            for name in inputs
        }
        own = {name: sheet.cells[its.row(name), GRADIENT].value for name in inputs}
        marks = {sheet.cells[its.row(name), MARK].value for name in inputs}

        assert own == pytest.approx(expected, rel=EXACT, abs=EXACT)
        assert sheet.cells[its.last, VALUE].value == pytest.approx(output(one, inputs).real)
        assert marks == {"✓"}


def column(book: Workbook, places: Places, which: int, wires: str) -> list[Value]:
    cells = book[places.sheet].cells
    return [round(float(cells[places.row(wire), which].value), 2) for wire in wires.split()]


def test_the_published_neuron_is_as_printed() -> None:
    """w = 2 -3 -3, x = -1 -2: .73, and the gradients of each gate as they are published."""
    book, places = made(circuits()[:3])
    wires = "f g7 g6 g5 g4 g3 g2 g1 w0 x0 w1 x1 w2"
    values = [0.73, 1.37, 0.37, -1, 1, 4, 6, -2, 2, -1, -3, -2, -3]
    gradients = [1, -0.53, -0.53, -0.2, 0.2, 0.2, 0.2, 0.2, -0.2, 0.39, -0.39, -0.59, 0.2]

    assert column(book, places[1], VALUE, wires) == values
    assert column(book, places[1], GRADIENT, wires) == gradients


def test_add_distributes_max_routes_multiply_swaps() -> None:
    """The other published circuits: -12 with -4 -4 3, and -20 with -8 6 2 0."""
    book, places = made(circuits()[:3])

    assert column(book, places[0], GRADIENT, "x y z") == [-4, -4, 3]
    assert column(book, places[0], VALUE, "f") == [-12]
    assert column(book, places[2], GRADIENT, "x y z w") == [-8, 6, 2, 0]
    assert column(book, places[2], VALUE, "f") == [-20]


def test_the_drawing_shows_what_is_known_by_the_chosen_step() -> None:
    """Every wire has its value and its gradient in a step of its own, told by a sentence."""
    book, (first, *_) = made(circuits()[:1])
    data = book["Data"].cells
    told = [data[first.data(step, 5)].value for step in range(first.count)]

    assert book[first.sheet].cells[STEP, CHOSEN].value == first.count == 7
    assert told[1] == "2 of 7, forward: f = g1 · z = 3 · (-4) = -12"
    assert told[3] == "4 of 7, backward: ∂f/∂g1 = ∂f/∂f · z = 1 · (-4) = -4"
    assert sorted(step for pair in first.circuit.steps.values() for step in pair if step) == list(
        range(1, 8)
    )


def test_no_gate_stands_on_another() -> None:
    """In every drawing the beginnings of wires are apart, and inside it."""
    for one in circuits():
        places = Places(one, "a", 1)
        points = list(places.points.values())
        near = [
            (a, b)
            for k, a in enumerate(points)
            for b in points[:k]
            if abs(a[0] - b[0]) < 50 and abs(a[1] - b[1]) < 50
        ]
        assert near == []
        assert all(0 < x < places.size[0] and 0 < y < places.size[1] for x, y in points)


LESSON = """
lesson = "gates"
[gates]
circuits = [{ expression = "%s", inputs = { %s } }]
"""


@pytest.mark.parametrize(
    ("expression", "inputs", "told"),
    [
        ("x+", "x = 1", "cannot be read"),
        ("x+y", "x = 1", "y, which has no value in inputs"),
        ("x*2", "x = 1, y = 2", "an input y that its expression does not use"),
        ("x", "x = 1", "at least one gate"),
        ("sinh(x)", "x = 1", "allowed are exp, ln"),
        ("x.real+1", "x = 1", "where only numbers, inputs"),
        ("ln(x)", "x = -1", "has no value at its inputs"),
        ("1/(x-1)", "x = 1", "has no value at its inputs"),
        ("x^x", "x = 1", "a power that is not of the form x^2"),
        ("2*3+x", "x = 1", "two numbers; write its result"),
        ("f+1", "f = 1", "must not call an input"),
        ("x+1", 'x = "1"', "has a x that must be a finite number"),
        ("x" + "+x" * 31, "x = 1", "at most 30 gates"),
        ("(" * 250 + "x" + ")" * 250, "x = 1", "at most 300 characters"),
        ("-" * 290 + "x", "x = 1", "at most 30 gates"),
    ],
)
def test_a_slip_in_a_template_gets_a_sentence(
    tmp_path: Path, expression: str, inputs: str, told: str
) -> None:
    """It names the file, the key and what is allowed."""
    path = tmp_path / "mine.toml"
    path.write_text(LESSON % (expression, inputs), encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        any_lesson(path)

    assert str(caught.value).startswith(f"{path}: gates.circuits")
    assert told in str(caught.value)


def test_a_blank_one_has_no_answers_and_no_errors(tmp_path: Path) -> None:
    """Values of gates and all gradients are empty, and the solution has each of them."""
    path, solution = tmp_path / "blank.xlsx", tmp_path / "solution.xlsx"
    sheetprop.build("gates", variant="blank", output=path, solution=solution)
    blank, solved = read(path), read(solution)
    texts = [str(cell.value) for sheet in blank.sheets for cell in sheet.cells.values()]
    for one, sheet, full in zip(circuits(), blank.sheets[:3], solved.sheets, strict=False):
        its = Places(one, sheet.name, 1)
        answers = [(its.row(wire), GRADIENT) for wire in one.wires]
        answers += [(its.row(gate.name), VALUE) for gate in one.gates]

        assert [at for at in answers if at in sheet.cells] == []
        assert all(full.cells[at].formula for at in answers)
    assert [text for text in texts if text.startswith("#")] == []


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not()))
def test_libreoffice_comes_to_the_same(tmp_path: Path) -> None:
    """Every value of every cell, numbers to 1e-12 and texts."""
    found = circuits()
    books = [made(found[:3])[0], made(found[3:6], language="hi")[0], made(found[6:], "blank")[0]]
    paths = [tmp_path / f"{number}.xlsx" for number in range(3)]
    for book, path in zip(books, paths, strict=True):
        write(book, path)
    for book, seen in zip(books, libreoffice.recalculated(paths, tmp_path), strict=True):
        for sheet in book.sheets:
            for at, cell in sheet.cells.items():
                if isinstance(cell.value, float):
                    expected = pytest.approx(cell.value, rel=EXACT, abs=EXACT)
                    assert seen[sheet.name][at] == expected, (sheet.name, at)
                elif cell.value not in (None, ""):
                    assert seen[sheet.name][at] == cell.value, (sheet.name, at)
