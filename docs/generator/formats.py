"""The formats of reports, and the fields of a report as JSON."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module

from generator.json_fields import MEANINGS, fields
from generator.markdown import code, document, listed, table
from sheetprop import reports
from sheetprop.checking.report import SEVERITIES, VERDICTS
from sheetprop.reports import FORMATS
from sheetprop.reports.csv import COLUMNS


def page() -> str:
    """Return the page of what `check --format` may be."""
    rows = [(code(name), code(form.suffix), _about(form.module)) for name, form in FORMATS.items()]
    return document(
        "# Report formats",
        "What `check --format` may name. Without it the name after `-o` decides by how it "
        "ends, and a report to stdout is text.",
        table(("format", "file", "is"), rows),
        f"The columns of a CSV report are {listed(COLUMNS)}; the points are there with `--score`.",
        "The fields of a JSON report are described [on a page of their own](report-json.md).",
    )


def _about(module: str) -> str:
    """Return the first sentence of what a format's file says of itself."""
    text = inspect.getdoc(import_module(f"{reports.__name__}.{module}")) or ""
    return text.split("\n\n")[0]


def json_page() -> str:
    """Return the page of the fields of a JSON report."""
    return document(
        "# The JSON report",
        "`check --json` writes one object a line for each file, in the order given. Fields may "
        "be added; none that is here changes its meaning.",
        table(("field", "type", "holds"), _rows()),
        f"The verdicts are {listed(VERDICTS)}, the severities {listed(SEVERITIES)}. "
        "A finding of severity `error` is a wrong calculation, a `warning` calculates right "
        "but is fragile or contradicts its label, a `note` is information.",
    )


def _rows() -> Iterator[tuple[str, str, str]]:
    for name, kind in fields().items():
        yield code(name), kind, MEANINGS[name]
