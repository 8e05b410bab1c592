"""The mistakes made only in lessons whose rows look back: each line here imports one of them."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.derivatives.determinant_sign import DETERMINANT_SIGN
from sheetprop.mistakes.derivatives.gate_rule import GATE_RULE
from sheetprop.mistakes.derivatives.matrix_order import MATRIX_ORDER
from sheetprop.mistakes.derivatives.misplaced_temperature import MISPLACED_TEMPERATURE
from sheetprop.mistakes.derivatives.softmax_normaliser import SOFTMAX_NORMALISER
from sheetprop.mistakes.derivatives.softmax_slope import SOFTMAX_SLOPE
from sheetprop.mistakes.layers.impossible_size import IMPOSSIBLE_SIZE
from sheetprop.mistakes.layers.lost_border import LOST_BORDER
from sheetprop.mistakes.layers.missed_budget import MISSED_BUDGET
from sheetprop.mistakes.layers.other_classes import OTHER_CLASSES
from sheetprop.mistakes.layers.padded_point import PADDED_POINT
from sheetprop.mistakes.layers.shared_normalisation import SHARED_NORMALISATION
from sheetprop.mistakes.layers.wrong_total import WRONG_TOTAL
from sheetprop.mistakes.logs.claim_mismatch import CLAIM_MISMATCH
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

ONLY_OF_ROWS: tuple[Mistake, ...] = tuple(
    sorted((one for one in vars().values() if isinstance(one, Mistake)), key=lambda one: one.code)
)
"""All that are imported here, in the order of their codes."""
