"""What checking a workbook comes to before it is a report: its tables, findings and ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sheetprop.checking.judging.findings import findings_of
from sheetprop.checking.judging.proposals import with_proposals
from sheetprop.checking.ledger.account import ledger_of
from sheetprop.checking.ledger.answers import with_answers_left
from sheetprop.checking.ledger.entries import Ledger
from sheetprop.checking.spread.apart import findings_apart, ledger_apart
from sheetprop.checking.stages import Case, judged
from sheetprop.lazily.patterns import pattern
from sheetprop.maths.network import Network
from sheetprop.mistakes.experiment.first_cells import odd_firsts
from sheetprop.mistakes.finding import Finding
from sheetprop.tables.judgement import SPARED, Judgement
from sheetprop.workbooks.exercise_names import kind_in
from sheetprop.workbooks.sheet import Workbook

if TYPE_CHECKING:
    from sheetprop.checking.rows.row_judgement import RowJudgement

MEAN = pattern(r"[mvs][ _^\u0302]{0,2}(?:hat)?[ _]?w[ _]?[1-9]\d?(?:[ _]?(?:hat|corrected))?", re.I)
"""A header of a mean that an optimizer keeps of one weight's gradients."""

LONGEST_MEAN = 20
"""Characters; such a header has fewer."""


class Outcome(NamedTuple):
    """A case with its judged tables, what was found in it, and the ledger that follows.

    `lesson` names what the tables are where they are no network's.
    """

    case: Case
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    ledger: Ledger
    lesson: str | None = None


def outcome_of(case: Case) -> Outcome:
    """Return what all stages make of a workbook; without judgements where it has no tables."""
    kind = kind_in(case.workbook.names)
    judgements = judged(case) if kind is None else ()
    if not judgements:
        return outcome_of_rows(case, kind)
    other = _of_optimizer(case, judgements)
    if other is not None:
        return other
    named = [one.named for one in judgements]
    firsts = odd_firsts(judgements, case.workbook)
    found = findings_of(judgements, named, case.workbook, case.file, firsts)
    findings = with_proposals(found, judgements, case.workbook)
    ledger = ledger_of(case.workbook, judgements, findings, firsts)
    findings, ledger = findings_apart(findings, case.spread), ledger_apart(ledger, case.spread)
    return Outcome(case, judgements, findings, ledger)


def _of_optimizer(case: Case, judgements: Sequence[Judgement]) -> Outcome | None:
    """Return what is found where means of gradients explain what a network leaves open."""
    left = [one for one in judgements if _count_left([one])]
    if not any(_stands_beside_means(case.workbook, one) for one in left):
        return None
    from sheetprop.checking.rows.recognise import tables_of
    from sheetprop.rows.optimizers import runs_on_networks_of_others

    lessons = runs_on_networks_of_others()
    found = tables_of(case.workbook, case.value_of, lessons, is_marked=False)
    is_better = found and _count_left(found) < _count_left(judgements)
    return _of_tables(case, found) if is_better else None


def _stands_beside_means(workbook: Workbook, judgement: Judgement) -> bool:
    """Whether texts of a table's sheet name means of the gradients of single weights.

    Those that the network itself keeps, and updates its weights with, are quantities of its own.
    """
    table, cells = judgement.table, workbook[judgement.table.sheet].cells
    kept = [n for n in judgement.lesson.quantities if n in table.lines and not _misused(judgement)]
    headers = filter(None, (cells.get(table.header_of(table.lines[name])) for name in kept))
    own = {cell.value for cell in headers}
    texts = (value for value, _, _ in cells.values() if isinstance(value, str))
    return any(
        len(text) < LONGEST_MEAN and text not in own and MEAN.fullmatch(text) for text in texts
    )


def _misused(judgement: Judgement) -> bool:
    """Whether every weight of a network is updated wrongly: by a rule that is not its own."""
    weights = {n for n, one in judgement.lesson.quantities.items() if one.kind == "weight"}
    return weights <= {wrong.quantity for wrong in judgement.wrong}


