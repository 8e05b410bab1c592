"""The training logs of a workbook, judged: their computed columns, and what is claimed of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sheetprop.checking.ledger.entries import Entry, Ledger, Outside
from sheetprop.checking.logs.claims import RIGHT, WRONG, Claim
from sheetprop.checking.logs.held import Held, held
from sheetprop.checking.logs.labels import labelled
from sheetprop.checking.logs.log import Log, log_of
from sheetprop.checking.logs.parameters import totals
from sheetprop.checking.logs.tables import MOST_TEXTS, LogPlace, log_places, text_at
from sheetprop.checking.logs.texts import claims_in
from sheetprop.checking.logs.words import word
from sheetprop.checking.rows.diagnose import named
from sheetprop.checking.rows.once import with_cells_given_once
from sheetprop.checking.rows.read import judged
from sheetprop.checking.rows.recognise import as_exercise, is_evident
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.mistakes.finding import SEVERITIES, Draft, Finding, Place, joined
from sheetprop.mistakes.logs.claim_mismatch import CLAIM_MISMATCH
from sheetprop.notation.address import address
from sheetprop.rows.training_log import ACCURACY, LOSS, TEST, TRAIN, TRAINING_LOG, measure
from sheetprop.tables.judgement import ValueOf
from sheetprop.workbooks.exercise_names import exercise_rows
from sheetprop.workbooks.sheet import Address, Sheet, Workbook

HELD = Entry("right", "the numbers of the log say the same")
LIVE = Entry("right", "it gives what the log says, with other numbers too")
BY_CHANCE = Entry("right", "right for the numbers that the log has now")
MOST_CLAIMS = 500
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Logs:
    """The training logs of a workbook with every claim that is made of them."""

    logs: tuple[Log, ...] = ()
    claims: tuple[Held, ...] = ()

    @property
    def judgements(self) -> tuple[RowJudgement, ...]:
        """The judged epoch tables."""
        return tuple(log.judgement for log in self.logs)


NO_LOGS = Logs()


def logs_of(
    workbook: Workbook, value_of: ValueOf, others: Sequence[RowJudgement], *, is_marked: bool
) -> Logs:
    """Return the logs of a workbook; `others` are its tables of other lessons.

    One that says nothing of itself has to claim, or compute, something that can be judged.
    """
    logs = tuple(_logs(workbook, value_of, is_marked=is_marked))
    if not logs:
        return NO_LOGS
    claims = tuple(_claims(workbook, value_of, logs, others))[:MOST_CLAIMS]
    found = tuple(held(workbook, claims, logs, tuple(totals(others))))
    is_told = any(one.verdict.kind in (RIGHT, WRONG) for one in found)
    if not is_marked and not is_told and not any(is_evident(log.judgement) for log in logs):
        return NO_LOGS
    return Logs(logs, found)


def _logs(workbook: Workbook, value_of: ValueOf, *, is_marked: bool) -> Iterator[Log]:
    stated = exercise_rows(workbook.names) if is_marked else {}
    for sheet in workbook.sheets:
        for place in log_places(sheet, value_of):
            judgement = _judged(workbook, sheet, place, value_of)
            log = log_of(judgement, place.titles)
            if log is not None and (is_marked or _is_measured(judgement)):
                is_exercise = sheet.name in stated
                yield (
                    replace(log, judgement=as_exercise(judgement, workbook)) if is_exercise else log
                )


def _judged(workbook: Workbook, sheet: Sheet, place: LogPlace, value_of: ValueOf) -> RowJudgement:
    tables = with_cells_given_once(sheet, place.table, TRAINING_LOG)
    found = [judged(workbook, table, TRAINING_LOG, value_of) for table in tables]
    return named(min(found, key=lambda one: len(one.wrong)))


def _is_measured(judgement: RowJudgement) -> bool:
    """Whether some column holds nothing but typed numbers, as a trainer writes them."""
    names = [measure(split, metric) for split in (TRAIN, TEST) for metric in (ACCURACY, LOSS)]
    lines = (judgement.lines[name] for name in names if name in judgement.lines)
    return any(len(line.numbers) == judgement.table.iterations for line in lines)


def _claims(
    workbook: Workbook, value_of: ValueOf, logs: Sequence[Log], others: Sequence[RowJudgement]
) -> Iterator[Claim]:
    for sheet in workbook.sheets:
        taken = set(_cells_of([log.judgement for log in logs], sheet.name))
        taken |= set(_cells_of(others, sheet.name))
        for claim, _ in labelled(sheet, value_of, taken):
            yield claim
        yield from _of_texts(sheet, value_of, taken)


def _of_texts(sheet: Sheet, value_of: ValueOf, taken: set[Address]) -> Iterator[Claim]:
    texts = [(at, cell) for at, cell in sheet.cells.items() if at not in taken]
    for at, cell in texts[:MOST_TEXTS]:
        text = cell.value if cell.formula is None else value_of(sheet.name, at)
        if isinstance(text, str) and not _is_hoped(sheet, at):
            yield from claims_in(text, Claim("", sheet.name, at, text, context=_row(sheet, at)))


def _is_hoped(sheet: Sheet, at: Address) -> bool:
    """Whether the label of a text says that it is a target, no claim."""
    row, column = at
    beside = [(row, c) for c in range(column - 1, max(0, column - 3), -1)]
    above = [(r, column) for r in range(row - 1, max(0, row - 30), -1)]
    for line in (beside, above):
        texts = (text_at(sheet, place) for place in line)
        label = next((t for t in texts if t and len(t) < 30 and not _DIGIT.search(t)), None)
        if label is not None:
            return word("hope").search(label) is not None
    return False


def _row(sheet: Sheet, at: Address) -> str:
    cells = (sheet.cells.get((at[0], column)) for column in range(1, at[1]))
    return " ".join(str(c.value) for c in cells if c and isinstance(c.value, str) and not c.formula)


def _cells_of(judgements: Sequence[RowJudgement], sheet: str) -> Iterator[Address]:
    for one in judgements:
        table = one.table
        if table.sheet == sheet:
            for line in table.lines.values():
                yield table.at(line, table.header)
                yield from (table.at(line, place) for place in table.places)
            yield from table.fixed.values()


def with_claims(found: Sequence[Finding], logs: Logs) -> tuple[Finding, ...]:
    """Return the findings with those of the claims, errors first."""
    own = joined(_drafts(logs.claims))
    return tuple(sorted((*found, *own), key=lambda one: SEVERITIES.index(one.severity)))


def _drafts(claims: Sequence[Held]) -> Iterator[Draft]:
    for one in claims:
        verdict, claim = one.verdict, one.claim
        if verdict.case is None:
            continue
        where = address(*claim.cell)
        place = Place(claim.sheet, where, None, verdict.own, verdict.right or None)
        blanks = {
            "cell": f"{where} on {claim.sheet}",
            "own": verdict.own,
            "right": verdict.right,
            "text": f"“{claim.text}”",
        }
        yield CLAIM_MISMATCH.found(
            verdict.case,
            (place,),
            blanks,
            claim.sheet,
            claim.cell,
            claim.text,
            found=claim.text,
            expected=verdict.right or None,
            relative_error=verdict.off,
        )


def with_claims_entered(ledger: Ledger, findings: Sequence[Finding], logs: Logs) -> Ledger:
    """Return the ledger with an entry for each cell that claims something."""
    accounts = list(ledger.accounts)
    numbers = [account.table for account in accounts]
    cells: dict[tuple[str, Address], tuple[Entry, int]] = {}
    for one in logs.claims:
        place = one.claim.sheet, one.claim.cell
        entry = _entry(one, findings)
        index = numbers.index(one.log.judgement.table)
        if place not in cells or _worse(entry, cells[place][0]):
            cells[place] = entry, index
    for (sheet, at), (entry, index) in cells.items():
        outside = tuple(o for o in accounts[index].outside if (sheet, at) not in o)
        more = (*outside, Outside(sheet, at, at, entry))
        accounts[index] = replace(accounts[index], outside=more)
    return replace(ledger, accounts=tuple(accounts))


_ORDER = ("right", "not_judged", "wrong")


def _worse(entry: Entry, other: Entry) -> bool:
    return _ORDER.index(entry.kind) > _ORDER.index(other.kind)


def _entry(one: Held, findings: Sequence[Finding]) -> Entry:
    if one.verdict.kind == WRONG:
        where = one.claim.sheet, address(*one.claim.cell), one.claim.text
        index = next(
            k
            for k, found in enumerate(findings)
            if found.mistake == CLAIM_MISMATCH.name
            and (found.places[0].sheet, found.places[0].range, found.found) == where
        )
        return Entry("wrong", "a finding says why", index)
    if one.verdict.kind == RIGHT:
        if one.verdict.case is not None:
            return BY_CHANCE
        return LIVE if one.claim.is_live else HELD
    return Entry("not_judged", one.verdict.reason)
