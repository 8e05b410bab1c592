"""The values of a run, computed as a spreadsheet computes them: one number after the other.

The trees of one row are compiled into one Python function. Where that raises, or leaves the range
in which no intermediate result can overflow, the row is evaluated once more cell by cell, because
there a spreadsheet shows an error (`ExcelError`) and hands it on to every cell that depends on it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache, reduce
from operator import add, mul

from sheetprop.calculating.run_code import compiled
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.evaluate import EXACT
from sheetprop.maths.trees.expr import (
    Call,
    Expr,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)
from sheetprop.workbooks.number_rows import NumberRows, Row
from sheetprop.workbooks.sheet import ExcelError

# Products of ten factors up to this size stay below the largest double, so that a row within it
# had no overflow inside any formula.
_LARGE = 1e30
_LONGEST_FIXED = 20  # characters a spreadsheet spends on a number in a text before it writes E+21


def rows(
    network: Network,
    start: Mapping[str, float],
    rate: float,
    iterations: int,
    turns: Sequence[Mapping[str, float]] = (),
) -> NumberRows:
    """Return all rows of one run, each with every quantity in the network's order.

    `start` gives the first row's inputs, targets, weights and biases; `rate` is the learning rate.
    `turns` are the inputs and targets of each row where examples come in turn.
    """
    step = _compiled(network)
    found = NumberRows(len(network.quantities))
    row = step.first(tuple(start[n] for n, q in network.quantities.items() if q.is_given_first))
    for number in range(iterations):
        if number:
            data = turns[number % len(turns)] if len(turns) > 1 else None
            before, row = row, step.next(row, rate, data)
            # Rows with the same data depend on the one before only: once two are alike, all are.
            if data is None and row == before:
                found.repeat_last(iterations - number)
                break
        found.append(row)
    return found


def excel_value(expr: Expr, value_of: Callable[[Name], float | ExcelError]) -> float | ExcelError:
    """Return what a cell with this formula shows: a finite number or the first error met."""
    try:
        return _strict(expr, value_of) + 0.0  # no spreadsheet shows -0.0
    except _ErrorValue as error:
        return error.value


def general_text(value: float) -> str:
    """Return a number as a spreadsheet's ``&`` writes it into a text: 15 digits, 0.00001, 1E+21."""
    rounded = f"{value:.14e}"
    fixed = format(Decimal(rounded), "f")
    fixed = fixed.rstrip("0").rstrip(".") if "." in fixed else fixed
    if len(fixed.lstrip("-")) <= _LONGEST_FIXED:
        return "0" if fixed == "-0" else fixed
    digits, exponent = rounded.split("e")
    return f"{digits.rstrip('0').rstrip('.')}E{int(exponent):+03d}"


class _ErrorValue(Exception):  # noqa: N818 - carries a value of the spreadsheet, nothing went wrong
    def __init__(self, value: ExcelError) -> None:
        self.value = value
        super().__init__(value)


def _strict(expr: Expr, value_of: Callable[[Name], float | ExcelError]) -> float:
    """Return a tree's value; every node's must be finite, as in a spreadsheet."""
    if isinstance(expr, Name):
        value = value_of(expr)
        if isinstance(value, ExcelError):
            raise _ErrorValue(value)
        return value
    if isinstance(expr, Call) and expr.function == "IF":  # the branch not taken may have no value
        condition, yes, no = expr.arguments
        return _strict(yes if _strict(condition, value_of) else no, value_of)
    parts = [_strict(child, value_of) for child in expr.children]
    try:
        result = _combine(expr, parts)
    except ZeroDivisionError:
        raise _ErrorValue(ExcelError("#DIV/0!")) from None
    except (OverflowError, ValueError):
        raise _ErrorValue(ExcelError("#NUM!")) from None
    if not math.isfinite(result):
        raise _ErrorValue(ExcelError("#NUM!"))
    return result


def _combine(expr: Expr, parts: Sequence[float]) -> float:
    match expr:
        case Number(value):
            return value
        case Negative():
            return -parts[0]
        case Sum():
            return reduce(add, parts)
        case Product():
            return reduce(mul, parts)
        case Quotient():
            return parts[0] / parts[1]
        case Power():
            return math.pow(parts[0], parts[1])
        case Call(function):
            return float(EXACT[function](*parts))
    raise TypeError(f"not an expression: {expr!r}")


class _Step:
    """One row from what is given, or from the row before."""

    def __init__(
        self,
        network: Network,
        forward: Callable[[Row], tuple[float, ...]],
        update: Callable[[Row, float], tuple[float, ...]],
    ) -> None:
        self._network = network
        self._forward = forward
        self._update = update

    def first(self, given: Row) -> Row:
        try:
            row = self._forward(given)
        except (ArithmeticError, ValueError, TypeError):  # an error value is a text: TypeError
            return self._cell_by_cell(given)
        return row if _is_tame(row) else self._cell_by_cell(given)

    def next(self, before: Row, rate: float, data: Mapping[str, float] | None = None) -> Row:
        """Return the row after another, with other inputs and targets than that had, if given."""
        if data is not None:
            return self._with_data(before, rate, data)
        try:
            row = self._forward(self._update(before, rate))
        except (ArithmeticError, ValueError, TypeError):  # an error value is a text: TypeError
            return self._cell_by_cell(self._strict_update(before, rate))
        return row if _is_tame(row) else self._cell_by_cell(self._strict_update(before, rate))

    def _with_data(self, before: Row, rate: float, data: Mapping[str, float]) -> Row:
        quantities = self._network.quantities
        given = [name for name, quantity in quantities.items() if quantity.is_given_first]
        try:
            updated: Row = self._update(before, rate)
        except (ArithmeticError, ValueError, TypeError):
            updated = self._strict_update(before, rate)
        if not _is_tame(updated):
            updated = self._strict_update(before, rate)
        pairs = zip(given, updated, strict=True)
        return self.first(tuple(data.get(name, value) for name, value in pairs))

    def _strict_update(self, before: Row, rate: float) -> Row:
        known = dict(zip(self._network.quantities, before, strict=True))
        known[LEARNING_RATE] = rate
        new = dict(known)
        for name in self._network.order:
            quantity = self._network.quantities[name]
            if quantity.is_given_first and quantity.tree is not None:
                new[name] = excel_value(
                    quantity.tree, lambda leaf: (known if leaf.shift else new)[leaf.name]
                )
        return tuple(new[name] for name, q in self._network.quantities.items() if q.is_given_first)

    def _cell_by_cell(self, given: Row) -> Row:
        quantities = self._network.quantities
        names = [name for name, q in quantities.items() if q.is_given_first]
        known = dict(zip(names, given, strict=True))
        for name in self._network.order:
            tree = quantities[name].tree
            if name not in known and tree is not None:
                known[name] = excel_value(tree, lambda leaf: known[leaf.name])
        return tuple(known[name] for name in quantities)


def _is_tame(row: Row) -> bool:
    # With a nan the sum is one, which is in no range; an error value is a text.
    try:
        return sum(map(abs, row)) < _LARGE  # type: ignore[arg-type]
    except TypeError:
        return False


@lru_cache(maxsize=64)
def _compiled(network: Network) -> _Step:
    return _Step(network, *compiled(network))
