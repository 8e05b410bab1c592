"""A report as one line of JSON, schema 2, for other programs: check.schema.json has its fields."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from sheetprop.checking.report import Finding, Marks, NotJudged, Place, Report, TableFound
from sheetprop.reports.look import Look, Piece

SCHEMA = 2


def render(reports: Sequence[Report]) -> str:
    """Return the reports as one JSON object each, one line each, in ASCII.

    Whoever reads them need not know in which encoding they were written.
    """
    return "\n".join(json.dumps(as_object(report), allow_nan=False) for report in reports)


def piece(report: Report, number: int, look: Look) -> Piece:
    """Return one report as a line."""
    del number, look
    return Piece(render([report]))


def as_object(report: Report) -> dict[str, Any]:
    """Return the report as plain dictionaries and lists, in the order of the schema."""
    return {
        "schema": SCHEMA,
        "file": report.file,
        "verdict": report.verdict,
        "reason": report.reason,
        "tables": [_table(table) for table in report.tables],
        "findings": [_finding(finding) for finding in report.findings],
        "not_judged": [_not_judged(cells) for cells in report.not_judged],
        "score": {"earned": report.earned, "possible": report.possible},
        "seconds": round(report.seconds, 4),
        "sha256": report.sha256,
        "size": report.size,
        "active": list(report.active),
        **({"marks": _marks(report.marks)} if report.marks else {}),
    }


def _marks(marks: Marks) -> dict[str, Any]:
    return {
        "rubric": marks.rubric,
        "families": [
            {
                "family": mark.family,
                "possible": mark.possible,
                "as_it_stands": mark.as_it_stands,
                "with_follow_through": mark.with_follow_through,
            }
            for mark in marks.families
        ],
        "possible": marks.possible,
        "as_it_stands": marks.as_it_stands,
        "with_follow_through": marks.with_follow_through,
        "problem": marks.problem,
        "mended": marks.mended,
    }


def _table(table: TableFound) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "range": table.range,
        "orientation": table.orientation,
        "cells": dict(table.cells),
        "iterations": table.iterations,
        "learning_rate": table.learning_rate,
        "learning_rate_cell": table.learning_rate_cell,
        "quantities": dict(table.quantities),
        **({"lesson": table.lesson} if table.lesson is not None else {}),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "mistake": finding.mistake,
        "code": finding.code,
        "severity": finding.severity,
        "places": [_place(place) for place in finding.places],
        "message": finding.message,
        "found": finding.found,
        "expected": finding.expected,
        "relative_error": _finite(finding.relative_error),
    }


def _finite(number: float | None) -> float | None:
    """JSON has neither inf nor nan."""
    return number if number is not None and math.isfinite(number) else None


def _place(place: Place) -> dict[str, Any]:
    return {
        "sheet": place.sheet,
        "range": place.range,
        "quantity": place.quantity,
        "found": place.found,
        "expected": place.expected,
    }


def _not_judged(cells: NotJudged) -> dict[str, Any]:
    return {"sheet": cells.sheet, "range": cells.range, "reason": cells.reason}
