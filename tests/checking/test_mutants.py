"""A small sample of the benchmark: worksheets drawn at random, right ones and wrong ones."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from handmade.cases import Case, case_named  # noqa: E402
from handmade.cell_slips import right_values  # noqa: E402
from handmade.measure import Outcome, outcome_of  # noqa: E402
from handmade.samples import alike, samples_of  # noqa: E402

from sheetprop.calculating.engine import Engine  # noqa: E402

COUNT = 24
SEED = 5


@cache
def outcomes(kind: str) -> tuple[Outcome, ...]:
    names = [f"{kind}-classic:{SEED}:{k}" for k in range(COUNT)]
    names += [f"{kind}:{SEED}:{k}" for k in range(COUNT // 10)]  # other networks take their time
    return tuple(outcome_of(case_named(name)) for name in names)


def failed(kind: str, measure: str) -> list[tuple[str, list[str]]]:
    """Return the cases in which a measure is not as it should be."""
    found = (one for one in outcomes(kind) if not one.marks.get(measure, True))
    return [(one.name, one.notes) for one in found]


@pytest.mark.parametrize("measure", ["no false error", "all judged", "recognised", "rate"])
def test_right_worksheets(measure: str) -> None:
    """Nothing right is accused, and columns and learning rate are found."""
    assert failed("right", measure) == []


@pytest.mark.parametrize(
    ("measure", "most"),
    [("found", 1), ("place", 1), ("name", 2), ("one finding", 1), ("no false error", 0)],
)
def test_wrong_worksheets(measure: str, most: int) -> None:
    """Nearly every mistake is found in its cells and called by its name, and nothing else is."""
    assert len(failed("wrong", measure)) <= most, failed("wrong", measure)


def numbers(case: Case) -> Iterator[tuple[str, list[float], list[float]]]:
    """Yield (quantity, values in the worksheet, right values) of every table."""
    values = Engine(case.workbook)
    for number, grid in enumerate(case.draft.grids):
        right = right_values(case.draft, number)
        for name in set(right) & set(grid.lines):
            steps = case.draft.steps_of(name)
            cells = [grid.cell(name, step) for step in steps]
            yield (
                name,
                [values.value(grid.sheet, cell) for cell in cells],  # type: ignore[misc]
                [right[name][step] for step in steps],
            )


@pytest.mark.parametrize("number", range(12))
def test_right_worksheets_are_right(number: int) -> None:
    """What the benchmark calls right has the values of plain NumPy."""
    for name, found, right in numbers(case_named(f"right:{SEED}:{number}")):
        np.testing.assert_allclose(found, right, rtol=1e-7, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("kind", ["right", "wrong"])
def test_the_same_name_is_the_same_worksheet(kind: str) -> None:
    """A failing case can be made again from its name."""
    name = f"{kind}:{SEED}:3"

    assert case_named(name).workbook == case_named(name).workbook


def test_samples_tell_right_from_wrong() -> None:
    """Two different quantities of a network are not alike at the samples, one and itself are."""
    case = case_named(f"right:{SEED}:0")
    network = case.draft.run.network
    samples = samples_of(network.architecture)
    trees = [network.quantities[name].tree for name in ("h1", "E_total")]
    first, second = (samples.value(tree) for tree in trees if tree is not None)

    assert first is not None
    assert second is not None
    assert alike(first, first)
    assert not alike(first, second)


pytestmark = pytest.mark.slow  # with others like it, the default run would take too long


@pytest.mark.slow
def test_exchanged_labels_of_old_weights_accuse_no_formula() -> None:
    """Without activations hardly a gradient takes them; the labels of the new weights are right."""
    outcome = outcome_of(case_named("right-linear:1202:84"))

    assert all(outcome.marks.values()), outcome.notes
