"""What a value in a template, or one given instead of it, may be.

Each reader takes what was typed and returns it in the type `sheetprop.spec` uses, or raises
`Problem`; whoever knows the file and the key makes a `SpecError` of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from numbers import Integral, Real
from reprlib import Repr
from typing import Any

from sheetprop.errors import SpecError

Reader = Callable[[object], Any]

_short = Repr()
_short.maxstring = _short.maxother = 60


class Problem(ValueError):  # noqa: N818 - half a sentence, which no caller meets
    """Why a value cannot be used, as the second half of a sentence."""


@contextmanager
def blaming(source: str, key: str | None) -> Iterator[None]:
    """Turn a `Problem` into a `SpecError` that names the file (or option) and the key."""
    try:
        yield
    except Problem as problem:
        raise SpecError(source, key, str(problem)) from None


def whole_number(value: object, least: int = 1) -> int:
    """Return a whole number of at least `least`; True and 2.0 are none."""
    if isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= least:
        return int(value)
    raise Problem(f"must be a whole number of at least {least}, not {shown(value)}")


def number(value: object) -> float:
    """Return a finite number; whole ones are fine, True, "1", nan and inf are not."""
    if isinstance(value, Real) and not isinstance(value, bool) and _is_finite(value):
        return float(value)
    bare = " without quotation marks" if isinstance(value, str) and value[:1].isdigit() else ""
    raise Problem(f"must be a finite number{bare}, not {shown(value)}")


def _is_finite(value: Real) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond what a float holds
        return False


def numbers(value: object) -> tuple[float, ...]:
    """Return a list of finite numbers."""
    return tuple(each(number, value, "numbers"))


def layers(value: object) -> tuple[int, ...]:
    """Return the neurons per layer, inputs first: at least inputs and outputs."""
    sizes = tuple(each(whole_number, value, "whole numbers"))
    if len(sizes) < 2:
        raise Problem(f"must name at least inputs and outputs, as in [2, 2, 2], not {shown(value)}")
    return sizes


def learning_rates(value: object) -> tuple[float, ...]:
    """Return one or more numbers greater than 0."""
    rates = numbers(value)
    if not rates:
        raise Problem("must hold at least one number")
    for rate in rates:
        if rate <= 0:
            raise Problem(f"must be greater than 0, not {rate:g}")
    return rates


def distinct_learning_rates(value: object) -> tuple[float, ...]:
    """Return one or more numbers greater than 0, none of them twice."""
    rates = learning_rates(value)
    for place, rate in enumerate(rates):
        if rate in rates[:place]:
            raise Problem(f"must not hold {rate:g} twice")
    return rates


def flag(value: object) -> bool:
    """Return true or false."""
    if isinstance(value, bool):
        return value
    raise Problem(f"must be true or false, not {shown(value)}")


def text(value: object) -> str:
    """Return a text that is not empty."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise Problem(f"must be a text in quotation marks, not {shown(value)}")


def table_of(allowed: Mapping[str, Reader]) -> Reader:
    """Return a reader for a table of some of these keys."""

    def read(value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Problem(f"must be a table of texts, not {shown(value)}")
        for key in value:
            if key not in allowed:
                raise Problem(f"must not hold {shown(key)}{suggestion(key, allowed)}")
        return {key: allowed[key](text) for key, text in value.items()}

    return read


@dataclass(frozen=True)
class Words:
    """Words that are allowed, and what people write instead (`others`), in lower case."""

    main: Collection[str]
    others: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[str]:
        yield from self.main
        yield from self.also


def one_of(allowed: Iterable[str]) -> Reader:
    """Return a reader for one of several words, those that are allowed when it reads."""
    others = allowed.others if isinstance(allowed, Words) else {}

    def read(value: object) -> str:
        words = tuple(allowed)
        if isinstance(value, str) and value in words:
            return value
        meant = others.get(str(value).strip().lower())
        near = f' (did you mean "{meant}"?)' if meant else suggestion(value, words)
        raise Problem(f"must be {listed(words)}, not {shown(value)}{near}")

    return read


def one_or_more(reader: Reader) -> Reader:
    """Return a reader for one value or a list of some, which gives a tuple."""

    def read(value: object) -> tuple[Any, ...]:
        if isinstance(value, list) and value:
            return tuple(each(reader, value, "words"))
        return (reader(value),)

    return read


def one_list(value: object) -> tuple[float, ...]:
    """Return a list of finite numbers; one cut into inner lists is shown as it should be."""
    if isinstance(value, list) and value and all(isinstance(part, list) for part in value):
        flat = [shown(number) for number in _leaves(value)]
        right = f"[{', '.join(flat[:8])}{', …' if len(flat) > 8 else ''}]"
        raise Problem(f"must be one list without inner ones, neuron after neuron: {right}")
    return numbers(value)


def _leaves(value: object) -> Iterator[object]:
    """Yield the numbers in lists of lists."""
    if isinstance(value, list):
        for part in value:
            yield from _leaves(part)
    elif isinstance(value, Real):
        yield value


def samples(value: object) -> tuple[tuple[float, ...], ...]:
    """Return the numbers of each sample, of one list or of a list of lists."""
    if isinstance(value, list) and value and all(isinstance(part, list) for part in value):
        return tuple(each(numbers, value, "lists"))
    return (numbers(value),)


def seed(value: object) -> int:
    """Return a whole number from 0 on."""
    return whole_number(value, least=0)


def part(value: object) -> float:
    """Return a number from 0 on that is less than 1."""
    found = number(value)
    if not 0 <= found < 1:
        raise Problem(f"must be at least 0 and less than 1, not {shown(value)}")
    return found


def limits(value: object) -> tuple[float, float]:
    """Return two numbers, the lesser first."""
    found = numbers(value)
    if len(found) != 2 or found[0] >= found[1]:
        raise Problem(f"must be two numbers, the lesser first, not {shown(value)}")
    return found[0], found[1]


def positive_limits(value: object) -> tuple[float, float]:
    """Return two numbers greater than 0, the lesser first."""
    found = limits(value)
    if found[0] <= 0:
        raise Problem(f"must be greater than 0, not {shown(value)}")
    return found


def each(reader: Reader, value: object, what: str) -> list[Any]:
    """Return a list with every member read; `what` names the members."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise Problem(f"must be a list of {what} in [ ], not {shown(value)}")
    members = []
    for place, member in enumerate(value, 1):
        try:
            members.append(reader(member))
        except Problem as problem:
            raise Problem(f"number {place} of the list {problem}") from None
    return members


def shown(value: object) -> str:
    """Return a value as it was typed, shortened when it is long."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Real):
        return _short.repr(int(value)) if isinstance(value, Integral) else f"{value}"
    text = _short.repr(value)
    return text.replace("'", '"') if text.startswith("'") else text


def listed(words: Iterable[str]) -> str:
    """Return words as a choice: ``"a", "b" or "c"``."""
    *first, last = (f'"{word}"' for word in words)
    return f"{', '.join(first)} or {last}" if first else last


def suggestion(value: object, words: Iterable[str]) -> str:
    """Return ``(did you mean "…"?)`` with a space before it, or nothing when no word is near."""
    if not isinstance(value, str):
        return ""
    by_lower_case = {word.lower(): word for word in words}
    from difflib import get_close_matches  # seldom needed

    near = get_close_matches(value.lower(), by_lower_case, n=1)
    return f' (did you mean "{by_lower_case[near[0]]}"?)' if near else ""
