"""``sheetprop build``: one workbook, one worksheet for each learning rate."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sheetprop import validate
from sheetprop.cli.arguments import number, split, whole_number
from sheetprop.cli.exits import DONE, note
from sheetprop.cli.progress import progress
from sheetprop.cli.terminal import clean
from sheetprop.errors import SpecError

NAME = "build"
HELP = "Make a workbook that shows every step live, one worksheet for each learning rate."
EXAMPLE = "sheetprop build --lr 0.1 0.5 2"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the template, the rates, the iterations and where to write."""
    parser.add_argument(
        "template",
        metavar="TEMPLATE",
        nargs="?",
        help="a name from `sheetprop templates`, or a TOML file's path (default: classic)",
    )
    parser.add_argument(
        "--lr",
        "--learning-rates",
        metavar="RATE",
        dest="learning_rates",
        nargs="+",
        action="extend",
        help="learning rates, separated by spaces or commas (default: those of the template)",
    )
    parser.add_argument(
        "--iterations",
        metavar="N",
        help="rows of each worksheet, the start included (default: those of the template)",
    )
    parser.add_argument(
        "--language",
        metavar="CODE",
        help="language of the texts, such as de (default: that of the template)",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="a file ending in .xlsx, or a folder (default: output/ and the template's name)",
    )
    parser.add_argument(
        "--variant",
        metavar="NAME",
        default="worked",
        help="an exercise: smallest (one iteration, drawn), blank, faded or find-the-bug; or the "
        "solution of a blank one",
    )
    parser.add_argument(
        "--hide",
        metavar="PART",
        nargs="+",
        action="extend",
        help="what a blank one leaves to the student: forward, output, hidden, update or all",
    )
    parser.add_argument(
        "--mistakes", metavar="N", help="how many formulas of find-the-bug are wrong (default: 1)"
    )
    parser.add_argument(
        "--seed",
        metavar="S",
        help="number of the worksheet with mistakes to find, or of the course (default: 0)",
    )
    parser.add_argument(
        "--solution", metavar="PATH", help="where the solution of an exercise is written as well"
    )
    parser.add_argument(
        "--with",
        "--with-mistake",
        metavar="MISTAKE",
        dest="with_mistake",
        help="show a mistake beside the right calculation, by its name or code in `sheetprop "
        "explain`, such as wrong-neuron",
    )
    parser.add_argument(
        "--roster",
        metavar="LIST",
        help="a class list, CSV or .xlsx: a folder with a workbook for each student, with numbers "
        "of their own",
    )
    parser.add_argument(
        "--network",
        metavar="NAME",
        help="of mnist, a trained network that reads digits: standard (the default), light or "
        "course (kernels of 3 × 3 and 1 × 1 only)",
    )
    parser.add_argument(
        "--unfolded",
        action="store_true",
        help="of mnist, a sheet more with batch normalisation as it was trained",
    )
    parser.add_argument("--force", action="store_true", help="overwrite a file that exists")


def run(arguments: argparse.Namespace) -> int:
    """Build the workbook and print its path."""
    import sheetprop

    template, texts = _template_and_rates(arguments.template, arguments.learning_rates)
    template, hide = _template_and_parts(template, arguments.hide)
    with progress() as told:
        path = sheetprop.build(
            template or "classic",
            learning_rates=None if texts is None else learning_rates(texts),
            iterations=whole_number(arguments.iterations),
            language=arguments.language,
            output=arguments.output,
            force=arguments.force,
            variant=arguments.variant,
            hide=hide,
            mistakes=whole_number(arguments.mistakes),
            seed=whole_number(arguments.seed),
            solution=arguments.solution,
            with_mistake=arguments.with_mistake,
            roster=arguments.roster,
            network=arguments.network,
            unfolded=arguments.unfolded,
            progress=told,
        )
    sys.stdout.write(f"{clean(str(path))}\n")
    return DONE


def _template_and_rates(
    template: str | None, rates: Sequence[str] | None
) -> tuple[str | None, list[str] | None]:
    """Tell a template typed after the rates, as in ``--lr 0.1 0.5 classic``, from the rates."""
    if rates is None:
        return template, None
    _note_decimal_commas(rates)
    texts = split(rates)
    if template is None and len(texts) > 1 and _names_a_template(rates[-1]):
        return rates[-1], split(rates[:-1])
    return template, texts


def _note_decimal_commas(rates: Sequence[str]) -> None:
    """Say how a text with a comma and no space is read, where it may be meant as one number."""
    for text in rates:
        whole, comma, part = text.partition(",")
        if comma and whole.isdigit() and part.isdigit() and whole.strip("0"):
            meant = f"a decimal number has a point, {whole}.{part}"
            note(f"--lr: {text} is read as two rates, {whole} and {part}; {meant}")


def _template_and_parts(
    template: str | None, parts: Sequence[str] | None
) -> tuple[str | None, list[str] | None]:
    """Tell a template typed after the parts, as in ``--hide output classic``, from the parts."""
    if parts is None:
        return template, None
    if template is None and len(parts) > 1 and _names_a_template(parts[-1]):
        return parts[-1], split(parts[:-1])
    return template, split(parts)


def _names_a_template(text: str) -> bool:
    from sheetprop.template import names

    return text in names() or Path(text).suffix == ".toml"


def learning_rates(texts: Sequence[str]) -> list[float]:
    """Return the rates as numbers, each once.

    Raises:
        SpecError: one is no finite number greater than 0.

    """
    rates = [_learning_rate(text) for text in texts]
    for place, rate in enumerate(rates):
        if rate in rates[:place]:
            note(f"--lr: {rate:g} is given twice and built once")
    if not rates:
        raise SpecError("--lr", None, "must be followed by at least one number, as in --lr 0.1 0.5")
    return list(dict.fromkeys(rates))


def _learning_rate(text: str) -> float:
    rate = number(text)
    if 0 < rate < float("inf"):
        return rate
    problem = f"must be numbers greater than 0, as in --lr 0.1 0.5, not {validate.shown(text)}"
    raise SpecError("--lr", None, problem + _hint(text))


def _hint(text: str) -> str:
    from sheetprop.template import names

    if text.strip("0") == "":
        return " (a decimal number is written with a point)"
    if ";" in text or "/" in text:
        return " (decimal numbers, with a space or a comma between them)"
    if text in names():
        return f" (name the template first: sheetprop build {text} --lr 0.1)"
    return validate.suggestion(text, names()).replace("mean", "mean the template")
