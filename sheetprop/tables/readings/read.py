"""What the cells of a fill say in the names of quantities, in as few readings as tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from sheetprop.calculating.loops.fills import Fill, compact
from sheetprop.errors import FormulaError
from sheetprop.maths.trees.expr import Expr
from sheetprop.tables.lines import Reading
from sheetprop.tables.readings.between import End, trees_between
from sheetprop.tables.table import Table
from sheetprop.tables.translate import Translator


def readings(translator: Translator, table: Table, quantity: str, fill: Fill) -> list[Reading]:
    """Return what a fill's cells say in quantity names.

    Cells of one relative formula that meet the gaps of the table alike say the same where both
    ends do: what lies between takes cells of the same lines in the same iterations. Where the ends
    do not tell (helper cells in between are others), every cell is read.
    """
    read: list[tuple[Sequence[int], Expr | None, str | None]] = []
    for steps in _meeting_alike(table, fill):
        first = last = _end(translator, table, quantity, steps[0])
        if len(steps) > 1:
            last = _end(translator, table, quantity, steps[-1])
        if len(steps) == 1 or _is_same(first, last):
            read.append((steps, first.tree, first.problem))
            continue
        between = trees_between(translator, table, first, last, steps)
        if between is not None:
            read += [(own, tree, None) for own, tree in between]
            continue
        every = (_end(translator, table, quantity, step) for step in steps)
        read += [((one.step,), one.tree, one.problem) for one in every]
    return _grouped(read)


def _is_same(first: End, last: End) -> bool:
    """Whether both ends say the same without any helper."""
    return first.tree is not None and first.tree == last.tree and not (first.behind or last.behind)


def _meeting_alike(table: Table, fill: Fill) -> list[Sequence[int]]:
    """Return the steps of a fill in groups whose references meet the gaps of the table alike.

    Two rows below a blank row, a reference two rows up takes the blank row, not an iteration.
    """
    places, steps = table.places, fill.steps
    if places[-1] - places[0] == len(places) - 1 or type(table) is not Table:
        return [steps]
    offsets = table.offsets_in(fill.formula)
    if offsets:  # ranges take what lies between their ends too
        offsets = {*range(min(offsets), max(offsets) + 1)}
    groups: dict[tuple[int | None, ...], list[int]] = {}
    for step in steps:
        met = (table.step_of.get(places[step] + offset) for offset in sorted(offsets))
        key = tuple(None if other is None else other - step for other in met)
        groups.setdefault(key, []).append(step)
    return [compact(group) for group in groups.values()]


def _end(translator: Translator, table: Table, quantity: str, step: int) -> End:
    """Read one cell."""
    try:
        tree, problem = translator.tree(table.cell(quantity, step)), None
    except FormulaError as error:
        tree, problem = None, error.reason
    return End(step, tree, problem, tuple(translator.behind))


def _grouped(read: Iterable[tuple[Sequence[int], Expr | None, str | None]]) -> list[Reading]:
    groups: dict[tuple[Expr | None, str | None], list[Sequence[int]]] = {}
    for steps, tree, problem in read:
        groups.setdefault((tree, problem), []).append(steps)
    return [
        Reading(own[0] if len(own) == 1 else compact(sorted(chain(*own))), tree, problem)
        for (tree, problem), own in groups.items()
    ]
