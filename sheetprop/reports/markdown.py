"""A report in Markdown: for an issue, a chat or a learning platform."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sheetprop.checking.report import Finding, Report
from sheetprop.reports import words
from sheetprop.reports.cleaned import clean, same_length
from sheetprop.reports.look import Look, Piece

if TYPE_CHECKING:
    from sheetprop.checking.report import Marks

SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$#]|^[-+=]|^\d+(?=[.)])")


def render(reports: Sequence[Report]) -> str:
    """Return the reports as Markdown, a section for each."""
    return "\n\n".join("\n".join(_lines(report)) for report in reports)


def piece(report: Report, number: int, look: Look) -> Piece:
    """Return one report as a section."""
    del number, look
    return Piece("\n".join(_lines(report)))


def plain(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line, and that calls nobody by ``@``."""
    return SPECIAL.sub(_escaped, clean(text)).replace("@", "&#64;")


def _escaped(match: re.Match[str]) -> str:
    sign = match.group()
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def code(text: str) -> str:
    """Return a text as code: between more backquotes than stand in it side by side."""
    shown = same_length(text)
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    space = " " if "`" in shown else ""
    return f"{fence}{space}{shown}{space}{fence}"


def _lines(report: Report) -> Iterator[str]:
    yield f"## {plain(report.file)}"
    yield ""
    yield f"**{plain(words.verdict_line(report))}**"
    if report.tables:
        yield ""
        yield f"Right: {plain(words.right_line(report))}"
    if report.unfilled:
        yield ""
        yield f"Empty: {plain(words.empty_line(report))}"
    if report.active:
        yield ""
        yield f"Carries: {plain(words.carries_line(report))}"
    if report.tables:
        yield ""
        yield from (f"- {plain(words.table_line(table))}" for table in report.tables)
    for loss in report.losses:
        yield f"- {plain(f'{loss.sheet}: {words.loss_line(loss)}')}"
    for number, finding in enumerate(report.findings, 1):
        yield from _finding(number, finding)
    yield from _not_judged(report)
    if report.marks:
        yield from _marks(report.marks)


def _finding(number: int, finding: Finding) -> Iterator[str]:
    about = words.quantities_text(finding)
    title = f"{finding.mistake}: {about}" if about else finding.mistake
    yield ""
    yield f"### {number}. {plain(title)} ({finding.severity} {finding.code})"
    yield ""
    yield plain(words.why(finding))
    yield ""
    yield f"- where: {plain(words.places_text(finding.places))}"
    if finding.found is not None:
        yield f"- there is: {code(finding.found)}"
    if finding.expected is not None:
        yield f"- right is: {code(finding.expected)}"
    if words.right_mathematics(finding):
        yield f"- that is: {plain(words.right_mathematics(finding))}"
    if words.effect(finding):
        yield f"- effect: {plain(words.effect(finding))}"


def _not_judged(report: Report) -> Iterator[str]:
    if report.not_judged:
        yield ""
        yield "### Not judged"
        yield ""
    for cells in report.not_judged:
        yield f"- {plain(f'{cells.sheet}!{cells.range}: {cells.reason}')}"


def _marks(marks: Marks) -> Iterator[str]:
    yield ""
    yield "| points for | of | as it stands | with follow-through |"
    yield "|---|---:|---:|---:|"
    for row in words.marks_lines(marks):
        yield f"| {' | '.join(map(plain, row))} |"
    if marks.mended:
        yield ""
        yield f"{plain(marks.mended)}."
    if marks.problem:
        yield ""
        yield f"Nothing is known as it stands: {plain(marks.problem)}."
