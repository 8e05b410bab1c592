"""SP301: numbers where a formula belongs (a cell, a row, a whole table)."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.calculating.agreement import relative_error, told_apart
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.cells.given_texts import empty_taken
from sheetprop.mistakes.cells.typed import Held, Left, Typed, held_in, left_in, typed_in
from sheetprop.mistakes.finding import Draft
from sheetprop.mistakes.own_cells import expected_formula, own_formula, places
from sheetprop.mistakes.words import Case
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement

WRONG = Case(
    "wrong",
    "{own} is the typed number {number} where a formula belongs, and it is wrong: {own} is "
    "{right} there.",
    "A typed number stays as it is when anything in front of it changes, or is mended. Here "
    "belongs the formula of {own}, filled through the column.",
)
RIGHT_NOW = Case(
    "right now",
    "{own} is the typed number {number} where a formula belongs.",
    "It is right at the moment, but {own} follows no input, no weight and no learning rate any "
    "more, and has only the digits that were typed.",
    severity="warning",
)
FEW_DIGITS = Case(
    "too few digits",
    "{own} is the typed number {number} where a formula belongs.",
    "Whether it is right cannot be told: it, or a number that it is computed from, was typed with "
    "too few digits. With the formula in its place {own} is {right}.",
    severity="warning",
)
UNKNOWN = Case(
    "nothing to compare with",
    "{own} is the typed number {number} where a formula belongs.",
    "What {own} should be cannot be told, since cells that it is computed from hold no numbers. A "
    "typed number follows none of them.",
    severity="warning",
)

LEFT = Case(
    "another number midway",
    "{own} becomes {number} here, where the other rows carry {right} on.",
    "The network is trained on one example, so what is given stays as it is from one iteration to "
    "the next. From here on the run is another one; fill the column through from the row above.",
)
HELD = Case(
    "the same number midway",
    "{own} is the typed number {number} here, where the other rows carry it on.",
    "It is the right one at the moment, but does not follow when another one is written into the "
    "first row. Fill the column through from the row above.",
    severity="warning",
)
ODD = Case(
    "another number in one row",
    "{own} is {number} here, and {right} in all other rows.",
    "The formulas follow what is typed, so that nothing contradicts it. Where one example is "
    "trained on, what is given stays as it is: then this row has a slip of the keyboard.",
    severity="warning",
)


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield numbers where formulas belong, but for those of a column right as far as shown."""
    for judgement, typed in scene.once(typed_in):
        yield from (_draft(judgement, typed, *one) for one in _cases(typed) if one[1])
    yield from (_left(left) for left in left_in(scene) if not _begins_empty(left))
    yield from map(_held, held_in(scene))


def _begins_empty(left: Left) -> bool:
    """Whether the first row takes an empty cell, which is said: then the next one is right."""
    taken = ((name, step) for name, step, _ in empty_taken(left.judgement))
    return (left.quantity, left.step - 1) in taken


def _cases(typed: Typed) -> Iterator[tuple[Case, list[int]]]:
    """Yield the cases that typed numbers may be, and the steps that are."""
    yield WRONG, typed.wrong
    yield RIGHT_NOW, [] if typed.is_rounded else typed.agreeing
    yield UNKNOWN, [step for step in typed.untold if typed.right[step] is None]
    yield FEW_DIGITS, [step for step in typed.untold if typed.right[step] is not None]


def _draft(judgement: Judgement, typed: Typed, case: Case, steps: list[int]) -> Draft:
    first, quantity = steps[0], typed.quantity
    number, right = typed.numbers[first], typed.right[first]
    should_be = "" if right is None else told_apart(number, right)[1]
    return TYPED_NUMBER.found(
        case,
        places(judgement, quantity.name, steps),
        {"own": name_text(quantity.name), "number": f"{number:.12g}", "right": should_be},
        case.severity,  # what is right, or cannot be told, is one remark
        found=f"{number!r}",
        expected=expected_formula(judgement, quantity, first),
        relative_error=relative_error(number, right),
    )


def _left(left: Left) -> Draft:
    judgement, name = left.judgement, left.quantity
    number, right = told_apart(left.number, left.before)
    quantity = judgement.network.quantities[name]
    return TYPED_NUMBER.found(
        ODD if left.are_typed else LEFT,
        places(judgement, name, [left.step]),
        {"own": name_text(name), "number": number, "right": right},
        name,
        found=own_formula(judgement, name, left.step) or f"{left.number!r}",
        expected=None if left.are_typed else expected_formula(judgement, quantity, left.step),
        relative_error=relative_error(left.number, left.before),
    )


def _held(held: Held) -> Draft:
    judgement, name = held.judgement, held.quantity
    quantity = judgement.network.quantities[name]
    return TYPED_NUMBER.found(
        HELD,
        places(judgement, name, held.steps),
        {"own": name_text(name), "number": f"{held.number:.12g}"},
        HELD.severity,
        found=f"{held.number!r}",
        expected=expected_formula(judgement, quantity, held.steps[0]),
    )


TYPED_NUMBER = Mistake(
    code="SP301",
    name="typed-number",
    summary="numbers where a formula belongs (a cell, a row, a whole table)",
    explanation=(
        "A typed number does not follow when an input, a weight or the learning rate changes, "
        "and it carries only the digits that were typed."
    ),
    wrong="a_h1: 0.50687",
    right="a_h1 = 1/(1+EXP(-h1))",
    cases=(
        WRONG,
        RIGHT_NOW,
        UNKNOWN,
        FEW_DIGITS,
        LEFT,
        HELD,
        ODD,
    ),
    rule=_rule,
)
