"""What students hand in who were given numbers of their own, and whether it is graded as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from handmade.book_slips import other_start, renamed_rate, stale_losses, wrong_chart, wrong_text
from handmade.books import with_values, workbook_of
from handmade.cell_slips import (
    empty_column,
    error_value,
    exchanged_headers,
    foreign_function,
    rounded,
    sliding_rate,
    stale_value,
    typed_cells,
    typed_column,
    typed_constant,
    typed_right,
    typed_row,
    wrong_constant,
)
from handmade.drafts import Draft
from handmade.slips import FORMULA_MISTAKES, Slip, formula_slip
from handmade.submissions import submission_draft
from sheetprop.checking.marks.points import Point
from sheetprop.classes.draw import drawn_for
from sheetprop.classes.grades.gradebook import Grade
from sheetprop.spec import Spec
from sheetprop.template import load
from sheetprop.workbooks.writing.write import write

RIGHT, WRONG, EXCHANGED = "right", "wrong", "exchanged"
KINDS = (RIGHT, WRONG, EXCHANGED)
CLOSE = 1e-9

ELSEWHERE: tuple[Callable[[Draft], list[Slip]], ...] = (
    *(typed_cells, typed_column, typed_right, typed_row, typed_constant, wrong_constant),
    *(error_value, sliding_rate, empty_column, rounded, foreign_function, stale_value),
    *(exchanged_headers, wrong_chart, renamed_rate, other_start, wrong_text, stale_losses),
)
"""Mistakes that are not in the tree of a formula."""

FORMULAS = 0.5
"""The part of the mistakes that are."""

SHOWS_AN_ERROR = "SP305 error-value"
"""What a function that a program lacks costs where the file shows the error that it gives."""

FREE = frozenset({"rounded", "foreign-function", "stale-value", "mislabelled-column"})
"""What is told and costs nothing."""

UNFILLED = frozenset({"typed-number", "typed-number (wrong)", "missing-quantity"})
"""Where there is no formula of E_total, there is nothing to be shown."""

OF_EXPERIMENT = {
    "chart-range": "charts",
    "no-chart": "charts",
    "rate-mismatch": "runs",
    "different-start": "runs",
    "stale-losses": "runs",
}

NOTHING = "the values it follows from are all 0"
"""Why what follows from an empty column may earn nothing, either."""


@dataclass(frozen=True)
class Handed:
    """One student's file: whose numbers are in it, what is wrong, and how large its tables are."""

    student: str
    origin: str
    slips: tuple[Slip, ...]
    iterations: int
    tables: int


@dataclass
class Outcome:
    """Of one student what was not graded as it should be, by measure."""

    student: str
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        """Whether nothing failed."""
        return not self.failures

    def demand(self, measure: str, is_right: bool, told: str) -> None:
        """Note a failure where something is not as it should be."""
        if not is_right:
            self.failures[measure] = f"{measure}: {told}"


def handed(kind: str, seed: int, names: Sequence[str], folder: Path, student: str) -> Handed:
    """Write what a student hands in, and return what is in it."""
    origin = names[(names.index(student) + (kind == EXCHANGED)) % len(names)]
    given = drawn_for(load("classic"), seed, origin)
    draft, slips = _drawn(kind, f"{seed} {kind} {student}", given)
    write(with_values(draft, workbook_of(draft)), folder / f"{student}.xlsx")
    return Handed(student, origin, slips, draft.run.iterations, len(draft.grids))


def _drawn(kind: str, seed: str, given: Spec) -> tuple[Draft, tuple[Slip, ...]]:
    """Draw a solution; of a wrong one, until the mistake can be made in it."""
    draw = Random(seed)
    make = draw.choice(ELSEWHERE)
    if draw.random() < FORMULAS:
        make = partial(formula_slip, mistake=draw.choice(FORMULA_MISTAKES))
    for attempt in range(100):
        draft = submission_draft(f"{seed} {attempt}", given)
        if kind != WRONG:
            return draft, ()
        slips = tuple(make(draft))
        if slips:
            return draft, slips
    raise RuntimeError(f"{make} could not be made in {seed}")


def outcome_of(kind: str, work: Handed, grade: Grade) -> Outcome:
    """Return what is not as it should be in a student's grade."""
    outcome = Outcome(work.student)
    outcome.demand("student", grade.student == work.student, f"taken for {grade.student}")
    wanted = "own" if work.origin == work.student else f"those of {work.origin}"
    outcome.demand("values", grade.values == wanted, f"{grade.values!r}, not {wanted!r}")
    found = {f["mistake"]: f["severity"] for f in grade.record["findings"]}
    errors = [name for name, severity in found.items() if severity == "error"]
    if kind == WRONG:
        slip = work.slips[0]
        outcome.demand("named", bool(slip.names & set(found)), f"{found}, not {slip.text}")
    else:
        outcome.demand("no error", not errors, f"{errors}")
    for point in grade.details:
        if kind == WRONG and point.why.startswith(NOTHING) and slip.made == "missing-quantity":
            continue
        earned, due = point.earned, point.possible * (1 - _cost(work, point))
        told = f"{point.quantity} has {earned:g}, not {due:g}: {point.why} {work.slips}"
        part = "experiment" if point.family == "experiment" else "quantities"
        outcome.demand(f"points of {part}", abs(earned - due) < CLOSE, told)
    outcome.demand("points", bool(grade.details), f"none at all: {grade.record['reason']}")
    return outcome


def _cost(work: Handed, point: Point) -> float:
    """Return what part of its points a quantity, or a part of the experiment, loses."""
    for slip in work.slips:
        if OF_EXPERIMENT.get(slip.made) == point.quantity:
            return 1.0
        if point.family == "experiment":
            return _part_of(work, slip, "E_total") if slip.made in UNFILLED else 0.0
        part = _part_of(work, slip, point.quantity)
        if part and (slip.made not in FREE or point.lost_to == SHOWS_AN_ERROR):
            return part if slip.made == "missing-quantity" else 1.0
    return 0.0


def _part_of(work: Handed, slip: Slip, quantity: str) -> float:
    """Return what part of the cells of a quantity, in all tables, a slip is in."""
    cells = sum(name == quantity for _, name, _ in slip.cells)
    return cells / (work.iterations * work.tables)
