"""What Excel's functions of matrices, and of angles, make of their operands in lessons of cells."""

from __future__ import annotations

from sheetprop.maths.trees.expr import Call, Expr, Negative, Number, Product, Sum
from sheetprop.notation.excel_functions import Matrix, Operand

LARGEST = 4
"""Rows of a matrix whose determinant is still written out."""

ANGLES = frozenset({"SIN", "COS"})


def of_matrices(name: str, arguments: list[Operand]) -> Operand | None:
    """Return what INDEX, MDETERM, SIN or COS makes, None for any other function.

    INDEX has to say its row and column as numbers, unless there is one row or column only.
    """
    if name in ANGLES and len(arguments) == 1 and isinstance(arguments[0], Expr):
        return Call(name, (arguments[0],))
    if name == "INDEX" and len(arguments) in (2, 3) and not isinstance(arguments[0], Expr):
        return _entry(arguments[0], arguments[1:])
    if name == "MDETERM" and len(arguments) == 1 and not isinstance(arguments[0], Expr):
        return _determinant(arguments[0])
    return None


def _entry(matrix: Matrix, at: list[Operand]) -> Expr | None:
    numbers = [int(one.value) for one in at if isinstance(one, Number)]
    if len(numbers) != len(at):
        return None
    if len(numbers) == 1:
        numbers = [1, *numbers] if len(matrix) == 1 else [*numbers, 1]
    row, column = numbers
    is_inside = 0 < row <= len(matrix) and 0 < column <= len(matrix[0])
    return matrix[row - 1][column - 1] if is_inside else None


def _determinant(matrix: Matrix) -> Expr | None:
    """Return the determinant of a small square matrix, by its first row."""
    if len(matrix) != len(matrix[0]) or len(matrix) > LARGEST:
        return None
    if len(matrix) == 1:
        return matrix[0][0]
    terms: list[Expr] = []
    for column, entry in enumerate(matrix[0]):
        rest = tuple((*row[:column], *row[column + 1 :]) for row in matrix[1:])
        inner = _determinant(rest)
        assert inner is not None
        term = Product((entry, inner))
        terms.append(Negative(term) if column % 2 else term)
    return Sum(tuple(terms))
