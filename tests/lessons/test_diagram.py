from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from math import hypot
from pathlib import Path

import libreoffice
import pytest
from choosing import with_typed
from laid_out import laid_out

from sheetprop.calculating.calculated import calculated
from sheetprop.calculating.run_values import rows
from sheetprop.lessons.layout import layout
from sheetprop.lessons.parts.drawing import LINES, RADIUS, WIDTH, Drawing
from sheetprop.lessons.picture.diagram import put_diagram
from sheetprop.lessons.picture.drawn_lines import NEGATIVE_COLOUR
from sheetprop.lessons.runs.rate_table import RateRun, RateTable
from sheetprop.lessons.start.chosen import put_chosen
from sheetprop.lessons.start.start_sheet import start_sheet
from sheetprop.maths.network import Network
from sheetprop.maths.trace import run
from sheetprop.spec import Architecture, Spec
from sheetprop.template import load
from sheetprop.words import Words, texts_of, words_of
from sheetprop.workbooks.chart_look import Stroke
from sheetprop.workbooks.extent import column_pixels
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell, Workbook
from sheetprop.workbooks.styles import ACCENT
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
    start = layout(spec)["Start"]
    assert len(start.charts) == 1  # the loss curves
    assert any(c.value == texts_of("en")["diagram_too_large"] for c in start.cells.values())


@pytest.mark.parametrize("template", ["classic", "mazur"])
def test_picture_and_choices_are_seen_at_once(template: str) -> None:
    """On a laptop's screen of 1366 x 768 the top of Start shows both, without scrolling."""
    start = laid_out(load(template))["Start"]
    look = start.look
    assert isinstance(look, Look)
    chart = look.charts[0]
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
    chart = workbook["Start"].charts[0]
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
    chart = workbook["Start"].charts[0]
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


def lines(workbook: Workbook) -> list[Stroke]:
    """The strokes of all lines that have a length, but for those of the legend."""
    chart, look = workbook["Start"].charts[0], workbook["Start"].look
    assert isinstance(look, Look)
    drawn = zip(chart.series, look.charts[0].strokes, strict=True)
    found = [(s, k) for s, k in drawn if not s.name and k.width]
    return [stroke for series, stroke in found if _is_long(workbook, series.categories)][:-2]


def _is_long(workbook: Workbook, reference: str | None) -> bool:
    first, last = str(reference).split("!")[1].split(":")
    ends = [value(workbook, f"Data!{place}") for place in (first, last)]
    return ends[0] != ends[1]


def test_each_connection_is_one_line_as_wide_as_its_weight_is_large() -> None:
    """Of the lines of a connection one has a length, by the size of its weight and by its sign."""
    weights = (-0.01, 0.2, 0.04, -0.3, 0.4, 0.06, 1.0, 0.05)
    drawn = lines(layout(replace(load("classic"), weights=weights)))

    assert sorted(stroke.width for stroke in drawn) == [0.75] * 4 + [1.75, 3.25, 3.25, 5.25]
    assert [stroke.dash for stroke in drawn].count("dash") == 2
    assert {stroke.colour for stroke in drawn if stroke.dash == "dash"} == {NEGATIVE_COLOUR}
    assert {stroke.colour for stroke in drawn if stroke.dash == "solid"} == {ACCENT}


@pytest.mark.slow
@pytest.mark.parametrize("layers", NETWORKS)
def test_no_more_series_are_drawn_than_a_chart_may_have(layers: tuple[int, ...]) -> None:
    """Excel draws 255; larger networks have fewer widths of lines."""
    shape = Architecture(layers, biases="each")
    numbers = ((0.1,) * count for count in (layers[0], layers[-1], shape.weight_count))
    inputs, targets, weights = numbers
    spec = Spec("any", shape, inputs, targets, weights, (0.5,), 3, (0.1,) * shape.bias_count)
    start = layout(spec)["Start"]

    assert len(start.charts[0].series) <= 255


def test_nothing_on_data_is_written_over() -> None:
    """Lists, points, neurons and lines each have columns of their own."""
    puts: list[Address] = []

    class Watched(Page):
        def put(self, at: Address, cell: Cell | str, style: str, link: str | None = None) -> None:
            puts.append(at)
            super().put(at, cell, style, link)

    for shape in ((2, 2, 2), (2, 3, 3, 2)):
        puts.clear()
        weights = (0.1,) * Architecture(shape).weight_count
        spec = Spec("any", Architecture(shape), (0.1, 0.2), (0.3, 0.4), weights, (0.5,), 3)
        data, table = Watched(), RateTable(Network(spec.architecture), 3)
        words = words_of(spec)
        start = start_sheet(spec, table, [0.5], ["η=0.5"], words)
        runs = [RateRun("η=0.5", start.rates[0], 0.5, rows(table.network, spec.start(), 0.5, 3))]
        chosen = put_chosen(data, table, start, runs, words)
        put_diagram(data, table, start, chosen, words)

        assert len(puts) == len(set(puts))


@pytest.mark.slow
def test_each_phase_lights_its_part() -> None:
    """Forward has activations, error the targets, backward δ and gradients, update the weights."""
    book = layout(load("classic"))
    shown = {phase: " ".join(labels(in_phase(book, phase))).split() for phase in PHASES}

    assert {"a_h1", "w1", "t1"} <= set(shown["all"])
    assert "t1" not in shown["1 forward"]
    assert "w1" not in shown["2 error"]
    assert {"E1", "t1"} <= set(shown["2 error"])
    assert {"δ_h1", "δ_o2", "∂E/∂w1"} <= set(shown["3 backward"])
    assert "a_h1" not in shown["3 backward"]
    assert {"w1", "→"} <= set(shown["4 update"])


PHASES = ("all", "1 forward", "2 error", "3 backward", "4 update")


def in_phase(workbook: Workbook, phase: str) -> Workbook:
    """The workbook calculated with a phase chosen."""
    book = with_typed(workbook, {"phase": phase})
    emptied = [
        replace(s, cells={a: Cell(None, c.formula) if c.formula else c for a, c in s.cells.items()})
        if s.name in ("Start", "Data")
        else s
        for s in book.sheets
    ]
    return Workbook(calculated(emptied))


@pytest.mark.slow
def test_deltas_are_the_slopes_at_the_sums() -> None:
    """δ of a neuron times its input is the gradient of the weight between them."""
    spec = load("classic")
    book = in_phase(layout(spec), "3 backward")
    texts = dict(text.split() for text in labels(book) if text.startswith("δ"))
    trace = run(spec, spec.learning_rates, 1).values

    for name, weight, source in (
        ("δ_h1", "w1", "i1"),
        ("δ_h2", "w4", "i2"),
        ("δ_o2", "w7", "a_h1"),
    ):
        expected = trace[f"dE/d{weight}"][0][0] / trace[source][0][0]
        assert float(texts[name]) == pytest.approx(float(expected), rel=2e-3)


@pytest.mark.slow
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
