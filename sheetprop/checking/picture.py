"""A table's numbers as its author sees them, and its run beside the right one from the same start.

It costs a run in NumPy and every value of the table, so only what shows or uses it asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sheetprop.calculating.recalculated import Recalculated
from sheetprop.checking.ledger.entries import Account
from sheetprop.checking.report import Finding, Picture
from sheetprop.checking.score import family_of
from sheetprop.maths.names import MOMENTUM, WEIGHT_DECAY
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trace import run
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Name, product
from sheetprop.maths.trees.walk import names
from sheetprop.notation.relative import references
from sheetprop.spec import Spec
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.points import FUNCTIONS
from sheetprop.tables.table import NOWHERE
from sheetprop.workbooks.sheet import Address, Value

FIRST, LAST, MORE = 12, 3, 5
"""Iterations shown: the first, the last, and so many between them in which something is wrong."""

MOST_ITERATIONS = 1000
"""The right run goes no further: longer tables are none of a lesson and would take minutes."""

TOLERANCE = 1e-6
"""Relative difference up to which a value is that of the right run; rounding stays far below."""

NOISE = 1e-12
"""The same, relative to a quantity's largest value: near zero, cancellation leaves noise."""

SATURATED = 1e-12
"""An activation whose slope is smaller everywhere lets nothing through."""

Array = NDArray[np.float64]


def picture(judgement: Judgement, account: Account, findings: Iterable[Finding]) -> Picture:
    """Return the picture of one table; `findings` tell which iterations are worth showing.

    The account of the table tells where cells stand that were moved to be judged.
    """
    table, network = judgement.table, judgement.network
    steps = _steps_shown(account, findings)
    cells = {n: _cells(judgement, n, steps) for n in network.quantities if table.holds(n)}
    count = min(table.iterations, MOST_ITERATIONS)
    whole = min(count, table.whole_iterations)
    own = {name: _numbers(judgement, name, count) for name in network.quantities}
    problem, right = _right_run(judgement, own, count)
    matching = frozenset(name for name in right if _matches(own[name], right[name]))
    return Picture(
        sheet=table.sheet,
        range=account.extent,
        iterations=table.iterations,
        steps=steps,
        cells={name: _places(account, addresses) for name, addresses in cells.items()},
        elsewhere={
            name: sheet for name in cells if (sheet := account.where(name)[0]) != table.sheet
        },
        values={
            name: tuple(_value(judgement, cell) for cell in addresses)
            for name, addresses in cells.items()
        },
        families={name: family_of(network, name) for name in network.quantities},
        losses=tuple(None if np.isnan(loss) else float(loss) for loss in own["E_total"][:whole]),
        right_losses=tuple(float(loss) for loss in right.get("E_total", ())[:whole]),
        matching=matching,
        trivial=dict(_trivial(judgement, own, matching)) if right else {},
        problem=problem,
        behind=_behind(network),
    )


def _behind(network: Network) -> dict[str, frozenset[str]]:
    """Return what each quantity is computed from in the same iteration, and each update from."""
    trees = {name: one.tree for name, one in network.quantities.items()}
    leaves = {name: names(tree) if tree else frozenset() for name, tree in trees.items()}
    behind = {n: {leaf.name for leaf in own if not leaf.shift} for n, own in leaves.items()}
    grown = -1
    while grown != (grown := sum(map(len, behind.values()))):
        for own in behind.values():
            own.update(*(behind.get(name, ()) for name in tuple(own)))
    before = {n: {leaf.name for leaf in own if leaf.shift} - {n} for n, own in leaves.items()}
    for name, earlier in before.items():
        behind[name] |= earlier.union(*(behind.get(one, ()) for one in earlier))
    return {name: frozenset(own) for name, own in behind.items()}


def _steps_shown(account: Account, findings: Iterable[Finding]) -> tuple[int, ...]:
    count = account.table.iterations
    shown = {*range(min(FIRST, count)), *range(max(0, count - LAST), count)}
    wrong = sorted(set(_first_steps(account, findings)) - shown)
    return tuple(sorted(shown | set(wrong[:MORE])))


def _first_steps(account: Account, findings: Iterable[Finding]) -> Iterator[int]:
    """Yield the first iteration of every place in this table."""
    for place in (place for finding in findings for place in finding.places):
        for cell in references(place.range)[:1]:
            found = account.quantity_at(place.sheet, cell)
            if found is not None:
                yield found[1]


def _places(account: Account, cells: Iterable[Address | None]) -> tuple[Address | None, ...]:
    """Return where the cells stand in the author's workbook."""
    sheet = account.table.sheet
    return tuple(None if cell is None else account.moves.of(sheet, cell)[1] for cell in cells)


def _cells(judgement: Judgement, name: str, steps: Iterable[int]) -> tuple[Address | None, ...]:
    cells = (judgement.table.cell(name, step) for step in steps)
    return tuple(None if cell == NOWHERE else cell for cell in cells)


