"""SP403: a rate has no run, or two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from sheetprop.calculating.agreement import is_close
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.experiment.pasted import pasted_in
from sheetprop.mistakes.experiment.runs import SAME_RATE, Run, rate_place, runs_in, starts_with_same
from sheetprop.mistakes.finding import Draft
from sheetprop.mistakes.words import Case
from sheetprop.shipped import folder
from sheetprop.spec import Architecture

LESSON = "classic"
"""The lesson whose rates a worksheet is held to that has nearly all of them."""

SHAPE = ("layers", "hidden_activation", "output_activation", "biases")
"""What tells its network from those of other lessons, which have rates of their own."""

TWICE = Case(
    "twice",
    "The learning rate {rate} has {count} runs (on {sheets}).",
    "They are the same run. A sheet copied for the next rate was probably not given its own; if "
    "so, write that rate into {cells}.",
)
NONE = Case(
    "none",
    "The learning rate {rate} has no run.",
    "This workbook compares all but one of the learning rates {rates} of the lesson with this "
    "network (`sheetprop build {lesson}`). If it was made for other rates, nothing is missing.",
)


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield a rate with two equal runs, and the one rate of the lesson without any."""
    runs = [run for run in scene.once(runs_in) if run.rate is not None]
    for rate, count in Counter(run.rate for run in runs).items():
        own = [run for run in runs if run.rate == rate]
        if count > 1 and all(_starts_alike(own[0], run) for run in own):
            yield _twice(own)
    yield from _missing(scene, runs)


def _missing(scene: Scene, runs: list[Run]) -> Iterator[Draft]:
    copied = [one.rate for one in scene.once(pasted_in) if one.rate is not None]
    own = {run.rate for run in runs if run.rate is not None} | set(copied)
    if len(own) < 2:
        return  # nothing is compared here
    network, rates = lesson()
    present = [rate for rate in rates if any(is_close(rate, one, SAME_RATE) for one in own)]
    is_lesson = any(_shape(one.network.architecture) == network for one in scene.judgements)
    if is_lesson and len(present) == len(rates) - 1:
        yield _none(runs[:1], next(rate for rate in rates if rate not in present), rates)


@lru_cache(maxsize=1)
def lesson() -> tuple[tuple[object, ...], tuple[float, ...]]:
    """Return the shape of the lesson's network and its learning rates, as its template says."""
    import tomllib  # few workbooks compare rates

    stated = tomllib.loads((folder() / f"{LESSON}.toml").read_text(encoding="utf-8"))
    rates = stated["training"]["learning_rates"]
    own = {name: stated["network"][name] for name in SHAPE}
    return _shape(Architecture(**{**own, "layers": tuple(own["layers"])})), tuple(map(float, rates))


def _shape(architecture: Architecture) -> tuple[object, ...]:
    return tuple(getattr(architecture, name) for name in (*SHAPE, "activations"))


def _starts_alike(run: Run, other: Run) -> bool:
    return all(name in other.start and starts_with_same(name, run, other) for name in run.start)


def _twice(runs: list[Run]) -> Draft:
    places = tuple(rate_place(run) for run in runs)
    blanks = {
        "rate": f"{runs[0].rate:g}",
        "count": str(len(runs)),
        "sheets": " and ".join(dict.fromkeys(run.sheet.strip() for run in runs)),
        "cells": " or ".join(f"{place.sheet.strip()}!{place.range}" for place in places),
    }
    return MISSING_RATE.found(TWICE, places, blanks, TWICE.name, runs[0].rate)


def _none(runs: list[Run], rate: float, rates: tuple[float, ...]) -> Draft:
    *most, last = (f"{one:g}" for one in rates)
    blanks = {"rate": f"{rate:g}", "rates": f"{', '.join(most)} and {last}", "lesson": LESSON}
    return MISSING_RATE.found(NONE, tuple(map(rate_place, runs)), blanks, NONE.name, rate)


MISSING_RATE = Mistake(
    code="SP403",
    name="missing-rate",
    summary="a rate of the lesson has no run, or appears twice",
    explanation=(
        "A lesson compares the learning rates that its template states, each in a run of its own. "
        "When one appears twice, a copied sheet was usually not given its own rate."
    ),
    wrong="runs for 0.1, 0.2, 0.5, 0.5, 1 and 2",
    right="runs for 0.1, 0.2, 0.5, 0.8, 1 and 2",
    cases=(TWICE, NONE),
    severity="note",
    rule=_rule,
)
