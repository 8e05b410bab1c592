"""``sheetprop check --watch``: check files again after each save, and show what changed."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from sheetprop.batch.plan import Plan
from sheetprop.batch.run import Result, results
from sheetprop.batch.watching import POLL, Saved, saves
from sheetprop.checking.changes import Changes, changes
from sheetprop.cli.exits import note, note_bug
from sheetprop.errors import SpecError
from sheetprop.reports import text, words
from sheetprop.reports.cleaned import clean

if TYPE_CHECKING:
    from sheetprop.checking.report import Finding, Report

TRIES, QUICK = 3, 1.0
"""A file that cannot be read, and says so at once, may still be being written: it is read again."""


def refuse(**options: object) -> None:
    """Refuse options that make no sense together with ``--watch``. Raises `SpecError`."""
    for name, value in options.items():
        if value:
            problem = f"shows what it finds here, as text, after each save; leave out --{name}"
            raise SpecError("--watch", None, problem)


def watch(plan: Plan) -> NoReturn:
    """Show the report of each file, and after each save what changed, until interrupted."""
    before: dict[int, Report] = {}
    shown: dict[int, str | None] = {}
    paths = [file.path for file in plan.files if file.path is not None]
    note(f"watching {words.counted(len(paths), 'workbook')}; end it with Ctrl+C")
    for saved in saves(paths):
        file = plan.files[saved.index]
        if saved.is_away:
            note(f"{file.name}: is not there; waiting for it")
            continue
        result = _checked(plan, saved)
        earlier = before.get(saved.index)
        if result.report.sha256 is not None and shown.get(saved.index) == result.report.sha256:
            continue  # written, but the same as before
        shown[saved.index] = result.report.sha256
        lines = [result.piece.text] if earlier is None else list(_news(plan, earlier, result))
        _print([*lines, ""])
        # What was found before is not forgotten over a moment in which it could not be read.
        if earlier is None or result.report.tables or not earlier.tables:
            before[saved.index] = result.report
    raise AssertionError("files are watched without an end")


def _checked(plan: Plan, saved: Saved) -> Result:
    """Return the result of one file, checked in a worker like any other."""
    one = replace(plan, files=(plan.files[saved.index],), look=replace(plan.look, count=1))
    for _ in range(TRIES):
        with closing(results(one)) as found:
            result = next(found)
        if result.report.verdict != "unreadable" or result.report.seconds > QUICK:
            break
        time.sleep(POLL)
    note_bug(result.bug or "")
    return result


def _news(plan: Plan, before: Report, result: Result) -> Iterator[str]:
    """Yield what a save changed, and what to mend next."""
    report = result.report
    clock = time.strftime("%H:%M:%S")
    yield f"{clock}  {clean(report.file)}: {words.verdict_line(report)}"
    found = changes(before, report)
    yield from _changes(found)
    if found == Changes():
        yield "  nothing changed in what was found"
    rest = [f for f in report.errors if all(_is_other(f, new) for new in found.new)]
    for label, findings in (("new", found.new), ("next", rest[:1])):
        for finding in findings:
            yield f"\n  {label}:"
            yield text.finding_text(
                report.findings.index(_whole(report, finding)) + 1, finding, plan.look
            )


def _changes(found: Changes) -> Iterator[str]:
    for finding in found.mended:
        about = words.quantities_text(finding)
        where = words.places_text(finding.places)
        named = f"{finding.code} {finding.mistake}{f': {about}' if about else ''}"
        yield f"  mended      {named}{f' ({where})' if where else ''}"
    if found.filled:
        yield f"  filled in   {words.names_text(found.filled)}"
    if found.emptied:
        yield f"  empty now   {words.names_text(found.emptied)}"


def _is_other(finding: Finding, new: Finding) -> bool:
    return (finding.mistake, finding.message) != (new.mistake, new.message)


def _whole(report: Report, finding: Finding) -> Finding:
    """Return the finding of the report of which another has some of the places."""
    return next(one for one in report.findings if replace(finding, places=one.places) == one)


def _print(lines: list[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
