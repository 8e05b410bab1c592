"""The lesson architecture, against NumPy that knows none of its formulas."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import libreoffice
import numpy as np
import pytest
from slowly import one_in
from template_slips import hold_to_sentence

import sheetprop
from sheetprop.checking.check import check_workbook
from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.architecture.columns import COLUMNS, IMAGE, REMARK, TOTAL
from sheetprop.lessons.kinds.architecture.layers import Architecture, Layer
from sheetprop.lessons.kinds.architecture.totals import ROWS
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.rows.architecture import CALCULATED
from sheetprop.template import any_lesson
from sheetprop.words import texts_of
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Cell, Value, Workbook
from sheetprop.workbooks.writing.write import write

CONVOLUTIONS = [
    Layer("convolution", kernel, stride, padding, dilation, groups, channels, bias)
    for kernel, stride, padding, dilation, groups, channels, bias in itertools.product(
        (1, 2, 3, 5), (1, 2, 3), (0, 2), (1, 3), (1, 2), (4, 8), (False, True)
    )
]
OTHERS = [
    Layer("max pooling", 3, 2, 1),
    Layer("average pooling", 2, 2),
    Layer("batch normalisation"),
    Layer("fully connected", 0, channels=10, bias=True),
]


def made(layers: Sequence[Layer], image: int = 397, language: str = "en") -> Workbook:
    found = Architecture(image, 2, 10, 1000, tuple(layers), {})
    return workbook_of(KindLesson("architecture", "mine", found, texts_of(language)), "worked")


def column(book: Workbook, name: str, rows: int) -> list[Value]:
    sheet = book.sheets[0]
    return [sheet.cells[IMAGE + k, COLUMNS[name]].value for k in range(1, rows + 1)]


def spread(width: int, kernels: Sequence[tuple[int, int, int]]) -> int:
    """Return how many pixels neighbouring values see: each is spread back over what it saw."""
    seen = np.ones(width)
    for kernel, stride, dilation in reversed(kernels):
        apart = np.zeros((len(seen) - 1) * stride + 1)
        apart[::stride] = seen
        taps = np.zeros((kernel - 1) * dilation + 1)
        taps[::dilation] = 1
        seen = np.convolve(apart, taps)
    return len(seen)


def witnessed(layers: Sequence[Layer], size: int, channels: int) -> list[dict[str, int]]:
    """Return every quantity, counted: windows, spread pixels, elements of arrays of weights."""
    found = []
    kernels: list[tuple[int, int, int]] = []
    for layer in layers:
        kernel = size if layer.layer == "fully connected" else layer.kernel
        window = (kernel - 1) * layer.dilation + 1
        padded = np.arange(size + 2 * layer.padding)
        windows = np.lib.stride_tricks.sliding_window_view(padded, window)[:: layer.stride]
        kernels.append((kernel, layer.stride, layer.dilation))
        size, out = len(windows), layer.channels or channels
        weights = bias = 0
        if layer.layer in ("convolution", "fully connected"):
            weights = np.empty((out, channels // layer.groups, kernel, kernel)).size
            bias = np.empty(out if layer.bias else 0).size
        scale = np.empty((2, out)).size if layer.layer == "batch normalisation" else 0
        found.append(
            {
                "size": size,
                "lost": int(padded[-1] - windows[-1][-1]),
                "jump": spread(2, kernels) - spread(1, kernels),
                "field": spread(1, kernels),
                "parameters": weights + bias + scale,
                "multiplications": weights * size * size,
            }
        )
        channels = out
    return found


@pytest.mark.parametrize("layer", one_in(4, CONVOLUTIONS[::7]))
def test_every_row_is_what_numpy_counts(layer: Layer) -> None:
    """Behind and before other layers, whatever its numbers, each quantity is the counted one."""
    layers = [replace(CONVOLUTIONS[0], channels=4), layer, *OTHERS[:2], layer, *OTHERS[2:]]
    book = made(layers)
    found = {name: column(book, name, len(layers)) for name in CALCULATED}
    wanted = witnessed(layers, 397, 2)

    assert found == {name: [row[name] for row in wanted] for name in CALCULATED}


def test_the_image_is_drawn_as_a_square() -> None:
    """Both axes of what the layers see are as long; the image's width is its height."""
    look = made([Layer("convolution", 3, 1, 0, 1, 1, 8, False)]).sheets[0].look
    assert isinstance(look, Look)

    assert look.charts[0].square > 0


@pytest.mark.parametrize("name", ["architecture", "digits"])
def test_every_shipped_network_is_what_numpy_counts(name: str) -> None:
    """Row by row, as it stands in its template."""
    network = any_lesson(name)
    assert isinstance(network, KindLesson)
    found: Architecture = network.content
    book = workbook_of(network, "worked")
    wanted = witnessed(found.layers, found.image, found.channels)
    for quantity in CALCULATED:
        expected = [row[quantity] for row in wanted]
        assert column(book, quantity, len(found.layers)) == expected


