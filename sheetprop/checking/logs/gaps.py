"""How far training is ahead of what was held out, as claimed and as the log has it."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.checking.logs.claims import (
    NO_COLUMN,
    OK,
    UNCLEAR,
    UNTOLD,
    WRONG,
    Claim,
    Verdict,
)
from sheetprop.checking.logs.log import Column, Log
from sheetprop.checking.logs.numbers import Said
from sheetprop.mistakes.logs.claim_mismatch import GAP
from sheetprop.rows.training_log import ACCURACY, LOSS, TEST, TRAIN, VALIDATION


def step_of(claim: Claim, log: Log) -> int | None:
    """Return the step of the epoch that a claim names, None where there is none."""
    if claim.is_ordinal and claim.epoch and claim.epoch <= len(log.epochs):
        return claim.epoch - 1
    if claim.epoch in log.epochs:
        return log.epochs.index(claim.epoch)
    is_end = log.epochs[0] == 0 and claim.epoch == len(log.epochs)
    return len(log.epochs) - 1 if is_end else None


def judged_gap(claim: Claim, log: Log) -> Verdict:
    """Judge the difference of training and test: in the last epoch, the best, or another."""
    assert claim.number is not None
    metric = claim.metric or ACCURACY
    train = log.column(TRAIN, metric)
    held_out = [c for c in (log.column(TEST, metric), log.column(VALIDATION, metric)) if c]
    if train is None or not held_out:
        return Verdict(UNTOLD, NO_COLUMN)
    found = Verdict(UNTOLD, NO_COLUMN)
    for test in held_out:
        found = _gap_to(claim, log, train, test)
        if found.kind != WRONG:
            return found
    return found


def _gap_to(claim: Claim, log: Log, train: Column, test: Column) -> Verdict:
    number = claim.number
    assert number is not None
    gaps = [abs(a - b) for a, b in zip(train.values, test.values, strict=True)]
    off = train.off + test.off
    steps = _gap_steps(claim, log, test)
    ends = [gaps[k] for k in steps]
    ends += [abs(train.best - test.best)] if claim.epoch is None else []
    if any(_gap_agrees(number, train, one, off) for one in ends):
        return OK
    if claim.epoch is None and any(_gap_agrees(number, train, one, off) for one in _also(gaps)):
        return Verdict(UNTOLD, UNCLEAR)
    return Verdict(WRONG, "", GAP, number.text, train.text(ends[0]))


def _gap_steps(claim: Claim, log: Log, test: Column) -> list[int]:
    if claim.epoch is not None:
        step = step_of(claim, log)
        return [step] if step is not None else [len(log.epochs) - 1]
    return [len(log.epochs) - 1, test.values.index(test.best)]


def _also(gaps: list[float]) -> Iterator[float]:
    yield from gaps
    yield sum(gaps) / len(gaps)


def _gap_agrees(number: Said, train: Column, value: float, off: float) -> bool:
    """Whether a gap is a number: in points or hundredths, and without its sign."""
    plain = Said(abs(number.value), number.unit, number.is_percent, number.text)
    if train.metric == LOSS:
        return plain.agrees(value, off)
    ways = [plain]
    if plain.is_percent is None or plain.is_percent != train.is_percent:
        by = 100.0 if train.is_percent else 0.01
        ways.append(Said(plain.value * by, plain.unit * by))
    if plain.is_percent is True:
        ways = ways[-1:]
    return any(one.agrees(value, off) for one in ways)
