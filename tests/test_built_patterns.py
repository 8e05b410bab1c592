"""Patterns that are put together or kept as texts take time in proportion to a text as well."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from pathlib import Path

import pytest
from test_patterns import (
    FUNCTIONS,
    MOST_FOR_SHORT,
    SHORT,
    TooLongError,
    at_most,
    signs_known,
)

import sheetprop
from sheetprop.checking.cells import circuits, shares
from sheetprop.checking.layers import stated
from sheetprop.checking.layouts import opening
from sheetprop.checking.logs import numbers, words
from sheetprop.checking.of_others.schedules import SCHEDULES
from sheetprop.rows.optimizers import runs_on_network
from sheetprop.rows.registry import ROW_LESSONS
from sheetprop.rows.row_lesson import RowLesson

pytestmark = pytest.mark.slow

ROOT = Path(sheetprop.__path__[0])
LESSONS: tuple[RowLesson, ...] = (*ROW_LESSONS, *runs_on_network())
SEARCHED = {"checking.logs.words", "checking.rows.once", "template_spec"}
"""Modules that search a text for such a pattern; the others compare a whole label with it."""

LONGEST_LABEL = 1_000


def of_cells() -> Iterator[str]:
    for headers in (shares.HEADERS, shares._slopes(), shares.GIVEN_ONCE, circuits._HEADERS):
        for patterns in headers.values():
            yield from patterns
    yield from shares._LOSS


def of_rows() -> Iterator[str]:
    for lesson in LESSONS:
        headers = [pattern for one in lesson.stated for pattern in one.headers]
        yield from [*headers, "|".join(f"(?:{pattern})" for pattern in headers), *lesson.behind]
        yield from (kind.label for kind in (*lesson.kinds, *lesson.manners))


def of_claims() -> Iterator[str]:
    for patterns in (words.PATTERNS, words.SPLITS, words.METRICS):
        yield from patterns.values()


def of_titles() -> Iterator[str]:
    yield from (one.title for one in SCHEDULES if one.title)


def of_first_rows() -> Iterator[str]:
    yield from (one.begins for one in LESSONS if one.begins)


BUILT: dict[tuple[str, str], Callable[[], Iterable[str]]] = {
    ("checking.cells.labels", "re.fullmatch(one, own)"): of_cells,
    ("checking.cells.matrices", r"re.fullmatch(f'{re.escape(letter)}\\d*', name)"): (
        lambda: [r"u\d*"]
    ),
    ("checking.layers.layer_rows", "re.fullmatch(p, plain(t))"): of_rows,
    ("checking.layers.normalisations", r"re.fullmatch(re.escape(stem) + '\\d{1,4}', label)"): (
        lambda: [re.escape("bn") + r"\d{1,4}"]
    ),
    ("checking.layers.stated", "re.fullmatch(_PATTERNS[name], label)"): stated._PATTERNS.values,
    ("checking.layouts.opening", "re.fullmatch(''.join(parts), text)"): (
        lambda: [f"a{opening._NUMBER} {opening._SHAPE} b{opening._NUMBER}"]
    ),
    ("checking.logs.numbers", "re.fullmatch(PERCENT, sign.strip(), re.I)"): (
        lambda: [numbers.PERCENT]
    ),
    ("checking.logs.words", "re.compile(PATTERNS[name], re.I)"): of_claims,
    ("checking.logs.words", "re.search(pattern, plain, re.I)"): of_claims,
    ("checking.rows.recognise", "re.fullmatch(title, plain(text))"): of_titles,
    ("checking.rows.which_rows", "re.fullmatch(lesson.begins, plain(text))"): of_first_rows,
    ("checking.rows.once", r"re.compile(f'(?<![A-Za-z0-9$!]){column}{row}(?![0-9])')"): (
        lambda: [r"(?<![A-Za-z0-9$!])\$?A\$?12(?![0-9])"]
    ),
    ("lazily.patterns", "re.compile(self.pattern, self.flags)"): list,  # of the modules using it
    ("lazily.patterns", "LatePattern(written, flags)"): list,
    ("rows.header_words", "re.compile('|'.join((f'(?:{p})' for one in lesson.stated for"): (
        of_rows
    ),
    ("rows.header_words", "re.fullmatch(kind.label, label)"): of_rows,
    ("rows.header_words", "re.fullmatch(p, text)"): of_rows,
    ("rows.header_words", "re.fullmatch(spelt, own)"): of_rows,
    ("template_spec", r"re.search(f'^[ \\t]*{key}[ \\t]*=.*', text, re.MULTILINE)"): (
        lambda: [r"(?m)^[ \t]*inputs[ \t]*=.*"]
    ),
}
"""Calls that make or use a pattern which is no constant of a module, with what it can be."""

SHORT_CALL = 60


def calls_in(tree: ast.Module) -> Iterator[str]:
    """Yield what makes or uses a pattern that `test_patterns` does not see by itself."""
    inside = [
        node
        for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef | ast.Lambda | ast.ClassDef)
        for node in ast.walk(one)
    ]
    for call in {node for node in inside if isinstance(node, ast.Call)}:
        called = ast.unparse(call.func)
        is_made = called in ("re.compile", "pattern", "LatePattern")
        is_constant = bool(call.args) and isinstance(call.args[0], ast.Constant)
        if is_made or (called in {f"re.{name}" for name in FUNCTIONS} and not is_constant):
            yield ast.unparse(call)


def test_every_pattern_is_known() -> None:
    """No call has a pattern that neither this file nor `test_patterns` tries."""
    found = set()
    for path in ROOT.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if not re.search(r"\bre\b|\bpattern\(", text):
            continue
        tree = ast.parse(text)
        names = (n for one in ast.walk(tree) if isinstance(one, ast.Import) for n in one.names)
        assert all(name.asname is None for name in names if name.name == "re"), path
        assert not re.search(r"^\s*(from re import|import regex)", text, re.MULTILINE), path
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found |= {(module, call[:SHORT_CALL]) for call in calls_in(tree)}

    assert {(module, call[:SHORT_CALL]) for module, call in BUILT} == found


def test_built_patterns_are_done_soon() -> None:
    """The signs that a pattern knows, alone and behind one another, are looked at about once."""
    known = {
        (written, module in SEARCHED): module
        for (module, _), patterns in BUILT.items()
        for written in patterns()
    }
    slow = [
        (module, written, found)
        for (written, is_searched), module in known.items()
        for found in too_long(re.compile(written, re.I), is_searched)
    ]

    assert slow == []


def too_long(pattern: re.Pattern[str], is_searched: bool) -> list[str]:
    """Return the first text, in short, that takes longer than it may."""
    use, signs = (pattern.search if is_searched else pattern.fullmatch), signs_known(pattern)
    length, seconds = (SHORT, MOST_FOR_SHORT) if is_searched else (LONGEST_LABEL, 0.02)
    firsts = ("", *signs, " ") if is_searched else ("",)
    for first, sign in product(firsts, (*signs, " ")):
        try:
            with at_most(seconds):
                use(first + sign * length + "!")
        except TooLongError:
            return [f"{first}{sign}{sign}"]
    return []
