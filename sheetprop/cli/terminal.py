"""What the terminal can show: how wide, in which signs and colours; and nothing that steers it."""

from __future__ import annotations

import os
import shutil
import sys
from io import TextIOWrapper
from typing import TextIO

from sheetprop.reports.cleaned import clean
from sheetprop.reports.look import NARROWEST, USUAL, WIDEST, Look
from sheetprop.reports.signs import NAME

__all__ = ["clean", "is_terminal", "look", "open_closed_streams", "width", "write_plain_signs"]


def open_closed_streams() -> None:
    """Give what was started with closed streams others that lead nowhere.

    Else the first file that is opened would become its stdout.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:  # Python has no stream for what was closed
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def write_plain_signs() -> None:
    """Write signs that a stream cannot show, such as η, in plain letters instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=NAME)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at what is written to a stream."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # it is closed
        return False


def width() -> int:
    """Return how many columns a text may take: those of the terminal, within reason."""
    if not is_terminal(sys.stdout):
        return USUAL
    return min(max(shutil.get_terminal_size((USUAL, 24)).columns, NARROWEST), WIDEST)


def look() -> Look:
    """Return how reports are to look on stdout."""
    return Look(
        width=width(),
        is_terminal=is_terminal(sys.stdout),
        has_colours=_has_colours(),
        encoding=getattr(sys.stdout, "encoding", None) or "utf-8",
    )


def _has_colours() -> bool:
    if not is_terminal(sys.stdout):
        return False
    from rich.console import Console  # it knows all terminals

    console = Console()
    return not (console.no_color or console.color_system is None or console.legacy_windows)
