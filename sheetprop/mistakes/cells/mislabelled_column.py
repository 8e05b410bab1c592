"""SP102: the header says one quantity, the formulas compute another."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.names import activation_of
from sheetprop.maths.trees.expr import Name
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.finding import Draft, Place
from sheetprop.mistakes.words import Case
from sheetprop.notation.text import name_text
from sheetprop.tables.headers import quantity_named
from sheetprop.tables.judgement import Judgement

HEADER = Case(
    "header",
    "the header says {label}, but the formulas below it are those of {own}.",
    "The numbers are right, but whoever reads the sheet takes them for {label}. Write {own} into "
    "the header.",
)


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield headers that say something else than their columns compute."""
    for judgement in scene.judgements:
        for name in judgement.lines:
            label = judgement.table.labels.get(name)
            said = quantity_named(label)
            if label is None or said in (None, name) or _is_told_apart(judgement, name, said):
                continue
            yield _draft(judgement, name, label)


def _is_told_apart(judgement: Judgement, name: str, said: str | None) -> bool:
    """Whether a neuron's name stands for its activation: its sum is called otherwise, “h1 in”."""
    if said is None or name != activation_of(said) or said not in judgement.lines:
        return False
    other = judgement.table.labels.get(said)
    return other is None or quantity_named(other) is None


def _draft(judgement: Judgement, name: str, label: str) -> Draft:
    table = judgement.table
    return MISLABELLED_COLUMN.found(
        HEADER,
        (Place(table.sheet, table.range_text(name), name),),
        {"label": label.strip(), "own": Name(name)},
        found=label.strip(),
        expected=name_text(name),
    )


MISLABELLED_COLUMN = Mistake(
    code="SP102",
    name="mislabelled-column",
    summary="the header says one quantity, the formulas compute another",
    explanation=(
        "The formulas are right, but the text above them names something else, so that whoever "
        "reads the sheet follows the wrong column. Correct the header."
    ),
    wrong="header h2 over the formulas of a_h2",
    right="header a_h2 over the formulas of a_h2",
    cases=(HEADER,),
    severity="warning",
    rule=_rule,
)
