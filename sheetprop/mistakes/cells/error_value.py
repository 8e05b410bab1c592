"""SP305: a cell shows an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetprop.calculating.engine_values import CIRCLE
from sheetprop.maths.trees.expr import Name
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.cells.error_sources import circle_in, helpers_behind, inherits
from sheetprop.mistakes.cells.given_texts import (
    OF_GIVEN,
    TEXT_TAKEN,
    TRUTHS,
    case_of_given,
    given_texts,
    texts_taken,
)
from sheetprop.mistakes.cells.suspects import Suspects, among, suspects_of
from sheetprop.mistakes.finding import Draft, Place
from sheetprop.mistakes.own_cells import cells_at, expected_formula, places
from sheetprop.mistakes.words import Blanks, Case
from sheetprop.notation.address import address
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import ExcelError, Workbook

SHOWS = "{own} shows {error}."
OF_ERROR = {
    "#REF!": Case(
        "a lost reference",
        SHOWS,
        "#REF! stands where a reference was: the cell it meant was deleted, or a formula was "
        "copied to where it would point outside the sheet. Put the right formula in.",
    ),
    "#NAME?": Case(
        "an unknown name",
        SHOWS,
        "The program knows no function or name that is written so. Compare the spelling in {own}, "
        "also that of EXP, letter by letter.",
    ),
    "#VALUE!": Case(
        "a text for a number",
        SHOWS,
        "{own} is computed from something that is no number, mostly a text or a number typed as "
        "text: look at the cells it refers to.",
    ),
    "#DIV/0!": Case(
        "a division by nothing",
        SHOWS,
        "{own} divides by a cell that is 0 or empty: look at what stands below its fraction line.",
    ),
}
OTHER = Case(
    "another error",
    SHOWS,
    "The cell has no number, and neither has anything computed from {own}. Put the right formula "
    "in.",
)
TOO_LARGE = Case(
    "too large",
    "{own} shows {error}: the formula is right, but its result is too large for a spreadsheet.",
    "The run diverges: the numbers grow from iteration to iteration until no cell can hold them. A "
    "smaller learning rate keeps them in bounds.",
    severity="note",
)
SATURATED = Case(
    "a saturated neuron",
    "{own} shows {error}: the formula is right, but it divides by a number that is 0 here, such as "
    "1 - a of a saturated neuron.",
    "To the digits that a spreadsheet has, the activation is exactly 0 or 1. With smaller weights "
    "or a smaller learning rate it stays in between.",
    severity="note",
)
BEYOND = {"#NUM!": TOO_LARGE, "#DIV/0!": SATURATED}
"""Errors that a right formula shows for the numbers of one worksheet."""

IN_A_CIRCLE = Case(
    "a circle",
    "Each of these cells needs the next, in a circle, and none can be calculated: {through}.",
    "Each cell waits for the one behind it, so none of them ever has a number. One of the "
    "references has to go to the iteration before, or to another column.",
    severity="warning",
)
IN_ITSELF = Case(
    "itself",
    "{through} refers to itself, and can never be calculated.",
    "To calculate it the program would have to know the result already. One of the references has "
    "to go to the iteration before, or to another column. Where iterative calculation is switched "
    "on, each new number takes the place of the one before, and no iteration can be checked.",
    severity="warning",
)
CASES = (*OF_ERROR.values(), OTHER, TOO_LARGE, SATURATED, IN_A_CIRCLE, IN_ITSELF, *OF_GIVEN)

MOST_SHOWN = 8
"""Cells of a circle that a sentence names."""

Step = tuple[str, int]


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield error values; those that only follow from another cell's error are not repeated."""
    for judgement, named in zip(scene.judgements, scene.named, strict=True):
        accused = {(wrong.quantity, step) for wrong, _ in named for step in wrong.steps}
        others = [one for one in scene.judgements if one is not judgement]
        yield from _errors((judgement, *others), scene.workbook, accused)
        yield from _circle_in(judgement, scene.workbook, accused)
    for judgement in scene.judgements:
        said = list(given_texts(judgement, scene.workbook))
        for name, text, where in said:
            blanks: Blanks = {"own": Name(name), "text": text}
            yield ERROR_VALUE.found(case_of_given(text), where, blanks, "given", text, found=text)
        known = {name for name, _, _ in said}
        for name, text, formula, where in texts_taken(judgement):
            if name in known:
                continue
            blanks = {"own": Name(name), "text": text}
            case = case_of_given(text) if text in TRUTHS else TEXT_TAKEN
            yield ERROR_VALUE.found(case, where, blanks, "taken", text, found=formula)


