"""What targets have to be for the error of the network to be one; said beside them on Start."""

from __future__ import annotations

from collections.abc import Mapping

from sheetprop.lessons.start.start_blocks import of_turn
from sheetprop.maths.losses import CATEGORICAL, CROSS_ENTROPY
from sheetprop.maths.network import Network
from sheetprop.notation.address import address
from sheetprop.spec import Spec
from sheetprop.words import Words
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell

_RULES = {CROSS_ENTROPY.name: "unit", CATEGORICAL.name: "share"}
"""Errors that not all targets go with, and which do; the words for it are start_targets_…"""

_HOLDS = {"unit": "MAX({targets})<=1", "share": "ABS(SUM({targets})-1)<0.000001"}


def put_target_rule(
    page: Page, spec: Spec, network: Network, places: Mapping[str, Address], words: Words
) -> None:
    """Write beside the targets of each example what they must be, and whether they are.

    Others have no least error, or gradients that are not its slope.
    """
    rule = _RULES.get(spec.architecture.loss)
    if rule is None:
        return
    cells = [
        places[of_turn(spec, name, turn)] for turn in range(spec.turns) for name in network.targets
    ]
    outputs = spec.architecture.layers[-1]
    for first in range(0, len(cells), outputs):
        row, column = cells[first]
        targets = f"{address(row, column)}:{address(row + outputs - 1, column)}"
        holds = f"AND(MIN({targets})>=0,{_HOLDS[rule].format(targets=targets)})"
        kept, broken = (words.quoted(f"start_targets_{rule}{no}") for no in ("", "_not"))
        page.put((row, column + 1), Cell(None, f"=IF({holds},{kept},{broken})"), "remark")
