"""The drawing of a circuit: gates, and on each wire its value above and its gradient below."""

from __future__ import annotations

from math import hypot

from sheetprop.lessons.kinds.gates.circuit import Gate, gradient_of
from sheetprop.lessons.kinds.gates.places import (
    ABOVE,
    BELOW,
    GRADIENT_TEXT,
    LINE,
    NAME,
    PICTURE,
    SHOWN_GRADIENT,
    SHOWN_VALUE,
    SIGN,
    SIGN_X,
    SIGN_Y,
    STEP,
    TOLD,
    VALUE_TEXT,
    Places,
    Point,
    X,
)
from sheetprop.lessons.kinds.gates.places import CHOSEN as STEP_COLUMN
from sheetprop.lessons.start.chosen import short_text
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names
from sheetprop.notation.address import address, fixed, on
from sheetprop.notation.excel_write import number
from sheetprop.notation.text import name_text, pieces
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook, Stroke
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell, Chart, Series
from sheetprop.workbooks.styles import FILLS, INK, QUIET

_WIRE = Stroke(QUIET, "solid", 1.5)
_GATE = Stroke(INK, width=0, marker="circle", size=28, fill=FILLS["weight"])
_LABEL = Stroke(INK, width=0, label="center")
_VALUE = Stroke(INK, width=0, label="center", label_fill=FILLS["forward"])
_GRADIENT = Stroke(INK, width=0, label="center", label_fill=FILLS["backward"])
_EDGE = 19.0  # pixels from the middle of a gate
_LIFT = 11.0
"""Pixels that a number stands above or below its wire."""


def put_drawing(data: Page, places: Places, words: Words) -> tuple[Chart, ChartLook]:
    """Write what the drawing consists of on Data, and return it."""
    circuit = places.circuit
    data.put(places.data(-2, 0), circuit.text, "heading")
    for line, wire in enumerate(circuit.wires):
        _put_wire(data, places, line, wire)
    series: list[Series] = []
    strokes: list[Stroke] = []
    _draw_lines(data, places, series, strokes)
    _draw_gates(data, places, series, strokes)
    for line in range(len(circuit.wires)):
        for label, height, how in (
            (SHOWN_VALUE, ABOVE, _VALUE),
            (SHOWN_GRADIENT, BELOW, _GRADIENT),
        ):
            series.append(_point(places, line, X, height, label))
            strokes.append(how)
    _put_steps(data, places, words)
    look = ChartLook(
        at=(PICTURE, 1),
        size=places.size,
        x_title="",
        y_title="",
        description=words["gates_description"],
        strokes=tuple(strokes),
        in_pixels=True,
        in_legend=(),
    )
    return Chart("scatter", tuple(series)), look


def _point(places: Places, line: int, x: int, y: int, label: int) -> Series:
    at = [places.on_data(line, column) for column in (y, x, label)]
    return Series(at[0], at[1], at[2], name_is_reference=True)


def _put_wire(data: Page, places: Places, line: int, wire: str) -> None:
    """Write a wire's numbers as texts, which the drawing shows from their steps on."""
    chosen = on(places.sheet, (STEP, STEP_COLUMN))
    forward, backward = places.circuit.steps[wire]
    data.put(places.data(line, NAME), wire, "name")
    numbers = (
        (VALUE_TEXT, SHOWN_VALUE, places.value(wire), forward),
        (GRADIENT_TEXT, SHOWN_GRADIENT, places.gradient(wire), backward),
    )
    for text, shown, cell, step in numbers:
        there = places.here(cell)
        short = short_text(there).removeprefix("=")
        known = Cell(None, f'=IF(ISNUMBER({there}),{short},"?")')
        data.put(places.data(line, text), known, "formula")
        name = f'"{wire} = "&' if shown == SHOWN_VALUE else '"∂ "&'
        own = f"{name}{address(*places.data(line, text))}"
        data.put(places.data(line, shown), Cell(None, f'=IF({chosen}>={step},{own},"")'), "formula")
    x, y = places.label(wire)
    for column, value in ((X, x), (ABOVE, y + _LIFT), (BELOW, y - _LIFT)):
        data.put(places.data(line, column), Cell(round(value, 1)), "formula")


