from __future__ import annotations

import io
import itertools
from types import SimpleNamespace

import pytest

from sheetprop.cli import progress as module
from sheetprop.cli.progress import progress, progress_of_files, time_text


class Terminal(io.StringIO):
    """What a terminal would show."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in the place of stderr, at which every look at the clock takes a second."""
    shown = Terminal()
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=shown))
    monkeypatch.setattr(module.time, "monotonic", itertools.count().__next__)
    return shown


def test_nobody_is_told_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """A file or a pipe gets no lines that overwrite one another."""
    with progress() as told:
        assert told is None
    assert capsys.readouterr().err == ""


def test_a_terminal_shows_how_far_it_is_and_how_long_it_takes(terminal: Terminal) -> None:
    """The calculation is named at once when it is long; then share and time left, by the share."""
    with progress() as told:
        assert told is not None
        told(0, 30_000)
        told(10_000, 30_000)

    first, second, *_ = terminal.getvalue().split("\r")[1:]
    assert first == "calculating …"
    assert second == "33 % written, about 2 s left"


def test_the_line_is_gone_at_the_end(terminal: Terminal) -> None:
    """What is printed next stands at the beginning of an empty line."""
    with progress() as told:
        assert told is not None
        told(0, 30_000)

    assert terminal.getvalue().endswith("\r" + " " * len("calculating …") + "\r")


def test_short_work_says_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line flickers for what takes a moment."""
    monkeypatch.setattr(module.time, "monotonic", lambda: 0.0)
    with progress() as told:
        assert told is not None
        told(0, 600)
        told(400, 600)

    assert terminal.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.2, "1 s"), (59.4, "59 s"), (60, "1 min 0 s"), (150, "2 min 30 s")]
)
def test_times_are_told_in_minutes_and_seconds(seconds: float, expected: str) -> None:
    """Never 0 s, and no fractions."""
    assert time_text(seconds) == expected


def test_files_are_counted_with_the_time_left(terminal: Terminal) -> None:
    """Of many files the line says how many are done, and how long the others will take."""
    with progress_of_files() as line:
        assert line is not None
        line.tell(0, 10)
        line.tell(4, 10)

    assert "\r4 of 10 files, about 2 s left" in terminal.getvalue()


def test_what_is_printed_between_stands_on_an_empty_line(terminal: Terminal) -> None:
    """The line is cleared for a report, and comes back behind it."""
    with progress_of_files() as line:
        assert line is not None
        line.tell(0, 10)
        line.tell(1, 10)
        line.clear()
        terminal.write("report\n")
        line.tell(2, 10)

    assert " \rreport\n\r2 of 10 files, about 8 s left" in terminal.getvalue()


def test_of_files_nobody_is_told_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """A file or a pipe gets no count."""
    with progress_of_files() as line:
        assert line is None
    assert capsys.readouterr().err == ""
