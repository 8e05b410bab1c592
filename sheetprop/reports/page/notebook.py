"""A report as a notebook shows it: the verdict, and each finding with what belongs there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheetprop.checking.report import SHOWN_BY, Finding, Report
from sheetprop.reports import words
from sheetprop.reports.cleaned import same_length
from sheetprop.reports.page.escape import esc
from sheetprop.reports.wrong_part import Span, wrong_part

MOST = 50
"""Findings shown; a notebook's cell is no place for thousands."""

WRONG = "background:#f9cdbb;color:#8a2f00"
RIGHT = "background:#c9ecdd;color:#00523b"
LEFT = "text-align:left;vertical-align:top"


def html(report: Report) -> str:
    """Return the report as a piece of HTML that needs nothing else and runs nothing."""
    return "\n".join(_lines(report))


def show() -> None:
    """Let reports show themselves in notebooks."""
    if not SHOWN_BY:
        SHOWN_BY.append(html)


def _lines(report: Report) -> Iterator[str]:
    yield f"<div><p><b>{esc(report.file)}</b>: {esc(words.verdict_line(report))}</p>"
    if report.tables:
        yield f"<p>right: {esc(words.right_line(report))}</p>"
    if report.findings:
        yield "<table><thead><tr>"
        for name in ("mistake", "where", "there is", "right is", "why"):
            yield f'<th style="{LEFT}">{name}</th>'
        yield "</tr></thead><tbody>"
        for finding in report.findings[:MOST]:
            yield f"<tr>{''.join(_cells(finding))}</tr>"
        yield "</tbody></table>"
    if len(report.findings) > MOST:
        yield f"<p>and {len(report.findings) - MOST} more</p>"
    yield "</div>"


def _cells(finding: Finding) -> Iterator[str]:
    differing = wrong_part(finding.found, finding.expected)
    for content in (
        f"{esc(finding.mistake)}<br>{esc(finding.severity)} {esc(finding.code)}",
        esc(words.places_text(finding.places)),
        _formula(finding.found, differing.found, WRONG),
        _formula(finding.expected, differing.expected, RIGHT),
        esc(words.why(finding)),
    ):
        yield f'<td style="{LEFT}">{content}</td>'


def _formula(formula: str | None, spans: Iterable[Span], style: str) -> str:
    """Return a formula with the parts that differ marked; a gap is shown as ‸."""
    if formula is None:
        return ""
    text, pieces, done = same_length(formula), [], 0
    for first, end in spans:
        marked = esc(text[first:end]) or "‸"
        pieces += [esc(text[done:first]), f'<span style="{style}">{marked}</span>']
        done = end
    return f"<code>{''.join(pieces)}{esc(text[done:])}</code>"
