"""What Start and the rate sheets show on a screen of 1600 x 900 pixels, without scrolling."""

from __future__ import annotations

from dataclasses import replace

import pytest
from slowly import slowly

from sheetprop.lessons.layout import layout
from sheetprop.lessons.runs.rate_charts import CHART_WIDTH
from sheetprop.lessons.start.arrangement import arrange
from sheetprop.maths.network import Network
from sheetprop.spec import Architecture, Spec
from sheetprop.template import load
from sheetprop.words import texts_of
from sheetprop.workbooks.extent import ROW, column_pixels
from sheetprop.workbooks.look import ChartLook, Look
from sheetprop.workbooks.sheet import Sheet, Workbook

SCREEN = (1500, 690)
"""Pixels of cells that are seen below menus and tools."""

BESIDE_A_BAR = 1345
"""Those that LibreOffice shows beside the bar at its side, since its columns are a tenth wider."""

SHAPES = [(2, 2, 2), *slowly([(3, 4, 2), (5, 5, 5), (2, 8, 2), (8, 8, 8), (2, 3, 1), (3, 4, 4, 3)])]


def lesson(layers: tuple[int, ...], samples: int = 1) -> Spec:
    shape = Architecture(layers, samples=samples)
    weights = (0.3,) * shape.weight_count
    given = (0.1,) * layers[0] * samples, (0.4,) * layers[-1] * samples
    return Spec("shape", shape, *given, weights, (0.5, 1.0), 2)


def built(spec: Spec) -> Workbook:
    return layout(spec, has_values=False)


def look_of(sheet: Sheet) -> Look:
    assert isinstance(sheet.look, Look)
    return sheet.look


def right_and_lower(look: Look, chart: ChartLook) -> tuple[int, int]:
    """The pixels from the sheet's corner to a chart's lower right one."""
    left = sum(column_pixels(look.widths.get(c, 8.4)) for c in range(1, chart.at[1]))
    above = sum(look.heights.get(row, ROW * 0.75) * 96 / 72 for row in range(1, chart.at[0]))
    return left + chart.size[0], round(above) + chart.size[1]


@pytest.mark.parametrize("layers", SHAPES)
def test_picture_curves_and_sheets_are_seen_at_once(layers: tuple[int, ...]) -> None:
    """Of a network with large layers, or of many examples, too; no part lies on another."""
    start = built(lesson(layers, 1 + 5 * (layers == (2, 3, 1))))["Start"]
    look = look_of(start)
    ends = [right_and_lower(look, chart) for chart in look.charts]
    words = texts_of("en")
    places = {cell.value: at for at, cell in start.cells.items()}
    sheets = sum(str(words["contents_data"]) in str(text) for text in places)

    assert all(right <= BESIDE_A_BAR and lower < SCREEN[1] for right, lower in ends)
    assert sheets == 1
    last = max(at[0] for text, at in places.items() if str(text).startswith("Data: "))
    assert last * ROW < SCREEN[1]
    assert {"start_rates", "start_weights", "start_losses", "start_contents"} <= {
        key for key in words if words[key] in places
    }


def test_a_high_picture_has_curves_and_sheets_beside_it() -> None:
    """Below it they would not be seen; the picture leaves the columns free in which they stand."""
    spec = lesson((3, 4, 2))
    arrangement = arrange(Network(spec.architecture), 4, 20)

    assert arrangement.losses[0] == 5
    assert arrangement.contents[1] == arrangement.losses[1] == 13
    assert arrangement.formulas > arrangement.contents[0] > arrangement.losses[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["classic", "softmax", "xor", "mazur"])
def test_all_charts_of_a_rate_are_seen_at_once(name: str) -> None:
    """Of the shipped networks with their legends."""
    spec = load(name)
    book = built(replace(spec, learning_rates=(0.5,), iterations=3))
    look = look_of(book["η=0.5"])

    assert all(chart.in_legend is None for chart in look.charts)
    assert max(right_and_lower(look, chart)[0] for chart in look.charts) < SCREEN[0]


@pytest.mark.slow
def test_many_lines_have_no_legend_that_would_push_charts_off() -> None:
    """All charts are seen at once, and none is drawn too small."""
    look = look_of(built(lesson((5, 5, 5)))["η=0.5"])

    assert look.charts[1].in_legend == ()
    assert max(right_and_lower(look, chart)[0] for chart in look.charts) < SCREEN[0]
    assert min(chart.size[0] for chart in look.charts) > 0.7 * CHART_WIDTH
