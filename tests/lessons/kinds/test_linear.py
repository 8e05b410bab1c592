"""The lesson linear, against plain matrices in NumPy."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import libreoffice
import numpy as np
import numpy.typing as npt
import pytest

import sheetprop
from sheetprop.checking.check import check_workbook
from sheetprop.errors import SpecError
from sheetprop.lessons.finished import finished
from sheetprop.lessons.kinds.linear.comparison import ROWS, comparison_at
from sheetprop.lessons.layout import layout
from sheetprop.shipped import folder
from sheetprop.spec import Architecture, Spec
from sheetprop.template import load
from sheetprop.workbooks.page import MATRICES
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Sheet, Workbook
from sheetprop.workbooks.writing.write import write

CLASSIC = load("linear")
DEEP = replace(
    CLASSIC,
    architecture=Architecture((3, 2, 4, 2), "identity", "identity"),
    inputs=(0.3, -0.2, 0.7),
    weights=tuple(0.1 * (k % 7) - 0.25 for k in range(22)),
)
Array = npt.NDArray[np.float64]


def matrices(spec: Spec) -> list[Array]:
    """Return the weights of each layer, one row for each neuron."""
    sizes, weights, found = spec.architecture.layers, list(spec.weights), []
    for before, after in pairwise(sizes):
        found.append(np.reshape(weights[: before * after], (after, before)))
        weights = weights[before * after :]
    return found


def numbers(sheet: Sheet, row: int, columns: range) -> list[float]:
    found = [sheet.cells[row, column].value for column in columns]
    assert all(isinstance(value, float | int) for value in found)
    return found  # type: ignore[return-value]


def head_row(sheet: Sheet, marks: str = "✓") -> int:
    return min(row for (row, _), cell in sheet.cells.items() if cell.value == marks) - 1


@pytest.mark.slow
@pytest.mark.parametrize("spec", [CLASSIC, DEEP], ids=["classic", "deep"])
def test_layers_and_product_are_what_numpy_says(spec: Spec) -> None:
    """For every input each layer's sums and the outputs by the product, to 1e-12, all marked ✓."""
    sheet = layout(spec, [0.5], 3)[MATRICES]
    own = matrices(spec)
    one = np.linalg.multi_dot(own[::-1])
    shapes = [tuple(tuple((1, 1) for _ in line) for line in matrix) for matrix in own]
    product = tuple(tuple((1, 1) for _ in line) for line in one)
    place = comparison_at(head_row(sheet), shapes, product)
    for row in range(place.head + 1, place.head + ROWS + 1):
        values = np.array(numbers(sheet, row, place.inputs))
        through = values
        for columns, matrix in zip(place.layers, own, strict=True):
            through = matrix @ through
            assert numbers(sheet, row, columns) == pytest.approx(through, rel=1e-12, abs=1e-14)
        assert numbers(sheet, row, place.product) == pytest.approx(one @ values, rel=1e-12)
        assert sheet.cells[row, place.same].value == "✓"


@pytest.mark.slow
def test_the_first_input_is_the_lessons_own() -> None:
    """And the yellow ones below are others, so that "every input" is seen to be meant."""
    sheet = layout(CLASSIC, [0.5], 3)[MATRICES]
    head = head_row(sheet)
    found = [tuple(numbers(sheet, head + line, range(2, 4))) for line in range(1, ROWS + 1)]

    assert found[0] == CLASSIC.inputs
    assert len(set(found)) == ROWS


def test_backpropagation_works_without_activation() -> None:
    """From .4542 to 1.09e-5 by iteration 99 with η = .5, as published, in NumPy and on the page."""
    inputs, targets = np.array(CLASSIC.inputs), np.array(CLASSIC.targets)
    first, second = matrices(CLASSIC)
    losses = []
    for _ in range(100):
        hidden = first @ inputs
        error = second @ hidden - targets
        losses.append(0.5 * float(error @ error))
        down = np.outer(second.T @ error, inputs)
        second = second - 0.5 * np.outer(error, hidden)
        first = first - 0.5 * down
    trace = sheetprop.trace("linear", [0.5], 100).E_total
    text = " ".join(str(c.value) for c in layout(CLASSIC, [0.5], 100)[MATRICES].cells.values())

    assert losses[0] == pytest.approx(0.4542, abs=5e-5)
    assert losses[99] == pytest.approx(1.09e-5, abs=5e-8)
    assert list(trace) == pytest.approx(losses, rel=1e-9)
    assert "from 0.4542 to 1.09E-5 in iteration 99" in text


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de", "hi"])
def test_the_check_judges_its_runs_right(tmp_path: Path, language: str) -> None:
    """It is a network: its runs are correct, and the page of matrices is taken for nothing."""
    path = sheetprop.build(
        "linear", learning_rates=[0.5, 1], language=language, output=tmp_path / "a.xlsx"
    )
    report = check_workbook(read(path), "a.xlsx")

    assert report.verdict == "correct"
    assert report.findings == ()
    assert [table.sheet for table in report.tables] == ["η=0.5", "η=1"]


@pytest.mark.slow
def test_a_blank_one_does_not_give_its_answers_away(tmp_path: Path) -> None:
    """An exercise has no page of matrices, as it has none of explanation."""
    path = sheetprop.build("linear", variant="blank", output=tmp_path / "a.xlsx")

    assert MATRICES not in {sheet.name for sheet in read(path).sheets}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('hidden_activation = "identity"', 'hidden_activation = "tanh"', "hidden_activation"),
        ('output_activation = "identity"', "", "output_activation"),
        ('biases = "none"', 'biases = "shared"', "biases"),
        ("layers = [2, 2, 2]", "layers = [2, 4]", "layers"),
    ],
)
def test_a_network_that_is_no_matrix_is_refused(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    """One sentence names the key and what a linear lesson needs there."""
    text = (folder() / "linear.toml").read_text(encoding="utf-8").replace(old, new, 1)
    text = text.replace("biases = []", "biases = [1, 2]" if told == "biases" else "")
    if told == "layers":
        text = text.replace("targets = [0.01, 0.99]", "targets = [0.01, 0.99, 0, 1]")
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    told = rf'network\.{told}.*: must .* when lesson is "linear"'
    with pytest.raises(SpecError, match=told):
        load(path)


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not()))
@pytest.mark.parametrize("spec", [CLASSIC, DEEP], ids=["classic", "deep"])
def test_libreoffice_comes_to_the_same_matrices(tmp_path: Path, spec: Spec) -> None:
    """Every number of the page to 1e-12, every text as it is stored."""
    book: Workbook = finished(layout(spec, [0.5, 1.0], 20), spec)
    write(book, tmp_path / "a.xlsx")
    (found,) = libreoffice.recalculated([tmp_path / "a.xlsx"], tmp_path)
    stored = {a: c.value for a, c in book[MATRICES].cells.items() if c.value not in (None, "")}
    texts = {at: value for at, value in stored.items() if isinstance(value, str)}
    numbers = {at: value for at, value in stored.items() if at not in texts}
    shown = found[MATRICES]

    assert {at: shown[at] for at in texts} == texts
    assert {at: shown[at] for at in numbers} == pytest.approx(numbers, rel=1e-12, abs=1e-15)
