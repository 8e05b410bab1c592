"""One finding in a page: where, the formula there and the right one, why, and how much it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sheetprop.checking.report import Finding
from sheetprop.reports import words
from sheetprop.reports.cleaned import same_length
from sheetprop.reports.page.escape import esc
from sheetprop.reports.wrong_part import Span, wrong_part


def findings_list(
    findings: Iterable[Finding], anchor: str, tables: Mapping[str, str]
) -> Iterator[str]:
    """Yield the findings as a list; `tables` gives the id of each sheet's first table."""
    yield '<ol class="findings">'
    for number, finding in enumerate(findings, 1):
        yield f'<li id="{anchor}-{number}" class="finding {finding.severity}" tabindex="-1">'
        yield from _finding(number, finding, tables)
        yield "</li>"
    yield "</ol>"


def _finding(number: int, finding: Finding, tables: Mapping[str, str]) -> Iterator[str]:
    about = words.quantities_text(finding)
    title = f"{finding.mistake}: {about}" if about else finding.mistake
    yield f'<h4><span class="number">{number}</span> {esc(title)} '
    yield f'<span class="code">{finding.severity} {finding.code}</span></h4><dl>'
    yield _row("where", _where(finding, tables))
    differing = wrong_part(finding.found, finding.expected)
    if finding.found is not None:
        yield _row("there is", _formula(finding.found, differing.found, "mark"))
    if finding.expected is not None:
        yield _row("right is", _formula(finding.expected, differing.expected, "ins"))
    if words.right_mathematics(finding):
        yield _row("that is", esc(words.right_mathematics(finding)))
    yield _row("why", esc(words.why(finding)))
    if words.effect(finding):
        yield _row("effect", esc(words.effect(finding) + "."))
    yield "</dl>"


def _row(label: str, content: str) -> str:
    return f"<dt>{label}</dt><dd>{content}</dd>"


def _where(finding: Finding, tables: Mapping[str, str]) -> str:
    text = esc(words.places_text(finding.places))
    sheet = finding.places[0].sheet if finding.places else ""
    return f'<a href="#{tables[sheet]}">{text}</a>' if sheet in tables else text


def _formula(formula: str, spans: Iterable[Span], element: str) -> str:
    """Return a formula with the parts that differ in an element; a gap is shown as ‸."""
    text = same_length(formula)
    pieces, done = [], 0
    for first, end in spans:
        part = esc(text[first:end]) if end > first else '<span aria-label="missing">‸</span>'
        pieces += [esc(text[done:first]), f"<{element}>{part}</{element}>"]
        done = end
    return f"<code>{''.join(pieces)}{esc(text[done:])}</code>"
