"""What is read of a file has an end, whatever the file is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sheetprop.bounded import content_of, loads
from sheetprop.checking.score import read_rubric
from sheetprop.classes.grades.overrides import read_overrides
from sheetprop.classes.rosters.roster import read_roster
from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.logs.reading import run_log
from sheetprop.template import any_lesson
from sheetprop.validate import Problem

READERS: tuple[Callable[[Path], object], ...] = (
    *(read_rubric, read_roster, read_overrides, any_lesson),
    lambda path: run_log(path.with_suffix(".json")),
)


def test_no_more_is_read_than_was_asked_for(tmp_path: Path) -> None:
    """One byte more tells that a file is larger."""
    path = tmp_path / "file"
    path.write_bytes(b"123456")

    assert [content_of(path, most) for most in (3, 6, 9)] == [b"1234", b"123456", b"123456"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes with names")
@pytest.mark.parametrize("reader", READERS)
def test_a_pipe_is_not_waited_for(reader: Callable[[Path], object], tmp_path: Path) -> None:
    """A pipe into which nobody writes, and a device without an end, are refused at once."""
    for name in ("file.toml", "file.json"):
        os.mkfifo(tmp_path / name)
    with pytest.raises((SpecError, Problem)):
        reader(tmp_path / "file.toml")
    for name in ("file.toml", "file.json"):
        (tmp_path / name).unlink()
        (tmp_path / name).symlink_to("/dev/zero")
    with pytest.raises((SpecError, Problem)):
        reader(tmp_path / "file.toml")


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    """A folder is called a folder."""
    with pytest.raises(IsADirectoryError):
        content_of(tmp_path, 9)


def test_a_number_without_end_is_told_without_python(tmp_path: Path) -> None:
    """Nobody is advised to change settings of Python."""
    with pytest.raises(ValueError, match="more digits than can be read") as told:
        loads(f"a = {'9' * 5_000}")

    assert "sys." not in str(told.value)
