"""The catalogue of mistakes: a list you can read, one file for each."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.broken_pattern import BROKEN_PATTERN
from sheetprop.mistakes.chart_range import CHART_RANGE
from sheetprop.mistakes.different_start import DIFFERENT_START
from sheetprop.mistakes.error_value import ERROR_VALUE
from sheetprop.mistakes.extra_factor import EXTRA_FACTOR
from sheetprop.mistakes.factor_of_two import FACTOR_OF_TWO
from sheetprop.mistakes.foreign_function import FOREIGN_FUNCTION
from sheetprop.mistakes.mislabelled_column import MISLABELLED_COLUMN
from sheetprop.mistakes.missing_brackets import MISSING_BRACKETS
from sheetprop.mistakes.missing_factor import MISSING_FACTOR
from sheetprop.mistakes.missing_path import MISSING_PATH
from sheetprop.mistakes.missing_quantity import MISSING_QUANTITY
from sheetprop.mistakes.missing_rate import MISSING_RATE
from sheetprop.mistakes.no_chart import NO_CHART
from sheetprop.mistakes.rate_mismatch import RATE_MISMATCH
from sheetprop.mistakes.rounded import ROUNDED
from sheetprop.mistakes.sigmoid_sign import SIGMOID_SIGN
from sheetprop.mistakes.sliding_rate import SLIDING_RATE
from sheetprop.mistakes.stale_losses import STALE_LOSSES
from sheetprop.mistakes.stale_value import STALE_VALUE
from sheetprop.mistakes.typed_constant import TYPED_CONSTANT
from sheetprop.mistakes.typed_number import TYPED_NUMBER
from sheetprop.mistakes.unexplained import UNEXPLAINED
from sheetprop.mistakes.updated_activation import UPDATED_ACTIVATION
from sheetprop.mistakes.updated_weight import UPDATED_WEIGHT
from sheetprop.mistakes.wrong_gradient import WRONG_GRADIENT
from sheetprop.mistakes.wrong_iteration import WRONG_ITERATION
from sheetprop.mistakes.wrong_kind import WRONG_KIND
from sheetprop.mistakes.wrong_neuron import WRONG_NEURON
from sheetprop.mistakes.wrong_sign import WRONG_SIGN
from sheetprop.mistakes.wrong_text import WRONG_TEXT

MISTAKES: tuple[Mistake, ...] = (
    MISSING_QUANTITY,
    MISLABELLED_COLUMN,
    WRONG_SIGN,
    MISSING_BRACKETS,
    WRONG_NEURON,
    WRONG_KIND,
    MISSING_FACTOR,
    EXTRA_FACTOR,
    MISSING_PATH,
    FACTOR_OF_TWO,
    SIGMOID_SIGN,
    WRONG_GRADIENT,
    UPDATED_WEIGHT,
    WRONG_ITERATION,
    SLIDING_RATE,
    UPDATED_ACTIVATION,
    UNEXPLAINED,
    TYPED_NUMBER,
    TYPED_CONSTANT,
    BROKEN_PATTERN,
    STALE_VALUE,
    ERROR_VALUE,
    FOREIGN_FUNCTION,
    ROUNDED,
    RATE_MISMATCH,
    DIFFERENT_START,
    MISSING_RATE,
    STALE_LOSSES,
    CHART_RANGE,
    NO_CHART,
    WRONG_TEXT,
)

BY_NAME = {mistake.name: mistake for mistake in MISTAKES}
