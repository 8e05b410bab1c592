"""``sheetprop templates``: the lessons there are."""

from __future__ import annotations

import argparse

from sheetprop.cli.exits import DONE, note

NAME = "templates"
HELP = "List the lessons there are, each with what it is about."
EXAMPLE = "sheetprop templates"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare nothing: the command takes no arguments."""
    del parser


def run(arguments: argparse.Namespace) -> int:
    """Print one line for each template: its name and what it is about."""
    import sheetprop
    from sheetprop.shipped import folder

    del arguments
    lines = sheetprop.templates()
    width = max(map(len, lines))
    for name, line in lines.items():
        print(f"{name:{width}}  {line}")  # noqa: T201 - the result
    note(f"to make a lesson of your own, copy a file of {folder()} and build it by its path")
    return DONE
