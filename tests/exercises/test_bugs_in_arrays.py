"""Find-the-bug of lessons of arrays: one mistake, that `check` finds, names and mends."""

from __future__ import annotations

from pathlib import Path

import pytest

import sheetprop
from sheetprop.mistakes import OF_ARRAYS

LESSONS = ("normalisation", "convolution", "pooling", "dropout", "attention")


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("seed", [0, 1])
def test_one_mistake_is_made_and_named(lesson: str, seed: int, tmp_path: Path) -> None:
    """Exactly one error is found, it has a name of arrays, and the right formula is offered."""
    path = sheetprop.build(lesson, variant="find-the-bug", seed=seed, output=tmp_path / "bug.xlsx")
    (report,) = sheetprop.check(path)

    assert report.verdict == "mistakes"
    (error,) = report.errors
    assert error.mistake in {mistake.name for mistake in OF_ARRAYS}
    assert error.expected
    assert error.found != error.expected


@pytest.mark.slow
def test_normalisation_begins_with_one_for_two_layers(tmp_path: Path) -> None:
    """The first exercise lets the second layer's statistics take in the first layer's numbers."""
    path = sheetprop.build("normalisation", variant="find-the-bug", output=tmp_path / "bug.xlsx")
    (report,) = sheetprop.check(path)

    (error,) = report.errors
    assert (error.mistake, error.places[0].sheet) == ("wrong-channel", "Trap")


@pytest.mark.parametrize(("lesson", "number"), [("dropout", 4)])
def test_too_many_are_refused(lesson: str, number: int, tmp_path: Path) -> None:
    """So many mistakes could not be told apart."""
    with pytest.raises(sheetprop.SheetpropError, match="at most 3, not 4"):
        sheetprop.build(lesson, variant="find-the-bug", mistakes=number, output=tmp_path / "b.xlsx")
