"""Schedules of learning rates as lessons in rows: a row for each epoch, a column for each schedule.

In steps, exponential and cosine as ``torch.optim.lr_scheduler`` has them (StepLR, ExponentialLR,
CosineAnnealingLR; Loshchilov, Hutter 2016), by the time and by a straight line. What others make of
warming up and of one cycle differs too much to say what is right.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

from sheetprop.maths.trees.expr import Call, Expr, Name
from sheetprop.maths.trees.functions import PI, cos, exp
from sheetprop.maths.trees.walk import names, put
from sheetprop.rows.optimizers import NAME
from sheetprop.rows.row_lesson import Draw, RowLesson, RowQuantity

EPOCH, LARGEST, LEAST, GAMMA, EVERY, LENGTH = "epoch", "start", "least", "gamma", "every", "length"
FEWEST_ROWS = 4

_RATE = r"(?:lr|learningrate|lernrate|eta|η|rate|alpha|α)"
_t, _largest, _least, _gamma = Name(EPOCH), Name(LARGEST), Name(LEAST), Name(GAMMA)
_every, _length = Name(EVERY), Name(LENGTH)


def _between(low: float, high: float) -> Draw:
    return lambda chance: chance.uniform(low, high)


def _whole(low: int, high: int) -> Draw:
    return lambda chance: float(chance.randrange(low, high))


def _started(chance: random.Random) -> float:
    return chance.uniform(1.0, 3.0)


def _of_epoch(*words: str) -> tuple[str, ...]:
    return (rf"{_RATE}(?:t|new|neu)?", rf"(?:{'|'.join(words)})(?:lr|decay|schedule|annealing)?")


_KINDS: Mapping[str, tuple[tuple[str, ...], Expr]] = {
    "in steps": (("step", "steps", "stufen"), _largest * _gamma ** Call("INT", (_t / _every,))),
    "exponential": (("exp(?:onential|onentiell)?",), _largest * _gamma**_t),
    "exponential, row by row": (("exp(?:onential|onentiell)?",), Name("rate", -1) * _gamma),
    "exponential by e": (("exp(?:onential|onentiell)?",), _largest * exp(-_gamma * _t)),
    "cosine": (
        ("cos(?:ine)?", "kosinus"),
        _least + (_largest - _least) / 2 * (1 + cos(PI * _t / _length)),
    ),
    "by the time": (("time(?:based)?", "inverse(?:time)?"), _largest / (1 + _gamma * _t)),
    "linear": (("linear",), _largest + (_least - _largest) * _t / _length),
}
"""The words of a header beside those of any rate, and the tree, of each schedule."""

_GIVEN_ONCE = (
    RowQuantity(
        LARGEST,
        (rf"(?:initial|base|start|max|anfangs)?{_RATE}(?:0|max|start|initial|anfang)?", "η0"),
        None,
        _started,
        is_once=True,
    ),
    RowQuantity(
        LEAST,
        (rf"(?:min|final|end){_RATE}", rf"{_RATE}(?:min|final|end)"),
        None,
        _between(0.01, 0.5),
        default=0.0,
        is_once=True,
    ),
    RowQuantity(
        GAMMA,
        (r"gamma|γ|k|drop(?:rate|factor)?|decay(?:rate|factor)?|factor|faktor",),
        None,
        _between(0.3, 0.9),
        is_once=True,
    ),
    RowQuantity(
        EVERY,
        (r"(?:step|drop)(?:size|every|length)|epochsperdrop|every|schrittlänge",),
        None,
        _whole(2, 6),
        is_once=True,
    ),
    RowQuantity(
        LENGTH,
        (r"tmax|t|(?:total|max)?(?:epochs|steps|iterations)|total|epochen",),
        None,
        _whole(30, 60),
        is_once=True,
    ),
)


def _schedule(kind: str) -> RowLesson:
    """Return the table of one schedule under a header that says no more than a rate."""
    words, tree = _KINDS[kind]
    return _lesson((RowQuantity("rate", _of_epoch(*words), tree, first=_started),), _GIVEN_ONCE)


def _lesson(rates: tuple[RowQuantity, ...], given: Iterable[RowQuantity]) -> RowLesson:
    used = {leaf.name for one in rates if one.tree for leaf in names(one.tree)}
    epoch = RowQuantity(
        EPOCH,
        (r"(?:epochs?|epoche|steps?|iter(?:ation)?s?|schritt|t)(?:no|nr|number|#)?",),
        draw=_whole(1, 25),
    )
    once = tuple(one for one in given if one.name in used)
    told = frozenset(one.name for one in rates)
    needed = (frozenset({EPOCH}), told)
    return RowLesson(NAME, (epoch, *once, *rates), needed, fewest_rows=FEWEST_ROWS, sure=told)


def _side_by_side() -> RowLesson:
    """Return the table with a column for each schedule, each with a decay of its own."""
    rates, given = [], list(_GIVEN_ONCE)
    for kind, (words, tree) in _KINDS.items():
        if "row by row" not in kind:
            own = f"{GAMMA} {kind}"
            rates.append(RowQuantity(kind, _of_epoch(*words)[1:], put(tree, _gamma, Name(own))))
            given += [one._replace(name=own) for one in _GIVEN_ONCE if one.name == GAMMA]
    return _lesson(tuple(rates), given)


SCHEDULES = (*map(_schedule, _KINDS), _side_by_side())
"""The tables of schedules: one rate, or several side by side.

What is wrong in all rows is told as none of these: nothing else says which it was to be.
"""
