"""What checking found: findings and the report of one file, independent of any format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sheetprop.sheets.sheet import Address, Value

if TYPE_CHECKING:
    from sheetprop.checking.score import Marks

SEVERITIES = ("error", "warning", "note")
VERDICTS = ("correct", "mistakes", "incomplete", "not-recognised", "unreadable")


@dataclass(frozen=True, slots=True)
class Place:
    """A range of one sheet that holds one quantity (None where it holds none)."""

    sheet: str
    range: str
    quantity: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake, however many cells it was filled into.

    `found` and `expected` are the formulas at the first cell of the first place; `why` says what
    the formula computes and what belongs there; `relative_error` is |wrong - right| / |right| at
    the student's own numbers there, None where it has no meaning.
    """

    mistake: str
    code: str
    severity: str
    places: tuple[Place, ...]
    message: str
    found: str | None = None
    expected: str | None = None
    relative_error: float | None = None


@dataclass(frozen=True, slots=True)
class NotJudged:
    """Cells that could not be judged, and why."""

    sheet: str
    range: str
    reason: str


@dataclass(frozen=True, slots=True)
class TableFound:
    """A table as reported: where it is and which range holds which quantity."""

    sheet: str
    range: str
    orientation: str
    iterations: int
    learning_rate: float | None
    learning_rate_cell: str | None
    quantities: dict[str, str]


@dataclass(frozen=True, slots=True)
class Picture:
    """A table's numbers as a reader sees them, and its run beside the right one.

    `steps` are the iterations shown, counted from 0; `cells` are the addresses of each quantity in
    these steps (None where it has no cell) and `values` what they show.

    The right run starts from the student's own first iteration and learning rate; where there is
    none, `problem` says why. `losses` and `right_losses` are E_total of both in every iteration.
    `families` names every quantity's family of a rubric; `matching` are the quantities whose values
    are all those of the right run, `trivial` those that are computed from wrong values which leave
    nothing to compute: all zero, or saturated.
    """

    sheet: str
    range: str
    iterations: int
    steps: tuple[int, ...]
    cells: Mapping[str, tuple[Address | None, ...]]
    values: Mapping[str, tuple[Value, ...]]
    families: Mapping[str, str]
    losses: tuple[float | None, ...]
    right_losses: tuple[float, ...] = ()
    matching: frozenset[str] = frozenset()
    trivial: frozenset[str] = frozenset()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """E_total after a table's last iteration (counted from 0), and what it is in the right run.

    The right run starts from the student's own first iteration and learning rate; where there is
    none, `problem` says why. `own` is None where the cell holds no number.
    """

    sheet: str
    iteration: int
    own: float | None
    right: float | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything said about one file; `reason` tells why it was not recognised or not readable.

    `right` and `unfilled` are the quantities that are right in all tables and those that have no
    cells; `not_attempted` counts the empty answers of an exercise. `losses` tell, for each table,
    what the mistakes amount to where there are any. `pictures`, one for each table, and `marks` are
    there only where they were asked for.
    """

    file: str
    verdict: str
    reason: str | None = None
    tables: tuple[TableFound, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    earned: float = 0.0
    possible: float = 0.0
    seconds: float = field(default=0.0, compare=False)
    right: tuple[str, ...] = ()
    unfilled: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    not_attempted: int = 0
    pictures: tuple[Picture, ...] = ()
    marks: Marks | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are wrong calculations."""
        return tuple(finding for finding in self.findings if finding.severity == "error")
