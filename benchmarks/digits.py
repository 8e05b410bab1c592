"""Choose the images that ship: ``python benchmarks/digits.py FOLDER_WITH_MNIST``.

Of each digit the first two test images, and the one that the standard network answers rightly but
is least sure of, so that there is something to doubt. Of each network the images that its log names
as the wrong answers it was surest of, and how sure of the thirty it stays when a part is covered.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from sheetprop.training import tensors
from sheetprop.training.forward import outputs, probabilities
from sheetprop.training.idx import DIGITS, Labelled, labelled
from sheetprop.training.plan import SHIPPED
from sheetprop.training.shipped_networks import (
    BLOCKS,
    FOLDER,
    MISTAKES_SHOWN,
    TrainedNetwork,
    shipped,
)


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
    mistaken = {name: test.images[surest_mistakes(name)] for name in SHIPPED}
    (FOLDER / "mistakes.safetensors").write_bytes(tensors.content_of(mistaken))
    covered = {name: occluded(name, digits["images"]) for name in SHIPPED}
    (FOLDER / "occlusion.safetensors").write_bytes(tensors.content_of(covered))
    print(numbers)


def occluded(name: str, images: np.ndarray) -> np.ndarray:
    """Return what is left of the probability of each answer when a block is covered with paper."""
    network, side = shipped(name), images.shape[1] // BLOCKS
    found = np.zeros((len(images), BLOCKS, BLOCKS), np.float32)
    for number, image in enumerate(images / 255):
        answer = shares(network, image[None])[0].argmax()
        covered = np.repeat(image[None], BLOCKS * BLOCKS, 0)
        for place, own in enumerate(covered):
            y, x = (part * side for part in divmod(place, BLOCKS))
            own[y : y + side, x : x + side] = 0
        found[number] = shares(network, covered)[:, answer].reshape(BLOCKS, BLOCKS)
    return found


def shares(network: TrainedNetwork, images: np.ndarray) -> np.ndarray:
    """Return the probability of each digit for each image."""
    return probabilities(outputs(network.plan, network.weights, images)[-1])


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
