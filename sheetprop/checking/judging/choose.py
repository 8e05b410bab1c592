"""Of several readings of one table, the one that its formulas speak for.

The stages before say which readings there are; each is judged in full, and the evidence chooses.
"""

from __future__ import annotations

from collections.abc import Iterable

from sheetprop.checking.finding.unlabelled import agrees, explains_more, with_names_of
from sheetprop.checking.fitting.relabel import LEAST_GAIN, Candidates, left_out, other_readings
from sheetprop.checking.judging.judge import judge
from sheetprop.tables.judgement import Judgement, ValueOf
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Workbook

MOST_ROUNDS = 4
"""So often another reading of the headers may lead to a still better one."""


def judged(workbook: Workbook, table: Table, value_of: ValueOf) -> Judgement | None:
    """Return the judgement of a table under the reading that makes most formulas right.

    None where its columns form no network.
    """
    best = judge(workbook, table, value_of)
    for _ in range(MOST_ROUNDS if best is not None else 0):
        assert best is not None
        better = _better(best, workbook, value_of)
        if better is None:
            break
        best = better
    return best and _with_left_out(best, workbook, value_of)


def _with_left_out(best: Judgement, workbook: Workbook, value_of: ValueOf) -> Judgement:
    """Return the judgement with lines under others' headers as what they compute."""
    for table in left_out(best, workbook):
        other = judge(workbook, table, value_of)
        if other is not None and wrongness(other) <= wrongness(best):
            return other
    return best


def _better(old: Judgement, workbook: Workbook, value_of: ValueOf) -> Judgement | None:
    """Return the first candidates' best judgement that is better by enough."""
    for candidates in other_readings(old, workbook) if wrongness(old) else ():
        found = _best_of(candidates, old, workbook, value_of)
        if found is not None:
            return found
    return None


def _best_of(
    candidates: Candidates, old: Judgement, workbook: Workbook, value_of: ValueOf
) -> Judgement | None:
    if wrongness(old) < candidates.gain:
        return None  # so little is wrong that none can be better by enough
    others = (judge(workbook, table, value_of) for table in candidates.tables)
    better = [o for o in others if o and wrongness(old) - wrongness(o) >= candidates.gain]
    return min(better, key=wrongness, default=None)


def is_better(other: Judgement, judgement: Judgement) -> bool:
    """Whether another reading leaves nothing to explain, or less by enough to be believed."""
    gain = wrongness(judgement) - wrongness(other)
    return gain >= (LEAST_GAIN if wrongness(other) else 1)


def wrongness(judgement: Judgement) -> int:
    """Return how many quantities are wrong or not there."""
    return len({wrong.quantity for wrong in judgement.wrong}) + len(judgement.unfilled)


def is_mostly_right(judgement: Judgement) -> bool:
    """Whether no more than half of the lines are wrong, and not all that tells what is learnt.

    Where all gradients are wrong and no error is right, or no activation, another activation or
    error than those known here is meant: nobody says that it is wrong.
    """
    if 2 * wrongness(judgement) > len(judgement.lines):
        return False
    kinds = {name: judgement.lesson.quantities[name].kind for name in judgement.lines}
    wrong = {o.quantity for o in judgement.wrong if len(o.steps) > o.right_elsewhere}

    def right(*wanted: str) -> bool:
        return any(name not in wrong for name, kind in kinds.items() if kind in wanted)

    learns = right("gradient") if "gradient" in kinds.values() else right("weight", "bias")
    has_activation = "activation" not in kinds.values() or right("activation")
    return learns or (has_activation and right("error", "total error"))


def named_by_formulas(
    judgement: Judgement, structures: Iterable[Table], workbook: Workbook, value_of: ValueOf
) -> Judgement:
    """Return the judgement with columns named by what they compute, if that explains more."""
    best = judgement
    for table in with_names_of(judgement, structures):
        other = judged(workbook, table, value_of)
        if other is not None and explains_more(other, best) and agrees(other.table, best):
            best = other
    return best
