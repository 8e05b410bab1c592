"""SP301: numbers where a formula belongs (a cell, a row, a whole table)."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.calculating.agreement import relative_error
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.cells.typed import Typed, typed_in
from sheetprop.mistakes.finding import Draft
from sheetprop.mistakes.own_cells import expected_formula, places
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield numbers where formulas belong, but for a whole column that is right as far as shown."""
    for judgement, typed in scene.once(typed_in):
        if not typed.is_rounded:
            right = [step for step in typed.steps if step not in set(typed.wrong)]
            for severity, steps in (("error", typed.wrong), ("warning", right)):
                if steps:
                    yield _draft(judgement, typed, severity, steps)


def _draft(judgement: Judgement, typed: Typed, severity: str, steps: list[int]) -> Draft:
    first, quantity = steps[0], typed.quantity
    number, right = typed.numbers[first], typed.right[first]
    name = name_text(quantity.name)
    said = f"{name} is the typed number {number:.12g} where a formula belongs"
    if severity == "error":
        said += f", and it is wrong: {name} is {right:.12g} there"
    return TYPED_NUMBER.found(
        places(judgement, quantity.name, steps),
        said + ".",
        severity,
        severity=severity,
        found=f"{number!r}",
        expected=expected_formula(judgement, quantity, first),
        relative_error=relative_error(number, right),
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
    rule=_rule,
)
