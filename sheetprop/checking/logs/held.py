"""Every claim of a workbook held against the runs that it may be about."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sheetprop.calculating.failures import CalculationError
from sheetprop.calculating.recalculated import Recalculated
from sheetprop.checking.logs.assigned import about
from sheetprop.checking.logs.claims import BUDGET, PARAMETERS, RIGHT, UNTOLD, WRONG, Claim, Verdict
from sheetprop.checking.logs.judge import verdict_of
from sheetprop.checking.logs.log import Log, log_of
from sheetprop.checking.logs.numbers import shown
from sheetprop.checking.logs.parameters import verdict_of_parameters
from sheetprop.mistakes.logs import claim_mismatch as cases
from sheetprop.rows.training_log import EPOCH
from sheetprop.tables.judgement import ValueOf
from sheetprop.workbooks.sheet import Address, Cell, Workbook

WHICH_RUN = "it is right for one of the runs, and nothing says of which it is"
OTHER_NUMBERS = 2
"""So often a formula is tried with other numbers in the log."""


@dataclass(frozen=True)
class Held:
    """A claim, the run whose account it stands in, and what it is."""

    claim: Claim
    log: Log
    verdict: Verdict


def held(
    workbook: Workbook,
    claims: Sequence[Claim],
    logs: Sequence[Log],
    parameters: Sequence[float],
) -> list[Held]:
    """Return each claim with what it is."""
    given = [] if parameters else [one for one in claims if _is_given(one)]
    rest = [claim for claim in claims if not any(claim is one for one in given)]
    by_log = _given_for(workbook, given, logs)
    found = [_held(workbook, claim, logs, parameters, by_log) for claim in rest]
    live = [k for k, one in enumerate(found) if one.claim.is_live and one.verdict.kind == RIGHT]
    live = [k for k in live if found[k].claim.kind not in (PARAMETERS, BUDGET)]
    for k in _right_by_chance(workbook, [found[k] for k in live]):
        one = found[live[k]]
        own = one.claim.number.text if one.claim.number else str(one.claim.epoch)
        exactly = _exactly(one)
        if exactly.kind == WRONG:
            found[live[k]] = replace(one, verdict=exactly)
            continue
        found[live[k]] = replace(one, verdict=Verdict(RIGHT, "", cases.FORMULA, own))
    return found


def _held(
    workbook: Workbook,
    claim: Claim,
    logs: Sequence[Log],
    parameters: Sequence[float],
    by_log: Mapping[int, Sequence[float]],
) -> Held:
    own = about(claim, logs, workbook)
    if claim.kind in (PARAMETERS, BUDGET):
        known = parameters or [number for log in own for number in by_log.get(id(log), ())]
        return Held(claim, own[0], verdict_of_parameters(claim, known))
    found = [(log, verdict_of(claim, log)) for log in own]
    kinds = {verdict.kind for _, verdict in found}
    if len(kinds) == 1 and (kinds != {WRONG} or len(own) == 1 or _is_alone(own)):
        return Held(claim, *found[0])
    if kinds == {WRONG}:
        return Held(claim, *min(found, key=lambda one: _distance(claim, one[0])))
    reason = next((v.reason for _, v in found if v.kind == UNTOLD), WHICH_RUN)
    return Held(claim, own[0], Verdict(UNTOLD, reason if RIGHT not in kinds else WHICH_RUN))


def _exactly(one: Held) -> Verdict:
    """Return what a claim is where no digit is allowed for: a formula rounds nothing."""
    number = one.claim.number
    claim = replace(one.claim, number=number and replace(number, unit=0.0))
    columns = tuple(replace(column, off=0.0) for column in one.log.columns)
    return verdict_of(claim, replace(one.log, columns=columns))


def _is_given(claim: Claim) -> bool:
    """Whether a number of parameters is typed below its name: nothing says it better."""
    return claim.kind == PARAMETERS and claim.is_cell and not claim.is_live


def _given_for(
    workbook: Workbook, given: Sequence[Claim], logs: Sequence[Log]
) -> Mapping[int, list[float]]:
    """Return the numbers of parameters that are given for each run."""
    found: dict[int, list[float]] = {}
    for claim in given:
        for log in about(claim, logs, workbook):
            assert claim.number is not None
            found.setdefault(id(log), []).append(claim.number.value)
    return found


def _is_alone(logs: Sequence[Log]) -> bool:
    return len({log.sheet for log in logs}) == len(logs)


def _distance(claim: Claim, log: Log) -> int:
    header = log.judgement.table.header
    return abs(header - claim.cell[0]) if log.sheet == claim.sheet else 1 << 20


def _right_by_chance(workbook: Workbook, live: Sequence[Held]) -> Iterator[int]:
    """Yield which formulas are right for the numbers of the log, and not for others."""
    if not live:
        return
    wrong: set[int] = set()
    for draw in range(OTHER_NUMBERS):
        logs = {id(one.log): one.log for one in live}
        values = Recalculated(_with_other_numbers(workbook, list(logs.values()), draw))
        try:
            values.calculate()
        except CalculationError:
            return
        others = {key: _other(log, values) for key, log in logs.items()}
        wrong |= {k for k, one in enumerate(live) if not _stays(one, others, values)}
    yield from sorted(wrong)


def _other(log: Log, value_of: ValueOf) -> Log | None:
    return log_of(replace(log.judgement, value_of=value_of), log.titles)


def _stays(one: Held, logs: Mapping[int, Log | None], value_of: ValueOf) -> bool:
    log, claim = logs[id(one.log)], one.claim
    value = value_of(claim.sheet, claim.cell)
    if log is None or isinstance(value, bool) or not isinstance(value, int | float):
        return log is None
    if claim.epoch is not None:
        claim = replace(claim, epoch=int(value) if float(value).is_integer() else -1)
    else:
        claim = replace(claim, number=shown(float(value)))
    return verdict_of(claim, log).kind != WRONG


def _with_other_numbers(workbook: Workbook, logs: Sequence[Log], seed: int) -> Workbook:
    """Return the workbook with the numbers of its logs in another order, a little changed."""
    chance = random.Random(seed)  # noqa: S311 - numbers to calculate with, no secrets
    by_sheet: dict[str, dict[Address, Cell]] = {}
    for log in logs:
        table = log.judgement.table
        for name in table.lines:
            line = log.judgement.lines[name]
            if name != EPOCH and len(line.numbers) == table.iterations:
                numbers = [v * chance.uniform(0.9, 0.99) for v in line.numbers.values()]
                order = sorted(numbers, reverse=seed % 2 == 0)
                for step, value in enumerate(order):
                    by_sheet.setdefault(table.sheet, {})[table.cell(name, step)] = Cell(value)
    sheets = tuple(
        replace(one, cells={**one.cells, **by_sheet[one.name]}) if one.name in by_sheet else one
        for one in workbook.sheets
    )
    return replace(workbook, sheets=sheets)
