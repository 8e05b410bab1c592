"""Kinds that are known not to be answered honestly yet, most harmful first.

The list only shrinks: a test fails when one of these is answered honestly, until it is taken out.
"""

from __future__ import annotations

CORRECT_FOR_WRONG: frozenset[str] = frozenset()
ACCUSES_WHAT_IS_RIGHT: frozenset[str] = frozenset()
MISSES_A_PLACE: frozenset[str] = frozenset()
ANSWERS_OTHERWISE: frozenset[str] = frozenset()

UNSTABLE: frozenset[str] = frozenset()
"""Kinds whose answer is not the same for every PYTHONHASHSEED."""

HEADERS: frozenset[str] = frozenset()

KNOWN = CORRECT_FOR_WRONG | ACCUSES_WHAT_IS_RIGHT | MISSES_A_PLACE | ANSWERS_OTHERWISE
