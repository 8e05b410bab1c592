"""What all formats say alike: the verdict, names, places, effects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from sheetprop.calculating.agreement import relative_error, told_apart
from sheetprop.checking.report import Finding, Loss, NotJudged, Place, Report, TableFound
from sheetprop.notation.text import name_text
from sheetprop.reports.cleaned import clean

if TYPE_CHECKING:
    from sheetprop.checking.report import Marks

MOST_PLACES = MOST_AREAS = 6
UNNUMBERED = -9
"""Stands for the number of a quantity whose name ends in none."""

SAME = 1e-12
"""Relative difference that rounding alone can make."""


def verdict_line(report: Report) -> str:
    """Return the verdict in words."""
    if report.reason is not None:
        return f"{report.verdict.replace('-', ' ')}: {clean(report.reason)}"
    others = len(report.findings) - len(report.errors)
    remark = f", {counted(others, 'remark')}" if others else ""
    if report.verdict == "mistakes":
        return counted(len(report.errors), "mistake") + remark
    if report.verdict == "undecided":
        return undecided_line(report) + remark
    return report.verdict + remark


def undecided_line(report: Report) -> str:
    """Return how many cells were not judged, and why the most of them were not."""
    by_reason: dict[str, int] = {}
    for cells in report.not_judged:
        by_reason[cells.reason] = by_reason.get(cells.reason, 0) + cells.count
    count = counted(sum(by_reason.values()), "cell")
    reasons = sorted(by_reason, key=lambda reason: -by_reason[reason])
    more = f" and {counted(len(reasons) - 1, 'other reason')}" if len(reasons) > 1 else ""
    return f"undecided, {count} not judged: {clean(reasons[0])}{more}" if reasons else "undecided"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 mistake, 2 mistakes."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def right_line(report: Report) -> str:
    """Return what is right: how many quantities, and which; of whole sheets how many cells."""
    names = names_text(report.right, report.tables)
    if report.earned != report.possible and _are_whole_sheets(report.tables):
        return _right_cells(report.tables) + (f" – {names}" if names else "")
    if report.earned == report.possible:
        return f"all {report.possible:g} quantities – {names}"
    return f"{report.earned:g} of {report.possible:g} quantities" + (f" – {names}" if names else "")


def _are_whole_sheets(tables: Sequence[TableFound]) -> bool:
    """Whether each table is one area that is called as its sheet is, as those of arrays are."""
    return bool(tables) and all(set(one.quantities.values()) == {one.range} for one in tables)


def _right_cells(tables: Sequence[TableFound]) -> str:
    counts = [one.cells for one in tables]
    every = sum(sum(one.values()) - one["given"] for one in counts)
    return f"{sum(one['right'] for one in counts)} of {counted(every, 'cell')}"


def not_judged_lines(report: Report) -> Iterator[str]:
    """Yield, for each sheet and reason, the areas that were not judged: of many a few."""
    alike: dict[tuple[str, str], list[NotJudged]] = {}
    for one in report.not_judged:
        alike.setdefault((one.sheet, one.reason), []).append(one)
    for (sheet, reason), own in alike.items():
        where = ", ".join(one.range for one in own[:MOST_AREAS])
        if len(own) > 1:
            more = " …" if len(own) > MOST_AREAS else ""
            where += f"{more} ({counted(sum(one.count for one in own), 'cell')})"
        yield f"{clean(sheet)}!{where}: {clean(reason)}"


def empty_line(report: Report) -> str:
    """Return the quantities that are empty, and in an exercise how many answers are."""
    names = names_text(report.unfilled, report.tables)
    if not report.not_attempted:
        return names
    return f"{counted(report.not_attempted, 'answer')} not attempted, of {names}"


def carries_line(report: Report) -> str:
    """Return what a file carries that a program might run or fetch; nothing where there is none."""
    return f"{', '.join(report.active)}; nothing of it was run or opened" if report.active else ""


def file_line(report: Report) -> str:
    """Return which bytes were judged: how many, and their SHA-256; nothing where there are none."""
    if report.sha256 is None or report.size is None:
        return ""
    return f"{counted(report.size, 'byte')}, SHA-256 {report.sha256}"


def names_text(names: Iterable[str], tables: Iterable[TableFound] = ()) -> str:
    """Return quantities by name, three or more with following numbers as ``w1…w8``.

    Those that one of `tables` has another header for are called as it calls them.
    """
    labels = {name: clean(text) for one in tables for name, text in one.labels.items()}
    stems: dict[str, list[str]] = {}
    for name in names:
        stem = name if name in labels else name.rstrip("0123456789")
        stems.setdefault(stem, []).append(name)
    texts = []
    for stem, members in stems.items():
        if stem in labels:
            texts.append(f"“{labels[stem]}”" if " " in labels[stem] else labels[stem])
            continue
        numbers = sorted(int(name[len(stem) :] or UNNUMBERED) for name in members)
        for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
            texts += _run_text(stem, [number for _, number in run])
    return " ".join(texts)


def _run_text(stem: str, numbers: list[int]) -> list[str]:
    texts = [name_text(stem if k == UNNUMBERED else f"{stem}{k}") for k in numbers]
    return texts if len(texts) < 3 else [f"{texts[0]}…{texts[-1]}"]


def quantities_text(finding: Finding) -> str:
    """Return the quantities a finding is about, each once."""
    texts = (clean(p.label or "") or name_text(p.quantity) for p in finding.places if p.quantity)
    return ", ".join(dict.fromkeys(texts))


def table_line(table: TableFound) -> str:
    """Return where a table is, how long its run, and at which rate; of a lesson, which it is."""
    if table.lesson is not None:
        cells = sum((table.cells or {}).values())
        rows = counted(cells, "cell") if table.iterations == 1 else counted(table.iterations, "row")
        return f"{clean(table.sheet)}!{table.range}: {table.lesson}, {rows}"
    if not table.iterations and table.cells:
        return f"{clean(table.sheet)}!{table.range}: {counted(sum(table.cells.values()), 'cell')}"
    rate = "not one number" if table.learning_rate is None else f"{table.learning_rate:g}"
    where = f" ({clean(table.learning_rate_cell)})" if table.learning_rate_cell else ""
    run = counted(table.iterations, "iteration")
    return f"{clean(table.sheet)}!{table.range}: {run}, η = {rate}{where}"


def places_text(places: Iterable[Place]) -> str:
    """Return places sheet by sheet: ``Sheet1!Z32:Z99, AA32:AA99``; sheets alike are named once."""
    by_sheet: dict[str, list[str]] = {}
    for place in places:
        ranges = by_sheet.setdefault(place.sheet, [])
        if place.range:  # what has no cells has no place but its sheet
            ranges.append(place.range)
    alike: dict[tuple[str, ...], list[str]] = {}
    for sheet, ranges in by_sheet.items():
        alike.setdefault(tuple(ranges), []).append(sheet)
    return clean("; ".join(_sheets_text(sheets, ranges) for ranges, sheets in alike.items()))


def _sheets_text(sheets: Sequence[str], ranges: Sequence[str]) -> str:
    more = f" and {len(ranges) - MOST_PLACES} more" if len(ranges) > MOST_PLACES else ""
    text = f"{sheets[0]}!{', '.join(ranges[:MOST_PLACES])}{more}" if ranges else sheets[0]
    if len(sheets) == 1:
        return text
    others = ", ".join(sheets[1 : MOST_PLACES + 1])
    rest = f" and {len(sheets) - 1 - MOST_PLACES} more" if len(sheets) > MOST_PLACES + 1 else ""
    return f"{text}, the same in {others}{rest}"


def why(finding: Finding) -> str:
    """Return what is wrong and why, in a few sentences."""
    said = clean(finding.message).partition(" Right is ")[0]
    return f"{said} {explanation(finding)}".strip()


def explanation(finding: Finding) -> str:
    """Return why it is wrong: told of these very cells, or else as the catalogue has it."""
    if finding.why:
        return clean(finding.why)
    from sheetprop.mistakes import BY_NAME  # all the catalogue, where a report says it all itself

    known = BY_NAME.get(finding.mistake)
    return known.explanation if known else ""


def right_mathematics(finding: Finding) -> str:
    """Return the right formula as mathematics, nothing where the message gives none."""
    return clean(finding.message).partition(" Right is ")[2].rstrip(".")


def effect(finding: Finding) -> str:
    """Return how far the first wrong cell is off, nothing where that has no meaning."""
    off_by = finding.relative_error
    if off_by is None or off_by < SAME or not finding.places:
        return ""
    place = finding.places[0]
    what = clean(place.label or "") or (
        name_text(place.quantity) if place.quantity else "the value"
    )
    cell = place.range.partition(",")[0].partition(":")[0]
    return f"{what} is off by {share(off_by)} in {cell} (relative error {off_by:.2g})"


def share(relative: float) -> str:
    """Return a relative difference in words people use: percent, times, or a power of ten."""
    if relative >= 10:
        return f"{relative:.2g} times its value"
    if relative < 1e-5:
        return f"{relative:.1e} of its value"
    return f"{float(f'{100 * relative:.2g}'):g} %"


def loss_line(loss: Loss) -> str:
    """Return E_total after the last iteration beside that of the right run."""
    if loss.problem or loss.right is None:
        return f"no right run to compare with: {clean(loss.problem or '')}"
    after = f"E_total in iteration {loss.iteration} is"
    if loss.own is None:
        return f"{after} no number; in the right run it is {loss.right:.6g}"
    off = relative_error(loss.own, loss.right)
    if off is None or off < SAME:
        return f"{after} {loss.own:.6g}, as in the right run"
    own, right = told_apart(loss.own, loss.right)
    return f"{after} {own}; in the right run it is {right}, off by {share(off)}"


def marks_lines(marks: Marks) -> list[tuple[str, str, str, str]]:
    """Return the marks as rows: family, points possible, as it stands, with follow-through."""
    rows = [
        (m.family.replace("_", " "), m.possible, m.as_it_stands, m.with_follow_through)
        for m in marks.families
    ]
    rows.append(("all", marks.possible, marks.as_it_stands, marks.with_follow_through))
    return [
        (name, points(possible), points(stands), points(followed))
        for name, possible, stands, followed in rows
    ]


def points(number: float | None) -> str:
    """Return points with at most two decimals; a dash where nothing is known."""
    return "–" if number is None else f"{round(number, 2):g}"
