"""Gradients that stand with the opposite sign, which updates then add: trees in either signs."""

from __future__ import annotations

from sheetprop.maths.names import is_gradient
from sheetprop.maths.trees.expr import Expr, Name, Negative, Product, Sum, factors_of, product
from sheetprop.maths.trees.walk import names


def in_other_signs(tree: Expr, name: str) -> Expr:
    """Return what a quantity's formula says where every gradient has the other sign."""
    turned = _turned(tree)
    return _negative(turned) if is_gradient(name) else turned


def _turned(tree: Expr) -> Expr:
    """Return a tree in which each gradient is its negative."""
    if isinstance(tree, Name):
        return Negative(tree) if is_gradient(tree.name) else tree
    if not any(is_gradient(leaf.name) for leaf in names(tree)):
        return tree
    turned = tree.with_children(tuple(map(_turned, tree.children)))
    if isinstance(turned, Negative):
        return _negative(turned.operand)
    if isinstance(turned, Product):
        return _with_one_sign(turned)
    return turned


def _with_one_sign(tree: Product) -> Expr:
    """Return a product with the signs of its factors in front of it: -(η · g) for η · (-g)."""
    bare = product([f.operand if isinstance(f, Negative) else f for f in tree.factors])
    is_odd = sum(isinstance(factor, Negative) for factor in tree.factors) % 2
    return Negative(bare) if is_odd else bare


def _negative(tree: Expr) -> Expr:
    """Return the negative of a tree; of a difference times something, the other difference."""
    if isinstance(tree, Negative):
        return tree.operand
    first, *rest = factors_of(tree)
    if isinstance(first, Sum) and len(first.terms) == 2 and isinstance(first.terms[1], Negative):
        taken = first.terms[1].operand
        return product([taken - first.terms[0], *rest])
    return Negative(tree)