def _count_left(judgements: Sequence[Judgement]) -> int:
    """Return how many cells are wrong or not read."""
    wrong = sum(len(left.steps) for one in judgements for left in one.wrong)
    return wrong + sum(len(left.steps) for one in judgements for left in one.unread)


def outcome_of_rows(case: Case, kind: str | None) -> Outcome:
    """Return what checking makes of tables of a lesson in rows; `kind` is what a file says it is.

    What says nothing is recognised as any of them, and has no tables where it is none.
    """
    # Here, since most workbooks hold networks and need none of it.
    from sheetprop.checking.cells.recognise import sheets_of
    from sheetprop.checking.of_others.batches import batches_in
    from sheetprop.checking.of_others.dense_lesson import BY_PARTS, DENSE
    from sheetprop.checking.of_others.schedules import SCHEDULES
    from sheetprop.checking.rows.recognise import strangeness, tables_of
    from sheetprop.checking.shapes.summary_lesson import SUMMARY
    from sheetprop.rows.registry import lessons_for
    from sheetprop.rows.training_log import NAME as LOG
    from sheetprop.rows.training_log import TRAINING_LOG

    cells = [cell.value for sheet in case.workbook.sheets for cell in sheet.cells.values()]
    lessons = lessons_for(kind, cells if kind else ())
    others = tuple(lesson for lesson in lessons if lesson is not TRAINING_LOG)
    of_others = (*batches_in(cells), *SCHEDULES, DENSE, BY_PARTS, SUMMARY) if kind is None else ()
    others = (*of_others, *others)
    found = tables_of(case.workbook, case.value_of, others, is_marked=kind is not None)
    if not found or (kind is None and _count_left(found)):
        of_cells = sheets_of(case.workbook, case.value_of, kind)
        odd, odd_cells = (sum(map(strangeness, tables)) for tables in (found, of_cells))
        is_better = not found or odd_cells <= odd
        found = of_cells if of_cells and is_better else found
    return _of_tables(case, found, has_logs=kind in (None, LOG), is_marked=kind is not None)


def _of_tables(
    case: Case, found: tuple[RowJudgement, ...], *, has_logs: bool = False, is_marked: bool = False
) -> Outcome:
    """Return what judged tables come to, with the logs of runs besides."""
    from sheetprop.checking.layers.found import with_oddities, with_totals_entered
    from sheetprop.checking.logs.recognise import NO_LOGS, logs_of, with_claims, with_claims_entered
    from sheetprop.checking.rows import findings as of_rows
    from sheetprop.checking.rows.entries import ledger_of as ledger_of_rows

    logs = (
        logs_of(case.workbook, case.value_of, found, is_marked=is_marked) if has_logs else NO_LOGS
    )
    found = (*found, *logs.judgements)
    if not found:
        return Outcome(case, (), (), Ledger())
    formulas = of_rows.findings_of(found)
    findings = with_claims(with_oddities(formulas, found, case.workbook, case.value_of), logs)
    ledger = with_claims_entered(ledger_of_rows(case.workbook, found, findings), findings, logs)
    ledger = with_answers_left(with_totals_entered(ledger, findings), case.workbook)
    return Outcome(case, found, findings, ledger, found[0].rows_of.name)


def quantities_in(judgement: Judgement) -> tuple[str, ...]:
    """Return the quantities that a table is to have: a network's all, others as it has columns.

    What others write out, as ∂E/∂a_h1 or a sum, is no quantity of a network without a line for it.
    """
    names = judgement.lesson.quantities
    if isinstance(judgement.lesson, Network):
        return tuple(name for name in names if not _is_written_out(judgement, name))
    return tuple(name for name in names if judgement.table.holds(name))


def _is_written_out(judgement: Judgement, name: str) -> bool:
    kinds = ("hidden error", "gradient", *SPARED)
    is_one = judgement.lesson.quantities[name].kind in kinds
    return is_one and not judgement.table.holds(name) and judgement.may_be_left_out(name)
