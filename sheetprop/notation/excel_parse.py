"""Excel formulas read as trees: cells become leaves, ranges and SUMPRODUCT become sums of them.

The grammar is formualizer's, which has Excel's precedence (``=-2^2`` is 4, ``=2^3^2`` is 64). What
works on whole ranges (SUM, SUMPRODUCT, MMULT, element by element arithmetic) is written out, so
that a formula with ranges and one without can be the same tree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sheetprop.errors import FormulaError, FormulaSyntaxError, UnsupportedFunction
from sheetprop.maths.trees.expr import Call, Expr, Negative, Number, Power, Product, Quotient, Sum

DEEPEST = 100
"""Levels of a tree: what walks trees calls itself, and Python ends that at a thousand calls."""

LARGEST_RANGE = 4096
"""Cells of one range that are still written out one by one."""


@dataclass(frozen=True, slots=True)
class CellReference(Expr):
    """A cell: `sheet` is None for the formula's own; `fixed` says which of row, column has a $."""

    row: int
    column: int
    sheet: str | None = None
    fixed: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class DefinedName(Expr):
    """A name that the workbook defines, such as ``eta``."""

    name: str


Matrix = tuple[tuple[Expr, ...], ...]
Operand = Expr | Matrix
Node = Mapping[str, Any]


def parse(formula: str) -> Expr:
    """Return the tree of a formula that begins with ``=``.

    Raises:
        FormulaSyntaxError: the text is no formula.
        UnsupportedFunction: it calls a function that has no tree.
        FormulaError: it yields more than one cell, or uses something else that has no tree.

    """
    import formualizer

    try:
        node = formualizer.parse(formula)
    except Exception as error:  # the parser's several exceptions share no base
        raise FormulaSyntaxError(formula, f"is no Excel formula ({error})") from error
    result = _Reader(formula).operand(node)
    return _Reader(formula).single(result)


class _Reader:
    """Turns a parsed formula into operands; keeps the formula for error messages."""

    def __init__(self, formula: str) -> None:
        self.formula = formula
        self.level = 0

    def operand(self, node: Any) -> Operand:
        self.level += 1
        if self.level > DEEPEST:
            raise FormulaError(self.formula, f"is nested more than {DEEPEST} levels deep")
        found = self._operand(node)
        self.level -= 1
        return found

    def _operand(self, node: Any) -> Operand:
        kind = node.node_type()
        if kind == "Literal":
            return self._literal(node.get_literal_value())
        if kind == "Reference":
            return self._reference(node)
        children = node.children()
        if kind == "UnaryOp":
            return self._unary(node.get_operator(), self.operand(children[0]))
        if kind == "BinaryOp":
            left, right = (self.operand(child) for child in children)
            return self._binary(node.get_operator(), left, right)
        if kind == "Function":
            name = node.get_function_name().upper().removeprefix("_XLFN.")
            arguments = [self.operand(child) for child in children]
            if name in ROUNDING and len(arguments) == 2:
                return arguments[0]  # the digits lost are a finding of their own
            return self._function(ALIASES.get(name, name), arguments)
        raise FormulaError(self.formula, f"{kind} has no tree")

    def single(self, operand: Operand) -> Expr:
        """Return the one tree an operand stands for."""
        if isinstance(operand, Expr):
            return operand
        if len(operand) == 1 and len(operand[0]) == 1:
            return operand[0][0]
        raise FormulaError(self.formula, "yields a whole range of cells")

    def _literal(self, value: object) -> Expr:
        if isinstance(value, bool):
            return Number(float(value))
        if isinstance(value, int | float):
            return Number(float(value))
        raise FormulaError(self.formula, f"{value!r} is no number")

    def _reference(self, node: Any) -> Operand:
        reference = node.get_reference()
        kind = type(reference).__name__
        if kind == "CellRef":
            fixed = (reference.abs_row, reference.abs_col)
            return CellReference(reference.row, reference.col, reference.sheet, fixed)
        if kind == "RangeRef":
            return self._range(reference)
        if kind == "NamedRangeRef":
            return DefinedName(reference.name)
        raise FormulaError(self.formula, f"{node.get_reference_string()} is no cell")

    def _range(self, reference: Any) -> Matrix:
        first, last = reference.start, reference.end
        if first is None or last is None:
            raise FormulaError(self.formula, "uses a whole row or column")
        # A range may name any two opposite corners.
        rows = range(min(first.row, last.row), max(first.row, last.row) + 1)
        columns = range(min(first.col, last.col), max(first.col, last.col) + 1)
        if len(rows) * len(columns) > LARGEST_RANGE:
            raise FormulaError(self.formula, f"uses a range of more than {LARGEST_RANGE} cells")
        return tuple(
            tuple(CellReference(row, column, reference.sheet) for column in columns) for row in rows
        )

    def _unary(self, operator: str, operand: Operand) -> Operand:
        if operator == "-":
            return _each(Negative, operand)
        if operator == "%":
            return _each(lambda x: Quotient(x, Number(100.0)), operand)
        return operand

    def _binary(self, operator: str, left: Operand, right: Operand) -> Operand:
        if operator not in OPERATORS:
            raise FormulaError(self.formula, f"the operator {operator} yields no number")
        return self._pairwise(OPERATORS[operator], left, right)

    def _pairwise(
        self, build: Callable[[Expr, Expr], Expr], left: Operand, right: Operand
    ) -> Operand:
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

    def _function(self, name: str, arguments: list[Operand]) -> Operand:
        if name in ELEMENTWISE and arguments:
            if len(arguments) == 1:
                return _each(lambda x: Call(name, (x,)), arguments[0])
            return Call(name, tuple(self.single(argument) for argument in arguments))
        if name == "POWER" and len(arguments) == 2:
            return self._pairwise(Power, *arguments)
        if name == "IF" and len(arguments) == 3:
            return Call("IF", tuple(self.single(argument) for argument in arguments))
        if name in REDUCTIONS and arguments:
            return REDUCTIONS[name]([cell for a in arguments for cell in _cells(a)])
        if name == "SUMPRODUCT" and arguments:
            result = arguments[0]
            for argument in arguments[1:]:
                result = self._pairwise(_times, result, argument)
            return _sum(_cells(result))
        if name == "SUMXMY2" and len(arguments) == 2:
            difference = self._pairwise(lambda x, y: Sum((x, Negative(y))), *arguments)
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

ELEMENTWISE = frozenset({"EXP", "LN", "LOG", "LOG10", "TANH", "SQRT", "ABS", "SIGN"})

ROUNDING = frozenset({"ROUND", "ROUNDUP", "ROUNDDOWN"})

ALIASES: Mapping[str, str] = {"POW": "POWER"}
"""What other programs call a function that Excel has."""

REDUCTIONS: Mapping[str, Callable[[list[Expr]], Expr]] = {
    "SUM": _sum,
    "PRODUCT": lambda cells: cells[0] if len(cells) == 1 else Product(tuple(cells)),
    "SUMSQ": lambda cells: _sum([Power(cell, Number(2.0)) for cell in cells]),
    "AVERAGE": lambda cells: Quotient(_sum(cells), Number(float(len(cells)))),
    "MAX": lambda cells: Call("MAX", tuple(cells)),
    "MIN": lambda cells: Call("MIN", tuple(cells)),
}
