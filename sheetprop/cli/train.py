"""``sheetprop train``: a network that reads handwriting, from a folder with MNIST."""

from __future__ import annotations

import argparse
import sys

from sheetprop.cli.arguments import whole_number
from sheetprop.cli.exits import DONE, note
from sheetprop.cli.progress import progress
from sheetprop.cli.terminal import clean

NAME = "train"
HELP = "Train a small convolutional network on handwritten digits (needs PyTorch)."
EXAMPLE = "sheetprop train mnist --data mnist/ -o trained/"

_INTERRUPTED = "interrupted; the same command goes on after the last epoch that was finished"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is learned, the network, the data, the run and where to write."""
    parser.add_argument(
        "subject",
        metavar="SUBJECT",
        nargs="?",
        help="what is learned: mnist, which is the default, digit-sum or nine-iterations",
    )
    parser.add_argument("--network", metavar="NAME", help="standard (the default), light or course")
    parser.add_argument(
        "--data",
        metavar="FOLDER",
        help="the folder with the four idx files of MNIST, gzipped or not (default: torchvision "
        "downloads them into the folder mnist in the output)",
    )
    parser.add_argument("--epochs", metavar="N", help="passes over the images (default: 15 or 19)")
    parser.add_argument("--seed", metavar="S", help="the same seed, the same result (default: 1)")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FOLDER",
        help="where weights and logs are written (default: output/)",
    )
    parser.add_argument("--force", action="store_true", help="overwrite files that exist")


def run(arguments: argparse.Namespace) -> int:
    """Train and print the path of the weights."""
    import sheetprop

    try:
        with progress("trained") as told:
            path = sheetprop.train(
                arguments.subject or "mnist",
                network=arguments.network,
                data=arguments.data,
                epochs=whole_number(arguments.epochs),
                seed=whole_number(arguments.seed),
                output=arguments.output,
                force=arguments.force,
                progress=told,
            )
    except KeyboardInterrupt:
        note(_INTERRUPTED)
        raise
    sys.stdout.write(f"{clean(str(path))}\n")
    return DONE
