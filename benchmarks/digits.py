"""Choose the thirty digits that ship: ``python benchmarks/digits.py FOLDER_WITH_MNIST``.

Of each digit the first two test images, and the one that the standard network answers rightly but
is least sure of, so that there is something to doubt.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from sheetprop.training import tensors
from sheetprop.training.forward import outputs, probabilities
from sheetprop.training.idx import DIGITS, Labelled, labelled
from sheetprop.training.shipped_networks import FOLDER, shipped


def main() -> None:
    """Write the file."""
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
    print(numbers)


def chosen(test: Labelled, shares: np.ndarray, digit: int) -> list[int]:
    """Return the numbers of the three images of a digit."""
    own = np.flatnonzero(test.labels == digit)
    right = own[shares[own].argmax(1) == digit]
    doubted = right[shares[right, digit].argmin()]
    return [int(own[0]), int(own[1]), int(doubted)]


if __name__ == "__main__":
    main()
