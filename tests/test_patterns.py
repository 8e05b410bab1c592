"""Every pattern of the package takes time in proportion to a text, whatever a stranger wrote."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]

import pytest

import sheetprop
from sheetprop.lazily.patterns import LatePattern

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="has no such timers")

Pattern = re.Pattern[str] | re.Pattern[bytes]

LONG, SHORT = 100_000, 5_000
MOST_SECONDS, MOST_FOR_SHORT = 1.0, 0.1
MOST_SIGNS = 10
OF_CATEGORY = {"DIGIT": "7", "SPACE": " ", "WORD": "a", "NOT_SPACE": "a", "NOT_WORD": "!"}
PATTERN = re.compile(r"\bre\.\w+\(|\bpattern\(")
"""What a module has that makes a pattern."""

FUNCTIONS = {"compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "split"}


def modules() -> Iterator[str]:
    for module in pkgutil.walk_packages(sheetprop.__path__, "sheetprop."):
        if not module.name.endswith("__main__"):
            yield module.name


def patterns_in(value: object) -> Iterator[Pattern]:
    """Yield the compiled patterns in a value of a module: alone, or in a collection."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, LatePattern):
        yield value.compiled()
    elif isinstance(value, dict):
        yield from patterns_in(list(value.values()))
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from patterns_in(one)


def written_in(source: str) -> Iterator[tuple[Pattern, str]]:
    """Yield the patterns that stand as text in calls of `re`, each with the function called."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        is_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        written = getattr(node.args[0], "value", None) if node.args else None
        if is_re and node.func.attr in FUNCTIONS and isinstance(written, str | bytes):
            flags = re.VERBOSE if "VERBOSE" in ast.dump(node) else 0
            yield re.compile(written, flags), node.func.attr


def sources() -> dict[str, str]:
    """Return the text of every module."""
    names = {name: importlib.import_module(name).__file__ for name in modules()}
    return {name: Path(file).read_text(encoding="utf-8") for name, file in names.items() if file}


def is_anchored(name: str, module: str, texts: dict[str, str]) -> bool:
    """Whether a pattern is only ever compared with the beginning of a text, never searched for."""
    uses = []
    for other, text in texts.items():
        if other == module or re.search(rf"from {module} import[^#]*\b{name}\b", text):
            uses += re.findall(rf"(?<![\w.\"]){name}(?:\.(\w+)\(|(?! ?[:=]))", text)
    return bool(uses) and set(uses) <= {"match", "fullmatch", "scanner"}


def all_patterns(one_in: int = 1) -> list[tuple[str | bytes, int, bool]]:
    """Return the patterns of every so-manieth module that may have some, with their flags.

    And whether they are searched for in a text.
    """
    found: dict[tuple[str | bytes, int], bool] = {}

    def add(pattern: Pattern, is_searched: bool) -> None:
        key = (pattern.pattern, pattern.flags)
        found[key] = found.get(key, False) or is_searched

    texts = sources()
    having = [(module, text) for module, text in texts.items() if PATTERN.search(text)]
    for module, text in having[::one_in]:
        for name, value in vars(importlib.import_module(module)).items():
            for pattern in patterns_in(value):
                add(pattern, not is_anchored(name, module, texts))
        for pattern, use in written_in(text):
            if use != "compile":
                add(pattern, use not in ("match", "fullmatch"))
    return [(*key, is_searched) for key, is_searched in found.items()]


def signs_of(parsed: Iterable[tuple[object, object]]) -> Iterator[str]:
    """Yield signs that a pattern knows: its letters, and one of each range and category."""
    for operation, argument in parsed:
        name = str(operation)
        if name in ("LITERAL", "NOT_LITERAL"):
            yield chr(argument)
        elif name == "RANGE":
            yield chr(argument[0])
        elif name == "CATEGORY":
            yield OF_CATEGORY.get(str(argument).removeprefix("CATEGORY_"), "a")
        elif name == "IN":
            yield from signs_of(argument)
        elif name == "ANY":
            yield "a"
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from signs_of(branch)
        elif isinstance(argument, tuple):
            parts = [part for part in argument if isinstance(part, _parser.SubPattern)]
            for part in parts:
                yield from signs_of(part)
        elif isinstance(argument, _parser.SubPattern):
            yield from signs_of(argument)


def signs_known(pattern: Pattern) -> list[str]:
    """Return signs that a pattern knows; what is no letter is what patterns are made of."""
    parsed = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    return sorted(dict.fromkeys(signs_of(parsed)), key=str.isalnum)[:MOST_SIGNS]


def in_short(value: object) -> str:
    return repr(value)[:60].replace("/", "|")


class TooLongError(Exception):
    """A pattern takes longer than it may."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise `TooLongError` after so many seconds of processor time."""

    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def too_slow(
    pattern: Pattern, texts: Iterable[str], seconds: float, is_searched: bool = True
) -> list[str]:
    """Return the first text, in short, on which a pattern takes longer than so many seconds."""
    uses = [pattern.fullmatch, pattern.match]
    if is_searched:
        uses.append(lambda one: sum(1 for _ in pattern.finditer(one)))
    for text in texts:
        given = text.encode("utf-8") if isinstance(pattern.pattern, bytes) else text
        for use in uses:
            try:
                with at_most(seconds):
                    use(given)
            except TooLongError:
                return [f"{text[:4]}...{text[-2:]}"]
    return []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try the patterns of a few modules in every run, and all of them in the slow one."""
    if "written" in metafunc.fixturenames:
        cases = all_patterns(1 if metafunc.config.getoption("--slow") else 25)
        metafunc.parametrize(("written", "flags", "is_searched"), cases, ids=in_short)


def test_a_pattern_takes_time_in_proportion(
    written: str | bytes, flags: int, is_searched: bool
) -> None:
    """The signs that a pattern knows, repeated alone and in pairs, are looked at about once."""
    pattern = re.compile(written, flags)
    signs = signs_known(pattern)
    pairs = (
        text + "!"
        for a in signs
        for b in signs
        for text in ((a + b) * (SHORT // 2), a + b * SHORT, (a + b * 20) * (SHORT // 20))
    )

    assert too_slow(pattern, pairs, MOST_FOR_SHORT, is_searched) == []


@pytest.mark.slow
def test_a_pattern_is_done_soon_with_a_long_text(
    written: str | bytes, flags: int, is_searched: bool
) -> None:
    """A hundred thousand times the same sign are looked at within a second."""
    pattern = re.compile(written, flags)
    alone = (sign * LONG + end for sign in signs_known(pattern) for end in ("", "!"))

    assert too_slow(pattern, alone, MOST_SECONDS, is_searched) == []


@pytest.mark.slow
@pytest.mark.parametrize("slow", [r"\s*x", r"(a|a)*b", r"\d+:\d+", r"\[[^\]]*\]"])
def test_a_slow_pattern_is_found(slow: str) -> None:
    """The test above can fail: patterns known to be slow are."""
    signs = list(signs_of(_parser.parse(slow)))

    assert too_slow(re.compile(slow), [sign * 30_000 for sign in signs], MOST_FOR_SHORT)
