"""SP402: runs for different rates start from different values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sheetprop.calculating.agreement import is_close, told_apart
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.experiment.runs import Run, runs_in, starts_with_same
from sheetprop.mistakes.finding import Draft, Place
from sheetprop.mistakes.words import Case
from sheetprop.notation.text import name_text

OTHER_WEIGHTS = Case(
    "weights",
    "The run on sheet {sheet} starts from {values}, unlike that on sheet {other}.",
    "The runs are compared to see what the learning rate does, so all of them have to start from "
    "the same weights: a curve that starts elsewhere differs for two reasons.",
)
OTHER_DATA = Case(
    "inputs or targets",
    "The run on sheet {sheet} starts from {values}, unlike that on sheet {other}.",
    "With other inputs or targets the network learns something else, so the curves of these runs "
    "cannot be compared for their learning rates.",
)


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
        if _is_calculated(run):
            continue
        names = [n for n in usual.start if n in run.start and not starts_with_same(n, run, usual)]
        if names:
            yield _draft(run, usual, names)


def _usual_start(runs: list[Run]) -> Run:
    """Return the first of the runs that share the commonest start."""
    starts = [tuple(f"{n}={v:.9g}" for n, v in sorted(run.start.items())) for run in runs]
    commonest = Counter(starts).most_common(1)[0][0]
    return runs[starts.index(commonest)]


def _is_calculated(run: Run) -> bool:
    """Whether a run begins with weights that were judged as updates of another table."""
    compared = run.judgement.compared
    return any(
        0 in one.steps and one.is_right is not None
        for name in run.judgement.network.parameters
        for one in compared.get(name, ())
    )


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
    values = ((name, *told_apart(run.start[name], usual.start[name])) for name in names)
    said = ", ".join(f"{name_text(n)} = {own} instead of {other}" for n, own, other in values)
    network = run.judgement.network
    given = {*network.inputs, *network.targets}
    return DIFFERENT_START.found(
        OTHER_DATA if given & set(names) else OTHER_WEIGHTS,
        tuple(Place(table.sheet, table.range_text(n, (0, 0)), n) for n in names),
        {"sheet": table.sheet.strip(), "values": said, "other": usual.sheet.strip()},
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
    cases=(
        OTHER_WEIGHTS,
        OTHER_DATA,
    ),
    severity="warning",
    rule=_rule,
)
