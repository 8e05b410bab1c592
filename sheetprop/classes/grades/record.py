"""What is kept of a submission: written in the worker that judged it, where its ledger is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sheetprop.checking.points import points
from sheetprop.checking.report import Report
from sheetprop.checking.score import Rubric
from sheetprop.reports import Format
from sheetprop.reports.look import Look, Piece

GIVEN = re.compile(r"[itwb]\d+(@\d+)?")
NO_RUBRIC = Rubric("", {})


@dataclass(frozen=True, slots=True)
class RecordFormat(Format):
    """A report as the record of a submission: a JSON object, with the page of HTML in it."""

    rubric: Rubric = NO_RUBRIC

    def piece(self, report: Report, number: int, look: Look) -> Piece:
        """Return the record of a report."""
        del number, look
        return Piece(json.dumps(record_of(report, self.rubric), sort_keys=True))


def record_of(report: Report, rubric: Rubric) -> Mapping[str, Any]:
    """Return what is kept of a report: verdict, points, given numbers, mistakes and its page."""
    from sheetprop.reports.html import render

    found = points(report, rubric)
    picture = next(iter(report.pictures), None)
    given = picture.values if picture is not None and picture.steps[:1] == (0,) else {}
    return {
        "verdict": report.verdict,
        "reason": report.reason,
        "points": [asdict(point) for point in found],
        "as_it_stands": report.marks.as_it_stands if report.marks else None,
        "mistakes": list(dict.fromkeys(finding.mistake for finding in report.errors)),
        "given": {
            name: values[0]
            for name, values in given.items()
            if GIVEN.fullmatch(name) and isinstance(values[0], int | float)
        },
        "rates": [table.learning_rate for table in report.tables],
        "html": render([report]),
    }
