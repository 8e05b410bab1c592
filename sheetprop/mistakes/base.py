"""What a mistake is: a name, an explanation, and the wrong trees it makes of a right one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sheetprop.maths.expr import (
    Expr,
    Name,
    Negative,
    Path,
    Sum,
    nodes,
    replace_at,
    substitute,
    walk,
)
from sheetprop.maths.network import Network, Quantity
from sheetprop.notation.text import name_text


@dataclass(frozen=True, slots=True)
class Subject:
    """The right formula of one quantity, on which a mistake is tried."""

    quantity: Quantity
    network: Network

    @property
    def tree(self) -> Expr:
        """The quantity's declared tree; a given quantity keeps the value it had before."""
        return self.quantity.tree or Name(self.quantity.name, -1)


@dataclass(frozen=True, slots=True)
class Variant:
    """A wrong tree, what was done to the right one, and how much of it was changed.

    `says` is the phrase, or makes it of the tree: thousands are made, and few are read. The phrase
    completes "the formula …"; `signature` is alike for the same slip in other columns;
    `cost` counts the changes, so that the smallest explanation can be preferred.
    """

    tree: Expr
    says: str | Callable[[Expr], str]
    signature: str
    cost: int = 1

    @property
    def phrase(self) -> str:
        """What the formula does."""
        return self.says if isinstance(self.says, str) else self.says(self.tree)


Variants = Callable[[Subject], Iterator[Variant]]


def _no_variants(subject: Subject) -> Iterator[Variant]:
    """Found in cells and values, not by its tree."""
    del subject
    yield from ()


@dataclass(frozen=True, slots=True)
class Mistake:
    """One entry of the catalogue.

    `summary` says in a clause what is found; `explanation` tells a student why it is wrong;
    `wrong` and `right` are an example, formulas in quantity names.
    """

    code: str
    name: str
    summary: str
    explanation: str
    wrong: str
    right: str
    variants: Variants = _no_variants


def occurrences(tree: Expr) -> dict[Name, list[Path]]:
    """Return where each quantity stands in a tree."""
    found: dict[Name, list[Path]] = {}
    for path, node in walk(tree):
        if isinstance(node, Name):
            found.setdefault(node, []).append(path)
    return found


def cancels(tree: Expr) -> bool:
    """Whether a sum holds a term and its opposite: then a whole term is what is lost."""
    for node in nodes(tree):
        if type(node) is Sum:
            taken = {term.operand for term in node.terms if isinstance(term, Negative)}
            if taken & set(node.terms):
                return True
    return False


def computing(other: str) -> Variant:
    """Return the variant that has another quantity's whole formula, or refers to it."""
    return Variant(Name(other), f"computes {name_text(other)} instead", f"is {other}", 2)


def replacing(tree: Expr, old: Name, new: Expr) -> Iterator[tuple[Expr, int]]:
    """Yield the tree with one quantity replaced: everywhere, then at single places.

    The second of each pair is the cost: a name confused throughout is one slip.
    """
    everywhere = substitute(tree, lambda leaf: new if leaf == old else None)
    if not cancels(everywhere):
        yield everywhere, 1
    paths = occurrences(tree).get(old, [])
    single = (replace_at(tree, path, new) for path in paths if len(paths) > 1)
    yield from ((changed, 1) for changed in single if not cancels(changed))
