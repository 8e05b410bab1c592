"""The lesson normalisation, against NumPy that knows none of its formulas, and against PyTorch."""

from __future__ import annotations

import random
from pathlib import Path

import libreoffice
import numpy as np
import pytest
from checking.layouts.small_network import hold_to_slips
from numpy.typing import NDArray

from sheetprop.checking.check import check_workbook
from sheetprop.checking.layouts.lesson_of_arrays import normalisation_pattern
from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.arrays.normalising import WAYS, evaluating, trees, way_of
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.maths.trees.windows import value
from sheetprop.template import any_lesson
from sheetprop.workbooks.writing.write import write

Array = NDArray[np.float64]
EXAMPLES, PLACES, CHANNELS, GROUPS, EPSILON = 3, 2, 4, 2, 1e-5
AXES = {"batch": (0, 1), "layer": (1, 2), "group": (1, 3), "instance": (1,)}
"""Over which axes of examples × places × channels a mean is taken; groups have an axis more."""


def lesson(language: str | None = None) -> KindLesson:
    found = any_lesson("normalisation", language)
    assert isinstance(found, KindLesson)
    return found


def witnessed(name: str, x: Array, gamma: Array, beta: Array) -> Array:
    """Return what a way makes of a tensor, a row for each place of each example."""
    shape = (EXAMPLES, PLACES, CHANNELS)
    cut = (EXAMPLES, PLACES, GROUPS, CHANNELS // GROUPS) if name == "group" else shape
    own = x.reshape(cut)
    mean = own.mean(AXES[name], keepdims=True)
    n = (own - mean) / np.sqrt(own.var(AXES[name], keepdims=True) + EPSILON)
    return n.reshape(x.shape) * gamma + beta


def by_index(array: Array) -> dict[tuple[int, ...], float]:
    return {index: float(number) for index, number in np.ndenumerate(np.atleast_2d(array))}


def calculated(name: str, given: dict[str, Array]) -> dict[str, Array]:
    """Return every array that the trees of a way give."""
    way = way_of(name, EXAMPLES, PLACES, CHANNELS, GROUPS)
    arrays: dict[str, dict[tuple[int, ...], float]] = {k: by_index(v) for k, v in given.items()}
    its = dict(trees(way)) | (dict(evaluating(way)) if name == "batch" else {})
    for array, own in its.items():
        arrays[array] = {at: value(tree, arrays) for at, tree in own.items()}
    shaped = {}
    for array, own in arrays.items():
        rows, columns = (max(at[axis] for at in own) + 1 for axis in (0, 1))
        shaped[array] = np.array([own[at] for at in sorted(own)]).reshape(rows, columns)
    return shaped


def drawn() -> dict[str, Array]:
    generator = np.random.default_rng(4)
    x, dy = (generator.normal(size=(EXAMPLES * PLACES, CHANNELS)) for _ in range(2))
    rest = {k: generator.uniform(0.5, 2, CHANNELS) for k in ("gamma", "beta")}
    running = {"running mean": np.ones(CHANNELS), "running variance": np.full(CHANNELS, 2.0)}
    single = {"epsilon": np.array([EPSILON]), "momentum": np.array([0.1])}
    return {"x": x, "dy": dy, **rest, **running, **single}


@pytest.mark.parametrize("name", WAYS)
def test_every_way_is_what_numpy_says(name: str) -> None:
    """Forward by NumPy over axes; every slope by the difference that a small change makes."""
    given = drawn()
    found = calculated(name, given)
    keys = ("x", "gamma", "beta")

    assert found["y"] == pytest.approx(witnessed(name, *(given[key] for key in keys)))
    for key in keys:
        for index in np.ndindex(given[key].shape):
            ends = []
            for change in (1e-6, -1e-6):
                moved = {one: given[one].copy() for one in keys}
                moved[key][index] += change
                y = witnessed(name, moved["x"], moved["gamma"], moved["beta"])
                ends.append((y * given["dy"]).sum())
            slope = (ends[0] - ends[1]) / 2e-6
            assert found[f"d{key}"][(0, *index)[-2:]] == pytest.approx(slope, abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("name", WAYS)
def test_every_way_is_what_pytorch_says(name: str) -> None:
    """Forward, backward, and what a batch leaves in the running statistics."""
    torch = pytest.importorskip("torch")
    given = drawn()
    found = calculated(name, given)
    tensors = {key: torch.tensor(own, requires_grad=True) for key, own in given.items()}
    x = tensors["x"].reshape(EXAMPLES, PLACES, CHANNELS).permute(0, 2, 1)
    g, b = tensors["gamma"], tensors["beta"]
    functions = torch.nn.functional
    mean, variance = (tensors[f"running {k}"].detach().clone() for k in ("mean", "variance"))
    y = {
        "batch": lambda: functions.batch_norm(x, mean, variance, g, b, True, 0.1, EPSILON),
        "layer": lambda: functions.group_norm(x, 1, g, b, EPSILON),
        "group": lambda: functions.group_norm(x, GROUPS, g, b, EPSILON),
        "instance": lambda: functions.instance_norm(x, None, None, g, b, True, 0.1, EPSILON),
    }[name]()
    y = y.permute(0, 2, 1).reshape(EXAMPLES * PLACES, CHANNELS)
    (y * tensors["dy"]).sum().backward()

    assert found["y"] == pytest.approx(y.detach().numpy(), abs=1e-12)
    for key in ("x", "gamma", "beta"):
        slope = np.atleast_2d(tensors[key].grad.numpy())
        assert found[f"d{key}"] == pytest.approx(slope, abs=1e-12)
    if name == "batch":
        assert found["new mean"][0] == pytest.approx(mean.numpy(), abs=1e-12)
        assert found["new variance"][0] == pytest.approx(variance.numpy(), abs=1e-12)
        flat = [tensors[key].detach() for key in ("x", "gamma", "beta")]
        own = functions.batch_norm(flat[0], mean, variance, *flat[1:], False, 0.1, EPSILON)
        assert found["evaluated"] == pytest.approx(own.numpy(), abs=1e-12)


def test_the_workbook_is_correct_and_its_trap_shows() -> None:
    """Shared statistics fit neither layer in evaluation, own ones fit both; check agrees."""
    book = workbook_of(lesson(), "worked")
    trap = book["Trap"].cells
    row = next(at[0] for at, cell in trap.items() if cell.value == "layer 2" and at[0] > 12)
    shared, own = trap[row, 3].value, trap[row, 5].value
    report = check_workbook(book, "normalisation")

    assert isinstance(shared, float)
    assert shared > 1.25
    assert own == pytest.approx(1, abs=0.01)
    assert (report.verdict, report.findings) == ("correct", ())


@pytest.mark.slow
def test_every_random_slip_is_found() -> None:
    """One slip in each of a hundred formulas, ten in a workbook: all of them, and no other."""
    book = workbook_of(lesson("hi"), "solution")
    pattern, generator = normalisation_pattern(book), random.Random(5)
    formulas = [(s.name, at) for s in book.sheets for at, c in s.cells.items() if c.formula]
    hold_to_slips(pattern, book, formulas, generator)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_agrees(tmp_path: Path) -> None:
    """It has the same values, and no error in any cell."""
    book = workbook_of(lesson("de"), "worked")
    path = tmp_path / "normalisation.xlsx"
    write(book, path)
    (found,) = libreoffice.recalculated([path], tmp_path)
    for sheet in book.sheets:
        for at, cell in sheet.cells.items():
            if cell.formula:
                assert found[sheet.name][at] == pytest.approx(cell.value, abs=1e-12)


def test_what_does_not_fit_is_told(tmp_path: Path) -> None:
    """Too few numbers for the channels get one sentence that names the key."""
    text = Path("templates/normalisation.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace("beta = [0, 1, -1, 0.5]", "beta = [0, 1]"), encoding="utf-8")
    with pytest.raises(SpecError, match=r"normalisation\.beta \(line \d+\): must hold 4 numbers"):
        any_lesson(path)
