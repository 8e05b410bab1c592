"""The runs of an experiment: one training run for each learning rate, from the same start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sheetprop.calculating.agreement import agrees_as_typed, is_close
from sheetprop.calculating.failures import CalculationError
from sheetprop.maths.names import MOMENTUM, WEIGHT_DECAY
from sheetprop.mistakes.base import Scene
from sheetprop.mistakes.finding import Place
from sheetprop.spec import Spec
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.laboratory import Laboratory, laboratory
from sheetprop.tables.table import range_text
from sheetprop.workbooks.sheet import Workbook

LOOKED_AT = 12
"""So many losses are compared: a run from another rate or formula differs from the second on."""

SAME_LOSS = 1e-6
"""Relative difference of losses that are one: the commonest mistake, one neuron's slope for
another's, is 1e-9, and another learning rate 1e-3."""

SAME_RATE = 1e-9
"""Relative difference up to which rates, and values a run starts from, are the same."""


class Run(NamedTuple):
    """A table that trains: its start (every given quantity's first value) and its rates."""

    judgement: Judgement
    start: dict[str, float]
    rates: tuple[float, ...]

    @property
    def sheet(self) -> str:
        """The sheet it stands on."""
        return self.judgement.table.sheet

    @property
    def rate(self) -> float | None:
        """The learning rate, None where it changes or is unknown."""
        return self.rates[0] if len(self.rates) == 1 else None

    def first_losses(self) -> list[float]:
        """Return E_total of the first iterations, as far as they are numbers."""
        table = self.judgement.table
        found: list[float] = []
        for step in range(min(LOOKED_AT, table.iterations) if "E_total" in table.lines else 0):
            value = self.judgement.value_of(table.sheet, table.cell("E_total", step))
            if not isinstance(value, int | float):
                break
            found.append(float(value))
        return found

    def right_losses(self, rates: Sequence[float]) -> list[list[float]]:
        """Return the losses NumPy finds from this start, rate by rate; none without a start."""
        network = self.judgement.network
        groups = (network.inputs, network.targets, network.weights, network.biases)
        if any(name not in self.start for names in groups for name in names):
            return []
        inputs, targets, weights, biases = (tuple(self.start[n] for n in g) for g in groups)
        own = tuple(rates)
        if not own:
            return []
        spec = Spec(
            "",
            network.architecture,
            inputs,
            targets,
            weights,
            own,
            LOOKED_AT,
            biases,
            momentum=self.start.get(MOMENTUM, 0.0),
            weight_decay=self.start.get(WEIGHT_DECAY, 0.0),
        )
        # Loading NumPy takes as long as a check, and few workbooks hold pasted losses.
        import numpy as np

        from sheetprop.maths.trace import run

        with np.errstate(all="ignore"):
            losses: list[list[float]] = run(spec, own, LOOKED_AT).values["E_total"].tolist()
        return losses


def runs_in(scene: Scene) -> list[Run]:
    """Return the tables that train, with their start and rates; forms of one iteration do not."""
    return [
        Run(one, _start(one), _rates(one))
        for one in scene.judgements
        if not isinstance(one.table, Form)
    ]


def rate_place(run: Run) -> Place:
    """Return the cell of η, or the table where it has none of its own."""
    rate, table = run.judgement.rate, run.judgement.table
    if rate.cell is not None:
        sheet, cell = rate.cell
        return Place(sheet, range_text(cell, cell))
    return Place(table.sheet, table.extent)


def starts_with_same(name: str, run: Run, other: Run) -> bool:
    """Whether two runs start from the same value of a quantity."""
    return is_close(run.start[name], other.start[name], SAME_RATE)


def _start(judgement: Judgement) -> dict[str, float]:
    table = judgement.table
    found: dict[str, float] = {}
    for name, quantity in judgement.network.quantities.items():
        if quantity.is_given_first and table.holds(name):
            value = judgement.value_of(table.sheet, table.cell(name, 0))
            if isinstance(value, int | float):
                found[name] = float(value)
    return found


def _rates(judgement: Judgement) -> tuple[float, ...]:
    """Return the rates a table trains with: one, or those of its own line, in order."""
    rate, table = judgement.rate, judgement.table
    if rate.line is None:
        return () if rate.value is None else (rate.value,)
    values = (judgement.value_of(table.sheet, table.at(rate.line, place)) for place in table.places)
    return tuple(dict.fromkeys(float(v) for v in values if isinstance(v, int | float)))


def same_losses(typed: Iterable[float], losses: Iterable[float]) -> bool:
    """Whether pasted losses are those of a run, as far as both go and to the digits pasted."""
    pairs = list(zip(typed, losses, strict=False))[:LOOKED_AT]
    return len(pairs) > 1 and all(
        is_close(mine, loss, SAME_LOSS) or agrees_as_typed(mine, loss) for mine, loss in pairs
    )


def losses_at(workbook: Workbook, run: Run, rates: Iterable[float]) -> list[list[float]]:
    """Return the first losses that a run's own formulas, right or wrong, give at other rates.

    None for a rate that no cell of the workbook holds.
    """
    found = laboratory(workbook, run.judgement, length=LOOKED_AT)
    return [[] if found is None else _losses_at(found, rate) for rate in rates]


def _losses_at(found: Laboratory, rate: float) -> list[float]:
    try:
        has_cell = found.train_at(rate)
    except CalculationError:
        return []
    return Run(found.experiment, {}, ()).first_losses() if has_cell else []
