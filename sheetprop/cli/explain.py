"""``sheetprop explain``: the catalogue of mistakes, or one of them in full."""

from __future__ import annotations

import argparse
import sys
import textwrap

from sheetprop.cli.terminal import width

NAME = "explain"
HELP = "List the mistakes that check knows, or explain one with a wrong and a right example."
EXAMPLE = "sheetprop explain wrong-neuron"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the mistake."""
    parser.add_argument(
        "mistake", nargs="?", metavar="MISTAKE", help="its name or code, such as SP203"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the list, or one explanation."""
    from sheetprop import explain
    from sheetprop.mistakes import MISTAKES

    if arguments.mistake is None:
        longest = max(len(mistake.name) for mistake in MISTAKES)
        for mistake in MISTAKES:
            sys.stdout.write(f"{mistake.code}  {mistake.name:<{longest}}  {mistake.summary}\n")
        return 0
    (mistake,) = explain(arguments.mistake)
    sys.stdout.write(f"{mistake.code} {mistake.name}: {mistake.summary}\n\n")
    sys.stdout.write(textwrap.fill(mistake.explanation, width()) + "\n\n")
    sys.stdout.write(f"wrong: {mistake.wrong}\nright: {mistake.right}\n")
    return 0
