"""SP404: pasted losses that no run gives."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.calculating.agreement import is_close
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.experiment.pasted import Pasted, pasted_in
from sheetprop.mistakes.experiment.rate_names import is_numbering
from sheetprop.mistakes.experiment.runs import Run, losses_at, runs_in, same_losses
from sheetprop.mistakes.finding import Draft, Place
from sheetprop.mistakes.words import Case
from sheetprop.workbooks.sheet import Workbook

SAYS = (
    "The losses pasted for the learning rate {rate} are not what the worksheet gives at that rate"
)
OF_ANOTHER = Case(
    "of another rate",
    SAYS + "; they are those of η = {other}.",
    "They were pasted while the worksheet had another rate. Set η to {rate} and paste E_total "
    "again, or refer to its cells, which needs no such care.",
)
OF_NONE = Case(
    "of no run",
    SAYS + ".",
    "Pasted numbers stay as they were when a formula, a weight or a rate is changed. Set η to "
    "{rate} and paste E_total again, or refer to its cells, which needs no such care.",
)


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield pasted losses under a rate that neither NumPy nor the workbook gives at that rate."""
    copies = [one for one in scene.once(pasted_in) if one.is_typed and one.rate]
    runs = scene.once(runs_in) if copies else []
    if any(run.rate is None for run in runs) or is_numbering({one.rate or 0.0 for one in copies}):
        return  # a rate that changes within a table gives other losses; runs may be counted 1, 2, 3
    left = [one for one in copies if not any(_is_of_table(one, run) for run in runs)]
    for start in _starts(runs) if left else []:
        rates = [one.rate or 0.0 for one in left]
        right = start.right_losses(rates) or [[] for _ in rates]
        pairs = zip(left, right, strict=True)
        left = [one for one, losses in pairs if not same_losses(one.values, losses)]
        left = _not_by_own_formulas(left, start, scene.workbook)
    for pasted in left:
        yield _draft(pasted, runs)


def _is_of_table(pasted: Pasted, run: Run) -> bool:
    is_rate = run.rate is not None and is_close(run.rate, pasted.rate or 0.0, 1e-9)
    return is_rate and same_losses(pasted.values, run.first_losses())


def _starts(runs: list[Run]) -> list[Run]:
    """Return one run for each different start."""
    return list({tuple(sorted(run.start.items())): run for run in reversed(runs)}.values())


def _not_by_own_formulas(copies: list[Pasted], run: Run, workbook: Workbook) -> list[Pasted]:
    """Return the copies that the run's own formulas do not give, wrong as they may be."""
    judgement = run.judgement
    if not copies or not (judgement.wrong or judgement.unread):
        return copies
    own = losses_at(workbook, run, [one.rate or 0.0 for one in copies])
    pairs = zip(copies, own, strict=True)
    return [one for one, losses in pairs if losses and not same_losses(one.values, losses)]


def _draft(pasted: Pasted, runs: list[Run]) -> Draft:
    others = [run for run in runs if same_losses(pasted.values, run.first_losses())]
    other = f"{others[0].rate:g}" if others else ""
    return STALE_LOSSES.found(
        OF_ANOTHER if others else OF_NONE,
        (Place(pasted.sheet, pasted.range),),
        {"rate": f"{pasted.rate:g}", "other": other},
        found=", ".join(f"{value:.6g}" for value in pasted.values[:3]) + ", …",
    )


STALE_LOSSES = Mistake(
    code="SP404",
    name="stale-losses",
    summary="pasted losses match no run in the workbook",
    explanation=(
        "Pasted numbers stay as they were when a formula, a weight or a rate is changed. After "
        "every change they have to be pasted again; a formula that refers to E_total needs no "
        "such care."
    ),
    wrong="under LR = 0.8: 0.2425, 0.2401, … (the losses of η = 0.5)",
    right="under LR = 0.8: 0.2425, 0.2386, …",
    cases=(
        OF_ANOTHER,
        OF_NONE,
    ),
    severity="warning",
    rule=_rule,
)
