"""Trees as Python code for the loop of `filled_down`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

from sheetprop.maths.expr import (
    Call,
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)
from sheetprop.notation.excel_parse import CellReference

Reference = CellReference

COMPARISONS = {"GT": ">", "LT": "<", "GE": ">=", "LE": "<="}
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "EXP": math.exp,
    "LN": math.log,
    "LOG10": math.log10,
    "TANH": math.tanh,
    "SQRT": math.sqrt,
    "ABS": abs,
}


class Irregular(Exception):  # noqa: N818 - a condition: the engine calculates instead
    """Formulas that no loop over the rows can calculate."""


def code_of(tree: Expr, places: Mapping[Reference, str]) -> str:
    """Return the code of a tree; `places` gives that of its references.

    Raises `Irregular` for what has none.
    """
    if isinstance(tree, CellReference):
        return places[tree]
    if isinstance(tree, Number):
        return f"({tree.value!r})"
    parts = [code_of(child, places) for child in tree.children]
    match tree:
        case Negative():
            return f"(-{parts[0]})"
        case Sum():
            return f"({'+'.join(parts)})"
        case Product():
            return f"({'*'.join(parts)})"
        case Quotient():
            return f"({parts[0]}/{parts[1]})"
        case Power():
            return f"({parts[0]}**{parts[1]})"
        case Call("IF", _):
            return f"({parts[1]} if {parts[0]} else {parts[2]})"
        case Call(function, _) if function in COMPARISONS:
            return f"({parts[0]}{COMPARISONS[function]}{parts[1]})"
        case Call(function, (_,)) if function in FUNCTIONS:
            return f"f[{function!r}]({parts[0]})"
    raise Irregular


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
