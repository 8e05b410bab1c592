"""Schedules of learning rates as lessons in rows: a row for each epoch, a column for each schedule.

In steps, exponential, cosine (with restarts, too), polynomial and of one cycle as
``torch.optim.lr_scheduler`` has them (StepLR, ExponentialLR, CosineAnnealingLR, PolynomialLR,
OneCycleLR; Loshchilov, Hutter 2016; Smith, Topin 2018), by the time and by a straight line; warming
up by a straight line, alone or before another one (Goyal and others 2017; Vaswani and others 2017),
and triangles of one cycle or many (Smith 2015). A row that warms up counts from 0 or from 1.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

from sheetprop.checking.of_others.schedule_settings import (
    DIV,
    EPOCH,
    EVERY,
    FINAL,
    FIRST,
    GAMMA,
    GIVEN_ONCE,
    LARGEST,
    LEAST,
    LENGTH,
    PART,
    PEAK,
    POWER,
    RATE,
    WARM,
    WIDTH,
    between,
)
from sheetprop.maths.trees.expr import Call, Expr, Name
from sheetprop.maths.trees.functions import (
    PI,
    at_most,
    below,
    choice,
    cos,
    exp,
    largest,
    size,
    smallest,
    sqrt,
)
from sheetprop.maths.trees.walk import names, put
from sheetprop.rows.optimizers import NAME
from sheetprop.rows.row_lesson import RowLesson, RowQuantity

FEWEST_ROWS = 4

_t, _largest, _least, _gamma = Name(EPOCH), Name(LARGEST), Name(LEAST), Name(GAMMA)
_every, _length = Name(EVERY), Name(LENGTH)
_warm, _peak, _power, _first, _width = map(Name, (WARM, PEAK, POWER, FIRST, WIDTH))


def _early_or_late(chance: random.Random) -> float:
    """Return the number of an epoch: what differs only in the first few has to show."""
    return float(chance.randrange(1, 4) if chance.random() < 0.4 else chance.randrange(4, 28))


def _of_epoch(*words: str) -> tuple[str, ...]:
    return (rf"{RATE}(?:t|new|neu)?", rf"(?:{'|'.join(words)})(?:lr|decay|schedule|annealing)?")


def _cosine(high: Expr, low: Expr, part: Expr) -> Expr:
    """Return what goes down on half a wave while `part` goes from 0 to 1."""
    return low + 0.5 * (high - low) * (1 + cos(PI * part))


def _warmed(then: Expr, count: Expr = _t) -> Expr:
    """Return what rises on a straight line, and is another schedule from then on."""
    return choice(below(_t, _warm), _largest * count / _warm, then)


_rest = (_t - _warm) / (_length - _warm)
_MANY = {
    "alone": _largest,
    "and cosine": _cosine(_largest, _least, _rest),
    "and linear": _largest * (1 - _rest),
}
_cycle = Call("INT", (1 + _t / (2 * _width),))
_lowest = _largest / Name(DIV)
_top = Name(PART) * _length - 1
_UP = _first + (_largest - _first) * _t / _peak
_DOWN = _largest - (_largest - _first) * (_t - _peak) / (_length - _peak)
_COSINE = ("cos(?:ine)?", "kosinus")
_EXPONENTIAL = ("exp(?:onential|onentiell)?",)
_WARMED = ("warmup",)
_CYCLE = ("one(?:cycle)?", "1cycle", "triang(?:le|ular)", "cyclic(?:al)?")

_KINDS: Mapping[str, tuple[tuple[str, ...], Expr]] = {
    "in steps": (("step", "steps", "stufen"), _largest * _gamma ** Call("INT", (_t / _every,))),
    "exponential": (_EXPONENTIAL, _largest * _gamma**_t),
    "exponential, row by row": (_EXPONENTIAL, Name("rate", -1) * _gamma),
    "exponential by e": (_EXPONENTIAL, _largest * exp(-_gamma * _t)),
    "cosine": (_COSINE, _cosine(_largest, _least, _t / _length)),
    "cosine, restarted": (_COSINE, _cosine(_largest, _least, Call("MOD", (_t, _length)) / _length)),
    "by the time": (("time(?:based)?", "inverse(?:time)?"), _largest / (1 + _gamma * _t)),
    "linear": (("linear",), _largest + (_least - _largest) * _t / _length),
    "polynomial": (
        ("poly(?:nomial)?", "polynom"),
        _least + (_largest - _least) * (1 - _t / _length) ** _power,
    ),
    **{
        f"warm-up {name} from {count}": (_WARMED, _warmed(then, _t + count))
        for count in (0, 1)
        for name, then in _MANY.items()
    },
    "warm-up and root": (_WARMED, _largest * smallest(_t / _warm, sqrt(_warm / _t))),
    "warm-up by the width": (
        _WARMED,
        _width**-0.5 * smallest(_t**-0.5, _t * _warm**-1.5),
    ),
    "one cycle": (_CYCLE, choice(at_most(_t, _peak), _UP, _DOWN)),
    "one cycle, half and half": (
        _CYCLE,
        put(choice(at_most(_t, _peak), _UP, _DOWN), _peak, _length / 2),
    ),
    "cycles": (
        _CYCLE,
        _first + (_largest - _first) * largest(0, 1 - size(_t / _width - 2 * _cycle + 1)),
    ),
    "one cycle by cosine": (
        _CYCLE,
        choice(
            at_most(_t, _top),
            _cosine(_lowest, _largest, _t / _top),
            _cosine(_largest, _lowest / Name(FINAL), (_t - _top) / (_length - 1 - _top)),
        ),
    ),
}
"""The words of a header beside those of any rate, and the tree, of each schedule."""

_TOLD: Mapping[str, str] = {
    "in steps": r".*(?:step(?:wise)?decay|steplr|stufen).*",
    "exponential": r".*exponen.*",
    "cosine": r"(?!.*(?:warm|cycle|restart)).*(?:cosine|kosinus).*",
    "polynomial": r".*polynom.*",
    "by the time": r".*(?:timebased|inversetime).*",
    "warm-up alone": r"(?!.*(?:cos|decay|poly|noam)).*warmup(?!steps|epochs|iter).*",
    "warm-up and cosine": r".*(?:warm.*cos|cos.*warm).*",
    "warm-up and linear": r".*warmup.*lineardecay.*",
    "warm-up by": r".*noam.*",
    "one cycle": r".*(?:onecycle|1cycle).*",
}
"""What a title says, by how the kinds begin that it tells."""


def _schedule(kind: str) -> RowLesson:
    """Return the table of one schedule under a header that says no more than a rate."""
    words, tree = _KINDS[kind]
    told = "|".join(f"(?:{text})" for name, text in _TOLD.items() if kind.startswith(name))
    rate = RowQuantity("rate", _of_epoch(*words), tree, first=between(1.0, 3.0))
    return _lesson((rate,), GIVEN_ONCE, told)


def _lesson(
    rates: tuple[RowQuantity, ...], given: Iterable[RowQuantity], title: str = ""
) -> RowLesson:
    used = {leaf.name for one in rates if one.tree for leaf in names(one.tree)}
    epoch = RowQuantity(
        EPOCH,
        (r"(?:epochs?|epoche|steps?|iter(?:ation)?s?|schritt|t)(?:no|nr|number|#)?",),
        draw=_early_or_late,
    )
    once = tuple(one for one in given if one.name in used)
    told = frozenset(one.name for one in rates)
    needed = (frozenset({EPOCH}), told)
    return RowLesson(
        NAME, (epoch, *once, *rates), needed, fewest_rows=FEWEST_ROWS, sure=told, title=title
    )


def _side_by_side() -> RowLesson:
    """Return the table with a column for each schedule, each with a decay of its own."""
    rates, given = [], list(GIVEN_ONCE)
    seen: set[tuple[str, ...]] = set()
    for kind, (words, tree) in _KINDS.items():
        if "row by row" not in kind and words not in seen:
            seen.add(words)
            own = f"{GAMMA} {kind}"
            rates.append(RowQuantity(kind, _of_epoch(*words)[1:], put(tree, _gamma, Name(own))))
            given += [one._replace(name=own) for one in GIVEN_ONCE if one.name == GAMMA]
    return _lesson(tuple(rates), given)


SCHEDULES = (*map(_schedule, _KINDS), _side_by_side())
"""The tables of schedules: one rate, or several side by side.

What is wrong in all rows is told as none of these, unless a title says which it was to be.
"""
