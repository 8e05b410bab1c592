"""What many files have in common: verdicts counted, mistakes shared, the slowest, the unjudged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sheetprop.checking.report import VERDICTS, Report
from sheetprop.reports import words
from sheetprop.reports.cleaned import clean

Entry = tuple[str, ...]
"""Of one file: name, verdict, seconds, the verdict in words, names of its mistakes."""

MOST = 5
"""Mistakes and slow files that are named."""

MOST_UNJUDGED = 20
SLOW = 2.0
"""Seconds: what is done sooner is not worth a word."""

NOT_JUDGED = ("undecided", "not-recognised", "unreadable")


def entry(report: Report) -> Entry:
    """Return what the summary needs to know of one file."""
    mistakes = dict.fromkeys(finding.mistake for finding in report.errors)
    said = words.verdict_line(report)
    return (clean(report.file), report.verdict, f"{report.seconds:.3f}", said, " ".join(mistakes))


def lines(entries: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield the lines of a summary, each with its label; the first line's is how many there are."""
    yield words.counted(len(entries), "workbook"), _verdicts([one[1] for one in entries])
    shared = Counter(name for one in entries for name in one[4].split())
    if shared:
        yield "shared", ", ".join(f"{name} in {n}" for name, n in shared.most_common(MOST))
    slow = sorted((-float(one[2]), one[0]) for one in entries if float(one[2]) >= SLOW)
    if slow:
        yield "slowest", ", ".join(f"{name} {-seconds:.1f} s" for seconds, name in slow[:MOST])
    unjudged = [one for one in entries if one[1] in NOT_JUDGED]
    for one in unjudged[:MOST_UNJUDGED]:
        yield "not judged", f"{one[0]}: {one[3]}"
    if len(unjudged) > MOST_UNJUDGED:
        yield "not judged", f"and {len(unjudged) - MOST_UNJUDGED} more"


def _verdicts(found: Sequence[str]) -> str:
    """Return how many files have each verdict: ``2 correct, 1 unreadable``."""
    counts = Counter(found)
    return ", ".join(f"{counts[v]} {v.replace('-', ' ')}" for v in VERDICTS if counts[v])
