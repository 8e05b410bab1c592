"""The commands and their options, from the parsers of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from generator.markdown import block, code, document, table
from sheetprop.cli import COMMANDS, Command, exits
from sheetprop.cli.arguments import Parser

EXIT_CODES = {
    exits.DONE: "done, and nothing wrong",
    exits.MISTAKES_FOUND: "`check` found mistakes",
    exits.COULD_NOT: "it could not be done: wrong usage, an unusable template, a file that cannot "
    "be read or holds no backpropagation",
    exits.BUG: "a bug in sheetprop",
    exits.INTERRUPTED: "interrupted",
}


def page() -> str:
    """Return the page of all commands."""
    intro = (
        "# Commands\n\n"
        "What goes to stdout is the result; notes, warnings and errors go to stderr.\n"
        "Nothing that exists is overwritten without `--force`."
    )
    rows = [(code(str(number)), text) for number, text in EXIT_CODES.items()]
    codes = f"## Exit codes\n\n{table(('code', 'means'), rows)}"
    return document(intro, *map(_command, COMMANDS), codes)


def _command(command: Command) -> str:
    parser = Parser(prog=command.NAME)
    command.add_arguments(parser)
    heading = f"## sheetprop {command.NAME}\n\n{command.HELP}"
    rows = [(_spelling(action), _help(action)) for action in _arguments(parser)]
    options = table(("argument", "means"), rows) if rows else "It takes no arguments."
    return document(heading, block(command.EXAMPLE, "sh"), options)


def _arguments(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield what a command takes; ``--help``, which all have, is not mentioned."""
    for action in parser._actions:
        if action.dest != "help" and action.help != argparse.SUPPRESS:
            yield action


def _spelling(action: argparse.Action) -> str:
    """Return how an argument is typed, such as ``-o PATH, --output PATH``."""
    value = _value(action)
    if not action.option_strings:
        return code(value)
    spellings = (" ".join(filter(None, (option, value))) for option in action.option_strings)
    return ", ".join(map(code, spellings))


def _value(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    name = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if action.choices:
        name = "|".join(map(str, action.choices))
    few = {"?": f"[{name}]", "*": f"[{name} …]", "+": f"{name} …"}
    return few.get(str(action.nargs), name)


def _help(action: argparse.Action) -> str:
    return (action.help or "").replace("<", "\\<")
