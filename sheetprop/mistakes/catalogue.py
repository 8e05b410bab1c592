"""The catalogue of mistakes, put together of the lists for each kind of lesson."""

from __future__ import annotations

from sheetprop.mistakes.arrays.of_arrays import OF_ARRAYS
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.factors.extra_factor import EXTRA_FACTOR
from sheetprop.mistakes.factors.factor_of_two import FACTOR_OF_TWO
from sheetprop.mistakes.factors.missing_brackets import MISSING_BRACKETS
from sheetprop.mistakes.factors.missing_factor import MISSING_FACTOR
from sheetprop.mistakes.factors.sigmoid_sign import SIGMOID_SIGN
from sheetprop.mistakes.factors.wrong_sign import WRONG_SIGN
from sheetprop.mistakes.of_networks import OF_NETWORKS
from sheetprop.mistakes.of_rows import ONLY_OF_ROWS
from sheetprop.mistakes.references.wrong_iteration import WRONG_ITERATION

__all__ = ["BY_NAME", "MISTAKES", "OF_ARRAYS", "OF_ROWS"]

MISTAKES: tuple[Mistake, ...] = tuple(
    sorted((*OF_NETWORKS, *ONLY_OF_ROWS, *OF_ARRAYS), key=lambda one: one.code)
)
"""All of them, in the order of their codes."""

BY_NAME = {mistake.name: mistake for mistake in MISTAKES}

OF_ROWS: tuple[Mistake, ...] = (
    WRONG_SIGN,
    MISSING_BRACKETS,
    MISSING_FACTOR,
    EXTRA_FACTOR,
    FACTOR_OF_TWO,
    SIGMOID_SIGN,
    WRONG_ITERATION,
    *(mistake for mistake in MISTAKES if mistake.is_of_rows),
)
"""Those of trees that are made in lessons whose rows look back, too."""
