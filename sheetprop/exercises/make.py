"""A lesson becomes the workbook somebody asks for, and its solution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from sheetprop.caller import argument
from sheetprop.errors import SpecError
from sheetprop.exercises.answers import answers
from sheetprop.exercises.smallest.boxes import refuse_undrawn
from sheetprop.exercises.wanted import BLANK, BUGS, FADED, SMALLEST, SOLUTION, WORKED, Wanted
from sheetprop.exercises.workbook import exercise
from sheetprop.lessons.finished import finished
from sheetprop.lessons.layout import layout
from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.maths.network import Network
from sheetprop.spec import Spec
from sheetprop.words import words_of
from sheetprop.workbooks.page import NETWORK
from sheetprop.workbooks.sheet import Workbook

HOW = {
    SMALLEST: "exercise_how_smallest",
    BLANK: "exercise_how_blank",
    FADED: "exercise_how_faded",
    BUGS: "exercise_how_bugs",
    SOLUTION: "exercise_how_solution",
}
"""The key of what Start says of a variant."""

ONE_BUG = "exercise_how_bug"
"""The same of a single wrong formula."""


@dataclass(frozen=True)
class Made:
    """The workbook asked for, and its solution where there is one."""

    workbook: Workbook
    solution: Workbook | None = None


def make(spec: Spec, wanted: Wanted, *, has_solution: bool = False) -> Made:
    """Return the workbook of a lesson as it is wanted, with its solution where that is, too.

    Raises:
        SpecError: the lesson or what is wanted cannot be used.
        LayoutError: the workbook would not fit into a spreadsheet.

    """
    made = _made(spec, wanted, has_solution=has_solution)
    solution = made.solution
    return Made(
        finished(made.workbook, spec), None if solution is None else finished(solution, spec)
    )


def _made(spec: Spec, wanted: Wanted, *, has_solution: bool) -> Made:
    if wanted.variant == WORKED:
        return Made(_worked(spec, wanted.with_mistake))
    if wanted.variant == SOLUTION:
        return Made(_solved(spec, wanted))
    if wanted.variant == BUGS:
        return _with_bugs(spec, wanted, has_solution=has_solution)
    return Made(_unsolved(spec, wanted), _solved(spec, wanted) if has_solution else None)


def _worked(spec: Spec, mistake: str | None) -> Workbook:
    if mistake is None:
        return layout(spec, spec.learning_rates, spec.iterations)
    # Imported here because the catalogue takes time to import.
    from sheetprop.exercises.planted.slips import slip_of

    slip = slip_of(spec, mistake)
    return layout(spec, spec.learning_rates, spec.iterations, slip=slip)


def _unsolved(spec: Spec, wanted: Wanted) -> Workbook:
    table = RateTable(Network(spec.architecture), spec.iterations)
    found = answers(table.network, table.iterations, wanted)
    if not found:
        raise SpecError(*_nothing_left(wanted))
    is_drawn = wanted.variant == SMALLEST
    if is_drawn:
        refuse_undrawn(table.network)
    told = () if wanted.variant == FADED else tuple(found)
    book = layout(
        _told(spec, wanted.variant),
        spec.learning_rates,
        spec.iterations,
        variant=wanted.variant,
        unshown=told,
        more=(NETWORK,) if is_drawn else (),
        has_values=False,
    )
    return exercise(book, table, found, words_of(spec), is_solved=False, is_drawn=is_drawn)


def _solved(spec: Spec, wanted: Wanted) -> Workbook:
    table = RateTable(Network(spec.architecture), spec.iterations)
    found = answers(table.network, table.iterations, wanted)
    if not found:
        raise SpecError(*_nothing_left(wanted))
    is_drawn = wanted.variant == SMALLEST
    book = layout(
        _told(spec, SOLUTION),
        spec.learning_rates,
        spec.iterations,
        variant=SOLUTION,
        more=(NETWORK,) if is_drawn else (),
        has_values=False,
    )
    return exercise(book, table, found, words_of(spec), is_solved=True, is_drawn=is_drawn)


def _with_bugs(spec: Spec, wanted: Wanted, *, has_solution: bool) -> Made:
    # Imported here because checking, which finds the mistakes again, takes time to import.
    from sheetprop.exercises.bugged import with_bugs
    from sheetprop.exercises.planted.bugs import most_mistakes
    from sheetprop.exercises.solution_sheet import explained

    table = RateTable(Network(spec.architecture), spec.iterations)
    most = most_mistakes(table.network)
    if wanted.mistakes > most:
        problem = f"{wanted.mistakes} mistakes are too many for {spec.name}: at most {most}"
        raise SpecError(argument("mistakes"), None, problem)
    told = _told(spec, BUGS, number=wanted.mistakes)
    right = layout(told, spec.learning_rates, spec.iterations, variant=BUGS)
    bugs, wrong = with_bugs(right, table, wanted.mistakes, wanted.seed)
    if not has_solution:
        return Made(wrong)
    told = _told(spec, SOLUTION)
    right = layout(told, spec.learning_rates, spec.iterations, variant=SOLUTION)
    return Made(wrong, explained(right, table, bugs, words_of(spec)))


def _nothing_left(wanted: Wanted) -> tuple[str, None, str]:
    option = argument("variant" if wanted.variant == FADED else "hide")
    return option, None, "leaves nothing to the student; choose other parts or more iterations"


def _told(spec: Spec, variant: str, **facts: object) -> Spec:
    """Return the lesson with what Start says of the variant below its introduction."""
    key = ONE_BUG if facts.get("number") == 1 else HOW[variant]
    how = words_of(spec)(key, **facts)
    introduction = "\n".join(filter(None, [spec.texts.get("introduction", "").strip(), how]))
    texts: Mapping[str, str] = {**spec.texts, "introduction": introduction}
    return replace(spec, texts=MappingProxyType(texts))
