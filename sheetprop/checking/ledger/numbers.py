"""Typed inputs and targets that are hardly meant: nothing contradicts them, and all else stays."""

from __future__ import annotations

from itertools import pairwise

from sheetprop.calculating.agreement import is_close
from sheetprop.checking.ledger.entries import Entry
from sheetprop.mistakes.departure import EXACT, departure
from sheetprop.tables.judgement import Judgement

ODD_NUMBER = Entry("not_judged", "it is another number than in all other rows")
LEAST_SERIES = 4
"""So many numbers at the same distance are a series; of three that may be chance."""


def doubtful_numbers(judgement: Judgement) -> dict[str, dict[int, Entry]]:
    """Return the typed numbers, by quantity and step, that one example would not have."""
    departed = departure(judgement.network, judgement.lines, {}, judgement.student_value)
    if departed is not None and departed.are_typed:
        return {departed.quantity: {departed.step: ODD_NUMBER}}
    return _series(judgement)


def _series(judgement: Judgement) -> dict[str, dict[int, Entry]]:
    """Return the numbers that rise from row to row where everything else that is given stays.

    A spreadsheet goes on so where two cells are dragged, or one in a series.
    """
    quantities = judgement.network.quantities
    given = [n for n in judgement.lines if quantities[n].kind in ("input", "target")]
    rows = judgement.table.whole_iterations
    typed = {n: [*judgement.lines[n].numbers.values()] for n in given}
    rising = [n for n, own in typed.items() if len(own) == rows >= LEAST_SERIES and _rises(own)]
    others = {*given, *judgement.table.fixed} - {*rising}
    if len(rising) != 1 or not others or judgement.varying & others:
        return {}
    own = typed[rising[0]]
    how = (
        f"it goes on by {own[1] - own[0]:g} from row to row, as cells do that were filled as a "
        "series, and everything else that is given stays"
    )
    steps = list(judgement.lines[rising[0]].numbers)[1:]
    return {rising[0]: dict.fromkeys(steps, Entry("not_judged", how))}


def _rises(numbers: list[float]) -> bool:
    by = numbers[1] - numbers[0]
    return by != 0 and all(is_close(b - a, by, EXACT) for a, b in pairwise(numbers))
