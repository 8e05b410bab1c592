"""Derivatives opened, so that what stands above and below their line can be rewritten too."""

from __future__ import annotations

from dataclasses import dataclass

from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.mistakes.texts.meaning import NoValueError
from sheetprop.notation.text import name_text, to_text
from sheetprop.notation.text_parse import Derivative


@dataclass(frozen=True, slots=True)
class Opened(Expr):
    """∂ of a tree by a quantity, with both as nodes below it."""

    of: Expr
    by: Expr

    @property
    def children(self) -> tuple[Expr, ...]:
        """What stands above the line, and by what."""
        return (self.of, self.by)

    def with_children(self, children: tuple[Expr, ...]) -> Expr:
        """Return the derivative of another tree, or by another quantity."""
        return Opened(*children)

    def __str__(self) -> str:
        above = name_text(self.of.name) if isinstance(self.of, Name) else f"({to_text(self.of)})"
        return f"∂{above}/∂{to_text(self.by)}"


def opened(tree: Expr) -> Expr:
    """Return a tree with its derivatives opened."""
    if isinstance(tree, Derivative):
        return Opened(opened(tree.of), tree.by)
    children = tuple(map(opened, tree.children))
    return tree.with_children(children) if children else tree


def closed(tree: Expr) -> Expr:
    """Return a tree with its derivatives as they were read.

    Raises:
        NoValueError: one of them is by something that is no quantity.

    """
    children = tuple(map(closed, tree.children))
    if isinstance(tree, Opened):
        of, by = children
        if not isinstance(by, Name):
            raise NoValueError("a derivative by a formula")
        return Derivative(of, by)
    return tree.with_children(children) if children else tree
