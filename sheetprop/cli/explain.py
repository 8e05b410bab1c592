"""``sheetprop explain``: the catalogue of mistakes, or one of them in full."""

from __future__ import annotations

import argparse
import sys

from sheetprop.cli.terminal import width

NAME = "explain"
HELP = "List the mistakes that check knows, or explain one with a wrong and a right example."
EXAMPLE = "sheetprop explain wrong-neuron"

_ROWS = {"'": "in the row before", "[+1]": "in the next row", "[+3]": "three rows further down"}


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
    import textwrap  # where a mistake is explained only

    sys.stdout.write(textwrap.fill(mistake.explanation, width()) + "\n\n")
    sys.stdout.write(f"wrong: {mistake.wrong}\nright: {mistake.right}\n")
    sys.stdout.write(_legend(f"{mistake.wrong} {mistake.right}"))
    return 0


def _legend(examples: str) -> str:
    """Return what the marks in examples mean that stand behind a name of another row."""
    meant = [f"x{mark} is x {row}" for mark, row in _ROWS.items() if mark in examples]
    return f"\n({'; '.join(meant)})\n" if meant else ""
