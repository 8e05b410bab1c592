"""Excel formulas read as trees: cells become leaves, ranges and SUMPRODUCT become sums of them.

The grammar is formualizer's, which has Excel's precedence (``=-2^2`` is 4, ``=2^3^2`` is 64). What
works on whole ranges (SUM, SUMPRODUCT, MMULT, element by element arithmetic) is written out, so
that a formula with ranges and one without can be the same tree.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from sheetprop.errors import FormulaError, FormulaSyntaxError
from sheetprop.maths.trees.expr import Expr, Number
from sheetprop.notation.excel_functions import (
    ALIASES,
    ROUNDING,
    Matrix,
    Operand,
    Operations,
    in_whole_numbers,
)
from sheetprop.notation.excel_matrices import of_matrices

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


def parse(formula: str, *, of_rows: bool = False) -> Expr:
    """Return the tree of a formula that begins with ``=``.

    Where it is one `of_rows` of a lesson that counts, what rounds to whole numbers is a function of
    its own, and what is shown in place of a number is left out: IFERROR, and IF with a text.

    Raises:
        FormulaSyntaxError: the text is no formula.
        UnsupportedFunction: it calls a function that has no tree.
        FormulaError: it yields more than one cell, or uses something else that has no tree.

    """
    return Operations(formula).single(_Reader(formula, of_rows).operand(_parsed(formula)))


def parse_array(formula: str) -> Matrix:
    """Return a tree for each cell that an array formula fills, row by row.

    Raises:
        FormulaError: the formula, or a part of it, has no tree.

    """
    found = _Reader(formula, of_rows=False).operand(_parsed(formula))
    return ((found,),) if isinstance(found, Expr) else found


def _parsed(formula: str) -> Any:
    import formualizer

    try:
        return formualizer.parse(formula)
    except Exception as error:  # the parser's several exceptions share no base
        raise FormulaSyntaxError(formula, f"is no Excel formula ({error})") from error


class _Reader:
    """Turns a parsed formula into operands; keeps the formula for error messages."""

    def __init__(self, formula: str, of_rows: bool) -> None:
        self.formula = formula
        self.operations = Operations(formula)
        self.of_rows = of_rows
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
            return self.operations.unary(node.get_operator(), self.operand(children[0]))
        if kind == "BinaryOp":
            left, right = (self.operand(child) for child in children)
            return self.operations.binary(node.get_operator(), left, right)
        if kind == "Function":
            name = node.get_function_name().upper().removeprefix("_XLFN.")
            if self.of_rows:
                inner = _shown(name, children)
                if inner is not None:
                    return self.operand(inner)
            arguments = [self.operand(child) for child in children]
            if self.of_rows:
                whole = in_whole_numbers(name, arguments) or of_matrices(name, arguments)
                if whole is not None:
                    return whole
            if name in ROUNDING and len(arguments) == 2:
                return arguments[0]  # the digits lost are a finding of their own
            return self.operations.function(ALIASES.get(name, name), arguments)
        raise FormulaError(self.formula, f"{kind} has no tree")

    def _literal(self, value: object) -> Expr:
        if isinstance(value, bool):
            return Number(float(value))
        if isinstance(value, int | float):
            if abs(value) > sys.float_info.max:
                raise FormulaError(self.formula, "a number in it is larger than any in a cell")
            return Number(float(value))
        raise FormulaError(self.formula, f"the text {value!r} is no number")

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


def _shown(name: str, children: list[Any]) -> Any | None:
    """Return the part of a formula that gives its number, where another part stands for none."""
    if name in ("IFERROR", "IFNA") and len(children) == 2:
        return children[0]
    if name != "IF" or len(children) not in (2, 3):
        return None
    branches = [child for child in children[1:] if not _is_text(child)]
    return branches[0] if len(branches) == 1 else None


def _is_text(node: Any) -> bool:
    return node.node_type() == "Literal" and isinstance(node.get_literal_value(), str)
