"""Saves are noticed however a program saves, and a file that is away is waited for."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from sheetprop.batch.watching import PATIENCE, Saved, saves


def watched(path: Path, *between: Callable[[], object], count: int) -> list[Saved]:
    """Return what is noticed of a file with which these things happen, one between two looks."""
    rest = iter(between)

    def wait(_: float) -> None:
        next(rest, lambda: None)()

    return list(islice(saves([path], wait), count))


def nothing() -> None:
    return None


def test_a_file_is_told_at_once_and_after_each_save(tmp_path: Path) -> None:
    """It counts as saved when it has changed, and stays so for a moment."""
    path = tmp_path / "a"
    path.write_text("1")

    def save() -> None:
        path.write_text("12")

    assert watched(path, nothing, save, nothing, nothing, count=2) == [Saved(0), Saved(0)]


def test_what_is_still_being_written_is_waited_for(tmp_path: Path) -> None:
    """While a file grows from look to look nobody reads it."""
    path = tmp_path / "a"
    path.write_text("1")
    looks = 0

    def grow() -> None:
        nonlocal looks
        looks += 1
        if looks < 6:
            path.write_text("1" * (looks + 1))

    found = watched(path, *[grow] * 20, count=2)

    assert found == [Saved(0), Saved(0)]
    assert looks >= 6


def test_saving_by_renaming_is_one_save(tmp_path: Path) -> None:
    """The old file goes, there is none for a moment, another takes the name with the same size."""
    path, other = tmp_path / "a", tmp_path / "~a"
    path.write_text("1")
    other.write_text("2")

    def gone() -> None:
        path.rename(tmp_path / "backup")

    def back() -> None:
        other.rename(path)

    assert watched(path, gone, nothing, nothing, back, nothing, count=2) == [Saved(0), Saved(0)]


def test_a_file_that_stays_away_is_said_to_be_once(tmp_path: Path) -> None:
    """Then it is told again when it is back."""
    path = tmp_path / "a"

    def come() -> None:
        path.write_text("1")

    waits = [nothing] * (3 * PATIENCE)
    assert watched(path, *waits, come, nothing, count=2) == [Saved(0, is_away=True), Saved(0)]
