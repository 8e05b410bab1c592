"""A report for the terminal: one line of verdict, then each finding with place, formula and why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from sheetprop.checking.report import Finding, Place, Report, TableFound
from sheetprop.mistakes import BY_NAME
from sheetprop.notation.text import name_text

WIDTH = 100
INDENT = " " * 12
MOST_PLACES = 6


def render(report: Report) -> str:
    """Return the report as lines of text."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.file}: {verdict_line(report)}"
    for table in report.tables:
        yield f"  {_table_line(table)}"
    for number, finding in enumerate(report.findings, 1):
        yield ""
        yield from _finding_lines(number, finding)
    if report.not_judged:
        yield ""
        yield "  not judged:"
        for cells in report.not_judged:
            yield f"    {cells.sheet}!{cells.range}: {cells.reason}"


def verdict_line(report: Report) -> str:
    """Return the verdict in words, with how much is right."""
    if report.reason is not None:
        return f"{report.verdict.replace('-', ' ')}: {report.reason}"
    right = f"{report.earned:g} of {report.possible:g} quantities right"
    if report.verdict == "mistakes":
        return f"{counted(len(report.errors), 'mistake')}, {right}"
    others = len(report.findings) - len(report.errors)
    remark = f", {counted(others, 'remark')}" if others else ""
    return f"{report.verdict}, {right}{remark}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 mistake, 2 mistakes."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _table_line(table: TableFound) -> str:
    rate = "unknown" if table.learning_rate is None else f"{table.learning_rate:g}"
    where = f" ({table.learning_rate_cell})" if table.learning_rate_cell else ""
    return (
        f"{table.sheet}!{table.range}: {counted(table.iterations, 'iteration')}, η = {rate}{where}"
    )


def _finding_lines(number: int, finding: Finding) -> Iterator[str]:
    quantities = dict.fromkeys(p.quantity for p in finding.places if p.quantity)
    named = ", ".join(name_text(quantity) for quantity in quantities)
    yield f"  {number}. {finding.severity} {finding.code} {finding.mistake}: {named}"
    yield from _labelled("where", places_text(finding.places))
    if finding.found is not None:
        yield f"     there is {finding.found}"
    if finding.expected is not None:
        yield f"     right is {finding.expected}"
    yield from _labelled("why", f"{finding.message} {BY_NAME[finding.mistake].explanation}")
    if finding.relative_error is not None:
        yield from _labelled("effect", f"off by {finding.relative_error:.2g} (relative)")


def places_text(places: Iterable[Place]) -> str:
    """Return places sheet by sheet: ``Sheet1!Z32:Z99, AA32:AA99``."""
    texts = []
    for sheet, group in groupby(places, key=lambda place: place.sheet):
        ranges = [place.range for place in group]
        more = f" and {len(ranges) - MOST_PLACES} more" if len(ranges) > MOST_PLACES else ""
        texts.append(f"{sheet}!{', '.join(ranges[:MOST_PLACES])}{more}")
    return "; ".join(texts)


def _labelled(label: str, text: str) -> list[str]:
    lines = textwrap.wrap(text, WIDTH - len(INDENT), break_long_words=False) or [""]
    first = f"     {label:<8} {lines[0]}"
    return [first, *(f"{INDENT}  {line}" for line in lines[1:])]
