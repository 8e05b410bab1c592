"""The workbook of a digit and a number: that of the network that reads, and three sheets more."""

from __future__ import annotations

import numpy as np

from sheetprop.lessons.kinds.digit_sum.head_sheet import Values, head_sheet
from sheetprop.lessons.kinds.digit_sum.log_sheet import log_sheet
from sheetprop.lessons.kinds.digit_sum.sum_sheet import Shown, sum_sheet
from sheetprop.lessons.mnist.draw_sheet import probability_at
from sheetprop.lessons.mnist.layout import layout as reading
from sheetprop.lessons.mnist.places import WEIGHTS, maps_of
from sheetprop.training.forward import Weights, probabilities
from sheetprop.training.idx import DIGITS
from sheetprop.training.plan import Plan
from sheetprop.training.shipped_networks import shipped_digits
from sheetprop.training.sums.head import (
    HIDDEN,
    NUMBERS,
    SUMS,
    Head,
    Read,
    hidden,
    joined,
    logits,
    read,
)
from sheetprop.training.sums.shipped_head import TrainedHead
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Sheet, Workbook

CHOSEN = 24
"""The stored digit that is on Draw at first: an 8."""


def layout(made: TrainedHead, number: int, words: Words, chosen: int = CHOSEN) -> Workbook:
    """Return the workbook with a number and the stored digit `chosen` (from 0) on Draw.

    Every formula has the value that NumPy calculates.
    """
    image = shipped_digits().images[chosen : chosen + 1]
    found = read(made.eyes.plan, made.eyes.weights, image)
    sums, layers = calculating(made.eyes.plan, made.head, found, number, words)
    sheets = [*reading(made.eyes, words, chosen).sheets]
    sheets.insert(1, sums)
    sheets.insert(next(k for k, sheet in enumerate(sheets) if sheet.name == WEIGHTS), layers)
    sheets.insert(-1, log_sheet(made.log, words))
    return Workbook(tuple(sheets))


def calculating(
    plan: Plan, head: Head, found: Read, number: int, words: Words
) -> tuple[Sheet, Sheet]:
    """Return the sheets that calculate sums, for what a network found of one image."""
    shares = probabilities(found.logits)[0]
    its_logits = logits(head, found.features, number)[0]
    values = Values(
        joined(found.features, number)[0], hidden(head, found.features, number)[0], its_logits
    )
    digits = probability_at(0), probability_at(DIGITS - 1)
    return (
        sum_sheet(Shown(its_logits, shares, number), digits, words),
        head_sheet(head, values, maps_of(plan)[-2], words),
    )


def nothing_learned(features: int) -> tuple[Head, Read]:
    """Return layers whose weights are all 0, and what is found of an image then."""
    first = Weights(np.zeros((HIDDEN, features + NUMBERS)), np.zeros(HIDDEN))
    head = Head(first, Weights(np.zeros((SUMS, HIDDEN)), np.zeros(SUMS)))
    return head, Read(np.zeros((1, features)), np.zeros((1, DIGITS)))
