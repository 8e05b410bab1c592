"""A report for the terminal: what is right, then each finding with place, formula and why.

The wrong part of a formula is underlined by ^^^^, or coloured where the terminal has colours.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sheetprop.checking.report import Finding, Report
from sheetprop.reports import words
from sheetprop.reports.words import clean
from sheetprop.reports.wrong_part import Span, WrongPart, wrong_part

if TYPE_CHECKING:
    from sheetprop.checking.report import Marks

WIDTH = 100
MARGIN = " " * 14

Line = list[tuple[str, str]]
"""Pieces of one line: (text, style), the style in rich's words or empty."""

WRONG, RIGHT, DIM = "bold red", "bold green", "dim"
OF_SEVERITY = {"error": WRONG, "warning": "bold yellow", "note": "bold cyan"}


def render(reports: Sequence[Report]) -> str:
    """Return the reports as lines of plain text."""
    return "\n".join(_plain(line) for line in _lines(reports, has_colours=False))


def render_coloured(reports: Sequence[Report]) -> list[Line]:
    """Return the reports as lines of coloured pieces, for a terminal that shows them."""
    return list(_lines(reports, has_colours=True))


def _plain(line: Line) -> str:
    return "".join(text for text, _ in line).rstrip()


def _lines(reports: Sequence[Report], *, has_colours: bool) -> Iterator[Line]:
    for index, report in enumerate(reports):
        if index:
            yield []
        yield from _report_lines(report, has_colours=has_colours)


def _report_lines(report: Report, *, has_colours: bool) -> Iterator[Line]:
    style = RIGHT if report.verdict == "correct" else WRONG
    yield [(clean(report.file), "bold"), (": ", ""), (words.verdict_line(report), style)]
    if report.tables:
        yield from _labelled("right", words.right_line(report), indent=2)
    if report.unfilled:
        yield from _labelled("empty", words.empty_line(report), indent=2)
    for table in report.tables:
        yield [(f"  {words.table_line(table)}", DIM)]
    for loss in report.losses:
        yield from _labelled("effect", f"{clean(loss.sheet)}: {words.loss_line(loss)}", indent=2)
    for number, finding in enumerate(report.findings, 1):
        yield []
        yield from _finding_lines(number, finding, has_colours=has_colours)
    yield from _not_judged_lines(report)
    if report.marks:
        yield []
        yield from _marks_lines(report.marks)


def _finding_lines(number: int, finding: Finding, *, has_colours: bool) -> Iterator[Line]:
    name = f"{finding.severity} {finding.code} {finding.mistake}"
    about = words.quantities_text(finding)
    title = f": {about}" if about else ""
    yield [(f"  {number}. ", ""), (name, OF_SEVERITY[finding.severity]), (title, "bold")]
    yield from _labelled("where", words.places_text(finding.places))
    differing = wrong_part(finding.found, finding.expected)
    if not has_colours and _too_long(finding):
        differing = WrongPart()
    for label, formula, spans, style in (
        ("there is", finding.found, differing.found, WRONG),
        ("right is", finding.expected, differing.expected, RIGHT),
    ):
        if formula is not None:
            yield from _formula_lines(label, formula, spans, style if has_colours else "")
    if words.right_mathematics(finding):
        yield from _labelled("that is", words.right_mathematics(finding))
    yield from _labelled("why", words.why(finding))
    if words.effect(finding):
        yield from _labelled("effect", words.effect(finding) + ".")


def _too_long(finding: Finding) -> bool:
    """Whether a terminal would break the formula, so that an underline would stand elsewhere."""
    texts = (finding.found or "", finding.expected or "")
    return len(MARGIN) + max(map(_columns, texts)) > 2 * WIDTH


def _formula_lines(label: str, formula: str, spans: Iterable[Span], style: str) -> Iterator[Line]:
    """Yield a formula with its wrong part coloured; without a style, underlined beneath."""
    text = words.same_length(formula)
    start = f"     {label:<8} "
    if style:
        yield [(start, ""), *_pieces(text, spans, style)]
        return
    yield [(start + text, "")]
    underline = _underline(text, spans)
    if underline:
        yield [(MARGIN + underline, "")]


def _pieces(text: str, spans: Iterable[Span], style: str) -> Iterator[tuple[str, str]]:
    done = 0
    for first, end in spans:
        yield text[done:first], ""
        yield text[first:end] or "‸", f"{style} underline"
        done = end
    yield text[done:], ""


def _underline(text: str, spans: Iterable[Span]) -> str:
    """Return ^^^^ beneath each span, one ^ for a gap, blanks elsewhere."""
    line = ""
    for first, end in spans:
        line += " " * (_columns(text[:first]) - len(line))
        line += "^" * max(1, _columns(text[first:end]))
    return line


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    widths = (
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
    return sum(widths)


def _not_judged_lines(report: Report) -> Iterator[Line]:
    if report.not_judged:
        yield []
        yield [("  not judged:", "")]
    for cells in report.not_judged:
        yield [(f"    {clean(cells.sheet)}!{cells.range}: {clean(cells.reason)}", "")]


def _marks_lines(marks: Marks) -> Iterator[Line]:
    rows = [("points for", "of", "as it stands", "with follow-through")]
    rows += words.marks_lines(marks)
    for name, possible, stands, followed in rows:
        yield [(f"  {name:<18}{possible:>6}{stands:>14}{followed:>21}", "")]
    if marks.problem:
        yield [(f"  nothing is known as it stands: {clean(marks.problem)}", "")]


def _labelled(label: str, text: str, indent: int = 5) -> Iterator[Line]:
    room = WIDTH - len(MARGIN)
    first, *rest = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
    yield [(f"{' ' * indent}{label:<{13 - indent}} {first}", "")]
    for line in rest:
        yield [(MARGIN + line, "")]
