from __future__ import annotations

import io
import itertools
from types import SimpleNamespace

import pytest

from sheetprop.cli import progress as module
from sheetprop.cli.progress import progress, time_text


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
