"""With how many digits the workbook of a network stores its numbers: the file is mostly digits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sheetprop.training.forward import Weights
from sheetprop.training.shipped_networks import TrainedNetwork
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

OF_WEIGHTS, OF_VALUES = 12, 11
"""Decimals of a weight, from which everything is calculated: the logits stay what they are to
1e-10. Significant digits of what a formula gave, which every program calculates again."""


def as_stored(network: TrainedNetwork) -> TrainedNetwork:
    """Return a network with its weights as its workbook has them."""
    own = [weights and with_fewer_decimals(weights) for weights in network.weights]
    return replace(network, weights=own)


def with_fewer_decimals(weights: Weights) -> Weights:
    """Return the weights of one layer with so many decimals."""
    return Weights(np.round(weights.kernel, OF_WEIGHTS), np.round(weights.bias, OF_WEIGHTS))


def with_fewer_digits(workbook: Workbook) -> Workbook:
    """Return a workbook with so many digits of what its formulas gave, and no more."""
    return replace(workbook, sheets=tuple(map(_of_sheet, workbook.sheets)))


def _of_sheet(sheet: Sheet) -> Sheet:
    own: dict[Address, Cell] = {
        at: cell._replace(value=float(f"{cell.value:.{OF_VALUES}g}"))
        for at, cell in sheet.cells.items()
        if cell.formula and isinstance(cell.value, float) and cell.value
    }
    return replace(sheet, cells={**sheet.cells, **own})
