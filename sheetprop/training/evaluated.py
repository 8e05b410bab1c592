"""What a run tells of itself: its epochs, and how a network did on images; as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheetprop.training.idx import DIGITS, Bytes

MOST_MISTAKES = 20
"""So many of the wrong answers a network was surest of are told."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """One pass over the training images: `learning_rate` is that of its first step.

    `train_loss` (nats) and `train_accuracy` (share) are means over the epoch, of varied images.
    """

    epoch: int
    learning_rate: float
    train_loss: float
    train_accuracy: float
    validation_accuracy: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Misread:
    """An image taken for another digit, and the probability the network gave its answer."""

    image: int
    label: int
    answer: int
    probability: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a network did: in `confusion` a row is a label, a column the answer."""

    images: int
    right: int
    accuracy: float
    confusion: tuple[tuple[int, ...], ...]
    surest_mistakes: tuple[Misread, ...]


def evaluation(probabilities: NDArray[np.float64], labels: Bytes) -> Evaluation:
    """Return how probabilities (count × 10) fit the labels."""
    answers = probabilities.argmax(1)
    confusion = np.zeros((DIGITS, DIGITS), int)
    np.add.at(confusion, (labels, answers), 1)
    wrong = np.flatnonzero(answers != labels)
    surest = sorted(wrong, key=lambda image: -probabilities[image].max())[:MOST_MISTAKES]
    mistakes = (
        Misread(int(k), int(labels[k]), int(answers[k]), round(float(probabilities[k].max()), 4))
        for k in surest
    )
    right = len(labels) - len(wrong)
    rows = tuple(tuple(map(int, row)) for row in confusion)
    return Evaluation(len(labels), right, right / len(labels), rows, tuple(mistakes))


def json_text(about: Mapping[str, Any], epochs: Sequence[Epoch], test: Evaluation) -> str:
    """Return the log of a run: what it is `about`, its epochs and its test."""
    told = {**about, "epochs": [asdict(epoch) for epoch in epochs], "test": asdict(test)}
    return json.dumps(told, indent=1) + "\n"


def csv_text(epochs: Sequence[Epoch]) -> str:
    """Return the epochs as a table, a line for each."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Epoch)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(epoch) for epoch in epochs)
    return text.getvalue()
