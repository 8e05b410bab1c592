"""The lessons of maps, against NumPy that knows none of their formulas, and against PyTorch."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import libreoffice
import numpy as np
import pytest
from checking.layouts.small_network import hold_to_slips
from numpy.typing import NDArray

from sheetprop.checking.check import check_workbook
from sheetprop.checking.layouts.lesson_of_maps import maps_pattern
from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.maps.kernels import KERNELS
from sheetprop.lessons.kinds.maps.layers import KERNEL_SIDE, Layer, Maps, Shape
from sheetprop.lessons.kinds.maps.maps import steps
from sheetprop.lessons.kinds.maps.quantities import forward, to_biases, to_input, to_kernels
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.maths.trees.windows import value
from sheetprop.template import any_lesson
from sheetprop.words import Words, texts_of
from sheetprop.workbooks.sheet import Workbook
from sheetprop.workbooks.writing.write import write

Array = NDArray[np.float64]
LESSONS = ("convolution", "pooling")
LAYERS = [
    Layer("convolution", 3, 1, 1, kernels=((((0.0,) * 3,) * 3,) * 2,) * 3),
    Layer("convolution", 3, 2, 1, 1, ((((0.0,) * 3,) * 3,) * 2,) * 2),
    Layer("convolution", 3, 1, 0, 2, ((((0.0,) * 3,) * 3,) * 2,) * 2),
    Layer("convolution", 1, kernels=((((0.0,),),) * 2,) * 3),
    Layer("relu"),
    Layer("max pooling", 2, 2),
    Layer("max pooling", 3, 2),
    Layer("average pooling", 3, 1),
    Layer("global average"),
]


def lesson(name: str) -> KindLesson:
    found = any_lesson(name)
    assert isinstance(found, KindLesson)
    return found


def weights(layer: Layer) -> tuple[Array, Array]:
    """Return the kernels in use and the biases."""
    kernels = np.array(layer.kernels)
    for own, name in enumerate(layer.chosen):
        if name != "own":
            kernels[own] = np.array(KERNELS[name]).reshape(KERNEL_SIDE, KERNEL_SIDE)
    return kernels, np.array(layer.biases)


def windows(layer: Layer, x: Array) -> Array:
    """Return each window: map, row, column, and row and column in it."""
    p, d = layer.padding, layer.dilation
    padded = np.pad(x, ((0, 0), (p, p), (p, p)))
    size = d * (layer.kernel - 1) + 1
    found = np.lib.stride_tricks.sliding_window_view(padded, (size, size), axis=(1, 2))
    return found[:, :: layer.stride, :: layer.stride, ::d, ::d]


def made(layer: Layer, x: Array, kernels: Array | None, biases: Array | None) -> Array:
    """Return what a layer makes of maps."""
    if layer.layer == "convolution":
        assert kernels is not None
        assert biases is not None
        return np.einsum("cyxij,ocij->oyx", windows(layer, x), kernels) + biases[:, None, None]
    if layer.layer == "relu":
        return np.maximum(x, 0)
    if layer.layer == "global average":
        return x.mean((1, 2), keepdims=True)
    own = windows(layer, x)
    return own.max((3, 4)) if layer.layer == "max pooling" else own.mean((3, 4))


def to_largest(layer: Layer, x: Array, d: Array) -> Array:
    """Return what the largest numbers of each window get, in equal shares."""
    found = np.zeros_like(x)
    for own, y, u in np.ndindex(d.shape):
        rows, columns = (slice(k * layer.stride, k * layer.stride + layer.kernel) for k in (y, u))
        mask = x[own, rows, columns] == x[own, rows, columns].max()
        found[own, rows, columns] += d[own, y, u] * mask / mask.sum()
    return found


def by_index(array: Array) -> dict[tuple[int, ...], float]:
    return {index: float(number) for index, number in np.ndenumerate(array)}


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: f"{layer.layer} {layer.kernel}")
def test_every_tree_is_what_numpy_says(layer: Layer) -> None:
    """Forward by NumPy's windows; every slope by the difference that a small change makes."""
    generator = np.random.default_rng(2)
    x = generator.permutation(np.linspace(-1, 1, 72)).reshape(2, 6, 6)
    kernels = generator.normal(size=np.array(layer.kernels).shape) if layer.kernels else None
    biases = None if kernels is None else generator.normal(size=len(kernels))
    z = made(layer, x, kernels, biases)
    dz = generator.normal(size=z.shape)
    before, after = Shape(2, 6), Shape(len(z), z.shape[1])
    arrays = {"x": by_index(x), "z": by_index(z), "dz": by_index(dz)}
    slopes = {"x": (x, to_input(layer, before, after))}
    if kernels is not None and biases is not None:
        arrays |= {"k": by_index(kernels), "b": by_index(biases)}
        slopes["k"] = kernels, to_kernels(layer, before, after)
        slopes["b"] = biases, to_biases(after)

    found = {at: value(tree, arrays) for at, tree in forward(layer, before, after).items()}
    assert found == pytest.approx(by_index(z))
    for array, trees in slopes.values():
        for index, tree in trees.items():
            ends = []
            for change in (1e-6, -1e-6):
                kept = array[index]
                array[index] = kept + change
                ends.append((made(layer, x, kernels, biases) * dz).sum())
                array[index] = kept
            assert value(tree, arrays) == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-6)


