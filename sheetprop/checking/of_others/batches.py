"""Softmax of several samples as a lesson in rows: a row for each sample, columns for its values."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sheetprop.lazily.patterns import pattern
from sheetprop.maths.trees.expr import Expr, Name, Negative, total
from sheetprop.maths.trees.functions import exp, largest, ln
from sheetprop.rows.plain_text import plain
from sheetprop.rows.row_lesson import RowLesson, RowQuantity, Settle

NAME = "temperature"
MOST = 10
LARGEST, SUM, LOSS = "M", "S", "L"

_VALUE = r"(?:z|x|u|logits?|scores?|o)"
_SHARE = r"(?:p|s|a|q|ŷ|yhat|softmax|prob(?:ability|s)?|shares?|anteil)"
_TARGET = r"(?:t|y|targets?|onehot|labels?|ziel)"
_ANY_SHARE = pattern(rf"{_SHARE}\(?{_VALUE}?(\d{{1,2}})\)?")
_HEADERS: Mapping[str, str] = {
    "z": rf"{_VALUE}#",
    "d": rf"{_VALUE}#(?:max|m)(?:\({_VALUE}\))?|shifted#",
    "e": rf"(?:e|exp)\^?\(?{_VALUE}?#(?:max|m)?\)?",
    "p": rf"{_SHARE}\(?{_VALUE}?#\)?",
    "t": rf"{_TARGET}#",
    "g": rf"(?:d(?:l/d)?{_VALUE}|grad(?:ient)?s?{_VALUE}?|delta|error)#|{_SHARE}#{_TARGET}#",
}
"""The headers of each quantity that every class has; ``#`` stands for its number."""

_ONCE: Mapping[str, tuple[str, ...]] = {
    LARGEST: (rf"max(?:imum)?(?:\(?{_VALUE}\)?)?", "m"),
    SUM: (r"(?:sum|summe|total|Σ|sigma)(?:of)?(?:\(?e(?:xp)?s?(?:onentials)?\)?)?",),
    LOSS: (r"(?:log)?(?:loss|verlust)|l|ce|(?:cross|kreuz)entrop(?:y|ie)(?:loss)?|nll",),
}


def batches_in(texts: Iterable[object]) -> tuple[RowLesson, ...]:
    """Return the lessons of as many classes as headers number the shares of, none without any."""
    shares = (_ANY_SHARE.fullmatch(plain(t)) for t in texts if isinstance(t, str) and len(t) < 30)
    count = max((int(found[1]) for found in shares if found), default=0)
    ways = (False, True) if 2 <= count <= MOST else ()
    return tuple(_batch(count, is_lowered=way) for way in ways)


@lru_cache(maxsize=32)
def _batch(count: int, *, is_lowered: bool) -> RowLesson:
    """Return the lesson of so many classes, with the largest value taken off or not."""
    numbers = range(1, count + 1)
    trees = _trees(count, is_lowered=is_lowered)
    given = ("z", "t")
    stated = [
        RowQuantity(
            f"{kind}{k}",
            (re.sub("#", str(k), spelt),),
            trees.get(f"{kind}{k}"),
            _drawn if kind in given else None,
            is_chosen=kind == "t",
        )
        for kind, spelt in _HEADERS.items()
        for k in numbers
    ]
    stated += [RowQuantity(name, spelt, trees[name]) for name, spelt in _ONCE.items()]
    needed = tuple(frozenset({f"{kind}{k}"}) for kind in "zp" for k in numbers)
    written = [f"{kind}{k}" for kind in "de" for k in numbers] + [LARGEST, SUM]
    equal = {Name(name): (trees[name],) for name in written}
    shares = frozenset(f"p{k}" for k in numbers)
    return RowLesson(
        NAME, tuple(stated), needed, equal=equal, settle=_adding_to_one(count), sure=shares
    )


def _trees(count: int, *, is_lowered: bool) -> dict[str, Expr]:
    numbers = range(1, count + 1)
    found: dict[str, Expr] = {LARGEST: largest(*(Name(f"z{k}") for k in numbers))}
    for k in numbers:
        found[f"d{k}"] = Name(f"z{k}") - Name(LARGEST)
        found[f"e{k}"] = exp(Name(f"d{k}") if is_lowered else Name(f"z{k}"))
        found[f"p{k}"] = Name(f"e{k}") / Name(SUM)
        found[f"g{k}"] = Name(f"p{k}") - Name(f"t{k}")
    found[SUM] = total([Name(f"e{k}") for k in numbers])
    found[LOSS] = Negative(total([Name(f"t{k}") * ln(Name(f"p{k}")) for k in numbers]))
    return found


def _drawn(chance: random.Random) -> float:
    return chance.uniform(0.2, 1.5)


def _adding_to_one(count: int) -> Settle:
    """Return what makes random targets add up to 1."""
    names = [f"t{k}" for k in range(1, count + 1)]

    def settle(row: dict[str, float]) -> None:
        if all(name in row for name in names):
            whole = sum(row[name] for name in names)
            row |= {name: row[name] / whole for name in names}

    return settle