def _value(judgement: Judgement, cell: Address | None) -> Value:
    return None if cell is None else judgement.value_of(judgement.table.sheet, cell)


def _numbers(judgement: Judgement, name: str, count: int) -> Array:
    """Return a quantity's values in the student's sheet; nan where a cell holds no number."""
    if not judgement.table.holds(name):
        is_given = name in judgement.aliases.values()  # in a cell elsewhere
        value = judgement.student_value(Name(name), 0) if is_given else None
        return np.full(count, np.nan if value is None else value)
    cells = judgement.table.all_cells(name)[:count]
    value_of, sheet = judgement.value_of, judgement.table.sheet
    if isinstance(value_of, Recalculated):
        values = value_of.several(sheet, cells)
    else:
        values = [None if at == NOWHERE else value_of(sheet, at) for at in cells]
    return np.array([v if isinstance(v, int | float) else np.nan for v in values], dtype=float)


def _right_run(
    judgement: Judgement, own: Mapping[str, Array], count: int
) -> tuple[str | None, Mapping[str, Array]]:
    """Return why there is no right run from the student's own start, or the run."""
    network, rate = judgement.network, judgement.rate.value
    if rate is None and count > 1:
        return "the table has no single learning rate", {}
    groups = (network.inputs, network.targets, network.weights, network.biases)
    for name in (name for group in (*groups, network.settings) for name in group):
        if np.isnan(own[name][0]):
            return f"{name} has no number in the first iteration", {}
    spec = _lesson_of(network, own, rate or 0.0, count)
    right = run(spec, spec.learning_rates, count).values
    return None, {name: values[0] for name, values in right.items()}


def _lesson_of(network: Network, own: Mapping[str, Array], rate: float, count: int) -> Spec:
    """Return the student's own start as a lesson of so many iterations."""
    is_single = network.architecture.samples == 1
    in_turn = is_single and any(_varies(own[name]) for name in network.data)
    settings = {name: float(own[name][0]) for name in network.settings}
    return Spec(
        "as given",
        network.architecture,
        inputs=_data(own, network.inputs, count if in_turn else 1),
        targets=_data(own, network.targets, count if in_turn else 1),
        weights=_data(own, network.weights, 1),
        learning_rates=(rate,),
        iterations=count,
        biases=_data(own, network.biases, 1),
        in_turn=in_turn,
        momentum=settings.get(MOMENTUM, 0.0),
        weight_decay=settings.get(WEIGHT_DECAY, 0.0),
    )


def _varies(values: Array) -> bool:
    """Whether an input or a target is another one in some iteration, as examples in turn are."""
    return not np.isnan(values).any() and bool((values != values[0]).any())


def _data(own: Mapping[str, Array], names: Sequence[str], iterations: int) -> tuple[float, ...]:
    """Return the values of some quantities in the first iterations, one after the other."""
    return tuple(float(own[name][step]) for step in range(iterations) for name in names)


def _matches(own: Array, right: Array) -> bool:
    """Whether all numbers are those of the right run; cells left blank are not asked for."""
    given = ~np.isnan(own) & np.isfinite(right)
    if not given.any():
        return False
    mine, theirs = own[given], right[given]
    largest = float(np.abs(theirs).max())
    allowed = TOLERANCE * np.abs(theirs) + NOISE * largest
    return bool((np.abs(mine - theirs) <= allowed).all())


def _trivial(
    judgement: Judgement, own: Mapping[str, Array], matching: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each quantity computed from wrong values that leave nothing to compute, with those."""
    empty = {name for name in own if name not in matching and _is_degenerate(judgement, name, own)}
    for name, quantity in judgement.network.quantities.items():
        used = {leaf.name for leaf in names(quantity.tree)} if quantity.tree else set()
        if causes := (used - {LEARNING_RATE, name}) & empty:
            yield name, frozenset(causes)


def _is_degenerate(judgement: Judgement, name: str, own: Mapping[str, Array]) -> bool:
    """Whether a quantity is 0 in all iterations, or an activation that lets nothing through."""
    numbers = own[name][~np.isnan(own[name])]
    if not numbers.size:
        return False
    slopes = _slopes(judgement, name, own)
    if slopes.size:
        return bool((np.abs(slopes) < SATURATED).all())
    return bool((numbers == 0).all())


def _slopes(judgement: Judgement, name: str, own: Mapping[str, Array]) -> Array:
    """Return an activation's slopes, where it has a number and its own slope is none of 1 or 0."""
    passes = judgement.network.passes
    everyone = (neuron for one in passes for layer in one.layers for neuron in layer)
    neuron = next((neuron for neuron in everyone if neuron.output == name), None)
    factors = neuron.slope() if neuron else []
    if not factors:
        return np.array([])
    slope = product(factors)
    own_slopes = [
        evaluate(slope, lambda leaf, row=row: float(own[leaf.name][row]), FUNCTIONS)  # type: ignore[misc]
        for row in np.flatnonzero(~np.isnan(own[name]))
    ]
    return np.array(own_slopes, dtype=float)
