"""SP302: a number inside a formula where a reference belongs."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.finding import Draft
from sheetprop.mistakes.own_cells import places
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import Workbook


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield the learning rate typed into the updates: right until somebody wants another."""
    for judgement in scene.judgements:
        if judgement.rate.is_typed:
            yield from _typed_rate(judgement, scene.workbook)


def _typed_rate(judgement: Judgement, workbook: Workbook) -> Iterator[Draft]:
    cells = workbook[judgement.table.sheet].cells
    for name in judgement.network.parameters:
        line = judgement.lines.get(name)
        steps = [s for fill in line.fills for s in fill.steps if s > 0] if line else []
        if steps:
            yield TYPED_CONSTANT.found(
                places(judgement, name, steps),
                f"η = {judgement.rate.value:g} is typed into the updates.",
                "η",
                severity="warning",
                found=cells[judgement.table.cell(name, min(steps))].formula,
            )


TYPED_CONSTANT = Mistake(
    code="SP302",
    name="typed-constant",
    summary="a number inside a formula where a reference belongs",
    explanation=(
        "A number inside the formula is right only as long as the cell it was copied from "
        "keeps its value; refer to the cell."
    ),
    wrong="h1 = w1*0.05+w2*0.1",
    right="h1 = w1*i1+w2*i2",
    rule=_rule,
)
