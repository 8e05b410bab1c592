"""The command ``sheetprop``: one module per command, listed in `COMMANDS`.

A command is a module with `NAME`, `HELP`, `EXAMPLE`, ``add_arguments(parser)`` and
``run(arguments) -> int``, the exit code. Its libraries are imported in ``run``, so that the help
comes at once. Results go to stdout; notes, warnings and errors to stderr.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

import sheetprop
from sheetprop.caller import in_a_shell
from sheetprop.cli import build, check, explain, grade, templates, train
from sheetprop.cli.arguments import Parser
from sheetprop.cli.exits import listen_to_keys, outcome
from sheetprop.cli.terminal import open_closed_streams, write_plain_signs
from sheetprop.errors import SheetpropError
from sheetprop.validate import listed, shown, suggestion


class Command(Protocol):
    """What each module of a command has."""

    NAME: str
    HELP: str
    EXAMPLE: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit code."""


SELDOM = 100_000
"""New objects between two looks for those that nothing needs any more."""

COMMANDS: list[Command] = [
    build,
    check,
    grade,
    explain,
    templates,
    train,
]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    0: done and nothing wrong; 1: ``check`` found mistakes; 2: could not do it; 3: a bug in
    sheetprop; 130: interrupted.
    """
    if argv is None:
        gc.set_threshold(SELDOM)
        _leave_the_current_folder()
    open_closed_streams()
    write_plain_signs()
    with outcome() as result, in_a_shell():
        if argv is None:
            listen_to_keys()
            _refuse_a_folder_that_is_gone()
        result.code = _run(sys.argv[1:] if argv is None else list(argv))
    if argv is None:
        gc.freeze()  # the process ends: nobody needs to look for what nobody needs
    return result.code


def _run(argv: list[str]) -> int:
    parser, parsers = _parsers(argv[0] if argv else None)
    if argv and not argv[0].startswith("-") and argv[0] not in parsers:
        near = suggestion(argv[0], parsers)
        choice = f"the commands are {listed(parsers)}"
        parser.error(f"there is no command {shown(argv[0])}{near}; {choice}")
    arguments, unknown = parser.parse_known_args(argv)
    if unknown:
        parsers.get(argv[0], parser).refuse(unknown)
    if arguments.command is None:
        parser.error(f"name a command: {listed(parsers)}")
    return next(c for c in COMMANDS if arguments.command == c.NAME).run(arguments)


def _parsers(wanted: str | None = None) -> tuple[Parser, dict[str, Parser]]:
    """Return the parser of all, and those of the commands: of the one wanted, if there is one."""
    parser = Parser(
        prog="sheetprop",
        description="Make Excel workbooks that teach backpropagation, and verify workbooks.",
        example="sheetprop build --lr 0.1 0.5 2",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {sheetprop.__version__}")
    group = parser.add_subparsers(metavar="COMMAND", dest="command")
    parsers = {}
    for command in [one for one in COMMANDS if wanted == one.NAME] or COMMANDS:
        parsers[command.NAME] = group.add_parser(
            command.NAME,
            help=command.HELP,
            description=command.HELP,
            example=command.EXAMPLE,
        )
        command.add_arguments(parsers[command.NAME])
    return parser, parsers


def _leave_the_current_folder() -> None:
    """Import nothing from the current folder from now on: it may be full of files of strangers."""
    sys.path[:] = [path for path in sys.path if path]
    with suppress(OSError):  # it is gone
        here = os.path.realpath(".")
        sys.path[:] = [path for path in sys.path if os.path.realpath(path) != here]


def _refuse_a_folder_that_is_gone() -> None:
    """Raise where the folder that names are counted from was removed meanwhile."""
    try:
        os.getcwd()  # noqa: PTH109 - a path is not needed
    except OSError:
        advice = "change into another one, and start again"
        raise SheetpropError(f"the current folder is no longer there; {advice}") from None