def test_the_thrifty_network_meets_its_task() -> None:
    """Within its parameters, it sees all pixels, has its classes, and nothing odd in any row."""
    network = any_lesson("digits")
    assert isinstance(network, KindLesson)
    cells = workbook_of(network, "worked").sheets[0].cells
    names = ("parameters", "receptive_field", "last_channels")
    verdicts = [str(cells[ROWS[name], TOTAL + 2].value) for name in names]
    remarks = [cells[IMAGE + k, REMARK].value for k in range(1, len(network.content.layers) + 1)]

    assert [verdict.startswith("yes") for verdict in verdicts] == [True] * 3
    assert not any(remarks)


def test_the_published_network_is_counted_as_printed() -> None:
    """17,968 weights and 24 pixels, as its table says, of an image of 28; and 7×7 stays 7×7."""
    network = any_lesson("architecture")
    assert isinstance(network, KindLesson)
    sheet = workbook_of(network, "worked").sheets[0]
    printed = network.content.printed

    assert sheet.cells[ROWS["parameters"], TOTAL].value == printed["parameters"] == 17968
    assert sheet.cells[ROWS["receptive_field"], TOTAL].value == printed["receptive_field"] == 24
    assert sheet.cells[IMAGE + 9, COLUMNS["size"]].value == 7
    assert "Printed is 3" in str(sheet.cells[IMAGE + 9, REMARK].value)
    assert "NO" in str(sheet.cells[ROWS["receptive_field"], TOTAL + 2].value)
    assert "as printed" in str(sheet.cells[ROWS["parameters"], TOTAL + 2].value)


def test_a_normalisation_used_twice_is_counted_once() -> None:
    """And one that is never used is held all the same: so two totals of one network differ."""
    network = any_lesson("shared-norm")
    assert isinstance(network, KindLesson)
    sheet = workbook_of(network, "worked").sheets[0]
    again, unused = (
        next(k for k, layer in enumerate(network.content.layers, 1) if getattr(layer, name))
        for name in ("again", "unused")
    )

    assert sheet.cells[ROWS["parameters"], TOTAL].value == 40394
    assert network.content.printed["parameters"] == 40394 - 2 * 32
    assert [sheet.cells[IMAGE + k, COLUMNS["parameters"]].value for k in (again, unused)] == [0, 64]
    assert "fit neither" in str(sheet.cells[IMAGE + again, REMARK].value)
    assert "No layer" in str(sheet.cells[IMAGE + unused, REMARK].value)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de", "hi"])
@pytest.mark.parametrize(("name", "wrong"), [("again", "=2*H{}"), ("unused", "=0")])
def test_what_a_normalisation_counts_is_judged(name: str, wrong: str, language: str) -> None:
    """The one used again by its own label counts nothing, the unused one its parameters."""
    network = any_lesson("shared-norm", language)
    assert isinstance(network, KindLesson)
    book = workbook_of(network, "worked")
    layers = enumerate(network.content.layers, 1)
    row = IMAGE + next(k for k, layer in layers if getattr(layer, name))
    right = check_workbook(book, "a.xlsx")
    book.sheets[0].cells[row, COLUMNS["parameters"]] = Cell(None, wrong.format(row))
    slipped = check_workbook(book, "a.xlsx")

    assert (right.verdict, slipped.verdict) == ("correct", "mistakes")
    assert {p.range for one in slipped.errors for p in one.places} == {f"N{row}"}


@pytest.mark.parametrize(
    ("layers", "told"),
    [
        ([Layer("convolution", 9, channels=10)], "larger than what comes in"),
        ([Layer("convolution", 3, 2, channels=10)], "a border as wide as 1"),
        ([Layer("convolution", 1, padding=1, channels=10)], "1×1"),
        ([Layer("convolution", 3, channels=4)], "Fewer channels than classes"),
        ([Layer("convolution", 3, channels=10)], ""),
    ],
)
def test_what_is_odd_about_a_row_is_said_beside_it(layers: list[Layer], told: str) -> None:
    """A kernel without room, a lost border, padding of a point, too few channels; else nothing."""
    remark = str(made(layers, 8).sheets[0].cells[IMAGE + 1, REMARK].value or "")

    assert told in remark
    assert bool(remark) == bool(told)


def test_what_follows_an_impossible_layer_is_no_error() -> None:
    """No cell shows an error where a kernel has no room: the rows behind say impossible too."""
    big = Layer("convolution", 9, channels=4)
    book = made([big, replace(big, kernel=1), *OTHERS], 8)
    shown = [str(cell.value) for sheet in book.sheets for cell in sheet.cells.values()]

    assert column(book, "size", 2) == ["impossible"] * 2
    assert [text for text in shown if text.startswith("#") and len(text) > 1] == []


LESSON = """
lesson = "architecture"
[architecture]
image = 28
channels = 1
layers = [{ layer = "max pooling", kernel = 2 }, %s]
"""
ROW = '{ layer = "convolution", kernel = 3, channels = 4 }'


