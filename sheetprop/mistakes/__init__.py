"""The catalogue of mistakes: each line here imports one of them, from a file of its own."""

from __future__ import annotations

from sheetprop.mistakes.arrays.flipped_kernel import FLIPPED_KERNEL
from sheetprop.mistakes.arrays.forgotten_padding import FORGOTTEN_PADDING
from sheetprop.mistakes.arrays.lost_stride import LOST_STRIDE
from sheetprop.mistakes.arrays.missing_bias import MISSING_BIAS
from sheetprop.mistakes.arrays.missing_scale import MISSING_SCALE
from sheetprop.mistakes.arrays.sample_variance import SAMPLE_VARIANCE
from sheetprop.mistakes.arrays.wrong_axis import WRONG_AXIS
from sheetprop.mistakes.arrays.wrong_channel import WRONG_CHANNEL
from sheetprop.mistakes.arrays.wrong_pooling import WRONG_POOLING
from sheetprop.mistakes.arrays.wrong_range import WRONG_RANGE
from sheetprop.mistakes.arrays.wrong_window import WRONG_WINDOW
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
from sheetprop.mistakes.derivatives.determinant_sign import DETERMINANT_SIGN
from sheetprop.mistakes.derivatives.gate_rule import GATE_RULE
from sheetprop.mistakes.derivatives.matrix_order import MATRIX_ORDER
from sheetprop.mistakes.derivatives.misplaced_temperature import MISPLACED_TEMPERATURE
from sheetprop.mistakes.derivatives.softmax_normaliser import SOFTMAX_NORMALISER
from sheetprop.mistakes.derivatives.softmax_slope import SOFTMAX_SLOPE
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
from sheetprop.mistakes.layers.impossible_size import IMPOSSIBLE_SIZE
from sheetprop.mistakes.layers.lost_border import LOST_BORDER
from sheetprop.mistakes.layers.missed_budget import MISSED_BUDGET
from sheetprop.mistakes.layers.other_classes import OTHER_CLASSES
from sheetprop.mistakes.layers.padded_point import PADDED_POINT
from sheetprop.mistakes.layers.shared_normalisation import SHARED_NORMALISATION
from sheetprop.mistakes.layers.wrong_total import WRONG_TOTAL
from sheetprop.mistakes.logs.claim_mismatch import CLAIM_MISMATCH
from sheetprop.mistakes.references.other_table import OTHER_TABLE
from sheetprop.mistakes.references.sliding_rate import SLIDING_RATE
from sheetprop.mistakes.references.updated_activation import UPDATED_ACTIVATION
from sheetprop.mistakes.references.updated_weight import UPDATED_WEIGHT
from sheetprop.mistakes.references.wrong_gradient import WRONG_GRADIENT
from sheetprop.mistakes.references.wrong_iteration import WRONG_ITERATION
from sheetprop.mistakes.references.wrong_kind import WRONG_KIND
from sheetprop.mistakes.references.wrong_neuron import WRONG_NEURON
from sheetprop.mistakes.references.wrong_slope import WRONG_SLOPE
from sheetprop.mistakes.rows.coupled_decay import COUPLED_DECAY
from sheetprop.mistakes.rows.dilated_kernel import DILATED_KERNEL
from sheetprop.mistakes.rows.epsilon_in_root import EPSILON_IN_ROOT
from sheetprop.mistakes.rows.jump_not_carried import JUMP_NOT_CARRIED
from sheetprop.mistakes.rows.miscounted_bias import MISCOUNTED_BIAS
from sheetprop.mistakes.rows.missing_correction import MISSING_CORRECTION
from sheetprop.mistakes.rows.missing_floor import MISSING_FLOOR
from sheetprop.mistakes.rows.missing_term import MISSING_TERM
from sheetprop.mistakes.rows.one_sided_padding import ONE_SIDED_PADDING
from sheetprop.mistakes.rows.wrong_column import WRONG_COLUMN
from sheetprop.mistakes.texts.wrong_text import WRONG_TEXT

MISTAKES: tuple[Mistake, ...] = tuple(
    sorted((one for one in vars().values() if isinstance(one, Mistake)), key=lambda one: one.code)
)
"""All that are imported here, in the order of their codes."""

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

OF_ARRAYS: tuple[Mistake, ...] = tuple(
    sorted((one for one in MISTAKES if one.is_of_arrays), key=lambda one: one.rank)
)
"""Those that are made in formulas over arrays, the likeliest first."""
