"""Functions the engine lacks, or has for single numbers only, made from Python and NumPy."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sheetprop.lazily.patterns import pattern

MATRIX_FUNCTIONS = {"MMULT": 2, "MINVERSE": 1, "MDETERM": 1}
ELEMENTWISE: dict[str, tuple[Callable[..., float], int]] = {
    "EXP": (math.exp, 1),
    "LN": (math.log, 1),
    "TANH": (math.tanh, 1),
    "SQRT": (math.sqrt, 1),
    "ABS": (abs, 1),
    "POWER": (math.pow, 2),
    "POW": (math.pow, 2),
}
ABSENT = ("POW(", "pow(")
"""Functions of other programs that the engine lacks even for single numbers."""

CALL = pattern(r"(?<![\w.])(" + "|".join([*ELEMENTWISE, *MATRIX_FUNCTIONS]) + r")\(", re.I)
ARRAY = pattern(r":|MMULT|TRANSPOSE", re.I)


def functions_for(formulas: Iterable[str]) -> Iterator[tuple[str, Callable[..., Any], int]]:
    """Return the functions to register, with their number of arguments, for these formulas.

    An override costs time on every call, so only what is given a range is replaced.
    """
    needed: set[str] = set()
    formulas = list(formulas)
    together = "\n".join(formulas)
    together = together.upper()
    if not any(sign in together for sign in (":", "MMULT", "TRANSPOSE", ABSENT[0])):
        return  # a look at all of them at once takes a hundredth of one at each
    for formula in formulas:
        if ":" in formula or "MMULT" in (capitals := formula.upper()) or "TRANSPOSE" in capitals:
            needed |= set(called_with_arrays(formula))
        if ABSENT[0] in formula or ABSENT[1] in formula:
            needed.add("POW")
    for name in sorted(needed):
        if name in MATRIX_FUNCTIONS:
            yield name, matrix_function(name), MATRIX_FUNCTIONS[name]
        else:
            function, arguments = ELEMENTWISE[name]
            yield name, elementwise(function), arguments


def called_with_arrays(formula: str) -> Iterator[str]:
    """Return the functions of the tables above that are called with a range or an array."""
    for call in CALL.finditer(formula):
        if ARRAY.search(argument_text(formula, call.end())):
            yield call[1].upper()


def argument_text(formula: str, start: int) -> str:
    """Return the text up to the bracket that closes the call."""
    depth = 1
    for position in range(start, len(formula)):
        depth += {"(": 1, ")": -1}.get(formula[position], 0)
        if depth == 0:
            return formula[start:position]
    return formula[start:]


def elementwise(function: Callable[..., float]) -> Callable[..., Any]:
    """Return the function for numbers and, element by element, for ranges."""

    def apply(*arguments: Any) -> Any:
        shape = next((a for a in arguments if isinstance(a, list)), None)
        if shape is None:
            return apply_to_numbers(function, arguments)
        return [
            [apply(*(element(a, r, c) for a in arguments)) for c in range(len(row))]
            for r, row in enumerate(shape)
        ]

    return apply


def element(argument: Any, row: int, column: int) -> Any:
    """One element of a range; a single number serves for all."""
    return argument[row][column] if isinstance(argument, list) else argument


def apply_to_numbers(function: Callable[..., float], arguments: tuple[Any, ...]) -> Any:
    """Return the value of the function, or the error Excel shows."""
    for argument in arguments:
        if isinstance(argument, dict):
            return error(str(argument.get("kind")))
    try:
        return function(*(float(a) if a is not None else 0.0 for a in arguments))
    except (TypeError, ZeroDivisionError):
        return error("Value")
    except OverflowError:
        return error("Num")
    except ValueError:
        return error("Value" if any(isinstance(a, str) for a in arguments) else "Num")


def error(kind: str) -> Any:
    """Make an error what the engine takes."""
    import formualizer as fz

    return fz.LiteralValue.error(kind, None)


def matrix_function(name: str) -> Callable[..., Any]:
    """Matrix product, inverse or determinant, by NumPy."""

    def apply(*arguments: Any) -> Any:
        import numpy as np

        matrices = [np.atleast_2d(np.array(a, dtype=float)) for a in arguments]
        if name == "MMULT":
            return (matrices[0] @ matrices[1]).tolist()
        try:
            inverse = np.linalg.inv(matrices[0]).tolist()
        except np.linalg.LinAlgError:
            return error("Num") if name == "MINVERSE" else 0.0
        return inverse if name == "MINVERSE" else float(np.linalg.det(matrices[0]))

    return apply
