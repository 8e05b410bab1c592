"""A student's report: the page of what was found, with the points and what the teacher decided."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.checking.marks.points import by_family
from sheetprop.classes.grades.gradebook import Grade
from sheetprop.reports.page.escape import ascii_only, esc
from sheetprop.reports.words import points as worded

PLACES = ('<div class="sides">', '<div class="alone">')
"""Before the first of these the page has told of the file, and begins with what was found in it."""


def student_page(page: str, grade: Grade) -> str:
    """Return the page of a submission as the report of the student with this grade."""
    at = min((k for place in PLACES if (k := page.find(place)) >= 0), default=-1)
    if at < 0:
        return page
    return page[:at] + ascii_only("\n".join(_marks(grade))) + "\n" + page[at:]


def _marks(grade: Grade) -> Iterator[str]:
    yield f"<p><b>student</b> {esc(_called(grade))}</p>"
    yield from (f"<p><b>note</b> {esc(told)}</p>" for told in grade.told)
    if not grade.possible:
        return
    yield f"<p><b>points</b> {worded(grade.points)} of {worded(grade.possible)}</p>"
    yield '<div class="scroll marks"><table><caption>points by part</caption><thead><tr>'
    for label in ("for", "of", "as it stands", "with follow-through"):
        yield f'<th scope="col">{label}</th>'
    yield "</tr></thead><tbody>"
    for one in by_family(grade.details):
        numbers = (one.possible, one.as_it_stands or 0.0, one.with_follow_through)
        cells = "".join(f"<td>{worded(number)}</td>" for number in numbers)
        yield f'<tr><th scope="row">{esc(one.family.replace("_", " "))}</th>{cells}</tr>'
    yield "</tbody></table></div>"
    yield from _lost(grade)


def _called(grade: Grade) -> str:
    return f"{grade.name} ({grade.student})" if grade.name else grade.student


def _lost(grade: Grade) -> Iterator[str]:
    """Yield the points that were lost, each with its cells."""
    lost = [one for one in grade.details if one.earned < one.possible]
    if not lost:
        return
    yield "<details><summary>Where points were lost</summary><ul>"
    for one in lost:
        points = f"{worded(one.earned)} of {worded(one.possible)}"
        where = f" in {one.place}" if one.place else ""
        yield f"<li>{esc(f'{one.quantity}{where}: {points} – {one.why}')}</li>"
    yield "</ul></details>"