def _errors(tables: Sequence[Judgement], workbook: Workbook, accused: set[Step]) -> Iterator[Draft]:
    judgement = tables[0]
    broken, suspects = _broken(judgement), suspects_of(judgement)
    if suspects is not None:
        suspects = {a: value for a, value in suspects.items() if isinstance(value, ExcelError)}
    for name in judgement.lines:
        shown = dict(_shown(judgement, workbook, name, suspects))
        own = {s for s in shown if (name, s) in broken or not inherits(tables, workbook, name, s)}
        own |= _with_own(judgement, name, own) & set(shown)
        by_error: dict[str, list[int]] = {}
        for step in sorted(own):
            if (name, step) not in accused:
                by_error.setdefault(shown[step], []).append(step)
        for error, steps in by_error.items():
            yield _draft(tables, workbook, name, error, steps)


def _broken(judgement: Judgement) -> set[Step]:
    """Return the steps whose formulas have no value whatever they refer to, such as x/0."""
    return {
        (wrong.quantity, step)
        for wrong in judgement.wrong
        if judgement.has_value(wrong.tree) is False
        for step in wrong.steps
    }


def _with_own(judgement: Judgement, name: str, own: set[int]) -> set[int]:
    """Return the steps as unreadable, for the same reason, as one that has an error of its own.

    From the second on, such a formula also meets the errors that the first has led to.
    """
    unread = [one for one in judgement.unread if one.quantity == name]
    reasons = {one.reason for one in unread if own & set(one.steps)}
    return {step for one in unread if one.reason in reasons for step in one.steps}


def _shown(
    judgement: Judgement, workbook: Workbook, name: str, suspects: Suspects
) -> Iterator[tuple[int, str]]:
    """Yield the steps that show an error, by a formula or typed over it, and which."""
    line, cells = judgement.lines[name], workbook[judgement.table.sheet].cells
    for step, _, value in among(suspects, judgement, line):
        if isinstance(value, ExcelError) and value != CIRCLE:  # said once for all
            yield step, str(value)
    for step in line.others:
        value = cells[judgement.table.cell(name, step)].value
        if isinstance(value, ExcelError):
            yield step, str(value)


def _is_right(judgement: Judgement, name: str, step: int) -> bool:
    """Whether a formula computes what belongs there: what is given computes nothing."""
    quantity = judgement.network.quantities[name]
    if quantity.tree is None or (quantity.is_given_first and step == 0):
        return False
    wrong = any(one.quantity == name and step in one.steps for one in judgement.wrong)
    return not wrong and not any(
        one.quantity == name and step in one.steps for one in judgement.unread
    )


def _draft(
    tables: Sequence[Judgement], workbook: Workbook, name: str, error: str, steps: list[int]
) -> Draft:
    judgement = tables[0]
    beyond = BEYOND.get(error) if _is_right(judgement, name, steps[0]) else None
    first = workbook[judgement.table.sheet].cells[judgement.table.cell(name, steps[0])]
    helpers = () if beyond else helpers_behind(tables, workbook, name, steps)
    from_there = f", which comes from {helpers[0].range}" if helpers else ""
    return ERROR_VALUE.found(
        beyond or OF_ERROR.get(error, OTHER),
        (*places(judgement, name, steps), *helpers),
        {"own": Name(name), "error": error},
        error,
        where=cells_at(judgement, steps[0]),
        message=f"{name_text(name)} shows {error}{from_there}." if helpers else None,
        found=first.formula or error,
        expected=expected_formula(judgement, judgement.network.quantities[name], steps[0]),
    )


def _circle_in(judgement: Judgement, workbook: Workbook, accused: set[Step]) -> Iterator[Draft]:
    """Yield one circle of cells that need each other, said once for a table.

    Of a cell that refers to itself, and is called wrong for that, nothing more is said.
    """
    circle = circle_in(judgement, workbook)
    if not circle:
        return
    table = judgement.table
    shown = [address(*at) for _, at in circle[:MOST_SHOWN]]
    back = [shown[0]] if len(circle) > 1 else []
    through = " → ".join([*shown, *(["…"] if len(circle) > MOST_SHOWN else []), *back])
    known = {table.cell(q, s): (q, s) for q in table.lines for s in range(table.iterations)}
    if len(circle) == 1 and known.get(circle[0][1]) in accused:
        return
    quantities = {cell: name for cell, (name, _) in known.items()}
    places = tuple(Place(sheet, address(*at), quantities.get(at)) for sheet, at in circle)
    yield ERROR_VALUE.found(
        IN_A_CIRCLE if len(circle) > 1 else IN_ITSELF,
        places[:MOST_SHOWN],
        {"through": through},
        CIRCLE,
        found=workbook[circle[0][0]].cells[circle[0][1]].formula,
    )


ERROR_VALUE = Mistake(
    code="SP305",
    name="error-value",
    summary="#REF!, #NAME?, #DIV/0! …",
    explanation=(
        "The cell has no number: a reference was deleted, a name is misspelt or a division "
        "has no result, and everything computed from it fails too."
    ),
    wrong="h1 = w1*#REF!+w2*i2",
    right="h1 = w1*i1+w2*i2",
    cases=CASES,
    rule=_rule,
)
