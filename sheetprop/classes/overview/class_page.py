"""The class report: one page with pictures that loads nothing, and its figures as data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

from sheetprop.classes.overview.drawn import columns, rows
from sheetprop.classes.overview.figures import MOST_LISTED, Figures
from sheetprop.reports.html import POLICY
from sheetprop.reports.page.escape import ascii_only, esc
from sheetprop.whole import written

STYLE = """
svg { max-width: 46rem; }
svg rect { fill: #3b6ea5; }
main section { margin: 0 0 2rem; break-inside: avoid; }
main table { margin: 0 0 1rem; max-width: 60rem; }
main td, main th { text-align: left; overflow-wrap: anywhere; }
.figures { display: flex; flex-wrap: wrap; gap: .5rem 2rem; padding: 0; list-style: none; }
.figures b { font-size: 1.6rem; display: block; line-height: 1.1; }
"""

MOST_NAMED = 4
"""So many names are told that share the first place."""


def write_class_page(figures: Figures, folder: Path) -> Path:
    """Write class.html and class.json, in place of those of an earlier run.

    Raises:
        WorkbookError: one cannot be written.

    """
    with written(folder / "class.json", force=True) as path:
        path.write_text(json.dumps(asdict(figures), indent=1) + "\n", encoding="ascii")
    with written(folder / "class.html", force=True) as path:
        path.write_text(page_of(figures), encoding="ascii")
    return folder / "class.html"


def page_of(figures: Figures) -> str:
    """Return the page, in ASCII."""
    return ascii_only("\n".join(_page(figures))) + "\n"


def _page(figures: Figures) -> Iterator[str]:
    title = f"Class report: {figures.lesson}"
    style = files("sheetprop.reports.page").joinpath("page.css").read_text(encoding="ascii")
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{esc(title)}</title><style>{style}{STYLE}</style></head><body>"
    yield f"<header><h1>{esc(title)}</h1></header><main>"
    yield from _first(figures)
    yield from _distribution(figures)
    yield from _mistakes(figures)
    yield from _quantities(figures)
    yield from _again(figures)
    yield from _suspected(figures)
    yield from _lists(figures)
    yield "</main></body></html>"


def _first(figures: Figures) -> Iterator[str]:
    mean = "–" if figures.mean is None else f"{figures.mean:.1f} %"
    middle = "–" if figures.median is None else f"{figures.median:.1f} %"
    facts = [
        (str(figures.students), "students"),
        (str(figures.handed_in), "handed in"),
        (str(len(figures.late)), "late"),
        (mean, "mean mark"),
        (middle, "median mark"),
    ]
    facts += [(str(count), verdict) for verdict, count in figures.verdicts.items()]
    items = "".join(f"<li><b>{esc(number)}</b>{esc(what)}</li>" for number, what in facts)
    yield f'<section><ul class="figures">{items}</ul></section>'


def _distribution(figures: Figures) -> Iterator[str]:
    yield "<section><h2>How many have which mark</h2>"
    bars = [(label, float(count), str(count)) for label, count in figures.bins]
    told = ", ".join(f"{label} percent: {count}" for label, count in figures.bins if count)
    yield f"<figure>{columns(bars, f'Students by mark: {told}', 'percent of all points')}</figure>"
    yield "</section>"


def _mistakes(figures: Figures) -> Iterator[str]:
    yield "<section><h2>Which mistake hit how many</h2>"
    if not figures.mistakes:
        yield "<p>No mistake was found.</p></section>"
        return
    most = figures.mistakes[0].students
    if most > 1:
        shared = [f"{h.code} {h.mistake}" for h in figures.mistakes if h.students == most]
        yield f"<p>Most shared: {_bold(shared)}, made by {_of(most, figures.handed_in)}.</p>"
    else:
        yield "<p>No two students made the same mistake.</p>"
    hits = figures.mistakes[:MOST_LISTED]
    bars = [(f"{h.code} {h.mistake}", float(h.students), str(h.students)) for h in hits]
    yield f"<figure>{rows(bars, 'Students by mistake')}</figure>"
    yield from _table(
        ("mistake", "students", "first met in"),
        ((f"{h.code} {h.mistake}", h.students, h.example) for h in figures.mistakes),
    )
    yield "</section>"


def _quantities(figures: Figures) -> Iterator[str]:
    if not figures.quantities:
        return
    yield "<section><h2>The hardest quantities</h2>"
    first = figures.quantities[0]
    alike = [
        h for h in figures.quantities if (h.students, h.share) == (first.students, first.share)
    ]
    yield f"<p>Hardest: {_bold([h.quantity for h in alike])}, "
    yield f"where {_of(first.students, first.of)} lost points.</p>"
    hard = figures.quantities[:MOST_LISTED]
    bars = [(h.quantity, float(h.students), f"{h.students} of {h.of}") for h in hard]
    yield f"<figure>{rows(bars, 'Students who lost points, by quantity')}</figure></section>"


def _again(figures: Figures) -> Iterator[str]:
    if not figures.lessons:
        return
    yield "<section><h2>What to show again</h2><ol>"
    for lesson, count in figures.lessons[:MOST_LISTED]:
        yield f"<li>{esc(lesson)} ({count} {'slip' if count == 1 else 'slips'})</li>"
    yield "</ol></section>"


def _suspected(figures: Figures) -> Iterator[str]:
    yield "<section><h2>Worth a look: work in common</h2>"
    if not figures.suspected:
        yield "<p>No two students have anything unusual in common.</p></section>"
        return
    yield "<p>These are facts, no verdict: whoever decides looks at both workbooks.</p>"
    pairs = ((one, other, "; ".join(facts)) for one, other, facts in figures.suspected)
    yield from _table(("student", "and", "have in common"), pairs)
    yield "</section>"


def _lists(figures: Figures) -> Iterator[str]:
    if figures.not_judged:
        yield "<section><h2>Not judged</h2>"
        yield from _table(("student", "what, and why"), figures.not_judged)
        yield "</section>"
    if figures.missing or figures.late:
        yield "<section><h2>Not handed in, and late</h2>"
        yield f"<p>Not handed in: {esc(', '.join(figures.missing) or 'nobody')}.</p>"
        yield f"<p>Late: {esc(', '.join(figures.late) or 'nobody')}.</p></section>"
    yield "<section><h2>The slowest files</h2>"
    yield from _table(("student", "seconds"), figures.slowest)
    yield "</section>"


def _table(head: Sequence[str], lines: Iterable[Sequence[object]]) -> Iterator[str]:
    yield '<div class="scroll"><table><thead><tr>'
    yield "".join(f'<th scope="col">{esc(cell)}</th>' for cell in head)
    yield "</tr></thead><tbody>"
    for first, *rest in lines:
        cells = "".join(f"<td>{esc(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row">{esc(first)}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _bold(names: Sequence[str]) -> str:
    """Return names that are first alike; of many, the first few and how many follow."""
    told = ", ".join(f"<b>{esc(name)}</b>" for name in names[:MOST_NAMED])
    return told + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")


def _of(some: int, of: int) -> str:
    return f"{some} of {of}"
