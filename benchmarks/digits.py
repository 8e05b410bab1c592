"""Choose the images that ship: ``python benchmarks/digits.py FOLDER_WITH_MNIST``.

Of each digit the first two test images, and the one that the standard network answers rightly but
is least sure of, so that there is something to doubt. Of each network the images that its log names
as the wrong answers it was surest of.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from sheetprop.training import tensors
from sheetprop.training.forward import outputs, probabilities
from sheetprop.training.idx import DIGITS, Labelled, labelled
from sheetprop.training.plan import NETWORKS
from sheetprop.training.shipped_networks import FOLDER, MISTAKES_SHOWN, shipped


def main() -> None:
    """Write the files."""
    test = labelled(Path(sys.argv[1]), "test")
    network = shipped("standard")
    logits = np.concatenate(
        [
            outputs(network.plan, network.weights, part / 255)[-1]
            for part in np.array_split(test.images, 50)
        ]
    )
    numbers = [k for digit in range(DIGITS) for k in chosen(test, probabilities(logits), digit)]
    digits = {
        "images": test.images[numbers],
        "labels": test.labels[numbers],
        "numbers": np.array(numbers, np.int32),
    }
    (FOLDER / "digits.safetensors").write_bytes(tensors.content_of(digits))
    mistaken = {name: test.images[surest_mistakes(name)] for name in NETWORKS}
    (FOLDER / "mistakes.safetensors").write_bytes(tensors.content_of(mistaken))
    print(numbers)


def surest_mistakes(name: str) -> list[int]:
    """Return the numbers of the images that a network's log names, so many as are shown."""
    log = shipped(name).log
    return [one["image"] for one in log["test"]["surest_mistakes"][:MISTAKES_SHOWN]]


def chosen(test: Labelled, shares: np.ndarray, digit: int) -> list[int]:
    """Return the numbers of the three images of a digit."""
    own = np.flatnonzero(test.labels == digit)
    right = own[shares[own].argmax(1) == digit]
    doubted = right[shares[right, digit].argmin()]
    return [int(own[0]), int(own[1]), int(doubted)]


if __name__ == "__main__":
    main()
