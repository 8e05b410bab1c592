"""What is kept of a submission: written in the worker that judged it, where its ledger is.

Nothing in it depends on a rubric, so that another one is applied without checking again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sheetprop.checking.marks.mended import shares
from sheetprop.checking.report import Report
from sheetprop.mistakes.finding import Finding
from sheetprop.reports import Format
from sheetprop.reports.look import Look, Piece

GIVEN = re.compile(r"[itwb]\d+(@\d+)?")
VERSION = 5
"""Of what a record holds; one of another version is made anew."""

PAGE = "html"
"""Under which a record has the page of its report."""


@dataclass(frozen=True, slots=True)
class RecordFormat(Format):
    """A report as the record of a submission: a JSON object, with the page of HTML in it."""

    def piece(self, report: Report, number: int, look: Look) -> Piece:
        """Return the record of a report."""
        del number, look
        return Piece(json.dumps(record_of(report), sort_keys=True))


def record_of(report: Report) -> Mapping[str, Any]:
    """Return what is kept of a report: verdict, shares, given numbers, findings and its page."""
    from sheetprop.reports.html import render

    picture = next(iter(report.pictures), None)
    given = picture.values if picture is not None and picture.steps[:1] == (0,) else {}
    return {
        "verdict": report.verdict,
        "reason": report.reason,
        "shares": [asdict(share) for share in shares(report)],
        "findings": [_finding(finding) for finding in report.findings],
        "not_judged": [f"{one.sheet}!{one.range}: {one.reason}" for one in report.not_judged],
        "given": {
            name: values[0]
            for name, values in given.items()
            if GIVEN.fullmatch(name) and isinstance(values[0], int | float)
        },
        "rates": [table.learning_rate for table in report.tables],
        "seconds": report.seconds,
        PAGE: render([report]),
    }


def _finding(finding: Finding) -> Mapping[str, Any]:
    place = next(iter(finding.places), None)
    return {
        "code": finding.code,
        "mistake": finding.mistake,
        "severity": finding.severity,
        "message": finding.message,
        "place": f"{place.sheet}!{place.range}" if place else "",
        "quantities": list(dict.fromkeys(p.quantity for p in finding.places if p.quantity)),
        "found": finding.found,
    }
