"""Which cells of a worksheet are left to the student."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetprop.exercises.wanted import FADED, FORWARD, HIDDEN, OUTPUT, UPDATE, Wanted, part_of
from sheetprop.maths.network import Network

FADING = ((), (UPDATE,), (UPDATE, HIDDEN), (UPDATE, HIDDEN, OUTPUT))
"""What is left out, stage by stage, before everything is: the last step of the calculation first,
as Renkl and Atkinson found best (Educational Psychologist 38, 2003, 15-22)."""

ROWS_OF_A_STAGE = 2

Answers = Mapping[str, int]
"""The first iteration, counted from 0, from which on a quantity's cells are answers."""


def answers(network: Network, iterations: int, wanted: Wanted) -> Answers:
    """Return the quantities whose cells are answers, each from its first empty iteration on."""
    first = _faded(iterations) if wanted.variant == FADED else dict.fromkeys(wanted.parts, 0)
    found = {}
    for name, quantity in network.quantities.items():
        part = part_of(network, name)
        if part in first:
            start = max(first[part], 1 if quantity.is_given_first else 0)
            if start < iterations:
                found[name] = start
    return found


def _faded(iterations: int) -> dict[str, int]:
    """Return the first empty iteration of each part; few iterations make short stages."""
    rows = min(ROWS_OF_A_STAGE, max(1, iterations // (len(FADING) + 1)))
    starts: dict[str, int] = {}
    for stage, parts in enumerate([*FADING, (UPDATE, HIDDEN, OUTPUT, FORWARD)]):
        for part in parts:
            starts.setdefault(part, stage * rows)
    return starts


def in_row(found: Answers, step: int) -> Sequence[str]:
    """Return the quantities that are answers in an iteration."""
    return [name for name, first in found.items() if step >= first]
