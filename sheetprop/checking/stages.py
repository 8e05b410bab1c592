"""The stages from a workbook to judged tables, each a function of the one before.

found → judged (read, fitted, compared) → completed by formulas → verified → named. Nothing that a
stage returned is changed afterwards. Where the texts leave open what a table is, a stage returns
several candidates, and a later one chooses by evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from sheetprop.calculating.recalculated import Recalculated
from sheetprop.checking.boxes import with_boxes_read
from sheetprop.checking.finding.chained import with_chained_updates, with_updates
from sheetprop.checking.finding.doubled_labels import with_labels_told
from sheetprop.checking.finding.forms import find_forms
from sheetprop.checking.finding.recognise import find_tables
from sheetprop.checking.finding.unlabelled import lacks_names
from sheetprop.checking.finding.views import is_copy, is_view
from sheetprop.checking.judging import choose
from sheetprop.checking.judging.continued_runs import with_starts_judged
from sheetprop.checking.judging.diagnose import named, neurons_are_unexplained
from sheetprop.checking.judging.further_terms import without_further_terms, without_layer_rates
from sheetprop.checking.judging.judge import judge, most_sums_are_wrong
from sheetprop.checking.judging.other_models import without_other_models
from sheetprop.checking.judging.other_shares import without_other_shares
from sheetprop.checking.judging.shared_updates import with_shared_updates, without_other_means
from sheetprop.checking.judging.whatif import verified
from sheetprop.checking.not_attempted import without_checks
from sheetprop.checking.spread.together import NOT_SPREAD, Spread, laid_together
from sheetprop.errors import WorkbookError
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Table
from sheetprop.workbooks.own_functions import with_functions_written_out
from sheetprop.workbooks.sheet import Workbook


class Case(NamedTuple):
    """A workbook to check, what its cells come to, and the name it is reported under.

    `tables` are those that headers name; `spread` tells what was moved so that parts of a table on
    several sheets lie together.
    """

    workbook: Workbook
    file: str
    value_of: Recalculated
    tables: tuple[Table, ...]
    spread: Spread = NOT_SPREAD


class Found(NamedTuple):
    """Candidates for the tables of a workbook, and what told them: headers, labels, formulas."""

    how: str
    tables: tuple[Table, ...]

    @property
    def is_guess(self) -> bool:
        """Whether no text says so: then no sum may contradict it."""
        return self.how == BY_FORMULAS


BY_HEADERS, BY_LABELS, BY_FORMULAS, BY_ROLES = "headers", "labels", "formulas", "roles"

LONGEST_FORM = 2
"""A form has one iteration, and the weights of the next."""

MOST_TABLES = 400
"""So many fit into the seconds that a file may take; nobody makes more on purpose."""

Stage = Callable[[Case, Found, Sequence[Judgement]], Iterable[Judgement]]


def case_of(workbook: Workbook, file: str) -> Case:
    """Return the case of a workbook. Raises `WorkbookError` where it holds too many tables."""
    workbook = with_functions_written_out(with_boxes_read(without_checks(workbook)))
    tables = headed(workbook)
    if len(tables) > MOST_TABLES:
        problem = f"it holds more than {MOST_TABLES} tables; check a copy with fewer sheets"
        raise WorkbookError(file, problem)
    together, spread = laid_together(workbook, tables)
    if spread.to:
        workbook, tables = together, headed(together)
    return Case(workbook, file, Recalculated(workbook), tuple(tables), spread)


def judged(case: Case) -> tuple[Judgement, ...]:
    """Return the judged tables of a workbook, under the first way to find some; none without."""
    for found in candidates(case):
        judgements = after_stages(case, found)
        if judgements:
            told = _of_labels(case, found, judgements)
            best = _of_runs(case, found, judgements) if told is None else told
            return _of_forms(case, best)
    return ()


def _of_labels(
    case: Case, found: Found, before: tuple[Judgement, ...]
) -> tuple[Judgement, ...] | None:
    """Return what labels show, where most of what stands under headers is wrong.

    Among the labels of a form, one that says another one's name makes a row of headers of some.
    What is empty is not wrong: that is an exercise.
    """
    wrong = sum(len({wrong.quantity for wrong in one.wrong}) for one in before)
    is_exercise = any(one.table.is_exercise for one in before)
    if found.how != BY_HEADERS or is_exercise or 2 * wrong <= sum(len(one.lines) for one in before):
        return None
    others = after_stages(case, Found(BY_LABELS, tuple(find_forms(case.workbook))))
    left = sum(map(choose.wrongness, others))
    return others if others and 2 * left < sum(map(choose.wrongness, before)) else None


def _of_runs(case: Case, found: Found, before: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """Return what formulas alone show, where a form that labels name is one row of a table.

    Notes beside a table name quantities too; with headers in words nobody foresaw they make a form
    of its first row, of which little is then right.
    """
    forms = [one for one in before if isinstance(one.table, Form) and choose.wrongness(one)]
    tables = tuple(_by_structure(case)) if found.how == BY_LABELS and forms else ()
    if all(table.iterations <= LONGEST_FORM for table in tables):
        return before
    others = after_stages(case, Found(BY_FORMULAS, tables))
    is_better = sum(map(choose.wrongness, others)) < sum(map(choose.wrongness, before))
    return others if others and is_better else before


def _of_forms(case: Case, before: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """Return what formulas alone show, where nothing of a network is as labelled.

    Where no header but those of the new weights is in words that are known, they pass for the old;
    and several samples side by side pass for iterations.
    """
    is_exercise = any(one.table.is_exercise for one in before)
    if is_exercise or not all(map(most_sums_are_wrong, before)):
        return before
    others = after_stages(case, Found(BY_FORMULAS, tuple(_forms_by_structure(case))))
    is_one = all(one.table.whole_iterations == 1 for one in before)
    left = sum(map(choose.wrongness, others))
    is_better = not left if is_one else 4 * left <= sum(map(choose.wrongness, before))
    return others if others and is_better else before


def candidates(case: Case) -> Iterator[Found]:
    """Yield what may be the tables of a workbook; modules that few workbooks need come last."""
    yield Found(BY_HEADERS, case.tables)
    yield Found(BY_LABELS, tuple(find_forms(case.workbook)))
    yield Found(BY_ROLES, tuple(_of_one_layer(case)))
    yield Found(BY_FORMULAS, tuple(_by_structure(case)))
    yield Found(BY_FORMULAS, tuple(_forms_by_structure(case)))


def headed(workbook: Workbook) -> list[Table]:
    """Return the tables that headers name, without those that only show what stands elsewhere."""
    tables = [table for table in find_tables(workbook) if not is_view(workbook, table)]
    tables = [table for table in tables if not is_copy(workbook, table, tables)]
    return with_chained_updates(workbook, with_updates(workbook, tables))


def has_tables(case: Case) -> bool:
    """Whether headers name a table, if perhaps of no network."""
    return bool(case.tables)


def after_stages(case: Case, found: Found) -> tuple[Judgement, ...]:
    """Return what all stages make of the tables found."""
    judgements: tuple[Judgement, ...] = ()
    for stage in STAGES:
        judgements = tuple(stage(case, found, judgements))
    return judgements


def _judged(case: Case, found: Found, _: Sequence[Judgement]) -> Iterator[Judgement]:
    """Read each table, find its network and rate, and compare; leave out what forms no network."""
    for table in found.tables:
        # What formulas told is no header that may be meant otherwise.
        judge_it = judge if found.how == BY_ROLES else choose.judged
        judgement = judge_it(case.workbook, table, case.value_of)
        if judgement is not None and isinstance(table, Form) and choose.wrongness(judgement):
            judgement = _with_labels_told(case, table, judgement)
        if judgement is not None and not (found.is_guess and most_sums_are_wrong(judgement)):
            yield with_shared_updates(judgement)


def _with_labels_told(case: Case, form: Form, before: Judgement) -> Judgement:
    """Judge a form as its formulas show it, if a label stands twice and nothing is wrong so."""
    shown = (one for one in _forms_by_structure(case) if one.sheet == form.sheet)
    for one in shown:
        told = with_labels_told(form, one, case.workbook[form.sheet])
        judgement = judge(case.workbook, told, case.value_of) if told else None
        if judgement is not None and choose.is_better(judgement, before):
            return judgement
    return before


def _completed(case: Case, found: Found, before: Sequence[Judgement]) -> Iterator[Judgement]:
    """Let formulas name the columns that no header names, where a table lacks something."""
    lacking = [one for one in before if not found.is_guess and lacks_names(one, case.workbook)]
    structures = _by_structure(case) if lacking else []
    for one in before:
        if any(one is other for other in lacking):
            yield choose.named_by_formulas(one, structures, case.workbook, case.value_of)
        else:
            yield one


def _verified(case: Case, _: Found, before: Sequence[Judgement]) -> Iterator[Judgement]:
    """Hold each judgement against the recalculated workbook with other numbers."""
    for one in before:
        case.value_of.calculate()  # what must not be calculated must not be experimented with
        yield verified(case.workbook, one)


def _started(_: Case, found: Found, before: Sequence[Judgement]) -> Iterator[Judgement]:
    """Judge the first weights of a table that goes on where another one ends."""
    yield from before if found.is_guess else with_starts_judged(before)


def _named(case: Case, found: Found, before: Sequence[Judgement]) -> Iterator[Judgement]:
    """Say which mistake made each wrong formula; drop a guess whose sums nothing explains."""
    if found.how == BY_ROLES:
        before = [one for one in before if choose.is_mostly_right(one)]
    own = map(without_other_models, map(without_other_means, map(named, before)))
    apart = (without_layer_rates(one, case.workbook, before) for one in own)
    for one in map(without_other_shares, map(without_further_terms, apart)):
        if not (found.is_guess and neurons_are_unexplained(one)):
            yield one


STAGES: tuple[Stage, ...] = (_judged, _completed, _verified, _started, _named)
"""What is done with tables once they are found, in this order."""


def _by_structure(case: Case) -> list[Table]:
    """Return the tables that formulas alone show."""
    from sheetprop.checking.without_headers.structure import tables_by_structure

    return tables_by_structure(case.workbook, case.value_of)


def _forms_by_structure(case: Case) -> list[Form]:
    """Return the forms that formulas alone show."""
    from sheetprop.checking.without_headers.forms import forms_by_structure

    return forms_by_structure(case.workbook, case.value_of)


def _of_one_layer(case: Case) -> list[Table]:
    """Return the tables whose formulas are those of a network without a hidden layer."""
    from sheetprop.checking.one_layer.tables import tables_of_one_layer

    return list(tables_of_one_layer(case.workbook, case.value_of))
