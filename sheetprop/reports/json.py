"""A report as one line of JSON, schema 1: for other programs, whose fields never change."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from sheetprop.checking.report import Report

SCHEMA = 1


def render(report: Report) -> str:
    """Return the report as one JSON object on one line."""
    return json.dumps(as_object(report), ensure_ascii=False, allow_nan=False)


def as_object(report: Report) -> dict[str, Any]:
    """Return the report as plain dictionaries and lists, in the order of the schema."""
    return {
        "schema": SCHEMA,
        "file": report.file,
        "verdict": report.verdict,
        "reason": report.reason,
        "tables": [asdict(table) for table in report.tables],
        "findings": [asdict(finding) for finding in report.findings],
        "not_judged": [asdict(cells) for cells in report.not_judged],
        "score": {"earned": report.earned, "possible": report.possible},
        "seconds": round(report.seconds, 4),
    }
