"""SP101: a column of the worksheet is absent or empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Name, Number
from sheetprop.maths.trees.walk import replace_at, walk
from sheetprop.mistakes.base import Diagnosis, Mistake, Scene
from sheetprop.mistakes.cells.given_texts import TRUTHS, empty_taken, shown, texts_given
from sheetprop.mistakes.finding import Draft, Place
from sheetprop.mistakes.own_cells import cells_at, expected_formula, own_formula, places
from sheetprop.mistakes.words import Blanks, Case
from sheetprop.notation.address import address, fixed, on
from sheetprop.notation.relative import references
from sheetprop.notation.text import name_text, to_text
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.workbooks.sheet import Address, ExcelError, Workbook

NO_COLUMN = Case(
    "no column",
    "{formula} has no column.",
    "Each step of the calculation can be followed, and is checked, only where it has a column of "
    "its own. Add one for {own}.",
)
EMPTY_CELLS = Case(
    "empty cells",
    "{formula} has empty cells.",
    "In these iterations nothing says what {own} is, and a formula that refers to them takes 0 for "
    "it. Fill the column through.",
)
TEXT = Case(
    "text",
    "{own} has the text “{text}” where a formula belongs; Excel does not calculate it.",
    "A formula begins with =; anything else, and a formula in a cell formatted as text, is shown "
    "as it stands. Cells that refer to {own} do not get a number from it.",
)
TRUTH = Case(
    "a truth value",
    "{own} has {text}, a truth value, where a formula belongs.",
    "Arithmetic takes TRUE for 1 and FALSE for 0, while SUM and charts pass them over: neither is "
    "what {own} should be. Fill the column through.",
)
TEXT_LEADS_ON = replace(TEXT, name="text that others need", severity="error")
TEXT_GIVEN = Case(
    "a formula that gives a text",
    "{own} gives the text “{text}” where a number belongs.",
    "What stands between quotation marks, and what & joins, is a text: SUM and charts pass it "
    "over, and mostly nothing can be calculated from it. Put the formula of {own} in.",
)
NO_RATE = Case(
    "no learning rate",
    "takes η from {cell}, which is empty",
    "An empty cell counts as 0, so that no update changes anything. Write the learning rate into "
    "{cell}.",
    severity="error",
)
EMPTY_RATE = Case(
    "an empty cell of the learning rate",
    "η is taken from {cell}, which is empty.",
    "An empty cell counts as 0, so that no update changes anything. Write the learning rate into "
    "{cell}.",
    severity="error",
)
EMPTY_GIVEN = Case(
    "an empty cell of what is given",
    "{own} is taken from {cell}, which is empty.",
    "An empty cell counts as 0. Write the value into {cell}, or refer to the cell that has it.",
    severity="error",
)
EMPTY_CELL = Case(
    "an empty cell",
    "takes {belongs} from {cell}, which is empty",
    "An empty cell counts as 0. Write the value into {cell}, or refer to the cell that has it.",
    severity="error",
)


def _seen(judgement: Judgement, wrong: Wrong) -> Diagnosis | None:
    """Tell an empty cell, which counts as 0, where a given quantity or η belongs."""
    quantity = judgement.network.quantities[wrong.quantity]
    empty = _empty_cells(judgement, wrong) if quantity.tree is not None else []
    if len(empty) != 1 or quantity.tree is None:
        return None
    given = [*judgement.network.inputs, *judgement.network.targets]
    for name in [LEARNING_RATE] if quantity.is_given_first else given:
        for path, node in walk(wrong.tree):
            is_nothing = node == Number(0.0)
            if is_nothing and judgement.points.same(
                replace_at(wrong.tree, path, Name(name)), quantity.tree
            ):
                blanks: Blanks = {"belongs": Name(name), "cell": fixed(empty[0])}
                case = NO_RATE if name == LEARNING_RATE else EMPTY_CELL
                return Diagnosis(MISSING_QUANTITY, case, blanks, f"empty {name}")
    return None


def _empty_cells(judgement: Judgement, wrong: Wrong) -> list[Address]:
    """Return the empty cells that a formula refers to."""
    formula, sheet = own_formula(judgement, wrong.quantity, wrong.steps[0]), judgement.table.sheet
    found = dict.fromkeys(references(formula))
    return [cell for cell in found if judgement.value_of(sheet, cell) is None]


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield columns that are absent or empty, and texts where formulas belong."""
    for judgement in scene.judgements:
        yield from _missing(judgement)
        yield from _texts(judgement, scene.workbook)
        yield from _texts_given(judgement)
        yield from _empty_rate(judgement)
        yield from _empty_given(judgement)


