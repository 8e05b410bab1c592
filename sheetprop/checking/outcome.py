"""What checking a workbook comes to before it is a report: its tables, findings and ledger."""

from __future__ import annotations

from dataclasses import dataclass

from sheetprop.checking.judging.findings import findings_of
from sheetprop.checking.judging.proposals import with_proposals
from sheetprop.checking.ledger.account import ledger_of
from sheetprop.checking.ledger.entries import Ledger
from sheetprop.checking.spread.apart import findings_apart, ledger_apart
from sheetprop.checking.stages import Case, judged
from sheetprop.mistakes.finding import Finding
from sheetprop.tables.judgement import Judgement


@dataclass(frozen=True)
class Outcome:
    """A case with its judged tables, what was found in it, and the ledger that follows."""

    case: Case
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    ledger: Ledger


def outcome_of(case: Case) -> Outcome:
    """Return what all stages make of a workbook; without judgements where it has no tables."""
    judgements = judged(case)
    if not judgements:
        return Outcome(case, (), (), Ledger())
    named = [one.named for one in judgements]
    found = findings_of(judgements, named, case.workbook, case.file)
    findings = with_proposals(found, judgements, case.workbook)
    ledger = ledger_of(case.workbook, judgements, findings)
    findings, ledger = findings_apart(findings, case.spread), ledger_apart(ledger, case.spread)
    return Outcome(case, judgements, findings, ledger)
