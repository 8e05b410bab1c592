"""How digits and sums are told, over every image with every number."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sheetprop.training.evaluated import MOST_MISTAKES, Epoch
from sheetprop.training.forward import probabilities
from sheetprop.training.idx import Bytes
from sheetprop.training.sums.head import NUMBERS, SUMS, Head, Read, exact_answers, logits


@dataclass(frozen=True, slots=True)
class Missummed:
    """A pair whose sum is told wrongly, and the probability of the answer."""

    image: int
    label: int
    number: int
    answer: int
    probability: float


@dataclass(frozen=True, slots=True)
class SumEvaluation:
    """How many answers are right: of `images` digits, and of `pairs` of an image and a number.

    `exact_right` are the sums by exact convolution; `agreeing` are the pairs in which the sum is
    the digit that was read and the number. `right_by_number` is in the order of the numbers;
    `pairs_by_sum` and `right_by_sum` are in the order of the true sums.
    """

    images: int
    digits_right: int
    digit_accuracy: float
    pairs: int
    sums_right: int
    sum_accuracy: float
    exact_right: int
    exact_accuracy: float
    agreeing: int
    right_by_number: tuple[int, ...]
    pairs_by_sum: tuple[int, ...]
    right_by_sum: tuple[int, ...]
    surest_mistakes: tuple[Missummed, ...]


def sum_evaluation(head: Head, found: Read, labels: Bytes) -> SumEvaluation:
    """Return how the answers to all pairs of an image and a number fit the labels."""
    digits = found.logits.argmax(1)
    sums = labels[:, None].astype(int) + np.arange(NUMBERS)
    shares = np.stack([probabilities(logits(head, found.features, n)) for n in range(NUMBERS)], 1)
    answers = shares.argmax(2)
    exact = np.stack([exact_answers(found, n) for n in range(NUMBERS)], 1)
    right = answers == sums
    each = range(SUMS)
    images_right, pairs_right = int((digits == labels).sum()), int(right.sum())
    exact_right = int((exact == sums).sum())
    return SumEvaluation(
        images=len(labels),
        digits_right=images_right,
        digit_accuracy=images_right / len(labels),
        pairs=sums.size,
        sums_right=pairs_right,
        sum_accuracy=pairs_right / sums.size,
        exact_right=exact_right,
        exact_accuracy=exact_right / sums.size,
        agreeing=int((answers == digits[:, None] + np.arange(NUMBERS)).sum()),
        right_by_number=tuple(map(int, right.sum(0))),
        pairs_by_sum=tuple(int((sums == one).sum()) for one in each),
        right_by_sum=tuple(int(right[sums == one].sum()) for one in each),
        surest_mistakes=_surest(shares.max(2), answers, right, labels),
    )


def _surest(
    sure: np.ndarray[Any, Any],
    answers: np.ndarray[Any, Any],
    right: np.ndarray[Any, Any],
    labels: Bytes,
) -> tuple[Missummed, ...]:
    """Return the wrong sums that were told with the highest probability."""
    wrong = sorted(map(tuple, np.argwhere(~right)), key=lambda pair: -sure[pair])[:MOST_MISTAKES]
    return tuple(
        Missummed(int(k), int(labels[k]), int(n), int(answers[k, n]), round(float(sure[k, n]), 4))
        for k, n in wrong
    )


def json_text(about: Mapping[str, Any], epochs: Sequence[Epoch], test: SumEvaluation) -> str:
    """Return the log of a run: what it is `about`, its epochs and its test."""
    told = {**about, "epochs": [asdict(epoch) for epoch in epochs], "test": asdict(test)}
    return json.dumps(told, indent=1) + "\n"
