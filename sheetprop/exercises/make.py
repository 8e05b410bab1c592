"""A lesson becomes the workbook somebody asks for, and its solution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from sheetprop.errors import SpecError
from sheetprop.exercises.answers import answers
from sheetprop.exercises.wanted import BLANK, BUGS, FADED, SOLUTION, WORKED, Wanted
from sheetprop.exercises.workbook import exercise
from sheetprop.maths.network import Network
from sheetprop.sheets.layout import layout
from sheetprop.sheets.sheet import Workbook
from sheetprop.sheets.table import Table
from sheetprop.spec import Spec
from sheetprop.words import words_of

HOW = {BLANK: "exercise_how_blank", FADED: "exercise_how_faded", SOLUTION: "exercise_how_solution"}
"""The key of what Start says of a variant."""


@dataclass(frozen=True)
class Made:
    """The workbook asked for, and its solution where there is one."""

    workbook: Workbook
    solution: Workbook | None = None


def make(spec: Spec, wanted: Wanted) -> Made:
    """Return the workbook of a lesson as it is wanted, with its solution.

    Raises:
        SpecError: the lesson or what is wanted cannot be used.
        LayoutError: the workbook would not fit into a spreadsheet.

    """
    if wanted.variant == WORKED:
        return Made(layout(spec, spec.learning_rates, spec.iterations))
    if wanted.variant == SOLUTION:
        return Made(_solved(spec, wanted))
    return Made(_unsolved(spec, wanted), _solved(spec, wanted))


def _unsolved(spec: Spec, wanted: Wanted) -> Workbook:
    table = Table(Network(spec.architecture), spec.iterations)
    found = answers(table.network, table.iterations, wanted)
    if not found:
        raise SpecError(*_nothing_left(wanted))
    told = () if wanted.variant == FADED else tuple(found)
    book = layout(
        _told(spec, wanted.variant),
        spec.learning_rates,
        spec.iterations,
        variant=wanted.variant,
        unshown=told,
    )
    return exercise(book, table, found, words_of(spec), is_solved=False)


def _solved(spec: Spec, wanted: Wanted) -> Workbook:
    table = Table(Network(spec.architecture), spec.iterations)
    found = answers(table.network, table.iterations, wanted)
    if not found:
        raise SpecError(*_nothing_left(wanted))
    book = layout(_told(spec, SOLUTION), spec.learning_rates, spec.iterations, variant=SOLUTION)
    return exercise(book, table, found, words_of(spec), is_solved=True)


def _nothing_left(wanted: Wanted) -> tuple[str, None, str]:
    option = "--variant" if wanted.variant == FADED else "--hide"
    return option, None, "leaves nothing to the student; choose other parts or more iterations"


def _told(spec: Spec, variant: str) -> Spec:
    """Return the lesson with what Start says of the variant below its introduction."""
    how = words_of(spec)[HOW[variant]]
    introduction = "\n".join(filter(None, [spec.texts.get("introduction", "").strip(), how]))
    texts: Mapping[str, str] = {**spec.texts, "introduction": introduction}
    return replace(spec, texts=MappingProxyType(texts))
