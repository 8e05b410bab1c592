"""What Excel's operators and functions make of their operands: trees, or ranges of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheetprop.errors import FormulaError, UnsupportedFunction
from sheetprop.maths.trees.expr import Call, Expr, Negative, Number, Power, Product, Quotient, Sum

Matrix = tuple[tuple[Expr, ...], ...]
Operand = Expr | Matrix


class Operations:
    """Writes out operations on operands; keeps the formula for error messages.

    Raises `FormulaError` for those that have no tree.
    """

    def __init__(self, formula: str) -> None:
        self.formula = formula

    def single(self, operand: Operand) -> Expr:
        """Return the one tree an operand stands for."""
        if isinstance(operand, Expr):
            return operand
        if len(operand) == 1 and len(operand[0]) == 1:
            return operand[0][0]
        raise FormulaError(self.formula, "yields a whole range of cells")

    def unary(self, operator: str, operand: Operand) -> Operand:
        """Return what a sign, or %, makes of an operand."""
        if operator == "-":
            return _each(Negative, operand)
        if operator == "%":
            return _each(lambda x: Quotient(x, Number(100.0)), operand)
        return operand

    def binary(self, operator: str, left: Operand, right: Operand) -> Operand:
        """Return what an operator makes of two operands."""
        if operator not in OPERATORS:
            raise FormulaError(self.formula, f"the operator {operator} yields no number")
        return self.pairwise(OPERATORS[operator], left, right)

    def pairwise(
        self, build: Callable[[Expr, Expr], Expr], left: Operand, right: Operand
    ) -> Operand:
        """Return what is built from each pair; a single cell, row or column goes with all."""
        if isinstance(left, Expr) and isinstance(right, Expr):
            return build(left, right)
        rows = max(_shape(left)[0], _shape(right)[0])
        columns = max(_shape(left)[1], _shape(right)[1])
        for shape in (_shape(left), _shape(right)):
            if shape[0] not in (1, rows) or shape[1] not in (1, columns):
                raise FormulaError(self.formula, "its ranges have different sizes")
        return tuple(
            tuple(build(_at(left, r, c), _at(right, r, c)) for c in range(columns))
            for r in range(rows)
        )

    def function(self, name: str, arguments: list[Operand]) -> Operand:
        """Return what a function, named in capitals, makes of its arguments."""
        if name in ELEMENTWISE and arguments:
            if len(arguments) == 1:
                return _each(lambda x: Call(name, (x,)), arguments[0])
            return Call(name, tuple(self.single(argument) for argument in arguments))
        if name == "POWER" and len(arguments) == 2:
            return self.pairwise(Power, *arguments)
        if name == "IF" and len(arguments) == 3:
            return Call("IF", tuple(self.single(argument) for argument in arguments))
        if name in REDUCTIONS and arguments:
            return REDUCTIONS[name]([cell for a in arguments for cell in _cells(a)])
        if name == "SUMPRODUCT" and arguments:
            result = arguments[0]
            for argument in arguments[1:]:
                result = self.pairwise(_times, result, argument)
            return _sum(_cells(result))
        if name == "SUMXMY2" and len(arguments) == 2:
            difference = self.pairwise(lambda x, y: Sum((x, Negative(y))), *arguments)
            return _sum([Power(cell, Number(2.0)) for cell in _cells(difference)])
        if name == "TRANSPOSE" and len(arguments) == 1:
            return tuple(zip(*_matrix(arguments[0]), strict=True))
        if name == "MMULT" and len(arguments) == 2:
            return self._matrix_product(_matrix(arguments[0]), _matrix(arguments[1]))
        if name == "PI" and not arguments:
            return Number(3.141592653589793)
        raise UnsupportedFunction(self.formula, name)

    def _matrix_product(self, left: Matrix, right: Matrix) -> Operand:
        if len(left[0]) != len(right):
            raise FormulaError(self.formula, "its ranges have different sizes")
        columns = list(zip(*right, strict=True))
        return tuple(
            tuple(_sum([_times(x, y) for x, y in zip(row, c, strict=True)]) for c in columns)
            for row in left
        )


def _times(left: Expr, right: Expr) -> Expr:
    return Product((left, right))


def _sum(cells: list[Expr]) -> Expr:
    return cells[0] if len(cells) == 1 else Sum(tuple(cells))


def _each(build: Callable[[Expr], Expr], operand: Operand) -> Operand:
    if isinstance(operand, Expr):
        return build(operand)
    return tuple(tuple(build(cell) for cell in row) for row in operand)


def _matrix(operand: Operand) -> Matrix:
    return ((operand,),) if isinstance(operand, Expr) else operand


def _cells(operand: Operand) -> list[Expr]:
    return [cell for row in _matrix(operand) for cell in row]


def _shape(operand: Operand) -> tuple[int, int]:
    matrix = _matrix(operand)
    return len(matrix), len(matrix[0])


def _at(operand: Operand, row: int, column: int) -> Expr:
    matrix = _matrix(operand)
    return matrix[min(row, len(matrix) - 1)][min(column, len(matrix[0]) - 1)]


OPERATORS: Mapping[str, Callable[[Expr, Expr], Expr]] = {
    "+": lambda x, y: Sum((x, y)),
    "-": lambda x, y: Sum((x, Negative(y))),
    "*": _times,
    "/": Quotient,
    "^": Power,
    ">": lambda x, y: Call("GT", (x, y)),
    "<": lambda x, y: Call("LT", (x, y)),
    ">=": lambda x, y: Call("GE", (x, y)),
    "<=": lambda x, y: Call("LE", (x, y)),
    "=": lambda x, y: Call("EQ", (x, y)),
    "<>": lambda x, y: Call("NE", (x, y)),
}

WHOLE: Mapping[str, tuple[str, float | None]] = {
    "INT": ("INT", None),
    "TRUNC": ("INT", 0.0),
    "ROUNDDOWN": ("INT", 0.0),
    "FLOOR": ("INT", 1.0),
    "FLOOR.MATH": ("INT", 1.0),
    "ROUND": ("ROUND", 0.0),
    "ROUNDUP": ("CEILING", 0.0),
    "CEILING": ("CEILING", 1.0),
    "CEILING.MATH": ("CEILING", 1.0),
}
"""What makes a number whole: down, to the nearest or up, and the second argument that says so.