def _draw_lines(data: Page, places: Places, series: list[Series], strokes: list[Stroke]) -> None:
    """Draw each wire from its beginning to every gate that it goes into, and the output's."""
    gates, points = {gate.name for gate in places.circuit.gates}, places.points
    ends = [
        _between(points[source], points[gate.name], starts_at_gate=source in gates)
        for gate in places.circuit.gates
        for source in gate.sources
    ]
    x, y = points[places.circuit.gates[-1].name]
    ends.append(((x + _EDGE, y), (x + 84, y)))
    for line, (first, last) in enumerate(ends):
        for axis in range(2):
            for place, end in enumerate((first, last)):
                at = places.data(line, LINE + 2 * axis + place)
                data.put(at, Cell(round(end[axis], 1)), "formula")
        xs, ys = (
            f"{places.on_data(line, column)}:{fixed(places.data(line, column + 1))}"
            for column in (LINE, LINE + 2)
        )
        series.append(Series(ys, xs))
        strokes.append(_WIRE)


def _between(first: Point, last: Point, *, starts_at_gate: bool) -> tuple[Point, Point]:
    """Return the ends of a line that leaves what is drawn in a gate free."""
    x, y = last[0] - first[0], last[1] - first[1]
    part = _EDGE / hypot(x, y)
    begin = part if starts_at_gate else 0.0
    end = 1 - part
    return (first[0] + begin * x, first[1] + begin * y), (first[0] + end * x, first[1] + end * y)


def _draw_gates(data: Page, places: Places, series: list[Series], strokes: list[Stroke]) -> None:
    """Draw all gates at once, and the sign of each."""
    gates = places.circuit.gates
    for line, gate in enumerate(gates):
        x, y = places.points[gate.name]
        cells = ((SIGN, gate.operation.sign), (SIGN_X, round(x, 1)), (SIGN_Y, round(y, 1)))
        for column, value in cells:
            data.put(places.data(line, column), Cell(value), "formula")
    xs, ys = (
        f"{places.on_data(0, column)}:{fixed(places.data(len(gates) - 1, column))}"
        for column in (SIGN_X, SIGN_Y)
    )
    series.append(Series(ys, xs))
    strokes.append(_GATE)
    for line in range(len(gates)):
        series.append(_point(places, line, SIGN_X, SIGN_Y, SIGN))
        strokes.append(_LABEL)


def _put_steps(data: Page, places: Places, words: Words) -> None:
    """Write what happens in each step, with the numbers put in."""
    circuit = places.circuit
    by_name = {gate.name: gate for gate in circuit.gates}
    for wire, (forward, backward) in circuit.steps.items():
        if forward:
            _put_step(data, places, forward, wire, by_name[wire], words)
        _put_back(data, places, backward, wire, words)


def _put_step(data: Page, places: Places, step: int, wire: str, gate: Gate, words: Words) -> None:
    facts = {"step": number(step), "count": number(places.count)}
    told = words.formula("gates_forward", **facts).removeprefix("=")
    told += "&" + _worked(places, wire, gate.value, _text(places, wire, VALUE_TEXT))
    data.put(places.data(step - 1, TOLD), Cell(None, f"={told}"), "text")


def _put_back(data: Page, places: Places, step: int, wire: str, words: Words) -> None:
    facts = {"step": number(step), "count": number(places.count)}
    told = words.formula("gates_backward", **facts).removeprefix("=")
    tree, result = places.circuit.gradient(wire), _text(places, wire, GRADIENT_TEXT)
    told += "&" + _worked(places, name_text(gradient_of(wire)), tree, result)
    data.put(places.data(step - 1, TOLD), Cell(None, f"={told}"), "text")


def _text(places: Places, wire: str, column: int) -> str:
    return address(*places.data(places.circuit.wires.index(wire), column))


def _worked(places: Places, name: str, tree: Expr, result: str) -> str:
    """Return the part of a formula that shows a tree by names, by numbers, and what it gives."""
    cells = {wire: _text(places, wire, VALUE_TEXT) for wire in places.circuit.wires}
    cells |= {
        gradient_of(wire): _text(places, wire, GRADIENT_TEXT) for wire in places.circuit.wires
    }
    parts = pieces(tree)
    if not names(tree):  # of f by itself
        return f'"{name} = {parts[0]}"'
    words = [part if isinstance(part, str) else name_text(part.name) for part in parts]
    numbers = [
        f'"{part}"' if isinstance(part, str) else _bracketed(cells[part.name]) for part in parts
    ]
    if isinstance(tree, Name):
        return f'"{name} = {words[1]} = "&{result}'
    shown = "&".join(part for part in numbers if part != '""')
    return f'"{name} = {"".join(words)} = "&{shown}&" = "&{result}'


def _bracketed(text: str) -> str:
    """Return the part of a formula that shows a number, in brackets where it has a sign."""
    return f'IF(LEFT({text},1)="-","("&{text}&")",{text})'
