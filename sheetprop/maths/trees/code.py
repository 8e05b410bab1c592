"""Trees as Python code: worth compiling where the same trees are computed row after row."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from typing import Any

from sheetprop.maths.trees.evaluate import Functions
from sheetprop.maths.trees.expr import Call, Expr, Negative, Number, Power, Product, Sum

COMPARISONS = {"GT": ">", "LT": "<", "GE": ">=", "LE": "<="}
IN_CODE = frozenset({"IF", *COMPARISONS})
"""Functions that Python has as operators."""


def code_of(expr: Expr, leaf: Callable[[Expr], str], functions: Collection[str]) -> str:
    """Return the code of a tree with every bracket, computed in the order of the tree.

    `leaf` gives the code of what is neither a number nor an operation; `functions` may be called.

    Raises:
        KeyError: another function is called.

    """
    if isinstance(expr, Number):
        return repr(float(expr.value))
    if not expr.children and not isinstance(expr, Call):
        return leaf(expr)
    parts = [code_of(child, leaf, functions) for child in expr.children]
    match expr:
        case Negative():
            return f"(-{parts[0]})"
        case Sum():
            return f"({'+'.join(parts)})"
        case Product():
            return f"({'*'.join(parts)})"
        case Power():
            return f"POW({','.join(parts)})"
        case Call(function):
            return _call(function, parts, functions)
    return f"({parts[0]}/{parts[1]})"


def _call(function: str, parts: list[str], functions: Collection[str]) -> str:
    if function not in functions:
        raise KeyError(function)
    if function == "IF":
        return f"({parts[1]} if {parts[0]} else {parts[2]})"
    if function in COMPARISONS:
        return f"({parts[0]}{COMPARISONS[function]}{parts[1]})"
    return f"f_{function}({','.join(parts)})"


def defined(text: str, functions: Functions) -> dict[str, Any]:
    """Return what a text defines, put together of `code_of` and names alone; it may call these."""
    scope: dict[str, Any] = {f"f_{name}": function for name, function in functions.items()}
    scope["POW"] = math.pow
    exec(text, scope)  # noqa: S102 - made from our own trees, of numbers and names
    return scope
