"""SP101: a column of the worksheet is absent or empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.finding import Draft, Place
from sheetprop.mistakes.own_cells import expected_formula, places
from sheetprop.notation.relative import references
from sheetprop.notation.text import name_text, to_text
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import ExcelError, Workbook


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield columns that are absent or empty, and texts where formulas belong."""
    for judgement in scene.judgements:
        yield from _missing(judgement)
        yield from _texts(judgement, scene.workbook)


def _missing(judgement: Judgement) -> Iterator[Draft]:
    for name, quantity in judgement.network.quantities.items():
        line = judgement.lines.get(name)
        if line is not None and judgement.table.is_exercise:
            continue  # not attempted, which is no mistake
        if judgement.table.holds(name) and (line is None or not line.blanks):
            continue
        blanks = line.blanks if line else []
        right = f" = {to_text(quantity.tree)}" if quantity.tree else ""
        said = "has empty cells" if line else "has no column"
        yield MISSING_QUANTITY.found(
            places(judgement, name, blanks) or (Place(judgement.table.sheet, "", name),),
            f"{name_text(name)}{right} {said}.",
            said,
            expected=expected_formula(judgement, quantity, blanks[0]) if blanks else None,
        )


def _texts(judgement: Judgement, workbook: Workbook) -> Iterator[Draft]:
    """Yield texts where formulas belong: a formula without its =, a number as text, a remark."""
    cells = workbook[judgement.table.sheet].cells
    for name, line in judgement.lines.items():
        quantity = judgement.network.quantities[name]
        first = 1 if quantity.is_given_first else 0
        values = {step: cells[judgement.table.cell(name, step)].value for step in line.others}
        steps = [s for s, v in values.items() if s >= first and not isinstance(v, ExcelError)]
        if quantity.tree is None or not steps:
            continue
        text = str(values[steps[0]])
        yield MISSING_QUANTITY.found(
            places(judgement, name, steps),
            f"{name_text(name)} has the text “{text}” where a formula belongs; Excel does not "
            "calculate it.",
            "text",
            severity="error" if _leads_to_errors(judgement, workbook, name, steps) else None,
            found=text,
            expected=expected_formula(judgement, quantity, steps[0]),
        )


def _leads_to_errors(
    judgement: Judgement, workbook: Workbook, name: str, steps: Iterable[int]
) -> bool:
    """Whether a formula that refers to one of these cells shows an error."""
    sheet, cells = judgement.table.sheet, {judgement.table.cell(name, step) for step in steps}
    return any(
        content.formula is not None
        and cells & set(references(content.formula))
        and isinstance(judgement.value_of(sheet, cell), ExcelError)
        for cell, content in workbook[sheet].cells.items()
    )


MISSING_QUANTITY = Mistake(
    code="SP101",
    name="missing-quantity",
    summary="a column of the worksheet is absent or empty",
    explanation=(
        "Every quantity of the forward pass, the errors, the gradients and the updates has "
        "its own column, so that each step can be followed."
    ),
    wrong="E_total: (empty)",
    right="E_total = E1+E2",
    severity="warning",
    rule=_rule,
)
