"""SP402: runs for different rates start from different values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sheetprop.calculating.agreement import is_close
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.experiment.runs import Run, runs_in, starts_with_same
from sheetprop.mistakes.finding import Draft, Place
from sheetprop.notation.text import name_text


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield the quantities that start from another value than in most runs for other rates."""
    runs = scene.once(runs_in)
    if len({run.rate for run in runs}) < 2:
        return
    usual = _usual_start(runs)
    shape = usual.judgement.network.architecture
    ends = [_later_weights(run) for run in runs]
    for run in runs:
        if run.judgement.network.architecture != shape or any(_continues(run, e) for e in ends):
            continue
        names = [n for n in usual.start if n in run.start and not starts_with_same(n, run, usual)]
        if names:
            yield _draft(run, usual, names)


def _usual_start(runs: list[Run]) -> Run:
    """Return the first of the runs that share the commonest start."""
    starts = [tuple(f"{n}={v:.9g}" for n, v in sorted(run.start.items())) for run in runs]
    commonest = Counter(starts).most_common(1)[0][0]
    return runs[starts.index(commonest)]


def _later_weights(run: Run) -> list[dict[str, float]]:
    """Return the weights of the last iterations: a run may go on where another ends."""
    judgement, table = run.judgement, run.judgement.table
    found = []
    for step in range(max(1, table.iterations - 2), table.iterations):
        values = {
            name: judgement.value_of(table.sheet, table.cell(name, step))
            for name in judgement.network.weights
            if name in table.lines
        }
        found.append({n: float(v) for n, v in values.items() if isinstance(v, int | float)})
    return found


def _continues(run: Run, ends: list[dict[str, float]]) -> bool:
    weights = run.judgement.network.weights
    return any(
        all(n in end and n in run.start and is_close(run.start[n], end[n], 1e-6) for n in weights)
        for end in ends
    )


def _draft(run: Run, usual: Run, names: list[str]) -> Draft:
    table = run.judgement.table
    said = ", ".join(
        f"{name_text(n)} = {run.start[n]:.9g} instead of {usual.start[n]:.9g}" for n in names
    )
    return DIFFERENT_START.found(
        tuple(Place(table.sheet, table.range_text(n, (0, 0)), n) for n in names),
        f"The run on sheet {table.sheet.strip()} starts from {said}, unlike that on sheet "
        f"{usual.sheet.strip()}.",
        tuple(names),
        said,
    )


DIFFERENT_START = Mistake(
    code="SP402",
    name="different-start",
    summary="runs for different rates start from different weights or inputs",
    explanation=(
        "The experiment compares learning rates, so everything else must be alike: with other "
        "first weights, inputs or targets the curves differ for two reasons, and nobody can tell "
        "which."
    ),
    wrong="first w6 = 0.45 for η = 0.1, 0.445 for η = 0.5",
    right="first w6 = 0.45 for every η",
    severity="warning",
    rule=_rule,
)
