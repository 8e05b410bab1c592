"""SP304: the stored value is not what the formula gives."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.calculating.agreement import agrees_as_stored, relative_error
from sheetprop.calculating.engine_values import CIRCLE
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.cells.suspects import among, suspects_of
from sheetprop.mistakes.finding import Draft
from sheetprop.mistakes.own_cells import places
from sheetprop.mistakes.words import Case
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import ExcelError, Workbook

STALE = Case(
    "stale",
    "{own} shows {stored}, but its formula gives {now}.",
    "Calculation was set to manual, or the file was written by a program that does not calculate. "
    "Have the spreadsheet recalculate everything (Ctrl+Alt+F9 in Excel, Ctrl+Shift+F9 in "
    "LibreOffice) and save.",
)


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield the cells whose stored value is another than their formula gives."""
    for judgement in scene.judgements:
        yield from _stale(judgement, scene.workbook)


def _stale(judgement: Judgement, workbook: Workbook) -> Iterator[Draft]:
    cells, suspects = workbook[judgement.table.sheet].cells, suspects_of(judgement)
    for name, line in judgement.lines.items():
        stale: list[int] = []
        for step, cell, now in among(suspects, judgement, line):
            is_decided = suspects is not None and not isinstance(now, ExcelError)
            is_known = now is not None and now != CIRCLE
            if is_decided or (is_known and not agrees_as_stored(cells[cell].value, now)):
                stale.append(step)
        if stale:
            yield _draft(judgement, workbook, name, sorted(stale))


def _draft(judgement: Judgement, workbook: Workbook, name: str, steps: list[int]) -> Draft:
    cell = judgement.table.cell(name, steps[0])
    stored = workbook[judgement.table.sheet].cells[cell]
    now = judgement.value_of(judgement.table.sheet, cell)
    return STALE_VALUE.found(
        STALE,
        places(judgement, name, steps),
        {"own": name_text(name), "stored": str(stored.value), "now": str(now)},
        found=stored.formula,
        relative_error=relative_error(stored.value, now if isinstance(now, float) else None),
    )


STALE_VALUE = Mistake(
    code="SP304",
    name="stale-value",
    summary="the stored value is not what the formula gives",
    explanation=(
        "The file shows numbers that its own formulas do not give: calculation was set to "
        "manual, or the file was written by a program that does not calculate. Recalculate it "
        "(Ctrl+Alt+F9) and save."
    ),
    wrong="E_total shows 0.3, its formula gives 0.2425",
    right="E_total shows 0.2425",
    cases=(STALE,),
    severity="warning",
    rule=_rule,
)
