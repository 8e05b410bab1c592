"""What a test is tried with in every run, and what in the slow one alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

import pytest

T = TypeVar("T")


def slowly(values: Iterable[object]) -> list[object]:
    """Return values of a parameter as ones that are tried with ``--slow`` only."""
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]


def one_in(count: int, values: Iterable[object]) -> list[object]:
    """Return values of which the first, and every so-manieth after it, is tried always."""
    return [
        value if number % count == 0 else slowly([value])[0] for number, value in enumerate(values)
    ]


def some_of_each(values: Iterable[T], kind: Callable[[T], Hashable], most: int) -> list[object]:
    """Return values of which the first of each kind are tried always, the others slowly."""
    seen: Counter[Hashable] = Counter()
    chosen: list[object] = []
    for value in values:
        seen[kind(value)] += 1
        chosen += [value] if seen[kind(value)] <= most else slowly([value])
    return chosen
