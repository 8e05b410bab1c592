"""What checking found: findings and the report of one file, independent of any format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sheetprop.checking.ledger.entries import Entry, Ledger
from sheetprop.mistakes.finding import SEVERITIES, Finding, Place
from sheetprop.workbooks.sheet import Address, Value

__all__ = [
    "SEVERITIES",
    "VERDICTS",
    "Finding",
    "Loss",
    "Mark",
    "Marks",
    "NotJudged",
    "Part",
    "Picture",
    "Place",
    "Report",
    "TableFound",
]

VERDICTS = ("correct", "mistakes", "incomplete", "undecided", "not-recognised", "unreadable")


@dataclass(frozen=True, slots=True)
class NotJudged:
    """Cells that could not be judged, and why."""

    sheet: str
    range: str
    reason: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class TableFound:
    """A table as reported: where it is, which range holds which quantity, and its ledger's counts.

    `cells` counts the cells of each kind, those outside that the table takes numbers from too.
    `lesson` is what its rows are where they are no iterations of a network; `labels` then are the
    headers of quantities that it calls otherwise, and `behind` names, for each computed quantity,
    all that it is computed from in the same row.
    """

    sheet: str
    range: str
    orientation: str
    iterations: int
    learning_rate: float | None
    learning_rate_cell: str | None
    quantities: dict[str, str]
    cells: Mapping[str, int] = field(default_factory=dict)
    lesson: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    behind: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picture:
    """A table's numbers as a reader sees them, and its run beside the right one.

    `steps` are the iterations shown, counted from 0; `cells` are the addresses of each quantity in
    these steps (None where it has no cell) and `values` what they show. `elsewhere` names the sheet
    of each quantity that stands on another one.

    The right run starts from the student's own first iteration and learning rate; where there is
    none, `problem` says why. `losses` and `right_losses` are E_total of both in every iteration.
    `families` names every quantity's family of a rubric and `behind` all that it is computed from
    in the same iteration, an update in the one before; `matching` are the quantities whose values
    are all those of the right run, `trivial` those that are computed from wrong values which leave
    nothing to compute, all zero or saturated, each with the quantities that have these values.
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
    trivial: Mapping[str, frozenset[str]] = field(default_factory=dict)
    problem: str | None = None
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    behind: Mapping[str, frozenset[str]] = field(default_factory=dict)


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
class Part:
    """Cells of a lesson of arrays that are marked as one: what the ledger enters, how often.

    `behind` names all parts that it is computed from.
    """

    name: str
    place: str
    entries: tuple[tuple[Entry, int], ...]
    behind: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mark:
    """One family's points: of `possible`, as it stands (None if unknown) and followed through."""

    family: str
    possible: float
    as_it_stands: float | None
    with_follow_through: float


@dataclass(frozen=True, slots=True)
class Marks:
    """A file's marks by family; `problem` says why nothing is known as it stands.

    `mended` tells of find-the-bug how many of the hidden mistakes are, which is what counts.
    """

    rubric: str
    families: tuple[Mark, ...]
    problem: str | None = None
    mended: str | None = None

    @property
    def possible(self) -> float:
        """All points there are for the families that the worksheet's network has."""
        return sum(mark.possible for mark in self.families)

    @property
    def as_it_stands(self) -> float | None:
        """The points for values that are those of the right run; None where there is none."""
        points = [m.as_it_stands for m in self.families if m.as_it_stands is not None]
        return sum(points) if len(points) == len(self.families) else None

    @property
    def with_follow_through(self) -> float:
        """The points for formulas that are right on the student's own values."""
        return sum(mark.with_follow_through for mark in self.families)


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """Everything said about one file; `reason` tells why it was not recognised or not readable.

    `right` and `unfilled` are the quantities that are right in all tables and those that have no
    cells; `not_attempted` counts the empty answers of an exercise. `losses` tell, for each table,
    what the mistakes amount to where there are any. `pictures`, one for each table, and `marks` are
    there only where they were asked for. The verdict, what is right and what is not judged follow
    from the `ledger`, which stays where the file was judged.

    `sha256` and `size` are those of the bytes that were judged, and `active` names what in them a
    program might run or fetch. `copy` is the marked copy that was written, and `notes` say what
    could not be. `planted` are the quantities that an exercise was handed out wrong
    in, None for one that is no longer there. A lesson of arrays has `parts`, which stay where the
    file was judged too.
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
    ledger: Ledger = Ledger()  # noqa: RUF009 - frozen
    sha256: str | None = None
    size: int | None = None
    active: tuple[str, ...] = ()
    copy: str | None = None
    notes: tuple[str, ...] = ()
    planted: tuple[str | None, ...] = ()
    parts: tuple[Part, ...] = ()

    def __repr__(self) -> str:
        """Say in a few words which file it is about and what came out."""
        found = f", {len(self.findings)} findings" if self.findings else ""
        return f"<Report {self.file!r}: {self.verdict}{found}>"

    def _repr_html_(self) -> str | None:
        """Show the report in a notebook."""
        return SHOWN_BY[0](self) if SHOWN_BY else None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are wrong calculations."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


SHOWN_BY: list[Callable[[Report], str]] = []
"""What writes a report for a notebook: `sheetprop.reports.page.notebook`, once one is given out.

Reports know nothing of how they are written; this is the one place that asks.
"""
