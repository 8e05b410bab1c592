"""Which workbooks are compared cell by cell: those that say so by a name, and what is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheetprop.checking.layouts.judged import Pattern
from sheetprop.checking.layouts.lesson_of_arrays import (
    attention_pattern,
    dropout_pattern,
    normalisation_pattern,
)
from sheetprop.checking.layouts.lesson_of_maps import maps_pattern
from sheetprop.checking.layouts.reading_network import network_pattern
from sheetprop.checking.layouts.sums.summing_network import digit_sum_pattern
from sheetprop.workbooks.sheet import Workbook

PATTERNS: Mapping[str, Callable[[Workbook], Pattern]] = {
    "mnist": network_pattern,
    "digit-sum": digit_sum_pattern,
    "convolution": maps_pattern,
    "normalisation": normalisation_pattern,
    "dropout": dropout_pattern,
    "attention": attention_pattern,
}
"""By the kind of lesson that a workbook names, what makes the right one out of what it declares."""
