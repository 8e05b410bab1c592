"""The lessons attention and dropout, against NumPy and PyTorch, which know none of their trees."""

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
from sheetprop.checking.layouts.known import PATTERNS
from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.arrays import attention, dropout
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.maths.trees.expr import Expr
from sheetprop.maths.trees.windows import Index, value
from sheetprop.template import any_lesson
from sheetprop.workbooks.writing.write import write

Array = NDArray[np.float64]
LESSONS = ("attention", "dropout")


def lesson(name: str, language: str | None = None) -> KindLesson:
    found = any_lesson(name, language)
    assert isinstance(found, KindLesson)
    return found


def calculated(
    given: Mapping[str, Array], trees: Mapping[str, Mapping[Index, Expr]]
) -> dict[str, Array]:
    """Return every array that trees give, calculated one after the other."""
    arrays: dict[str, dict[Index, float]] = {
        name: {at: float(n) for at, n in np.ndenumerate(own)} for name, own in given.items()
    }
    for name, its in trees.items():
        arrays[name] = {at: value(tree, arrays) for at, tree in its.items()}
    found = {}
    for name, own in arrays.items():
        shape = [max(at[axis] for at in own) + 1 for axis in (0, 1)]
        found[name] = np.array([own[at] for at in sorted(own)]).reshape(shape)
    return found


def attended(q: Array, k: Array, v: Array) -> Array:
    scores = q @ k.T / np.sqrt(q.shape[1])
    weights = np.exp(scores)
    return weights / weights.sum(1, keepdims=True) @ v


def drawn() -> dict[str, Array]:
    generator = np.random.default_rng(6)
    names = ("queries", "keys", "values", "arriving")
    return {name: generator.normal(size=(4, 3)) for name in names}


def test_attention_is_what_numpy_says() -> None:
    """Forward by matrices; every slope by the difference that a small change makes."""
    given = drawn()
    found = calculated(given, attention.trees(4, 3))
    own = [given[name] for name in attention.GIVEN]

    assert found["out"] == pytest.approx(attended(*own))
    assert found["weights"].sum(1) == pytest.approx(1)
    for name, array in zip(attention.GIVEN, own, strict=True):
        for index in np.ndindex(array.shape):
            ends = []
            for change in (1e-6, -1e-6):
                kept = array[index]
                array[index] = kept + change
                ends.append((attended(*own) * given["arriving"]).sum())
                array[index] = kept
            slope = (ends[0] - ends[1]) / 2e-6
            assert found[f"d{name}"][index] == pytest.approx(slope, abs=1e-6)


@pytest.mark.slow
def test_attention_is_what_pytorch_says() -> None:
    """Its own function, forward and backward."""
    torch = pytest.importorskip("torch")
    given = drawn()
    tensors = {name: torch.tensor(own, requires_grad=True) for name, own in given.items()}
    out = torch.nn.functional.scaled_dot_product_attention(
        *(tensors[name][None] for name in attention.GIVEN)
    )[0]
    (out * tensors["arriving"]).sum().backward()
    found = calculated(given, attention.trees(4, 3))

    assert found["out"] == pytest.approx(out.detach().numpy(), abs=1e-12)
    for name in attention.GIVEN:
        assert found[f"d{name}"] == pytest.approx(tensors[name].grad.numpy(), abs=1e-12)


def test_dropout_expects_what_evaluation_gives() -> None:
    """Over all masks the mean is that without a mask, and the deviation has its closed form."""
    own = lesson("dropout").content
    width, p = len(own.x[0]), own.rate
    masks = np.array(np.meshgrid(*[[1.0, 0.0]] * width)).reshape(width, -1).T
    given = {
        **{name: np.array(getattr(own, name)) for name in ("x", "mask", "arriving")},
        "rate": np.array([[p]]),
        "weights": np.array([own.weights]),
        "masks": masks,
    }
    trees = dropout.trees(len(own.x), width)
    order = ("y", "dx", "chance", "sums", "expected", "evaluated", "deviation")
    found = calculated(given, {name: trees[name] for name in order})
    products = given["x"][0] * given["weights"][0]

    assert found["chance"].sum() == pytest.approx(1)
    assert found["expected"] == pytest.approx(products.sum())
    assert found["expected"] == pytest.approx(found["evaluated"])
    assert found["deviation"] == pytest.approx(np.sqrt((products**2).sum() * p / (1 - p)))
    assert found["y"] == pytest.approx(given["x"] * given["mask"] / (1 - p))
    assert found["dx"] == pytest.approx(given["arriving"] * given["mask"] / (1 - p))


@pytest.mark.parametrize("name", LESSONS)
def test_check_agrees(name: str) -> None:
    """The workbook is correct as it was built; as an exercise it is incomplete."""
    report = check_workbook(workbook_of(lesson(name), "worked"), name)
    assert (report.verdict, report.findings) == ("correct", ())
    blank = workbook_of(lesson(name, "de"), "blank")
    assert check_workbook(blank, name).verdict == "incomplete"


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_every_random_slip_is_found(name: str) -> None:
    """One slip in each of a hundred formulas, ten in a workbook: all of them, and no other."""
    book = workbook_of(lesson(name, "hi"), "solution")
    pattern, generator = PATTERNS[name](book), random.Random(7)
    (sheet,) = book.sheets
    formulas = [(sheet.name, at) for at, cell in sheet.cells.items() if cell.formula]
    hold_to_slips(pattern, book, formulas, generator)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_agrees(tmp_path: Path) -> None:
    """Both have the same values there, and no error in any cell."""
    books = [workbook_of(lesson(name, "hi"), "worked") for name in LESSONS]
    paths = [tmp_path / f"{name}.xlsx" for name in LESSONS]
    for path, book in zip(paths, books, strict=True):
        write(book, path)
    for book, found in zip(books, libreoffice.recalculated(paths, tmp_path), strict=True):
        for sheet in book.sheets:
            for at, cell in sheet.cells.items():
                if cell.formula:
                    assert found[sheet.name][at] == pytest.approx(cell.value, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        (
            "attention",
            "keys = [[0.8, -0.2, 0.1], ",
            "keys = [",
            r"attention\.keys \(line \d+\): must be 4 rows",
        ),
        (
            "dropout",
            "mask = [[1, 0, 1, 1]",
            "mask = [[1, 0, 1, 2]",
            r"dropout\.mask \(line \d+\): .*0 and 1",
        ),
        (
            "dropout",
            "[0.5, -1, 0.3, 0.8]",
            "[0.5]",
            r"dropout\.weights \(line \d+\): must hold 4 numbers",
        ),
    ],
)
def test_what_does_not_fit_is_told(
    name: str, old: str, new: str, problem: str, tmp_path: Path
) -> None:
    """Other shapes get one sentence that names the key."""
    text = Path(f"templates/{name}.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SpecError, match=problem):
        any_lesson(path)
