"""SP212: a reference to another row's iteration."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE, Quantity
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.mistakes.base import Diagnosis, Mistake, Subject, Variant
from sheetprop.mistakes.trees import kind_of, occurrences, renamed, replacing
from sheetprop.mistakes.words import Blanks, Case
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement, Wrong

FARTHEST = 4

SAYS = "takes {what} from {where}, not {right}"
IN_UPDATE = Case(
    "in an update",
    SAYS,
    "An update looks back by exactly one iteration: the weight and the gradient it goes on from "
    "stand in the line before it, which for {what} is {belongs}.",
)
WITHIN = Case(
    "within an iteration",
    SAYS,
    "Within an iteration everything is computed from that iteration's own values: {own} needs "
    "{belongs}, from its own line.",
)
RATE = Case(
    "the rate of another row",
    "takes η from another row than the other updates, {apart} {way}",
    "There is a learning rate for each iteration. Every update takes that of the same row as the "
    "others do, counted from its own; {own} takes one {apart} {way}.",
)
ITSELF = Case(
    "itself",
    "refers to itself",
    "To calculate its cell the program would have to know the result already, so {own} never has a "
    "value. Every reference of {own} = {right} goes to another cell.",
)
WHOLE_ROW = Case(
    "everything from another row",
    "takes everything from {where}, not {right}",
    "All its references are moved by the same number of rows, as where a formula is copied with "
    "them. {own} needs the cells of its own line: fill the column again from a row that is right.",
)

IN_ROWS = Case(
    "in rows",
    SAYS,
    "Each row is computed from its own columns, and from the row before where something goes on: "
    "{own} needs {belongs}.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    for old in occurrences(subject.tree):
        for shift in range(-FARTHEST, FARTHEST + 1):
            new = Name(old.name, shift)
            is_itself = new == Name(subject.quantity.name)  # no cell refers to itself
            if shift != old.shift and old.name in subject.lesson.quantities and not is_itself:
                yield from _told(replacing(subject.tree, old, new), old, new, subject)


def _of_rate(tree: Expr, taken: Name, subject: Subject) -> Iterator[Variant]:
    """Yield a tree with η for that of another row, which only a column of rates has."""
    count = abs(taken.shift)
    blanks: Blanks = {
        "own": Name(subject.quantity.name),
        "apart": f"{count} iteration{'s' if count > 1 else ''}",
        "way": "too early" if taken.shift < 0 else "too late",
    }
    for mended in replacing(tree, taken, Name(LEARNING_RATE)):
        yield Variant(mended, RATE, blanks, f"rate {taken.shift:+d}")


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    for leaf in occurrences(tree):
        if leaf.name == LEARNING_RATE and leaf.shift:
            yield from _of_rate(tree, leaf, subject)
    for taken, belongs in renamed(tree, subject.lesson):
        is_updated = taken.shift == 1 and kind_of(taken, subject.lesson) == "weight"
        if taken.name == belongs.name and not is_updated:
            yield from _told(replacing(tree, taken, belongs), belongs, taken, subject)


def _told(trees: Iterator[Expr], belongs: Name, taken: Name, subject: Subject) -> Iterator[Variant]:
    is_network = isinstance(subject.lesson, Network)
    case = IN_UPDATE if subject.quantity.is_given_first else WITHIN if is_network else IN_ROWS
    noun = "iteration" if is_network else "row"
    blanks: Blanks = {
        "own": Name(subject.quantity.name),
        "what": name_text(belongs.name),
        "belongs": belongs,
        "where": _line(taken.shift, noun),
        "right": _line(belongs.shift, noun),
    }
    for tree in trees:
        yield Variant(tree, case, blanks, f"{taken.shift - belongs.shift:+d}")


def _seen(judgement: Judgement, wrong: Wrong) -> Diagnosis | None:
    """Tell a cell that refers to itself, and one whose references are all moved alike."""
    quantity = judgement.network.quantities[wrong.quantity]
    if quantity.tree is None:
        return None
    own = Name(quantity.name)
    if own in names(wrong.tree):
        blanks: Blanks = {"own": own, "right": quantity.tree}
        return Diagnosis(WRONG_ITERATION, ITSELF, blanks, "itself")
    shift = _common_shift(wrong.tree, quantity)
    if not shift or not judgement.points.same(_moved(wrong.tree, -shift), quantity.tree):
        return None
    blanks = {"own": own, "where": _line(shift, "iteration"), "right": "its own"}
    return Diagnosis(WRONG_ITERATION, WHOLE_ROW, blanks, f"all {shift:+d}")


def _common_shift(tree: Expr, quantity: Quantity) -> int:
    """Return by how many rows all references of a formula within an iteration are moved.

    0 where it has one reference, which is told by its name.
    """
    leaves = [leaf for leaf in names(tree) if leaf.name != LEARNING_RATE]
    shifts = {leaf.shift for leaf in leaves}
    is_alike = len(leaves) > 1 and len(shifts) == 1 and not quantity.is_given_first
    return shifts.pop() if is_alike else 0


def _moved(tree: Expr, by: int) -> Expr:
    return substitute(
        tree, lambda leaf: Name(leaf.name, leaf.shift + by) if isinstance(leaf, Name) else None
    )


def _line(shift: int, noun: str) -> str:
    if shift == 0:
        return f"this {noun}"
    if abs(shift) == 1:
        return f"the {noun} before" if shift < 0 else f"the next {noun}"
    return f"{abs(shift)} {noun}s {'before' if shift < 0 else 'later'}"


WRONG_ITERATION = Mistake(
    code="SP212",
    name="wrong-iteration",
    summary="a reference to another row's iteration",
    explanation=(
        "Within an iteration everything is computed from that iteration's own values; only an "
        "update looks back, by exactly one."
    ),
    wrong="a_h1 = 1/(1+EXP(-h1[+3]))",
    right="a_h1 = 1/(1+EXP(-h1))",
    cases=(IN_UPDATE, WITHIN, IN_ROWS, RATE, ITSELF, WHOLE_ROW),
    rank=120,
    variants=_variants,
    undone=_undone,
    seen=_seen,
)
