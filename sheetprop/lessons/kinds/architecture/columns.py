"""Where everything stands on the sheet Layers."""

from __future__ import annotations

from sheetprop.lessons.kinds.architecture.layers import Architecture
from sheetprop.lessons.kinds.frame import BELOW
from sheetprop.notation.address import column_letters
from sheetprop.rows.architecture import (
    CALCULATED,
    FIELD,
    JUMP,
    LOST,
    MULTIPLICATIONS,
    PARAMETERS,
    SIZE,
)

NUMBER, LAYER, REMARK, PRINTED = 1, 2, 16, 17
CHOSEN = {
    "kernel": 3,
    "stride": 4,
    "padding": 5,
    "dilation": 6,
    "groups": 7,
    "channels": 8,
    "bias": 9,
}
"""The columns of what a layer is given."""

COLUMNS = {**CHOSEN, **{name: column for column, name in enumerate(CALCULATED, 10)}}
HEAD_STYLES = {
    **dict.fromkeys(CHOSEN, "head weight"),
    SIZE: "head sum",
    LOST: "head sum",
    JUMP: "head sum",
    FIELD: "head total error",
    PARAMETERS: "head gradient",
    MULTIPLICATIONS: "head gradient",
}
WIDTHS = {
    NUMBER: 5.0,
    LAYER: 25.0,
    **dict.fromkeys(CHOSEN.values(), 9.0),
    **dict.fromkeys(range(10, REMARK), 12.0),
    COLUMNS[FIELD]: 14.5,
    COLUMNS[MULTIPLICATIONS]: 16.0,
    REMARK: 62.0,
    PRINTED: 11.0,
}

PAGE_END = REMARK - 1
"""The last column of the first of two printed pages side by side: remarks stand on the second."""

TOP, HEAD = BELOW + 1, BELOW + 7
"""Rows of the first line of the boxes above the table, and of its headers."""

IMAGE = HEAD + 1
TASK = {"image": TOP, "channels": TOP + 1, "classes": TOP + 2, "most_parameters": TOP + 3}
"""Rows of what the network is for; the values stand in `TASK_VALUE`."""

TASK_VALUE, TOTAL, TOTAL_PRINTED, TOTAL_VERDICT = 3, 10, 11, 12


def last_row(found: Architecture) -> int:
    """Return the row of the last layer."""
    return IMAGE + len(found.layers)


def of_layers(found: Architecture, name: str) -> str:
    """Return the range of a quantity of all layers."""
    letters = column_letters(COLUMNS[name])
    return f"{letters}{IMAGE + 1}:{letters}{last_row(found)}"
