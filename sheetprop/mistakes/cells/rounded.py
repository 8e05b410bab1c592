"""SP307: right only to the digits shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheetprop.calculating.agreement import relative_error, told_apart
from sheetprop.calculating.array_functions import argument_text
from sheetprop.calculating.loops.fills import Fill
from sheetprop.errors import FormulaError
from sheetprop.maths.trees.expr import Name, Number, Power
from sheetprop.maths.trees.walk import nodes
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.cells.typed import Typed, typed_in
from sheetprop.mistakes.finding import Draft
from sheetprop.mistakes.own_cells import expected_formula, places
from sheetprop.mistakes.words import Case
from sheetprop.notation.text import name_text
from sheetprop.tables.digits import is_short_e
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.readings.parsed import parsed

TYPED = Case(
    "typed",
    "{own} is typed, right only to the digits shown: {number} for {right}.",
    "What is computed from {own} starts with these few digits, and each iteration starts from the "
    "one before. Put the formula in: a cell can show fewer digits than it has.",
)
BY_FUNCTION = Case(
    "by a function",
    "{own} is rounded to {digits}, and everything computed from it has no more.",
    "Rounding is for showing numbers: a format does that and leaves the value alone. What is lost "
    "in {own} adds up from iteration to iteration, and small gradients become 0.",
)
FAR_OFF = Case(
    "far off by a function",
    "{own} is rounded to {digits}, which leaves {shown} of {right}.",
    "Rounding is for showing numbers: a format does that and leaves the value alone. What stands "
    "here is another number, and everything computed from {own} goes on with it.",
    severity="error",
)

SHORT_E = Case(
    "e with few digits",
    "{own} has e typed as {number}, right only to these digits.",
    "e has no last digit: EXP(x) takes as many as a cell can hold, and is what a reader expects.",
)

FAR = 0.05
"""Relative difference from which a rounded number tells no longer what it is rounded from."""

EXACT_DIGITS = 15
"""Rounding to so many decimals changes nothing."""

_ROUND = re.compile(r"\b(?:ROUND|ROUNDUP|ROUNDDOWN)\(", re.IGNORECASE)


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield typed columns and formulas that are right but for the digits they lose."""
    for judgement, typed in scene.once(typed_in):
        if typed.is_rounded:
            yield _typed(judgement, typed)
    for judgement in scene.judgements:
        for name, line in judgement.lines.items():
            for fill in line.fills:
                digits = _digits(fill.formula.formula)
                if digits is not None and name in judgement.network.quantities:
                    yield from _rounded(judgement, name, fill, digits)
                for number in _short_e(fill.formula.formula):
                    yield _with_short_e(judgement, name, fill, number)


def _typed(judgement: Judgement, typed: Typed) -> Draft:
    first, name = typed.first_rounded, name_text(typed.quantity.name)
    number, right = typed.numbers[first], typed.right[first]
    assert right is not None
    start = min(typed.agreeing)  # the formula is that of the first cell, wherever digits are lost
    return ROUNDED.found(
        TYPED,
        places(judgement, typed.quantity.name, typed.agreeing),
        {"own": name, "number": f"{number!r}", "right": told_apart(number, right)[1]},
        "typed",
        found=f"{typed.numbers[start]!r}",
        expected=expected_formula(judgement, typed.quantity, start),
        relative_error=relative_error(number, right),
    )


def _digits(formula: str) -> int | None:
    """Return the fewest decimals that a formula rounds to, None where it keeps all."""
    found = [argument_text(formula, m.end()).rpartition(",")[2] for m in _ROUND.finditer(formula)]
    numbers = [int(text) for text in found if re.fullmatch(r"\s*-?\d+\s*", text)]
    fewest = min(numbers, default=None)
    return fewest if fewest is not None and fewest < EXACT_DIGITS else None


def _rounded(judgement: Judgement, name: str, fill: Fill, digits: int) -> Iterator[Draft]:
    """Yield the cells of a fill that rounding leaves right to the digits shown, and the others."""
    far = [step for step in fill.steps if _is_far_off(judgement, name, step)]
    near = [step for step in fill.steps if step not in far]
    for case, steps in ((BY_FUNCTION, near), (FAR_OFF, far)):
        if steps:
            yield _by_function(judgement, name, fill, digits, case, steps)


def _is_far_off(judgement: Judgement, name: str, step: int) -> bool:
    """Whether rounding alone makes another number of a cell: what is wrong besides is said."""
    is_start = judgement.network.quantities[name].is_given_first and step == 0
    is_wrong = any(one.quantity == name and step in one.steps for one in judgement.wrong)
    right, shown = judgement.own_value(name, step), judgement.student_value(Name(name), step)
    if is_start or is_wrong or right is None or shown is None:
        return False
    return abs(shown - right) > FAR * abs(right)


def _by_function(
    judgement: Judgement, name: str, fill: Fill, digits: int, case: Case, steps: list[int]
) -> Draft:
    right = judgement.own_value(name, steps[0])
    shown = judgement.student_value(Name(name), steps[0])
    return ROUNDED.found(
        case,
        places(judgement, name, steps),
        {
            "own": name_text(name),
            "digits": f"{digits} decimal{'s' * (digits != 1)}",
            "shown": f"{shown:.6g}" if shown is not None else "",
            "right": f"{right:.6g}" if right is not None else "",
        },
        (digits, case.severity),
        found=fill.formula.at(*judgement.table.cell(name, steps[0])),
        expected=expected_formula(judgement, judgement.network.quantities[name], steps[0]),
    )


def _short_e(formula: str) -> list[float]:
    """Return e as a formula's powers have it, where that has fewer digits than a cell."""
    if "2.7" not in formula:
        return []
    try:
        powers = [node for node in nodes(parsed(formula)) if isinstance(node, Power)]
    except FormulaError:
        return []
    bases = [power.children[0] for power in powers]
    found = (base.value for base in bases if isinstance(base, Number) and is_short_e(base))
    return list(dict.fromkeys(found))


def _with_short_e(judgement: Judgement, name: str, fill: Fill, number: float) -> Draft:
    quantity = judgement.network.quantities[name]
    return ROUNDED.found(
        SHORT_E,
        places(judgement, name, fill.steps),
        {"own": name_text(name), "number": f"{number!r}"},
        number,
        found=fill.formula.at(*judgement.table.cell(name, fill.steps[0])),
        expected=expected_formula(judgement, quantity, fill.steps[0]),
    )


ROUNDED = Mistake(
    code="SP307",
    name="rounded",
    summary="right only to the digits shown",
    explanation=(
        "Rounding is for showing numbers, not for calculating with them: format the cell instead. "
        "Each iteration starts from the one before, so the lost digits add up, and small "
        "gradients vanish."
    ),
    wrong="a_h1 = ROUND(1/(1+EXP(-h1)),2)",
    right="a_h1 = 1/(1+EXP(-h1))",
    cases=(
        FAR_OFF,
        TYPED,
        BY_FUNCTION,
        SHORT_E,
    ),
    severity="warning",
    rule=_rule,
)
