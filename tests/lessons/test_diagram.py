from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise
from math import hypot
from pathlib import Path

import libreoffice
import pytest
from choosing import with_typed
from laid_out import laid_out

from sheetprop.lessons.start.drawing import LINES, RADIUS, WIDTH, Drawing
from sheetprop.maths.network import Network
from sheetprop.maths.trace import run
from sheetprop.spec import Architecture, Spec
from sheetprop.template import load
from sheetprop.words import Words, texts_of
from sheetprop.workbooks.extent import column_pixels
from sheetprop.workbooks.sheet import Address, Workbook
from sheetprop.workbooks.styles import Look
from sheetprop.workbooks.writing.write import write

NETWORKS = [(2, 2, 2), (2, 1), (1, 1, 1), (3, 4, 2), (2, 3, 3, 1), (2, 3, 3, 2), (5, 5, 5), (8, 2)]
LINE = 13


def drawing(*layers: int) -> Drawing:
    return Drawing(Network(Architecture(layers, biases="each")))


@pytest.mark.parametrize("layers", NETWORKS)
def test_every_neuron_has_its_place_in_the_picture(layers: tuple[int, ...]) -> None:
    """No neuron leaves the picture or touches another; layers stand in order, first on top."""
    picture = drawing(*layers)
    assert len(picture.neurons) == sum(layers)
    for x, y in picture.neurons.values():
        assert RADIUS < x < WIDTH - RADIUS
        assert RADIUS < y < picture.height - RADIUS
    for one, other in combinations(picture.neurons.values(), 2):
        assert hypot(one[0] - other[0], one[1] - other[1]) > 2 * RADIUS
    assert picture.neurons["i1"] == max(
        (at for name, at in picture.neurons.items() if name[0] == "i"), key=lambda at: at[1]
    )


@pytest.mark.parametrize("layers", NETWORKS)
def test_labels_of_connections_can_be_read(layers: tuple[int, ...]) -> None:
    """Each label stands on its line, off the neurons, and a line of text from every other one."""
    picture = drawing(*layers)
    labels = [c.label for c in picture.connections if c.label]
    for one, other in combinations(labels, 2):
        assert abs(one[0] - other[0]) > 60 or abs(one[1] - other[1]) >= LINE - 1
    for connection in picture.connections:
        (x1, y1), (x2, y2) = connection.first, connection.last
        if connection.label:
            x, y = connection.label
            assert x1 < x < x2
            assert y == pytest.approx(y1 + (y2 - y1) * (x - x1) / (x2 - x1), abs=0.5)


def test_small_networks_have_all_labels_and_room_for_two_lines() -> None:
    """Of the classic network every label is drawn, and may tell weight and gradient at once."""
    assert all(c.label and c.room >= LINES for c in drawing(2, 2, 2).connections)
    small = [layers for layers in NETWORKS if max(layers) <= 4]
    assert all(c.label for layers in small for c in drawing(*layers).connections)


def test_large_networks_lose_their_labels_then_their_picture() -> None:
    """What could not be read is left out, and Start says when nothing can be drawn."""
    assert [c.label for c in drawing(8, 8).connections] == [None] * 64
    assert drawing(8, 8).is_possible
    for layers in ((9, 2), (2, 2, 2, 2, 2, 2, 2), (7, 7, 7)):
        assert not drawing(*layers).is_possible
    spec = Spec("wide", Architecture((9, 2)), (0.1,) * 9, (0.5, 0.5), (0.1,) * 18, (0.5,), 3)
    start = laid_out(spec)["Start"]
    assert not start.charts
    assert any(c.value == texts_of("en")["diagram_too_large"] for c in start.cells.values())


@pytest.mark.parametrize("template", ["classic", "mazur"])
def test_picture_and_choices_are_seen_at_once(template: str) -> None:
    """On a laptop's screen of 1366 x 768 the top of Start shows both, without scrolling."""
    start = laid_out(load(template))["Start"]
    look = start.look
    assert isinstance(look, Look)
    (chart,) = look.charts
    left = sum(column_pixels(look.widths[column]) for column in range(1, chart.at[1]))
    above = sum(look.heights.get(row, 15) * 96 / 72 for row in range(1, chart.at[0]))
    assert left + chart.size[0] < 1280
    assert above + chart.size[1] < 460
    chosen = {c.value: at for at, c in start.cells.items() if at[1] == 1}
    assert all(chart.at[0] - 1 <= chosen[text][0] <= chart.at[0] + 5 for text in ("step", "run"))


def value(workbook: Workbook, reference: str) -> object:
    sheet, place = reference.split("!")
    return workbook[sheet].cells[address(place)].value


