"""Which part of a formula is wrong: the student's compared with the right one, token by token.

Only formulas of the same form can be compared so. Where a student wrote it another way (helper
columns, SUMPRODUCT, factors in another order) nothing is marked, because most of what differs is
right; and a part that is only written differently, ½ for 0.5, is not marked either.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

from sheetprop.errors import FormulaError
from sheetprop.lazily.patterns import pattern
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.notation.excel_parse import CellReference, parse

LEAST_ALIKE = 0.6
"""With less in common the formulas have not the same form."""

LONGEST = 2000
"""Characters: comparing takes time that grows with the square of the length."""

TOKEN = pattern(
    r"""
      (?P<text>"(?:[^"]|"")*")
    | (?P<reference>(?:(?:(?<!')'(?:[^']|'')++'|(?<![\w.])[\w.]{1,255}+)!)?
        \$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}(?![\w(.]))
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<name>[^\W\d][\w.]*)
    | (?P<operator><=|>=|<>|\S)
    """,
    re.VERBOSE,
)

Span = tuple[int, int]


class WrongPart(NamedTuple):
    """Where two formulas differ, as (first, end) in each text.

    An empty span in the student's is a gap: something belongs there that only the right one has.
    """

    found: tuple[Span, ...] = ()
    expected: tuple[Span, ...] = ()


class Token(NamedTuple):
    """A piece of a formula: where it stands, and what it is whatever its $ and capitals."""

    start: int
    end: int
    key: str


class Hunk(NamedTuple):
    """A difference: tokens `found` of one formula stand for tokens `expected` of the other."""

    found: range
    expected: range


def wrong_part(found: str | None, expected: str | None) -> WrongPart:
    """Return what differs in the student's formula and in the right one; nothing if unlike."""
    if not (found and expected and found[:1] == expected[:1] == "="):
        return WrongPart()
    if max(len(found), len(expected)) > LONGEST:
        return WrongPart()
    found = _without_idle_brackets(found)
    for is_strict in (False, True):  # a missing $ matters only where nothing else differs
        mine, right = tokens(found, is_strict=is_strict), tokens(expected, is_strict=is_strict)
        hunks = _hunks(mine, right)
        if hunks:
            break
    if not hunks or not _same_form(mine, right, hunks):
        return WrongPart()
    hunks = _needed(found, expected, mine, right, hunks)
    return WrongPart(
        tuple(_span(mine, hunk.found, len(found)) for hunk in hunks),
        tuple(_span(right, hunk.expected, len(expected)) for hunk in hunks if hunk.expected),
    )


def tokens(formula: str, *, is_strict: bool = False) -> list[Token]:
    """Return a formula's tokens without its ``=``; a strict key keeps the $ of references."""
    found = []
    for match in TOKEN.finditer(formula, 1):
        key = match.group().upper()
        if match.lastgroup == "reference" and not is_strict:
            key = key.replace("$", "")
        elif match.lastgroup == "number":
            key = repr(float(key))
        found.append(Token(match.start(), match.end(), key))
    return found


def _without_idle_brackets(formula: str) -> str:
    """Return the formula with a blank for each bracket that changes nothing."""
    wanted = _value(formula)
    opened: list[int] = []
    for match in TOKEN.finditer(formula, 1) if wanted is not None else ():
        if match.group() == "(":
            opened.append(match.start())
        elif match.group() == ")" and opened:
            first, last = opened.pop(), match.start()
            bare = f"{formula[:first]} {formula[first + 1 : last]} {formula[last + 1 :]}"
            formula = bare if _value(bare) == wanted else formula
    return formula


def _hunks(mine: Sequence[Token], right: Sequence[Token]) -> list[Hunk]:
    keys = [token.key for token in mine], [token.key for token in right]
    from difflib import SequenceMatcher  # for what is wrong only

    codes = SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    return [Hunk(range(a, b), range(c, d)) for tag, a, b, c, d in codes if tag != "equal"]


def _same_form(mine: Sequence[Token], right: Sequence[Token], hunks: Sequence[Hunk]) -> bool:
    """Whether little differs, and what differs is not the same tokens in another order."""
    changed = sum(len(hunk.found) + len(hunk.expected) for hunk in hunks)
    if changed > (1 - LEAST_ALIKE) * (len(mine) + len(right)):
        return False
    if any(mine[k].key == "," for hunk in hunks for k in hunk.found):
        return False  # arguments of a function that the right formula does without
    taken = Counter(mine[k].key for hunk in hunks for k in hunk.found)
    given = Counter(right[k].key for hunk in hunks for k in hunk.expected)
    moved = [key for key in taken & given if key[:1].isalpha() or "!" in key]
    return not moved


def _needed(
    found: str,
    expected: str,
    mine: Sequence[Token],
    right: Sequence[Token],
    hunks: list[Hunk],
) -> list[Hunk]:
    """Leave out each difference without whose correction the formula is right all the same."""
    wanted = _value(expected)
    needed = list(hunks)
    for hunk in hunks:
        others = [other for other in needed if other != hunk]
        value = _value(_corrected(found, expected, mine, right, others))
        is_right = wanted is not None and value is not None and abs(value - wanted) <= 1e-9
        if others and is_right:
            needed = others
    return needed


def _corrected(
    found: str,
    expected: str,
    mine: Sequence[Token],
    right: Sequence[Token],
    hunks: Sequence[Hunk],
) -> str:
    text = found
    for hunk in reversed(hunks):
        first, end = _span(mine, hunk.found, len(found))
        new_first, new_end = _span(right, hunk.expected, len(expected))
        text = text[:first] + expected[new_first:new_end] + text[end:]
    return text


def _span(tokens: Sequence[Token], places: range, length: int) -> Span:
    """Return where tokens stand; without any, the gap before the next one."""
    if places:
        return tokens[places[0]].start, tokens[places[-1]].end
    gap = tokens[places.start].start if places.start < len(tokens) else length
    return gap, gap


def _value(formula: str) -> float | None:
    """Return the value with a number of its own for every cell, None where it has none."""
    try:
        return float(evaluate(substitute(parse(formula), _as_name), _number_of))
    except (FormulaError, ArithmeticError, ValueError, LookupError, TypeError):
        return None


def _as_name(leaf: Expr) -> Expr | None:
    if isinstance(leaf, CellReference):
        return Name(f"{leaf.sheet}!{leaf.row}!{leaf.column}")
    return None


def _number_of(name: Name) -> float:
    """Return a number between 0.2 and 0.8, another one for every cell."""
    return 0.2 + 0.6 * crc32(name.name.encode()) / 2**32
