"""A lesson whose worksheet is rows that look back: its quantities, their trees and their words.

A lesson is data: one module states its quantities in the order of their columns. Each has a name,
the spellings of its header, and either a tree (``Name(x, -1)`` is x in the row before) or, where it
is given, what it may be at random. Everything else follows: what a sheet that leaves columns out
computes, the random rows at which trees are compared, the right formula in a sheet's own columns.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from sheetprop.maths.quantity import Quantity
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.simplified import simplified
from sheetprop.maths.trees.walk import names, put, substitute

Draw = Callable[[random.Random], float]
"""Gives a random number that a given quantity may be."""

Settle = Callable[[dict[str, float]], None]
"""Makes numbers of one row fit each other."""

GIVEN, COMPUTED = "input", "row"
"""The kinds of quantities in rows."""

ANY_ROW = ""
"""The kind of a row that says of itself nothing that the lesson knows."""


class RowQuantity(NamedTuple):
    """One column: `headers` are patterns of its header in plain text.

    `tree` computes it; without one it is given, and `draw` says what it may be. A given quantity
    with a `default` may be left out of a sheet, and then is that. `first` is what the row before
    the first one has where a tree looks back at it: a number, or what draws one; `draw` of what is
    computed says what else it may be where rows have gone on for a while. `is_once` says that it
    may stand in one cell for all rows. The numbers in `free` are chosen in its tree: others between
    0 and 1 are as right. Where a sheet leaves it out, the numbers in `also` are as right as the
    default; one left out without a default is not known. What `is_chosen` is 0 or 1, and a formula
    may say what that leaves of it: ``-LN(p3)`` where the third is the target. What `is_setting` is
    chosen for its row, and a formula made for that row may say what it leaves. A given quantity
    that a sheet computes `takes` these, and none of them as another row has it.
    """

    name: str
    headers: tuple[str, ...]
    tree: Expr | None = None
    draw: Draw | None = None
    default: float | None = None
    first: float | Draw | None = None
    is_once: bool = False
    free: tuple[float, ...] = ()
    also: tuple[float, ...] = ()
    is_chosen: bool = False
    is_setting: bool = False
    takes: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class RowKind:
    """A kind of row, known by a pattern of its label, with trees that are other ones there.

    One `without` a quantity has no number of it, one `having` it has; one for which another is
    `needed` is none in a sheet that has no column of that. In its rows a quantity `by_pixel` may be
    typed as so many times what is right: once for each pixel of a square image, of which the sheet
    tells no size. The trees in `also` are as right there.
    """

    name: str
    label: str
    trees: Mapping[str, Expr] = field(default_factory=dict)
    without: str = ""
    needed: str = ""
    by_pixel: str = ""
    having: str = ""
    also: Mapping[str, Expr] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class RowLesson:
    """The quantities of a lesson in the order of its columns; it is a `Lesson`.

    `key` is the given quantity without a number of which a first row is no row but what the first
    one starts from. A table of the lesson has a header for one of each of the groups in `needed`.
    `equal` are other ways to say a quantity, for sheets that have other columns; a quantity without
    a column may be `alike` to another. `texts` begins the keys of its headers among the texts of a
    language. Another text of a row may be one of the
    `manners`, which change trees of rows of any kind. Where it `is_counting` all numbers are whole.
    A table has at least the `fewest` of its quantities; where a sheet has none, one may have fewer
    with one of those `telling`: no other table has a column of such a name. `settle` changes random
    given numbers of a row that have to fit each other. The trees of those `taken` are those of a
    sheet's own formulas: nothing else says what is right. A header in `behind` says with the end
    of a name what it is of the quantity left of it, as ``slope`` does. Fewer than the `fewest_rows`
    are no table; nor is one in which all formulas of one of the `sure` are wrong: they tell the
    lesson from another. Where headers may be read with the `likelier` quantities, they are.
    What the first row starts from may stand in a row with a label as in `begins`, alone.
    One that `is_repeated` may stand several times side by side, each below the same headers, and
    share what is left of the first. A text on its sheet that is like its `title` tells it as well
    as its `sure` do.
    """

    name: str
    stated: tuple[RowQuantity, ...]
    needed: tuple[frozenset[str], ...]
    key: str | None = None
    equal: Mapping[Name, tuple[Expr, ...]] = field(default_factory=dict)
    alike: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[RowKind, ...] = ()
    manners: tuple[RowKind, ...] = ()
    texts: str = ""
    is_counting: bool = False
    fewest: int = 2
    telling: frozenset[str] = frozenset()
    settle: Settle | None = None
    taken: frozenset[str] = frozenset()
    behind: Mapping[str, str] = field(default_factory=dict)
    fewest_rows: int = 1
    sure: frozenset[str] = frozenset()
    likelier: frozenset[str] = frozenset()
    begins: str = ""
    is_repeated: bool = False
    title: str = ""

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """Return every quantity by its name, in the order of the columns."""
        return {
            one.name: Quantity(one.name, GIVEN if one.tree is None else COMPUTED, one.tree)
            for one in self.stated
        }

    @cached_property
    def by_name(self) -> Mapping[str, RowQuantity]:
        """Return what is stated of each quantity."""
        return {one.name: one for one in self.stated}

    def neighbours(self, name: str) -> tuple[str, ...]:
        """Return the other quantities of the same kind: given ones, or computed ones."""
        own = self.quantities.get(name)
        alike = (q.name for q in self.quantities.values() if own and q.kind == own.kind)
        return tuple(other for other in alike if other != name)

    def looks_back(self, name: str) -> bool:
        """Whether a quantity is computed from the row before."""
        tree = self.quantities[name].tree
        return tree is not None and any(one.shift < 0 for one in names(tree))

    @lru_cache(maxsize=256)  # noqa: B019 - lessons are few, and stay
    def in_sheet(self, held: frozenset[str], kind: str = ANY_ROW) -> RowLesson:
        """Return the lesson as a sheet with some columns has it, in the rows of a kind.

        What the sheet leaves out is what it is by default, and is no quantity there.
        """
        left_out = {
            one.name: Number(one.default)
            for one in self.stated
            if one.default is not None and one.name not in held
        }
        same = {name: other for name, other in self.alike.items() if name not in held}
        other = self.trees_of(kind)

        def written(tree: Expr) -> Expr:
            return simplified(substitute(tree, lambda leaf: _default(leaf, left_out, same)))

        stated = tuple(
            _with_tree(one, written(tree) if (tree := other.get(one.name, one.tree)) else None)
            for one in self.stated
            if one.name not in left_out and one.name not in same
        )
        equal = {name: tuple(map(written, trees)) for name, trees in self.equal.items()}
        return replace(self, stated=stated, equal=equal, kinds=(), manners=())

    def trees_of(self, kind: str) -> dict[str, Expr]:
        """Return the trees that are other ones in the rows of a kind, and of a manner behind it."""
        said = kind.split(" ")
        told = (one.trees for one in (*self.kinds, *self.manners) if one.name in said)
        return {name: tree for trees in told for name, tree in trees.items()}

    def in_columns(self, holds: Callable[[Name], bool]) -> RowLesson:
        """Return the lesson with trees in what a sheet holds, where that says them."""
        stated = tuple(
            _with_tree(one, self._expressed(one.name, holds) or one.tree) for one in self.stated
        )
        return replace(self, stated=stated)

    def _expressed(self, name: str, holds: Callable[[Name], bool]) -> Expr | None:
        tree = self.quantities[name].tree
        ways = [] if tree is None else [tree, *self.equal.get(Name(name), ())]
        found = (self.in_held(way, name, holds) for way in ways)
        return next((one for one in found if one is not None), None)

    def in_held(self, tree: Expr, own: str, holds: Callable[[Name], bool]) -> Expr | None:
        """Return a quantity's tree in quantities that a sheet holds, None where that lacks some."""
        changed = tree
        for leaf in names(tree):
            ways = [way for way in self.equal.get(leaf, ()) if own not in _now(way)]
            shown = [*ways, leaf] if leaf.shift else [leaf, *ways]
            best = next((way for way in shown if all(map(holds, names(way)))), None)
            if best is None:
                return None
            changed = put(changed, leaf, best)
        return changed


def _default(leaf: Expr, left_out: Mapping[str, Number], same: Mapping[str, str]) -> Expr | None:
    if not isinstance(leaf, Name):
        return None
    return Name(same[leaf.name], leaf.shift) if leaf.name in same else left_out.get(leaf.name)


def _now(tree: Expr) -> set[str]:
    """Return the quantities of its own row that a tree takes."""
    return {name.name for name in names(tree) if not name.shift}


def _with_tree(one: RowQuantity, tree: Expr | None) -> RowQuantity:
    return RowQuantity(one.name, one.headers, tree, one.draw, one.default, one.first, one.is_once)


def held_by(lesson: RowLesson, found: Iterable[str], *, is_small: bool = False) -> bool:
    """Whether headers for some quantities are those of a table of a lesson.

    A table that `is_small` may have fewer, if one of them tells.
    """
    there = set(found)
    is_enough = len(there) >= lesson.fewest or (is_small and bool(there & lesson.telling))
    return is_enough and all(group & there for group in lesson.needed)
