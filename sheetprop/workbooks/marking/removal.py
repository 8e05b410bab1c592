"""What goes when a copy is made without active content: relations, parts, and what needs them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field

from sheetprop.workbooks.reading.active import DDE, LINKS, QUERIES, SHEETS, Arrow, Package

WITH_FORMULAS = frozenset({LINKS, DDE, SHEETS})
"""What formulas may take values from."""


@dataclass(slots=True)
class Removal:
    """What goes: relations by their owner, parts, and kinds of content.

    `shapes` are the numbers of the shapes that show objects and controls.
    """

    package: Package
    arrows: list[Arrow]
    relations: dict[str, set[str]] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    shapes: set[str] = field(default_factory=set)

    def take(self, arrow: Arrow, kind: str | None) -> None:
        """Let a relation go."""
        self.relations.setdefault(arrow.owner, set()).add(arrow.id)
        self.kinds |= {kind} if kind else set()

    def staying(self, *kinds: str) -> list[str]:
        """Return the parts that stay to which relations of these kinds lead, by name."""
        found = {arrow.target for arrow in self.arrows if arrow.kind in kinds}
        return [self.package.names[p] for p in found - self.parts if p in self.package.names]


def removal_from(package: Package) -> Removal:
    """Return what goes of a package.

    Raises what parsing raises for a damaged part, and `ValueError` for too many relations.
    """
    removal = Removal(package, list(package.arrows()))
    for arrow in removal.arrows:
        if (kind := package.kind_of(arrow)) is not None:
            removal.take(arrow, kind)
    for part in package.names:
        if (kind := package.kind_of_part(part)) is not None:
            removal.parts.add(part)
            removal.kinds.add(kind)
    _with_what_needs_it(removal)
    kept = _reached([a for a in removal.arrows if a.id not in removal.relations.get(a.owner, ())])
    removal.parts |= (_reached(removal.arrows) - kept) & package.names.keys()
    removal.parts |= set(map(relations_part, removal.parts)) & package.names.keys()
    return removal


def _with_what_needs_it(removal: Removal) -> None:
    """Let go what is nothing without what goes: tables of queries, the order of calculation."""
    caches = {
        arrow.target
        for arrow in removal.arrows
        if arrow.kind == "pivotcachedefinition"
        and b'type="external"' in removal.package.head(arrow.target)
    }
    pivots = {arrow.owner for arrow in removal.arrows if arrow.target in caches}
    pivots = {part for part in pivots if part.startswith("xl/pivottables/")}
    for arrow in removal.arrows:
        if arrow.target in caches | pivots:
            removal.take(arrow, QUERIES)
        if arrow.kind == "calcchain" and removal.kinds & WITH_FORMULAS:
            removal.take(arrow, None)  # it lists cells with formulas, some of which lose theirs


def _reached(arrows: Iterable[Arrow]) -> set[str]:
    """Return the parts to which relations lead, from the package itself on."""
    targets: dict[str, list[str]] = {}
    for arrow in arrows:
        if not arrow.is_external:
            targets.setdefault(arrow.owner, []).append(arrow.target)
    found, rest = {""}, [""]
    while rest:
        for target in targets.get(rest.pop(), ()):
            if target not in found:
                found.add(target)
                rest.append(target)
    return found


def relations_part(part: str) -> str:
    """Return the name of the part that holds the relations of another."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