def witnessed(found: Maps) -> dict[tuple[int, str], Array]:
    """Return the maps of each layer of a lesson, and what arrives at them, by differences of E."""
    arrays: dict[tuple[int, str], Array] = {}
    x = np.array(found.image, float)
    inputs = []
    for number, layer in enumerate(found.layers, 1):
        inputs.append(x)
        x = made(layer, x, *(weights(layer) if layer.has_weights else (None, None)))
        arrays[number, "z"] = x
    d = np.array(found.arriving, float)
    for number in range(len(found.layers), 0, -1):
        layer, own = found.layers[number - 1], inputs[number - 1]
        arrays[number, "dz"] = d
        both = weights(layer) if layer.has_weights else (None, None)
        slope = np.zeros_like(own)
        for index in np.ndindex(own.shape):
            change = np.zeros_like(own)
            change[index] = 1e-4
            ends = [(made(layer, own + by * change, *both) * d).sum() for by in (1, -1)]
            slope[index] = (ends[0] - ends[1]) / 2e-4
        if layer.layer == "max pooling":  # zeros of the image are equally large
            slope = to_largest(layer, own, d)
        arrays[number, "dx"] = d = slope
    return arrays


@pytest.mark.parametrize("name", LESSONS)
def test_the_workbook_holds_what_numpy_says(name: str) -> None:
    """Maps and what arrives at them stand in the cells of each layer's sheet, and check agrees."""
    own = lesson(name)
    book = workbook_of(own, "worked")
    expected = witnessed(own.content)
    for step in steps(own.content, Words(texts_of("en"))):
        for array in ("z", "dz", "dx"):
            for index, number in np.ndenumerate(expected[step.number, array]):
                cell = book[step.sheet].cells[step.places.at(array, index)]
                assert cell.value == pytest.approx(number, abs=1e-6), (step.sheet, array, index)
    report = check_workbook(book, name)
    assert (report.verdict, report.findings) == ("correct", ())


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("language", ["de", "hi"])
def test_other_languages_and_exercises(name: str, language: str) -> None:
    """Solutions in every language are judged correct, and blank ones incomplete."""
    own = any_lesson(name, language)
    assert isinstance(own, KindLesson)

    assert check_workbook(workbook_of(own, "solution"), name).verdict == "correct"
    assert check_workbook(workbook_of(own, "blank"), name).verdict == "incomplete"


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_every_random_slip_is_found(name: str) -> None:
    """One slip in each of a hundred formulas of all layers, ten in a workbook: all, no other."""
    book = workbook_of(lesson(name), "worked")
    pattern, generator = maps_pattern(book), random.Random(5)
    formulas = [
        (sheet.name, at)
        for sheet in book.sheets
        for at, cell in sheet.cells.items()
        if cell.formula and "INDEX" not in cell.formula  # a chosen kernel hides the typed one
    ]
    hold_to_slips(pattern, book, formulas, generator)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_agrees(tmp_path: Path) -> None:
    """Both workbooks have the same values there, and no error in any cell."""
    books: Mapping[str, Workbook] = {name: workbook_of(lesson(name), "worked") for name in LESSONS}
    paths = [tmp_path / f"{name}.xlsx" for name in LESSONS]
    for path, book in zip(paths, books.values(), strict=True):
        write(book, path)
    for book, found in zip(books.values(), libreoffice.recalculated(paths, tmp_path), strict=True):
        for sheet in book.sheets:
            for at, cell in sheet.cells.items():
                if cell.formula:
                    assert found[sheet.name][at] == pytest.approx(cell.value, abs=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: f"{layer.layer} {layer.kernel}")
def test_every_tree_is_what_pytorch_says(layer: Layer) -> None:
    """Forward and backward, in double precision."""
    torch = pytest.importorskip("torch")
    functions = torch.nn.functional
    torch.manual_seed(3)
    x = torch.randn(1, 2, 6, 6, dtype=torch.float64, requires_grad=True)
    shape = np.array(layer.kernels).shape or (1,)
    k = torch.randn(*shape, dtype=torch.float64, requires_grad=True)
    b = torch.randn(shape[0], dtype=torch.float64, requires_grad=True)
    sizes = layer.kernel, layer.stride
    z = {
        "convolution": lambda: functions.conv2d(
            x, k, b, layer.stride, layer.padding, layer.dilation
        ),
        "relu": lambda: functions.relu(x),
        "max pooling": lambda: functions.max_pool2d(x, *sizes),
        "average pooling": lambda: functions.avg_pool2d(x, *sizes),
        "global average": lambda: x.mean((2, 3), keepdim=True),
    }[layer.layer]()
    dz = torch.randn_like(z)
    (z * dz).sum().backward()
    named = {"x": x[0], "k": k, "b": b, "z": z[0], "dz": dz[0]}
    arrays = {name: by_index(tensor.detach().numpy()) for name, tensor in named.items()}
    before, after = Shape(2, 6), Shape(z.shape[1], z.shape[2])

    pairs = [(forward(layer, before, after), z[0]), (to_input(layer, before, after), x.grad[0])]
    if layer.has_weights:
        pairs += [(to_kernels(layer, before, after), k.grad), (to_biases(after), b.grad)]
    for trees, tensor in pairs:
        found = {at: value(tree, arrays) for at, tree in trees.items()}
        assert found == pytest.approx(by_index(tensor.detach().numpy()), abs=1e-12)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('layer = "max pooling", kernel = 2', 'layer = "max poling", kernel = 2', "max pooling"),
        ('layer = "max pooling", kernel = 2', 'layer = "max pooling"', "must say its kernel"),
        ('kernel = 2 },\n  { layer = "average', 'kernel = 9 },\n  { layer = "average', "fits"),
        ("arriving = [[[1]], [[-2]]]", "arriving = [[[1]]]", "must be 2 maps of 1×1"),
        ("    [0, 0, 1, 0.5, 0, 0, 0, 0],\n", "", "square maps of one size"),
    ],
)
def test_templates_that_do_not_fit(old: str, new: str, problem: str, tmp_path: Path) -> None:
    """What does not fit is told in one sentence that names the key."""
    text = Path("templates/pooling.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SpecError, match=problem):
        any_lesson(path)
