"""Formulas as trees, remembered: a table is read in several ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from sheetprop.maths.trees.evaluate import folded
from sheetprop.maths.trees.expr import Expr
from sheetprop.notation.excel_parse import parse


@lru_cache(maxsize=20_000)
def parsed(formula: str) -> Expr:
    """Return a formula's tree, remembered: a table is read in several ways.

    Raises:
        FormulaError: the formula has no tree.

    """
    return parse(formula)


@lru_cache(maxsize=4096)
def parsed_of_rows(formula: str) -> Expr:
    """Return the tree of a formula in rows that count: what makes a number whole stays in it.

    Raises:
        FormulaError: the formula has no tree.

    """
    return parse(formula, of_rows=True)


@lru_cache(maxsize=20_000)
def worked_out(read: Callable[[str], Expr], formula: str) -> Expr:
    """Return a formula's tree with what holds only numbers worked out, remembered like the tree."""
    return folded(read(formula))
