"""One shape as a text: ``28x28x16``, ``(None, 26, 26, 32)`` or ``[-1, 16, 28, 28]``."""

from __future__ import annotations

import re
from math import prod
from typing import NamedTuple

from sheetprop.lazily.patterns import pattern

LONGEST = 40
_SHAPE = pattern(
    r"[\[({]{0,2}\s*(?:(None|-1|\?|batch(?:_size)?|N|B)\s*[,x×]\s*)?"
    r"(\d{1,7}(?:\s*[,x×X*]\s*\d{1,6}){0,2})\s*,?\s*[\])}]{0,2}"
)


class Shape(NamedTuple):
    """How many channels a layer gives, and of how many numbers its whole output consists.

    `size` is how many pixels across, None for a row of features. What `is_printed` counts the
    examples too, as libraries do.
    """

    channels: int
    numbers: int
    size: int | None
    is_printed: bool = False


def shape_in(text: str) -> Shape | None:
    """Return the shape that a text is, None for another one or where channels are not told.

    Keras has channels last and marks the batch with ``None``; PyTorch has them first, and ``-1``.
    """
    match = _SHAPE.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if match is None:
        return None
    numbers = [int(one) for one in re.findall(r"\d+", match[2])]
    if len(numbers) == 1 and match[1] is not None:
        return Shape(numbers[0], numbers[0], None, is_printed=True)
    if len(numbers) != 3:
        return None
    first, middle, last = numbers
    is_first = middle == last and (first != middle or match[1] == "-1")
    if not is_first and first != middle:
        return None
    channels = first if is_first else last
    return Shape(channels, prod(numbers), middle, is_printed=match[1] is not None)
