"""The forward pass with one weight moved a little: what it reaches, and by which formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sheetprop.lessons.start.chosen import Chosen
from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.notation.address import address
from sheetprop.notation.excel_write import to_excel

MOVED, PASS = 2, 3  # columns: the moved weight, and the first quantity of the forward pass
_FORWARD = ("sum", "activation", "error", "total error")
_STEP = "step"  # stands for the cell of h


def forward_names(network: Network) -> list[str]:
    """Return the quantities of the forward pass, E_total last."""
    return [name for name, q in network.quantities.items() if q.kind in _FORWARD]


def _reached(network: Network, weight: str) -> frozenset[str]:
    """Return the weight and what depends on it in the forward pass."""
    found = {weight}
    for name in forward_names(network):
        tree = network.quantities[name].tree
        if tree is not None and any(leaf.name in found for leaf in names(tree)):
            found.add(name)
    return frozenset(found)


@dataclass(frozen=True)
class MovedWeight:
    """One row: the forward pass of the chosen step with a weight moved."""

    network: Network
    weight: str
    chosen: Chosen
    row: int

    @cached_property
    def reached(self) -> frozenset[str]:
        """Return what changes with the weight."""
        return _reached(self.network, self.weight)

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {self.weight: MOVED} | {
            name: column for column, name in enumerate(forward_names(self.network), PASS)
        }

    def formula(self, name: str) -> str:
        """Return a quantity's formula; what the weight does not reach is as it was."""
        tree = self.network.quantities[name].tree
        if name not in self.reached or tree is None:
            return f"={self.chosen.value[name]}"
        return to_excel(tree, self._cell)

    def _cell(self, leaf: Expr) -> str:
        name = leaf.name if isinstance(leaf, Name) else str(leaf)
        if name in self.reached:
            return address(self.row, self._columns[name])
        return self.chosen.value[name]


@dataclass(frozen=True)
class WithStep:
    """E_total in one formula, with a weight moved by h."""

    tree: Expr

    def formula(self, value: Mapping[str, str], step: str) -> str:
        """Return the formula; `value` has the cell of each quantity, `step` is that of h."""

        def cell(leaf: Expr) -> str:
            name = leaf.name if isinstance(leaf, Name) else str(leaf)
            return step if name == _STEP else value[name]

        return to_excel(self.tree, cell)


def with_step(network: Network, weight: str, sign: int) -> WithStep:
    """Return E_total with a weight larger (`sign` 1) or smaller (-1) by h."""
    reached = _reached(network, weight)
    moved = Name(weight) + Name(_STEP) if sign > 0 else Name(weight) - Name(_STEP)

    def written_out(leaf: Expr) -> Expr | None:
        if not isinstance(leaf, Name) or leaf.name not in reached:
            return None
        tree = network.quantities[leaf.name].tree
        return moved if leaf.name == weight or tree is None else substitute(tree, written_out)

    total = network.quantities["E_total"].tree
    assert total is not None
    return WithStep(substitute(total, written_out))
