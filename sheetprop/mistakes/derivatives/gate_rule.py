"""SP241: a gradient comes back through a gate by the rule of another gate."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import (
    Call,
    Expr,
    Name,
    Negative,
    Number,
    Sum,
    factors_of,
    product,
    terms_of,
    total,
)
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.derivatives.matrices import GATES, lesson_name, parts
from sheetprop.mistakes.words import Blanks, Case

NOT_SWAPPED = Case(
    "not swapped",
    "multiplies by the wire's own value, where multiply swaps",
    "A product changes by the other factor when one factor changes by 1: {own} is {right}, the "
    "gradient times the value of the other wire.",
)
TO_BOTH = Case(
    "routed to both",
    "takes the gradient whichever input is larger",
    "Only the larger input changes the output of max, the smaller one nothing: {own} is {right}, "
    "the whole gradient or 0.",
)
TO_OTHER = Case(
    "routed to the other",
    "takes the gradient where the other input is the larger one",
    "max gives its gradient to the input that is the largest: {own} is {right}.",
)
NOT_DISTRIBUTED = Case(
    "not distributed",
    "does not pass the gradient on as it is, which add does",
    "A sum changes by as much as each of its terms: {own} is {right}, neither halved nor "
    "multiplied by a value.",
)
NOT_ADDED = Case(
    "not added up",
    "leaves out what comes back through another branch",
    "The wire goes into several gates, and what comes back from them is added up: {own} is "
    "{right}.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    slope = parts(subject.quantity.name)
    if lesson_name(subject.lesson) != GATES or slope is None:
        return
    output, wire = slope
    terms = terms_of(subject.tree)
    for place, term in enumerate(terms):
        for case, changed in _changed(term, wire, f"d{output}/d", subject):
            tree = total([*terms[:place], changed, *terms[place + 1 :]])
            yield Variant(tree, case, _blanks(subject), case.name)
        if len(terms) > 1:
            rest = total([*terms[:place], *terms[place + 1 :]])
            yield Variant(rest, NOT_ADDED, _blanks(subject), NOT_ADDED.name)


def _changed(term: Expr, wire: str, gradient: str, subject: Subject) -> Iterator[tuple[Case, Expr]]:
    """Yield what one way back becomes by the rule of another gate."""
    inner = term.operand if isinstance(term, Negative) else term
    factors = factors_of(inner)
    coming, slopes = factors[0], factors[1:]
    if not (isinstance(coming, Name) and coming.name.startswith(gradient)):
        return
    match slopes:
        case ():
            yield NOT_DISTRIBUTED, _signed(term, coming / 2)
            values = [one for one in subject.lesson.quantities if "/" not in one]
            for value in [wire, *(one for one in values if one != wire)]:
                yield NOT_DISTRIBUTED, _signed(term, product([coming, Name(value)]))
        case (Name(other),) if other != wire:
            yield NOT_SWAPPED, _signed(term, product([coming, Name(wire)]))
        case (Sum(branches),):
            for k in range(len(branches)):
                rest = total([*branches[:k], *branches[k + 1 :]])
                kept = coming if rest == Number(1.0) else product([coming, rest])
                yield NOT_ADDED, _signed(term, kept)
        case (Call("IF", (condition, Number(yes), Number(no))),):
            yield TO_BOTH, _signed(term, coming)
            turned = Call("IF", (condition, Number(no), Number(yes)))
            yield TO_OTHER, _signed(term, product([coming, turned]))


def _signed(term: Expr, changed: Expr) -> Expr:
    return Negative(changed) if isinstance(term, Negative) else changed


def _blanks(subject: Subject) -> Blanks:
    return {"own": Name(subject.quantity.name), "right": subject.tree}


GATE_RULE = Mistake(
    code="SP241",
    name="gate-rule",
    summary="a gradient comes back through a gate by the rule of another gate",
    explanation=(
        "Add distributes the gradient to its inputs as it is, multiply swaps the values of its "
        "inputs, max routes the gradient to the larger input alone; and where a wire goes into "
        "several gates, what comes back from them is added up."
    ),
    wrong="df/dx = df/dg1*x",
    right="df/dx = df/dg1*y",
    cases=(NOT_SWAPPED, TO_BOTH, TO_OTHER, NOT_DISTRIBUTED, NOT_ADDED),
    rank=11,
    is_of_rows=True,
    variants=_variants,
)
