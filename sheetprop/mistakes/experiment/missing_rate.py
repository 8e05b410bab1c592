"""SP403: a rate has no run, or two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sheetprop.calculating.agreement import is_close
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.experiment.pasted import pasted_in
from sheetprop.mistakes.experiment.runs import SAME_RATE, Run, rate_place, runs_in, starts_with_same
from sheetprop.mistakes.finding import Draft

ASSIGNED = (0.1, 0.2, 0.5, 0.8, 1.0, 2.0)
"""The learning rates of the assignment."""


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield a rate with two equal runs, and the one rate of the assignment without any."""
    runs = scene.once(runs_in)
    tables = [run for run in runs if run.rate is not None]
    rates = [run.rate for run in tables if run.rate is not None]
    for rate, count in Counter(rates).items():
        own = [run for run in tables if run.rate == rate]
        if count > 1 and all(_starts_alike(own[0], run) for run in own):
            sheets = " and ".join(dict.fromkeys(run.sheet.strip() for run in own))
            yield _draft(own, f"The learning rate {rate:g} has {count} runs (on {sheets}).")
    copied = [p.rate for p in scene.once(pasted_in) if p.rate is not None]
    present = [a for a in ASSIGNED if any(is_close(a, own, SAME_RATE) for own in (*rates, *copied))]
    if len(present) == len(ASSIGNED) - 1 and (tables or copied):
        missing = next(a for a in ASSIGNED if a not in present)
        yield _draft(tables[:1], f"The learning rate {missing:g} has no run.")


def _starts_alike(run: Run, other: Run) -> bool:
    return all(name in other.start and starts_with_same(name, run, other) for name in run.start)


def _draft(runs: list[Run], message: str) -> Draft:
    return MISSING_RATE.found(tuple(rate_place(run) for run in runs), message, message)


MISSING_RATE = Mistake(
    code="SP403",
    name="missing-rate",
    summary="a rate of the assignment has no run, or appears twice",
    explanation=(
        "The assignment asks for the learning rates 0.1, 0.2, 0.5, 0.8, 1 and 2. When one appears "
        "twice, a copied sheet was usually not given its own rate."
    ),
    wrong="runs for 0.1, 0.2, 0.5, 0.5, 1 and 2",
    right="runs for 0.1, 0.2, 0.5, 0.8, 1 and 2",
    severity="note",
    rule=_rule,
)
