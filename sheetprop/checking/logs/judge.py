"""A claim held against a run: right, wrong with what the numbers say, or not to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sheetprop.checking.logs.claims import (
    ABOVE,
    AT,
    BEST,
    EPOCHS,
    GAP,
    LAST,
    NO_COLUMN,
    OK,
    REACHED,
    RIGHT,
    UNCLEAR,
    UNTOLD,
    WRONG,
    Claim,
    Verdict,
)
from sheetprop.checking.logs.gaps import judged_gap, step_of
from sheetprop.checking.logs.log import Column, Log
from sheetprop.checking.logs.numbers import Said
from sheetprop.mistakes.logs import claim_mismatch as cases
from sheetprop.mistakes.words import Case
from sheetprop.rows.training_log import LOSS

OTHER_COLUMN = (
    "the text does not say of which column it is, and another one than the held-out accuracy has it"
)


def verdict_of(claim: Claim, log: Log) -> Verdict:
    """Return what a claim about a run is."""
    if claim.problem is not None:
        return Verdict(UNTOLD, claim.problem)
    judge = JUDGES.get(claim.kind)
    return judge(claim, log) if judge else Verdict(UNTOLD, NO_COLUMN)


def _by_column(claim: Claim, log: Log, judged: Callable[[Claim, Log, Column], Verdict]) -> Verdict:
    """Return the verdict for the column that is meant; one right for another is not told."""
    own, others = log.candidates(claim.split, claim.metric)
    if not own:
        return Verdict(UNTOLD, NO_COLUMN)
    found = judged(claim, log, own[0])
    # That training lies above a bound, too, does not say that it was meant.
    if (
        found.kind == WRONG
        and claim.kind != ABOVE
        and any(judged(claim, log, one).kind == RIGHT for one in others)
    ):
        return Verdict(UNTOLD, OTHER_COLUMN)
    return found


def _wrong(case: Case, number: Said, column: Column, value: float) -> Verdict:
    own = number.text or f"{number.value:g}"
    return Verdict(WRONG, "", case, own, column.text(value), column.error_of(number, value))


def _best(claim: Claim, log: Log, column: Column) -> Verdict:
    if claim.number is not None and not column.agrees(claim.number, column.best):
        return _wrong(cases.BEST, claim.number, column, column.best)
    if claim.epoch is None:
        return OK
    steps = [k for k, value in enumerate(column.values) if value == column.best]
    return _epoch(claim, log, steps)


def _epoch(claim: Claim, log: Log, steps: list[int]) -> Verdict:
    """Return whether the epoch of a claim is one of some steps, however epochs are counted."""
    assert claim.epoch is not None
    labels = [log.epochs[k] for k in steps]
    if claim.epoch in labels or (claim.is_ordinal and claim.epoch - 1 in steps):
        return OK
    right = " or ".join(map(str, labels[:3]))
    if log.epochs[0] == 0 and not claim.is_live and claim.epoch - 1 in labels:
        return Verdict(RIGHT, "", cases.FROM_ONE, str(claim.epoch), right)
    return Verdict(WRONG, "", cases.EPOCH, str(claim.epoch), right)


def _last(claim: Claim, log: Log, column: Column) -> Verdict:
    assert claim.number is not None
    if not column.agrees(claim.number, column.values[-1]):
        return _wrong(cases.LAST, claim.number, column, column.values[-1])
    if claim.epoch is None:
        return OK
    counted = claim.epoch == len(log.epochs)
    return OK if counted else _epoch(claim, log, [len(log.epochs) - 1])


def _at(claim: Claim, log: Log, column: Column) -> Verdict:
    assert claim.number is not None
    assert claim.epoch is not None
    step = step_of(claim, log)
    if step is None:
        right = f"{log.epochs[0]} to {log.epochs[-1]}"
        return Verdict(WRONG, "", cases.EPOCH, str(claim.epoch), right)
    if column.agrees(claim.number, column.values[step]):
        return OK
    before = step - 1
    is_counted = log.epochs[0] == 0 and before >= 0
    if is_counted and column.agrees(claim.number, column.values[before]):
        return Verdict(RIGHT, "", cases.FROM_ONE, str(claim.epoch), str(log.epochs[before]))
    return _wrong(cases.AT, claim.number, column, column.values[step])


def _reached(claim: Claim, log: Log, column: Column) -> Verdict:
    """Return whether a value is there that is said to be reached, or a better one."""
    assert claim.number is not None
    if claim.epoch is not None:
        return _at(claim, log, column)
    if column.metric == LOSS or column.agrees(claim.number, column.best):
        return OK if column.agrees(claim.number, column.best) else Verdict(UNTOLD, UNCLEAR)
    if claim.number.on_scale(column.is_percent).value < column.best:
        return OK
    return _wrong(cases.BEST, claim.number, column, column.best)


def _above(claim: Claim, log: Log, column: Column) -> Verdict:
    """All epochs that are meant lie on the side of the bound that is said."""
    number = claim.number
    assert number is not None
    if claim.is_cell:
        steps = list(range(len(log.epochs)))[-(claim.count or 1) :]
        least = min(column.values[k] for k in steps)
        is_right = column.agrees(number, least)
        return OK if is_right else _wrong(cases.LOWEST, number, column, least)
    bound = number if column.metric == LOSS else number.on_scale(column.is_percent)
    sign = -1 if claim.is_below else 1
    passed = [_passes(sign * (v - bound.value), claim, column) for v in column.values]
    steps_meant = _steps(claim, log)
    if steps_meant is None:
        if all(passed):
            return OK
        if any(passed):
            return Verdict(UNTOLD, UNCLEAR)
        return _not_above(claim, log, column, range(len(passed)), passed)
    meant = [passed[k] for k in steps_meant]
    if False in meant:
        return _not_above(claim, log, column, steps_meant, passed)
    return Verdict(UNTOLD, "its digits leave open whether it is above") if None in meant else OK


def _passes(by: float, claim: Claim, column: Column) -> bool | None:
    """Whether a value lies beyond the bound by so much; None where its digits leave that open."""
    if abs(by) <= 1e-12:
        return None if claim.is_strict and column.off > 1e-9 else not claim.is_strict
    return by > 0


def _not_above(
    claim: Claim, log: Log, column: Column, steps: Iterable[int], passed: list[bool | None]
) -> Verdict:
    assert claim.number is not None
    step = next(k for k in steps if passed[k] is False)
    told = f"{column.text(column.values[step])} in epoch {log.epochs[step]}"
    return Verdict(WRONG, "", cases.NOT_ABOVE, claim.number.text, told)


def _steps(claim: Claim, log: Log) -> range | None:
    """Return the epochs that a claim is of, None where it does not say."""
    end = len(log.epochs)
    if claim.count is not None:
        return range(max(0, end - claim.count), end)
    if claim.start is not None:
        return range(next((k for k, e in enumerate(log.epochs) if e >= claim.start), 0), end)
    return None


def _epochs(claim: Claim, log: Log) -> Verdict:
    assert claim.number is not None
    count = len(log.epochs)
    is_right = (
        claim.number.value in (count, log.epochs[-1])
        if log.epochs[0] == 0
        else (claim.number.value == count)
    )
    if is_right:
        return OK
    if log.epochs[-1] - log.epochs[0] + 1 != count or log.epochs[0] > 1:
        return Verdict(UNTOLD, "the log does not show every epoch")
    return Verdict(WRONG, "", cases.EPOCHS, f"{claim.number.value:g}", str(count))


JUDGES: Mapping[str, Callable[[Claim, Log], Verdict]] = {
    BEST: lambda claim, log: _by_column(claim, log, _best),
    LAST: lambda claim, log: _by_column(claim, log, _last),
    AT: lambda claim, log: _by_column(claim, log, _at),
    REACHED: lambda claim, log: _by_column(claim, log, _reached),
    ABOVE: lambda claim, log: _by_column(claim, log, _above),
    GAP: judged_gap,
    EPOCHS: _epochs,
}
"""By the kind of a claim; what is said of parameters is held against other sheets."""
