"""The trained networks, their logs, and the digits that come with sheetprop."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheetprop.errors import SheetpropError
from sheetprop.training import tensors
from sheetprop.training.forward import Weights, folded
from sheetprop.training.idx import Bytes
from sheetprop.training.plan import SHIPPED, Plan, plan_of

FOLDER = Path(__file__).parent / "data"

MISTAKES_SHOWN = 12
"""So many of a network's wrong answers ship with their images."""


DECIMALS = 4
"""Of the probabilities with a block covered."""

BLOCKS = 7
"""Blocks across an image, of which each is covered in turn."""


@dataclass(frozen=True)
class TrainedNetwork:
    """A trained network: its plan, its weights with batch normalisation folded, and its log."""

    name: str
    plan: Plan
    weights: list[Weights | None]
    log: Mapping[str, Any]


@dataclass(frozen=True)
class Digits:
    """Some test images of MNIST (count × 28 × 28 bytes), with their labels and their numbers."""

    images: Bytes
    labels: Bytes
    numbers: tuple[int, ...]


def shipped(name: str) -> TrainedNetwork:
    """Return a network by its name.

    Raises:
        SheetpropError: none of this name ships.

    """
    if name not in SHIPPED:
        raise SheetpropError(f"the networks that ship are {', '.join(SHIPPED)}, not {name!r}")
    log = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    plan = plan_of(log["layers"])
    weights = folded(plan, tensors.read(FOLDER / f"{name}.safetensors"))
    return TrainedNetwork(name, plan, weights, log)


def shipped_digits() -> Digits:
    """Return the thirty digits, in the order of their labels."""
    found = tensors.read(FOLDER / "digits.safetensors")
    return Digits(found["images"], found["labels"], tuple(map(int, found["numbers"])))


def shipped_mistakes(name: str) -> Bytes:
    """Return the images of the wrong answers that a network was surest of, as its log has them."""
    return tensors.read(FOLDER / "mistakes.safetensors")[name]


def shipped_occlusion(name: str) -> NDArray[np.float64]:
    """Return what is left of a network's answer when a block of one of the thirty digits is paper.

    It is the probability of the answer to the whole image: count × blocks down × blocks across.
    """
    found = tensors.read(FOLDER / "occlusion.safetensors")[name]
    return np.asarray(np.round(found.astype(np.float64), DECIMALS), np.float64)
