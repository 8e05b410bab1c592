"""The mistakes that are made in formulas over arrays: each line here imports one of them."""

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

OF_ARRAYS: tuple[Mistake, ...] = tuple(
    sorted((one for one in vars().values() if isinstance(one, Mistake)), key=lambda one: one.rank)
)
"""All that are imported here, the likeliest first."""
