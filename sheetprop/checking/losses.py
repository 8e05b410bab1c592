"""What a table's mistakes amount to: E_total after its last iteration, beside the right run's."""

from __future__ import annotations

import math

from sheetprop.calculating.run_values import rows
from sheetprop.checking.report import Loss
from sheetprop.maths.trees.expr import Name
from sheetprop.tables.judgement import Judgement

MOST_ITERATIONS = 1000
"""The right run goes no further: longer tables are none of a lesson and would take seconds."""


def loss_of(judgement: Judgement) -> Loss:
    """Return E_total of a table and of the right run from the student's own first iteration."""
    table, network, rate = judgement.table, judgement.network, judgement.rate.value
    last = min(table.whole_iterations, judgement.needed_steps, MOST_ITERATIONS) - 1
    own = _number(judgement, "E_total", last)
    if rate is None and last > 0:
        return Loss(table.sheet, last, own, problem="the table has no single learning rate")
    start: dict[str, float] = {}
    for name, quantity in network.quantities.items():
        if quantity.is_given_first:
            value = _number(judgement, name, 0)
            if value is None:
                problem = f"{name} has no number in the first iteration"
                return Loss(table.sheet, last, own, problem=problem)
            start[name] = value
    place = list(network.quantities).index("E_total")
    turns = _turns(judgement, last + 1)
    right = rows(network, start, rate or 0.0, last + 1, turns)[last][place]
    shown = float(right) if isinstance(right, int | float) else math.inf
    return Loss(table.sheet, last, own, shown)


def _turns(judgement: Judgement, count: int) -> list[dict[str, float]]:
    """Return inputs and targets of each iteration where they change; none where they stay."""
    names = judgement.network.data
    found = [{name: _number(judgement, name, step) for name in names} for step in range(count)]
    turns = [{name: value for name, value in one.items() if value is not None} for one in found]
    is_whole = all(len(one) == len(names) for one in turns)
    return turns if is_whole and any(one != turns[0] for one in turns) else []


def _number(judgement: Judgement, name: str, step: int) -> float | None:
    if not judgement.table.holds(name):
        is_given = name in judgement.aliases.values()  # in a cell elsewhere
        return judgement.student_value(Name(name), step) if is_given else None
    value = judgement.value_of(judgement.table.sheet, judgement.table.cell(name, step))
    return float(value) if isinstance(value, int | float) else None