Of positive numbers these are the same in all their spellings.
"""


def in_whole_numbers(name: str, arguments: list[Operand]) -> Expr | None:
    """Return what a function makes in whole numbers, None for any other function."""
    parts = [argument for argument in arguments if isinstance(argument, Expr)]
    if len(parts) != len(arguments):
        return None
    if name == "MOD" and len(parts) == 2:
        return Call("MOD", tuple(parts))
    if name == "QUOTIENT" and len(parts) == 2:
        return Call("INT", (Quotient(*parts),))
    function, second = WHOLE.get(name, ("", None))
    is_whole = len(parts) == 1 or (len(parts) == 2 and parts[1] == Number(second or 0.0))
    return Call(function, (parts[0],)) if function and is_whole else None


ELEMENTWISE = frozenset({"EXP", "LN", "LOG", "LOG10", "TANH", "SQRT", "ABS", "SIGN"})

ROUNDING = frozenset({"ROUND", "ROUNDUP", "ROUNDDOWN"})

ALIASES: Mapping[str, str] = {"POW": "POWER"}
"""What other programs call a function that Excel has."""

REDUCTIONS: Mapping[str, Callable[[list[Expr]], Expr]] = {
    "SUM": _sum,
    "PRODUCT": lambda cells: cells[0] if len(cells) == 1 else Product(tuple(cells)),
    "SUMSQ": lambda cells: _sum([Power(cell, Number(2.0)) for cell in cells]),
    "AVERAGE": lambda cells: Quotient(_sum(cells), Number(float(len(cells)))),
    "COUNT": lambda cells: Number(float(len(cells))),
    "MAX": lambda cells: cells[0] if len(cells) == 1 else Call("MAX", tuple(cells)),
    "MIN": lambda cells: cells[0] if len(cells) == 1 else Call("MIN", tuple(cells)),
}