@pytest.mark.parametrize(
    ("text", "key", "told"),
    [
        (LESSON % '{ layer = "conv" }', "architecture.layers", 'did you mean "convolution"'),
        (LESSON % '{ layer = "convolution", channels = 4 }', "architecture.layers", "its kernel"),
        (LESSON % '{ layer = "max pooling", kernel = 0 }', "architecture.layers", "at least 1"),
        (LESSON % "3", "architecture.layers", "number 2 of the list must be such as"),
        (
            LESSON % ROW.replace("kernel", "kernal"),
            "architecture.layers",
            'did you mean "kernel"',
        ),
        (LESSON % ROW.replace("4 }", "4, groups = 3 }"), "architecture.layers", "divide"),
        (
            LESSON % '{ layer = "batch normalisation", again = 1 }',
            "architecture.layers",
            "before it",
        ),
        (LESSON % ROW.replace("4 }", "4, unused = true }"), "architecture.layers", "must not hold"),
        (LESSON % ROW + "[data]\n", "data", '"architecture", "printed" or "texts"'),
        (LESSON % ROW + "[printed]\nweights = 3\n", "printed.weights", "is no key of [printed]"),
        ((LESSON % ROW).replace("image", "width"), "architecture.width", "allowed are"),
        ((LESSON % ROW).replace("image = 28", ""), "architecture.image", "is missing"),
        (
            (LESSON % ROW).replace("architecture", "architektur", 1),
            "lesson",
            'not "architektur" (did you mean "architecture"?)',
        ),
    ],
)
def test_a_slip_in_a_template_gets_a_sentence(
    tmp_path: Path, text: str, key: str, told: str
) -> None:
    """It names the file, the key and what is allowed."""
    hold_to_sentence(tmp_path / "mine.toml", text, key, told)


def test_what_only_runs_have_is_refused(tmp_path: Path) -> None:
    """Rates, iterations, and exercises that need them, each by a sentence."""
    with pytest.raises(SpecError, match="learning_rates: does not go with architecture"):
        sheetprop.build("architecture", learning_rates=[1], output=tmp_path / "a.xlsx")
    with pytest.raises(SpecError, match='variant: must be "worked", not "find-the-bug"'):
        sheetprop.build("mnist", variant="find-the-bug", output=tmp_path / "a.xlsx")
    with pytest.raises(SpecError, match='"solution" or "find-the-bug", not "smallest"'):
        sheetprop.build("architecture", variant="smallest", output=tmp_path / "a.xlsx")
    with pytest.raises(SpecError, match='lesson: is "architecture", which has no runs'):
        sheetprop.trace("architecture")
    with pytest.raises(SpecError, match="roster: goes only with networks, whose weights are drawn"):
        sheetprop.build("gates", roster=tmp_path / "class.csv")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de", "hi"])
@pytest.mark.parametrize("variant", ["worked", "blank", "solution"])
def test_the_check_knows_the_lesson_and_accuses_nobody(
    tmp_path: Path, variant: str, language: str
) -> None:
    """Each variant, written and read again: all right, or all answers still to be given."""
    path = sheetprop.build(
        "architecture", variant=variant, language=language, output=tmp_path / "a.xlsx"
    )
    report = check_workbook(read(path), "a.xlsx")

    assert report.verdict == ("incomplete" if variant == "blank" else "correct")
    assert [table.lesson for table in report.tables] == ["architecture"]
    assert report.tables[0].cells["blank"] == (60 if variant == "blank" else 0)
    # The border that a pooling drops and the small receptive field are what it is there to show.
    odd = {"lost-border", "missed-budget"} if variant != "blank" else set()
    assert {one.mistake for one in report.findings} == odd
    assert {one.severity for one in report.findings} <= {"warning"}


def test_a_blank_one_has_no_answers(tmp_path: Path) -> None:
    """All that is calculated is empty, and the solution beside it is complete."""
    path, solution = tmp_path / "blank.xlsx", tmp_path / "solution.xlsx"
    sheetprop.build("architecture", variant="blank", output=path, solution=solution)
    blank, solved = read(path).sheets[0], read(solution).sheets[0]
    answers = [(IMAGE + k, COLUMNS[name]) for k in range(1, 11) for name in CALCULATED]

    assert all(at not in blank.cells or blank.cells[at].value is None for at in answers)
    assert all(solved.cells[at].formula for at in answers)
    totals = {name: blank.cells[row, TOTAL].value for name, row in ROWS.items()}
    assert totals == dict.fromkeys(ROWS, "–") | {"last_channels": 10}


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not()))
def test_libreoffice_comes_to_the_same(tmp_path: Path) -> None:
    """Every value of every cell, numbers and texts."""
    layers = [replace(CONVOLUTIONS[0], channels=4), *OTHERS[:2], CONVOLUTIONS[91], *OTHERS[2:]]
    network = any_lesson("architecture")
    assert isinstance(network, KindLesson)
    for book in (workbook_of(network, "worked"), made(layers), made(layers, 3)):
        path = tmp_path / "a.xlsx"
        write(book, path)
        (found,) = libreoffice.recalculated([path], tmp_path)
        for sheet in book.sheets:
            stored = {a: c.value for a, c in sheet.cells.items() if c.value not in (None, "")}
            assert found[sheet.name] == stored
