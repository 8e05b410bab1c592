"""SP245: entries of a Jacobian matrix: transposed, multiplied in the wrong order, or 0."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.quantity import Lesson
from sheetprop.maths.trees.expr import Expr, Name, Number, Product, product, terms_of, total
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.derivatives.matrices import (
    JACOBIAN,
    entry,
    lesson_name,
    matrix_of,
    parts,
)
from sheetprop.mistakes.words import Blanks, Case

TRANSPOSED = Case(
    "transposed",
    "is {other}: the matrix is transposed",
    "Each function has a row, and each variable a column: here belongs {own}, which is {right}.",
)
SWAPPED = Case(
    "chain order",
    "multiplies the matrices in the other order",
    "By the chain rule the matrix of the outer functions stands on the left: {own} is {right}. "
    "Matrices do not change places.",
)
NOTHING = Case(
    "a partial is missing",
    "is 0",
    "The function depends on that variable: {own} is {right}.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    name, lesson = subject.quantity.name, subject.lesson
    matrix = matrix_of(name, lesson)
    if lesson_name(lesson) != JACOBIAN or matrix is None:
        return
    own = parts(name)
    assert own is not None
    functions, variables = matrix
    row, column = functions.index(own[0]), variables.index(own[1])
    yield Variant(Number(0.0), NOTHING, _blanks(subject), NOTHING.name)
    if row != column and column < len(functions) and row < len(variables):
        other = entry(functions[column], variables[row])
        tree = lesson.quantities[other].tree
        if tree is not None:
            blanks = {**_blanks(subject), "other": Name(other)}
            yield Variant(tree, TRANSPOSED, blanks, TRANSPOSED.name)
    swapped = _swapped(subject.tree, row, column, lesson)
    if swapped is not None:
        yield Variant(swapped, SWAPPED, _blanks(subject), SWAPPED.name)


def _swapped(tree: Expr, row: int, column: int, lesson: Lesson) -> Expr | None:
    """Return an entry of the product with its matrices in the other order, where that is one."""
    factors = [term.factors for term in terms_of(tree) if isinstance(term, Product)]
    if not factors or not all(isinstance(one, Name) for pair in factors for one in pair):
        return None
    left, right = (matrix_of(one.name, lesson) for one in factors[0][:2] if isinstance(one, Name))
    if left is None or right is None:
        return None
    (functions, between), (inner, variables) = left, right
    if len(variables) != len(functions) or row >= len(inner) or column >= len(between):
        return None
    terms: list[Expr] = [
        product([Name(entry(inner[row], x)), Name(entry(f, between[column]))])
        for x, f in zip(variables, functions, strict=True)
    ]
    return total(terms)


def _blanks(subject: Subject) -> Blanks:
    return {"own": Name(subject.quantity.name), "right": subject.tree}


MATRIX_ORDER = Mistake(
    code="SP245",
    name="matrix-order",
    summary="an entry of a Jacobian matrix is transposed, 0, or of matrices in the wrong order",
    explanation=(
        "A Jacobian matrix has a row for each function and a column for each variable, and by the "
        "chain rule those of the outer functions are multiplied from the left."
    ),
    wrong="df1/dx = du1/dx*df1/du1+du1/dy*df2/du1",
    right="df1/dx = df1/du1*du1/dx+df1/du2*du2/dx",
    cases=(TRANSPOSED, SWAPPED, NOTHING),
    rank=15,
    is_of_rows=True,
    variants=_variants,
)
