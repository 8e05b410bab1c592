"""A tree gone through node by node: to find some, to replace some, to write it another way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import is_

from sheetprop.maths.trees.expr import Expr, Name, Negative, Product, Sum, product, terms_of

Path = tuple[int, ...]


def walk(expr: Expr, path: Path = ()) -> Iterator[tuple[Path, Expr]]:
    """Yield every node with the path that leads to it, the root (with an empty path) first."""
    ahead = [(path, expr)]  # a stack takes half the time of generators in generators
    while ahead:
        path, expr = found = ahead.pop()
        yield found
        below = [((*path, index), child) for index, child in enumerate(expr.children)]
        ahead += reversed(below)


def nodes(expr: Expr) -> list[Expr]:
    """Return every node, the root first: `walk` without the paths."""
    found = [expr]
    for node in found:
        found += node.children
    return found


def names(expr: Expr) -> frozenset[Name]:
    """Return the quantities a tree mentions."""
    return frozenset([node for node in nodes(expr) if type(node) is Name])


def replace_at(expr: Expr, path: Path, new: Expr) -> Expr:
    """Return the tree with the node at `path` replaced."""
    if not path:
        return new
    children = list(expr.children)
    children[path[0]] = replace_at(children[path[0]], path[1:], new)
    return expr.with_children(tuple(children))


def substitute(expr: Expr, replacement: Callable[[Expr], Expr | None]) -> Expr:
    """Return the tree with leaves replaced; `replacement` returns None for those that stay."""
    children = expr.children
    if not children:
        new = replacement(expr)
        return expr if new is None else new
    changed = tuple(
        [
            substitute(child, replacement) if child.children else replacement(child) or child
            for child in children
        ]
    )
    is_same = all(map(is_, changed, children))
    return expr if is_same else expr.with_children(changed)


def put(expr: Expr, old: Expr, new: Expr) -> Expr:
    """Return the tree with one leaf replaced everywhere."""
    return substitute(expr, lambda leaf: new if leaf == old else None)


def flatten(expr: Expr) -> Expr:
    """Return the same tree with nested sums and products joined, as operators would build it.

    A product with a sign keeps it outside: ``-a*b`` is the negative of a product, as a term is.
    """
    match expr:
        case Sum():
            parts = [flatten(term) for term in expr.terms]
            return Sum(tuple(term for part in parts for term in terms_of(part)))
        case Product():
            parts = [flatten(factor) for factor in expr.factors]
            return product(parts)
        case Negative(operand):
            inner = flatten(operand)
            return inner.operand if isinstance(inner, Negative) else Negative(inner)
    children = tuple(flatten(child) for child in expr.children)
    return expr.with_children(children) if children else expr


def expanded(expr: Expr) -> Expr:
    """Return a product of a sum of products written out: (a·b + c·d)·e as a·b·e + c·d·e."""
    if not isinstance(expr, Product):
        return expr
    for index, factor in enumerate(expr.factors):
        if isinstance(factor, Sum) and all(isinstance(term, Product) for term in factor.terms):
            rest = [*expr.factors[:index], *expr.factors[index + 1 :]]
            return Sum(tuple(product([term, *rest]) for term in factor.terms))
    return expr