def address(place: str) -> Address:
    found = re.fullmatch(r"\$([A-Z]+)\$(\d+)", place)
    assert found
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]), column


def labels(workbook: Workbook) -> list[str]:
    """What is written into the picture."""
    (chart,) = workbook["Start"].charts
    return [str(value(workbook, s.name)) for s in chart.series if s.name]


@pytest.mark.parametrize("template", ["classic", "mazur"])
def test_the_picture_names_every_quantity_of_the_step(template: str) -> None:
    """Activations, weights, biases, targets and errors each have a label with their value."""
    workbook = laid_out(load(template))
    found = " ".join(labels(workbook)).split()
    quantities = Network(load(template).architecture).quantities
    for name, quantity in quantities.items():
        if quantity.kind in ("input", "activation", "weight", "bias", "target", "error"):
            assert name in found


@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not()))
def test_the_picture_follows_step_rate_and_labels(tmp_path: Path) -> None:
    """Recalculated by LibreOffice, every label tells the chosen step of the chosen run."""
    spec = replace(load("classic"), learning_rates=(0.5, 2.0), iterations=41)
    choices: list[tuple[float, int, str]] = [
        (0, 1, "weights"),
        (40, 2, "both"),
        (7, 2, "gradients"),
    ]
    paths = [tmp_path / f"{k}.xlsx" for k in range(len(choices))]
    workbook = laid_out(spec)
    for path, (step, number, mode) in zip(paths, choices, strict=True):
        write(with_typed(workbook, {"step": step, "run": f"run {number}", "labels": mode}), path)
    found = libreoffice.recalculated(paths, tmp_path)
    (chart,) = workbook["Start"].charts
    trace = run(spec, spec.learning_rates, spec.iterations)
    for values, (step, number, mode) in zip(found, choices, strict=True):
        texts = [
            str(values["Data"][address(str(s.name).split("!")[1])]) for s in chart.series if s.name
        ]
        shown = dict(text.split()[:2] for text in texts if text[0] in "wa∂i")
        place = number - 1, int(step)
        for name, value in shown.items():
            column = name.replace("∂", "d")
            if column in trace.values:
                assert float(value) == pytest.approx(trace.values[column][place], rel=2e-3)
        assert ("w5" in shown) == (mode != "gradients")
        assert ("∂E/∂w5" in shown) == (mode == "gradients")
        assert any("\n∂ " in text for text in texts) == (mode == "both")


def test_positive_and_negative_weights_are_told_apart() -> None:
    """A connection has one line, drawn by the sign of its weight in colour and dash."""
    spec = load("classic")
    workbook = laid_out(replace(spec, weights=(-0.15, *spec.weights[1:])))
    (chart,) = workbook["Start"].charts
    look = workbook["Start"].look
    assert isinstance(look, Look)
    strokes = look.charts[0].strokes
    lines = [(s, k) for s, k in zip(chart.series, strokes, strict=True) if not s.name and k.width]
    drawn = [(_is_long(workbook, series.categories), how) for series, how in lines]
    pairs = list(pairwise(drawn))[::2][:8]
    assert [(one[0], other[0]) for one, other in pairs] == [(False, True), *[(True, False)] * 7]
    assert all(one[1].colour != other[1].colour for one, other in pairs)
    assert all(one[1].dash != other[1].dash for one, other in pairs)


def _is_long(workbook: Workbook, reference: str | None) -> bool:
    first, last = str(reference).split("!")[1].split(":")
    ends = [value(workbook, f"Data!{place}") for place in (first, last)]
    return ends[0] != ends[1]


def test_long_and_short_numbers_become_short_labels() -> None:
    """Four digits, however large or small the number is; an error becomes a dash."""
    spec = replace(load("classic"), weights=(12345678.9, 1e-7, -0.5, 0.0, 0.4, 0.45, 0.5, 0.55))
    shown = dict(text.split()[:2] for text in labels(laid_out(spec)) if text[0] == "w")
    assert (shown["w1"], shown["w2"]) == ("1.23E7", "1E-7")
    assert (shown["w3"], shown["w4"]) == ("-0.5", "0")
    spec = replace(load("classic"), weights=(-1e5, *load("classic").weights[1:]))
    assert "a_h1\n–" in labels(laid_out(spec))


def test_the_words_of_labels_come_from_the_language() -> None:
    """In another language the list to choose from and the chosen word are its own."""
    workbook = laid_out(load("classic", "de"))
    words = Words(texts_of("de"))
    assert words["diagram_weights"] in {c.value for c in workbook["Start"].cells.values()}
    assert any("w1 0.15" in text for text in labels(workbook))