def _empty_given(judgement: Judgement) -> Iterator[Draft]:
    """Yield inputs, targets and first weights that take an empty cell, and that cell."""
    for name, step, (sheet, cell) in empty_taken(judgement):
        shown = fixed(cell) if sheet == judgement.table.sheet else on(sheet, cell)
        where = (*places(judgement, name, [step]), Place(sheet, address(*cell)))
        blanks: Blanks = {"own": Name(name), "cell": shown}
        found = own_formula(judgement, name, step)
        yield MISSING_QUANTITY.found(EMPTY_GIVEN, where, blanks, shown, found=found)


def _empty_rate(judgement: Judgement) -> Iterator[Draft]:
    """Yield the cell that the updates take the learning rate from, where nothing stands in it."""
    if judgement.rate.cell is None or judgement.value_of(*judgement.rate.cell) is not None:
        return
    sheet, cell = judgement.rate.cell
    shown = fixed(cell) if sheet == judgement.table.sheet else on(sheet, cell)
    place = Place(sheet, address(*cell), LEARNING_RATE)
    yield MISSING_QUANTITY.found(EMPTY_RATE, (place,), {"cell": shown}, shown)


def _missing(judgement: Judgement) -> Iterator[Draft]:
    for name, quantity in judgement.network.quantities.items():
        line = judgement.lines.get(name)
        if line is not None and judgement.table.is_exercise:
            continue  # not attempted, which is no mistake
        blanks = [s for s in line.blanks if not _is_only_updated(judgement, s)] if line else []
        if judgement.table.holds(name) and not blanks:
            continue
        if line is None and judgement.may_be_left_out(name):
            continue
        if line is None and name in judgement.aliases.values():
            continue  # given in a cell elsewhere
        right = f" = {to_text(quantity.tree)}" if quantity.tree else ""
        case = EMPTY_CELLS if line else NO_COLUMN
        yield MISSING_QUANTITY.found(
            case,
            places(judgement, name, blanks) or (Place(judgement.table.sheet, "", name),),
            {"own": Name(name), "formula": f"{name_text(name)}{right}"},
            case.name,
            expected=expected_formula(judgement, quantity, blanks[0]) if blanks else None,
        )


def _is_only_updated(judgement: Judgement, step: int) -> bool:
    """Whether a row at the end holds the weights just updated, and neither inputs nor targets."""
    given = (judgement.lines.get(name) for name in judgement.network.data)
    is_blank = all(step in line.blanks for line in given if line is not None)
    return step >= judgement.needed_steps and is_blank


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
        text = shown(values[steps[0]])
        leads_on = _leads_to_errors(judgement, workbook, name, steps)
        yield MISSING_QUANTITY.found(
            TRUTH if text in TRUTHS else TEXT_LEADS_ON if leads_on else TEXT,
            places(judgement, name, steps),
            {"own": Name(name), "text": text},
            "text",
            where=cells_at(judgement, steps[0]),
            found=text,
            expected=expected_formula(judgement, quantity, steps[0]),
        )


def _texts_given(judgement: Judgement) -> Iterator[Draft]:
    """Yield formulas that are not read, and give a text where a number belongs."""
    by_text: dict[tuple[str, str], list[int]] = {}
    for name, step, text in texts_given(judgement):
        by_text.setdefault((name, text), []).append(step)
    for (name, text), steps in by_text.items():
        yield MISSING_QUANTITY.found(
            TEXT_GIVEN,
            places(judgement, name, steps),
            {"own": Name(name), "text": text},
            "text given",
            where=cells_at(judgement, steps[0]),
            found=own_formula(judgement, name, steps[0]),
            expected=expected_formula(judgement, judgement.network.quantities[name], steps[0]),
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
    cases=(
        NO_COLUMN,
        EMPTY_CELLS,
        TEXT,
        TRUTH,
        TEXT_LEADS_ON,
        TEXT_GIVEN,
        NO_RATE,
        EMPTY_RATE,
        EMPTY_GIVEN,
        EMPTY_CELL,
    ),
    severity="warning",
    rank=1,
    seen=_seen,
    rule=_rule,
)
