"""What `check` answers to a kind of worksheet, held against the honest answers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils.cell import range_boundaries
from worksheets import ORDER

import sheetprop
from sheetprop.checking.report import Finding, Report
from unforeseen.board import Board, Key, Place
from unforeseen.kind import Kind
from unforeseen.witness import wrong_cells

FEW_HEADERS = 8
SEVERITY = ("correct for wrong", "accuses what is right", "misses a place", "answers otherwise")
"""What can be amiss with an answer, most harmful first."""


@dataclass
class Answer:
    """What was expected of a kind and what came; `faults` by severity, empty where all is well."""

    kind: Kind
    expected: str
    got: str
    faults: list[tuple[int, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def answer_to(kind: Kind, folder: Path) -> Answer:
    """Make the sheet of a kind, prove what it is said to be, check it, and compare."""
    board = kind.make()
    wrong = proved(kind, board, folder)
    report = sheetprop.check(board.save(folder))[0]
    answer = Answer(kind, " or ".join(sorted(kind.answers)), report.verdict, said=said(report))
    _compare(answer, board, report, wrong)
    return answer


def proved(kind: Kind, board: Board, folder: Path) -> frozenset[Key]:
    """Return the wrong cells of a kind's sheet.

    Raises:
        AssertionError: it is right where it is said to be wrong, or the other way round.

    """
    if callable(kind.proof):
        assert kind.proof(board), f"{kind.name}: the proof fails"
        return kind.wrong or frozenset()
    found = frozenset(wrong_cells(board, folder, as_typed=kind.proof == "as typed"))
    if kind.wrong is not None:
        found = kind.wrong
    assert kind.is_right == (not found), f"{kind.name}: {sorted(found)[:8]} wrong"
    return found


def _compare(answer: Answer, board: Board, report: Report, wrong: frozenset[Key]) -> None:
    kind = answer.kind
    places = {board.place(name, step) for name, step in wrong if (name, step) in board.where}
    if not kind.is_right and report.verdict == "correct" and "correct" not in kind.answers:
        answer.faults.append((0, "is wrong and is called correct"))
    places |= {board.place(name, step) for name, step in kind.also if (name, step) in board.where}
    for finding in report.errors:
        if not any(_cells(finding) & {place} for place in places) and not (wrong and not places):
            answer.faults.append((1, described(finding)))
        elif kind.only is not None and finding.mistake not in kind.only:
            answer.faults.append((1, f"is no {finding.mistake}: {described(finding)}"))
        answer.faults += [(1, text) for text in _too_wide(finding, board, places)]
    if kind.is_right and report.verdict == "mistakes" and not report.errors:
        answer.faults.append((1, "verdict mistakes without an error"))
    if _denies_its_headers(board, report):
        answer.faults.append((3, f"there is a row of headers: {report.reason}"))
    if report.verdict in ("mistakes", "incomplete"):
        for name in _missed(report, board, wrong):
            answer.faults.append((2, f"{name} is not named"))
    if report.verdict not in kind.answers and not any(level == 0 for level, _ in answer.faults):
        answer.faults.append((3, f"{report.verdict}, not {answer.expected}"))


def _denies_its_headers(board: Board, report: Report) -> bool:
    """Whether a report misses the row of headers that the sheet has."""
    rows = Counter((sheet, row) for (sheet, row, _), text in board.cells.items() if text in ORDER)
    has_headers = any(count >= FEW_HEADERS for count in rows.values())
    return has_headers and "no row of headers" in (report.reason or "")


def _too_wide(finding: Finding, board: Board, places: set[Place]) -> list[str]:
    """Return a line about the places of a finding most of which is right, where there are any."""
    known = set(board.where.values())
    wide = []
    for place in finding.places:
        named = _range(place.sheet, place.range) & known
        if places and named and 2 * len(named & places) < len(named):
            wide.append(place.range)
    return [f"{', '.join(wide[:6])} for the most part right: {described(finding)}"] if wide else []


def _missed(report: Report, board: Board, wrong: frozenset[Key]) -> list[str]:
    named = set().union(*(_cells(finding) for finding in report.findings))
    named |= set().union(*(_range(n.sheet, n.range) for n in report.not_judged), set())
    quantities = {p.quantity for f in report.findings for p in f.places}
    missed = []
    for name in sorted({name for name, _ in wrong}):
        places = {board.where[key] for key in wrong if key[0] == name and key in board.where}
        if places and not places & named and name not in quantities:
            missed.append(name)
    return missed


def _cells(finding: Finding) -> set[Place]:
    return set().union(*(_range(place.sheet, place.range) for place in finding.places), set())


def _range(sheet: str, text: str) -> set[Place]:
    found: set[Place] = set()
    for piece in re.split(r"[,;\s]+", text.replace("$", "")):
        try:
            left, top, right, bottom = range_boundaries(piece)
            rows, columns = range(top, bottom + 1), range(left, right + 1)
        except (ValueError, TypeError):  # no cells: a whole column, or nothing
            continue
        found |= {(sheet, row, column) for row in rows for column in columns}
    return found


def described(finding: Finding) -> str:
    """Return a finding on one line."""
    where = ", ".join(f"{p.quantity} {p.sheet}!{p.range}" for p in finding.places[:4])
    return f"{finding.severity} {finding.mistake} [{where}] {finding.message[:170]}"


def said(report: Report) -> list[str]:
    """Return what matters of a report, a line each."""
    unread = [f"not judged {n.sheet}!{n.range}: {n.reason}" for n in report.not_judged[:4]]
    head = [f"reason: {report.reason}"] if report.reason else []
    return [*head, *map(described, report.findings[:8]), *unread]
