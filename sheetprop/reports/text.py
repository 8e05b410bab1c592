"""A report for the terminal: what is right, then each finding with place, formula and why.

The wrong part of a formula is underlined by ^^^^, or coloured where the terminal has colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sheetprop.checking.report import Finding, Report
from sheetprop.reports import summary as summary_of
from sheetprop.reports import words
from sheetprop.reports.cleaned import clean, same_length
from sheetprop.reports.look import Look, Phrases, Piece, columns_of, fitted
from sheetprop.reports.signs import sign_for_sign
from sheetprop.reports.wrong_part import Span, wrong_part

if TYPE_CHECKING:
    from sheetprop.checking.report import Marks

MARGIN = " " * 14
RULE = 60
MARKS_WIDTH = 60
"""Columns that the table of marks takes; on less, each family has a sentence."""

WRONG, RIGHT, DIM = "bold red", "bold green", "dim"
SIGNS = (
    {"bold": "1", "dim": "2", "underline": "4"}
    | {colour: str(number) for number, colour in enumerate(("red", "green", "yellow"), 31)}
    | {"cyan": "36"}
)
"""What a terminal is told for each word of a style."""

OF_SEVERITY = {"error": WRONG, "warning": "bold yellow", "note": "bold cyan"}


def render(reports: Sequence[Report]) -> str:
    """Return the reports as lines of plain text."""
    return "\n\n".join(piece(report, 0, Look()).text for report in reports)


def piece(report: Report, number: int, look: Look) -> Piece:
    """Return one report as lines, coloured where the terminal shows that."""
    del number
    return Piece(_text(_report_lines(report, look), look), summary_of.entry(report))


def summary(entries: Sequence[Sequence[str]], look: Look) -> str:
    """Return what the reports have in common, behind a line; entries are those of `piece`."""
    return _text(_summary_lines(entries, look), look)


def _summary_lines(entries: Sequence[Sequence[str]], look: Look) -> Iterator[Phrases]:
    (count, verdicts), *others = summary_of.lines(entries)
    yield [("─" * min(look.width, RULE), DIM)]
    yield from fitted([(count, "bold"), (": ", ""), (verdicts, "")], look, "  ")
    said = ""
    for label, text in others:
        yield from _labelled("" if label == said else label, text, look, indent=2)
        said = label


def _text(lines: Iterable[Phrases], look: Look) -> str:
    return "\n".join(map(_coloured if look.has_colours else _plain, lines))


def _plain(line: Phrases) -> str:
    return "".join(text for text, _ in line).rstrip()


def _coloured(line: Phrases) -> str:
    """Return a line with the escape sequences of its colours; the texts in it hold none."""
    return "".join(
        f"\x1b[{';'.join(SIGNS[word] for word in style.split())}m{text}\x1b[0m" if style else text
        for text, style in line
    )


def _report_lines(report: Report, look: Look) -> Iterator[Phrases]:
    style = RIGHT if report.verdict == "correct" else WRONG
    verdict = words.verdict_line(report)
    yield from fitted([(clean(report.file), "bold"), (": ", ""), (verdict, style)], look, "  ")
    if report.tables:
        yield from _labelled("right", words.right_line(report), look, indent=2)
    if report.unfilled:
        yield from _labelled("empty", words.empty_line(report), look, indent=2)
    if report.active:
        yield from _labelled("carries", words.carries_line(report), look, indent=2)
    for table in report.tables:
        yield from fitted([(f"  {words.table_line(table)}", DIM)], look, "    ")
    for loss in report.losses:
        effect = f"{clean(loss.sheet)}: {words.loss_line(loss)}"
        yield from _labelled("effect", effect, look, indent=2)
    for number, finding in enumerate(report.findings, 1):
        yield []
        yield from _finding_lines(number, finding, look)
    yield from _not_judged_lines(report, look)
    if report.marks:
        yield []
        yield from _marks_lines(report.marks, look)


def finding_text(number: int, finding: Finding, look: Look) -> str:
    """Return one finding, the one with a number counted from 1."""
    return _text(_finding_lines(number, finding, look), look)


def _finding_lines(number: int, finding: Finding, look: Look) -> Iterator[Phrases]:
    name = f"{finding.severity} {finding.code} {finding.mistake}"
    about = words.quantities_text(finding)
    title = f": {about}" if about else ""
    heading = [(f"  {number}. ", ""), (name, OF_SEVERITY[finding.severity]), (title, "bold")]
    yield from fitted(heading, look, "     ")
    yield from _labelled("where", words.places_text(finding.places), look)
    differing = wrong_part(finding.found, finding.expected)
    for label, formula, spans, style in (
        ("there is", finding.found, differing.found, WRONG),
        ("right is", finding.expected, differing.expected, RIGHT),
    ):
        if formula is not None:
            yield from _formula_lines(label, formula, spans, style, look)
    if words.right_mathematics(finding):
        yield from _labelled("that is", words.right_mathematics(finding), look)
    yield from _labelled("why", words.why(finding), look)
    if words.effect(finding):
        yield from _labelled("effect", words.effect(finding) + ".", look)


def _formula_lines(
    label: str, formula: str, spans: Sequence[Span], style: str, look: Look
) -> Iterator[Phrases]:
    """Yield a formula with its wrong part coloured, or underlined beneath.

    Where a terminal would break an underlined formula, so that the underline stood elsewhere, it
    is broken here; all others stay whole, so that they can be copied.
    """
    text = sign_for_sign(same_length(formula), look.encoding)
    start = f"     {label:<8} "
    if look.has_colours:
        yield [(start, ""), *_pieces(text, spans, style)]
        return
    room = look.width - len(MARGIN) if look.is_terminal and spans else 2 * len(text)
    for first, end in _broken(text, room):
        yield [(start + text[first:end], "")]
        inside = list(_inside(spans, first, end))
        if inside:
            yield [(MARGIN + _underline(text[first:end], inside), "")]
        start = MARGIN


def _inside(spans: Iterable[Span], first: int, end: int) -> Iterator[Span]:
    """Yield the spans, of which some are gaps, as far as they are in a piece of the text."""
    for start, stop in spans:
        if (first <= start < end) if start == stop else (start < end and stop > first):
            yield max(start, first) - first, min(stop, end) - first


def _broken(text: str, room: int) -> Iterator[Span]:
    """Yield where the pieces of a text begin and end that have room on a line."""
    first = columns = 0
    for place, sign in enumerate(text):
        width = columns_of(sign)
        if columns + width > room:
            yield first, place
            first, columns = place, 0
        columns += width
    yield first, len(text) + 1  # a gap may stand behind the last sign


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
        line += " " * (columns_of(text[:first]) - len(line))
        line += "^" * max(1, columns_of(text[first:end]))
    return line


def _not_judged_lines(report: Report, look: Look) -> Iterator[Phrases]:
    if report.not_judged:
        yield []
        yield [("  not judged:", "")]
    for line in words.not_judged_lines(report):
        yield from fitted([(f"    {line}", "")], look, "      ")


def _marks_lines(marks: Marks, look: Look) -> Iterator[Phrases]:
    rows = words.marks_lines(marks)
    if look.is_terminal and look.width < MARKS_WIDTH:
        for name, possible, stands, followed in rows:
            said = f"  {name}, of {possible}: {stands} as it stands, {followed} with follow-through"
            yield from fitted([(said, "")], look, "    ")
    else:
        rows = [("points for", "of", "as it stands", "with follow-through"), *rows]
        for name, possible, stands, followed in rows:
            yield [(f"  {name:<18}{possible:>6}{stands:>14}{followed:>21}", "")]
    if marks.mended:
        yield from fitted([(f"  {clean(marks.mended)}", "")], look, "    ")
    if marks.problem:
        problem = f"  nothing is known as it stands: {clean(marks.problem)}"
        yield from fitted([(problem, "")], look, "    ")


def _labelled(label: str, text: str, look: Look, indent: int = 5) -> Iterator[Phrases]:
    import textwrap  # where something is told of a finding only

    room = look.width - len(MARGIN)
    first, *rest = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
    yield [(f"{' ' * indent}{label:<{13 - indent}} {first}", "")]
    for line in rest:
        yield [(MARGIN + line, "")]
