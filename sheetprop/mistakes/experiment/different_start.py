"""SP402: a run starts from other values than the others, or not from those that are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sheetprop.calculating.agreement import is_close, told_apart
from sheetprop.maths.trees.expr import Name
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.experiment.first_cells import Cell, OddFirst
from sheetprop.mistakes.experiment.runs import Run, runs_in, starts_with_same
from sheetprop.mistakes.finding import Draft, Place
from sheetprop.mistakes.own_cells import places
from sheetprop.mistakes.words import Blank, Case
from sheetprop.notation.address import fixed, on
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement

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
NOT_AS_GIVEN = Case(
    "not as it is given",
    "{own} starts from {formula}, and the others from what stands in their cells.",
    "Around the first numbers stand cells that give them, and all but this one are taken as they "
    "are. If the number in {cell} is not meant, change it there.",
)
TYPED_AGAIN = Case(
    "typed instead",
    "{own} starts from the typed number {formula}; the others take the cells that give them, and "
    "nothing takes {spare}.",
    "Whoever changes the number in {spare} believes that the run starts from it. Take it from "
    "there, or delete it.",
)
SHARED_CELL = Case(
    "the cell of another",
    "{own} starts from {cell}, from which {other} starts, and nothing takes {spare}.",
    "Each of the first numbers has a cell, but two of them take the same one. If that is meant, "
    "delete the number in {spare}.",
)


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield what starts otherwise than in other runs, or than all else in its own."""
    yield from _between_runs(scene)
    for judgement, firsts in zip(scene.judgements, scene.odd_firsts, strict=True):
        for odd in firsts:
            yield _odd(judgement, odd)


def _odd(judgement: Judgement, odd: OddFirst) -> Draft:
    sheet = judgement.table.sheet

    def shown(place: Cell) -> str:
        return fixed(place[1]) if place[0] == sheet else on(*place)

    blanks: dict[str, Blank] = {
        "own": Name(odd.quantity),
        "cell": shown(odd.source),
        "formula": odd.found,
        "other": Name(odd.other or odd.quantity),
        "spare": shown(odd.spare or odd.source),
    }
    return DIFFERENT_START.found(
        _case(odd),
        places(judgement, odd.quantity, (0,)),
        blanks,
        odd,
        found=odd.found,
        expected=f"={shown(odd.spare or odd.source)}",
    )


def _case(odd: OddFirst) -> Case:
    if odd.other is not None:
        return SHARED_CELL
    return NOT_AS_GIVEN if odd.spare is None else TYPED_AGAIN


def _between_runs(scene: Scene) -> Iterator[Draft]:
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
        NOT_AS_GIVEN,
        TYPED_AGAIN,
        SHARED_CELL,
    ),
    severity="warning",
    rule=_rule,
)
