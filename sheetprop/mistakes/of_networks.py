"""The mistakes that are looked for in a network: each line here imports one of them."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.cells.broken_pattern import BROKEN_PATTERN
from sheetprop.mistakes.cells.error_value import ERROR_VALUE
from sheetprop.mistakes.cells.foreign_function import FOREIGN_FUNCTION
from sheetprop.mistakes.cells.mislabelled_column import MISLABELLED_COLUMN
from sheetprop.mistakes.cells.missing_quantity import MISSING_QUANTITY
from sheetprop.mistakes.cells.rounded import ROUNDED
from sheetprop.mistakes.cells.stale_value import STALE_VALUE
from sheetprop.mistakes.cells.typed_constant import TYPED_CONSTANT
from sheetprop.mistakes.cells.typed_number import TYPED_NUMBER
from sheetprop.mistakes.charts.chart_range import CHART_RANGE
from sheetprop.mistakes.charts.no_chart import NO_CHART
from sheetprop.mistakes.experiment.different_start import DIFFERENT_START
from sheetprop.mistakes.experiment.missing_rate import MISSING_RATE
from sheetprop.mistakes.experiment.rate_mismatch import RATE_MISMATCH
from sheetprop.mistakes.experiment.stale_losses import STALE_LOSSES
from sheetprop.mistakes.factors.extra_factor import EXTRA_FACTOR
from sheetprop.mistakes.factors.factor_of_two import FACTOR_OF_TWO
from sheetprop.mistakes.factors.missing_brackets import MISSING_BRACKETS
from sheetprop.mistakes.factors.missing_factor import MISSING_FACTOR
from sheetprop.mistakes.factors.missing_path import MISSING_PATH
from sheetprop.mistakes.factors.missing_update import MISSING_UPDATE
from sheetprop.mistakes.factors.sigmoid_sign import SIGMOID_SIGN
from sheetprop.mistakes.factors.unexplained import UNEXPLAINED
from sheetprop.mistakes.factors.wrong_sign import WRONG_SIGN
from sheetprop.mistakes.references.other_table import OTHER_TABLE
from sheetprop.mistakes.references.sliding_rate import SLIDING_RATE
from sheetprop.mistakes.references.updated_activation import UPDATED_ACTIVATION
from sheetprop.mistakes.references.updated_weight import UPDATED_WEIGHT
from sheetprop.mistakes.references.wrong_gradient import WRONG_GRADIENT
from sheetprop.mistakes.references.wrong_iteration import WRONG_ITERATION
from sheetprop.mistakes.references.wrong_kind import WRONG_KIND
from sheetprop.mistakes.references.wrong_neuron import WRONG_NEURON
from sheetprop.mistakes.references.wrong_slope import WRONG_SLOPE
from sheetprop.mistakes.texts.wrong_text import WRONG_TEXT

OF_NETWORKS: tuple[Mistake, ...] = tuple(
    sorted((one for one in vars().values() if isinstance(one, Mistake)), key=lambda one: one.code)
)
"""All that are imported here, in the order of their codes."""
