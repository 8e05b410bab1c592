"""What checking found: findings and the report of one file, independent of any format."""

from __future__ import annotations

from dataclasses import dataclass, field

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
class Report:
    """Everything said about one file; `reason` tells why it was not recognised or not readable."""

    file: str
    verdict: str
    reason: str | None = None
    tables: tuple[TableFound, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    earned: float = 0.0
    possible: float = 0.0
    seconds: float = field(default=0.0, compare=False)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are wrong calculations."""
        return tuple(finding for finding in self.findings if finding.severity == "error")
