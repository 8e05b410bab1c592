"""A report as marks in a copy of the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sheetprop.checking.report import Report
from sheetprop.reports.words import explanation
from sheetprop.workbooks.marking.annotate import Annotation


def marks_of(report: Report) -> Iterator[Annotation]:
    """Yield one mark for each finding and sheet; findings without a place are left to the list."""
    for finding in report.findings:
        for sheet, places in groupby(finding.places, key=lambda place: place.sheet):
            yield Annotation(
                sheet,
                tuple(one for place in places for one in place.range.split(",") if one),
                finding.severity,
                f"{finding.code} {finding.mistake}",
                f"{finding.message} {explanation(finding)}",
                finding.expected,
            )
