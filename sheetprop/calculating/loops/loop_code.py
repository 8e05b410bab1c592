"""What the loop of a region can calculate: the functions, and the references of a fill."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sheetprop.calculating.loops.fills import Irregular
from sheetprop.errors import FormulaError
from sheetprop.lazily.patterns import pattern
from sheetprop.maths.trees.code import IN_CODE
from sheetprop.maths.trees.evaluate import Functions
from sheetprop.maths.trees.expr import Expr
from sheetprop.notation.excel_parse import CellReference, parse

Reference = CellReference

FUNCTIONS: Functions = {
    "EXP": math.exp,
    "LN": math.log,
    "LOG10": math.log10,
    "TANH": math.tanh,
    "SQRT": math.sqrt,
    "ABS": abs,
}
CALLED = {*FUNCTIONS, *IN_CODE}
"""Functions that give the same of numbers in Python as in a spreadsheet."""


def references_of(
    first: Expr, last: Expr, start: int, end: int
) -> Iterator[tuple[Reference, int | None]]:
    """Yield the references of a fill's first formula, each with how many rows away it is.

    `last` is the fill's last formula: a reference that did not move with it is fixed (None).
    Raises `Irregular` where the two differ in anything else.
    """
    if isinstance(first, CellReference) and isinstance(last, CellReference):
        if first.column != last.column or first.sheet != last.sheet:
            raise Irregular
        moved = last.row - first.row
        if moved not in (0, end - start):
            raise Irregular
        yield first, None if moved == 0 and end > start else first.row - start
        return
    parts, others = first.children, last.children
    if type(first) is not type(last) or len(parts) != len(others):
        raise Irregular
    if not parts and first != last:
        raise Irregular
    for part, other in zip(parts, others, strict=True):
        yield from references_of(part, other, start, end)


GUARD = pattern(r'=IFERROR\(((?:[^"()]|\((?:[^"()]|\([^"()]*\))*\))+),"[^"]*"\)')
"""What shows a text instead of an error; no loop calculates errors."""


def loop_tree(formula: str) -> Expr:
    """Return the tree of a formula in whose place only a number may be calculated."""
    guarded = GUARD.fullmatch(formula)
    try:
        return parse("=" + guarded[1] if guarded else formula)
    except (FormulaError, RecursionError) as error:
        raise Irregular from error
