"""The parser of the command line: argparse with one sentence for whatever was typed wrong."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from sheetprop.cli.exits import COULD_NOT, note
from sheetprop.validate import shown, suggestion


class Parser(argparse.ArgumentParser):
    """A parser whose help begins with an example and whose errors are one sentence."""

    def __init__(self, *, example: str = "", **options: Any) -> None:
        super().__init__(**options, allow_abbrev=False)
        self.example = example

    def format_help(self) -> str:
        """Return the help, the example first."""
        return f"example: {self.example}\n\n{super().format_help()}"

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print the help or the version; unlike argparse, raise `OSError` where that fails."""
        (file or sys.stdout).write(message)

    def error(self, message: str) -> NoReturn:
        """End with a sentence and the place where the help is."""
        note(f"{message} (see {self.prog} --help)")
        sys.exit(COULD_NOT)

    def refuse(self, unknown: Sequence[str]) -> NoReturn:
        """End with a sentence about arguments that nothing takes."""
        first = unknown[0]
        if first.startswith("-"):
            option = first.partition("=")[0]
            near = suggestion(option, self._option_string_actions)
            self.error(f"there is no option {option}{near}")
        self.error(f"{shown(first)} is one argument too many")


def number(text: str) -> float:
    """Return a number as typed; nan for what is none, so that one check catches both."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def whole_number(text: str | None) -> Any:
    """Return a whole number as typed; what is none as it is, for whoever checks it to name."""
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) < 1000
    return int(text) if text is not None and is_number else text


def split(values: Iterable[str]) -> list[str]:
    """Return values separated by commas as well as by spaces, one by one."""
    return [part for value in values for part in value.split(",") if part.strip()]
