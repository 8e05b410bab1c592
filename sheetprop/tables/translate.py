"""A student's formula read in quantity names: ``=E33-$G$30*X33`` is w1′ - η · ∂E/∂w1′.

References into the table become quantities of this or another iteration; references to helper
cells are replaced by what those compute; what depends on no quantity stays a reference to a
constant cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sheetprop.errors import FormulaError
from sheetprop.maths.network import Network
from sheetprop.maths.trees.evaluate import folded
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import nodes, substitute
from sheetprop.notation.excel_parse import CellReference, DefinedName
from sheetprop.notation.relative import is_one_formula
from sheetprop.tables.digits import with_whole_e
from sheetprop.tables.readings.parsed import parsed, worked_out
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Address, ExcelError, Sheet, Value, Workbook

DEEPEST = 60
"""So many helper cells may stand behind one another."""

MOST_HELPERS = 2000
"""So many helper cells may be put into one formula."""

FEWEST_TRIED = 60
"""So many are tried for each formula, however many formulas before had too many."""

MOST_LEVELS = 150
"""Levels of a tree with its helper cells put in."""

TOO_DEEP = "is nested too deeply with the helper cells behind it"

Place = tuple[str, Address]


def translator_of(
    workbook: Workbook,
    table: Table,
    network: Network,
    value_of: Callable[[str, Address], Value],
) -> Translator:
    """Return a translator for which only a network's quantities are quantities.

    Further columns that have a name, as ∂E/∂a_h1 where the network does not state it, are helpers.
    """
    lines = {name: line for name, line in table.lines.items() if name in network.quantities}
    return Translator(workbook, replace(table, lines=lines), value_of)


class Translator:
    """Reads the formulas around one table; `read` gives a formula's tree.

    `value_of` gives a cell's recalculated value, for constants behind the formulas. `aliases` are
    cells outside the table that feed one of its given quantities: they mean that quantity.
    """

    def __init__(
        self,
        workbook: Workbook,
        table: Table,
        value_of: Callable[[str, Address], Value],
        read: Callable[[str], Expr] = parsed,
    ) -> None:
        self._read = read
        self._sheets: Mapping[str, Sheet] = {s.name.casefold(): s for s in workbook.sheets}
        self._defined = {name.casefold(): text for name, text in workbook.names.items()}
        self._table = table
        self._own_sheet = table.sheet.casefold()
        self._quantity = {line: name for name, line in table.lines.items()}
        self._names: dict[tuple[str, int], Name] = {}
        self._value_of = value_of
        self._constants: set[Place] = set()
        self._helpers: dict[tuple[Place, int, int], tuple[Expr, int, list[Place]]] = {}
        self._filled: dict[tuple[str, tuple[Address, ...]], bool] = {}
        self._step = 0
        self._visits = 0
        self._most_helpers = MOST_HELPERS
        self.aliases: dict[Place, str] = {}
        self.behind: list[Place] = []

    def tree(self, cell: Address) -> Expr:
        """Return the tree of the formula in a cell of the table's sheet.

        Leaves are `Name` for quantities and `CellReference` (with its sheet) for constant cells;
        `behind` tells afterwards which helper cells were put in.

        Raises:
            FormulaError: the formula, or a helper cell's, has no tree.

        """
        sheet = self._sheets[self._table.sheet.casefold()]
        formula = sheet.cells[cell].formula
        if formula is None:
            raise FormulaError("", "there is no formula")
        self._step = self._table.step_of[self._table.split(cell)[1]]
        self._visits = 0
        self.behind = []
        try:
            tree = self._formula(formula, sheet.name, 0)
        except RecursionError as error:
            raise FormulaError(formula, TOO_DEEP) from error
        if levels(tree) > MOST_LEVELS:
            raise FormulaError(formula, TOO_DEEP)
        has_others = self._visits > 1  # whose numbers may make more of it constant
        return with_whole_e(folded(tree) if has_others else tree)

    def constant(self, expr: Expr) -> Expr:
        """Return a tree with its constant cells replaced by their numbers.

        Raises:
            FormulaError: one of them holds no number.

        """
        tree = substitute(expr, self._number)
        return tree if tree is expr else with_whole_e(tree)

    def is_constant(self, place: Place) -> bool:
        """Whether a cell is known to be taken as it is, without its formula being read."""
        title, cell = place
        is_own = title.casefold() == self._own_sheet
        if place in self.aliases or (is_own and self._table.split(cell)[0] in self._quantity):
            return False
        sheet = self._sheets.get(title.casefold())
        stored = sheet.cells.get(cell) if sheet else None
        return stored is None or stored.formula is None or place in self._constants

    def is_filled(self, title: str, cells: Sequence[Address]) -> bool:
        """Whether cells of a sheet hold one formula, as it reads in each of them; remembered."""
        key = title, tuple(cells)
        if key not in self._filled:
            stored = self._sheets[title.casefold()].cells
            texts = (stored[cell].formula if cell in stored else None for cell in cells)
            self._filled[key] = is_one_formula(texts, cells)
        return self._filled[key]

    def _number(self, leaf: Expr) -> Expr | None:
        if not isinstance(leaf, CellReference):
            return None
        value = self._value_of(leaf.sheet or "", (leaf.row, leaf.column))
        if value is None:
            return Number(0.0)  # an empty cell counts as 0
        if isinstance(value, int | float):
            return Number(float(value))
        kind = "an error" if isinstance(value, ExcelError) else "a text"
        raise FormulaError(str(value), f"refers to {kind}")

    def _formula(self, formula: str, sheet: str, depth: int) -> Expr:
        self._visits += 1
        if depth > DEEPEST or self._visits > self._most_helpers:
            # Where one formula has no end, others have none either: less is tried for each.
            self._most_helpers = max(self._most_helpers // 2, FEWEST_TRIED)
            raise FormulaError(formula, "too many helper cells stand behind it")
        tree = worked_out(self._read, formula)
        return substitute(tree, lambda leaf: self._leaf(leaf, sheet, depth))

    def _leaf(self, leaf: Expr, sheet: str, depth: int) -> Expr | None:
        if type(leaf) is CellReference:  # as most are
            return self._cell(leaf.sheet or sheet, (leaf.row, leaf.column), depth)
        return self._named(leaf, sheet, depth) if isinstance(leaf, DefinedName) else None

    def _named(self, leaf: DefinedName, sheet: str, depth: int) -> Expr:
        name = leaf.name.casefold()
        text = self._defined.get(f"{sheet.casefold()}!{name}", self._defined.get(name))
        if text is None:
            raise FormulaError(leaf.name, "is no name that the workbook defines")
        return self._formula(f"={text}", sheet, depth + 1)

    def _cell(self, sheet: str, cell: Address, depth: int) -> Expr:
        name = self._quantity_at(sheet, cell)
        if name:
            return name
        found = self._sheets.get(sheet.casefold())
        place = (found.name if found else sheet, cell)
        if place in self.aliases:
            return Name(self.aliases[place])
        stored = found.cells.get(cell) if found else None
        if stored is not None and stored.formula is not None and place not in self._constants:
            before = len(self.behind)
            self.behind.append(place)
            behind = self._helper(place, stored.formula, depth + 1)
            if any(type(node) is Name for node in nodes(behind)):
                return behind
            del self.behind[before:]
            self._constants.add(place)
        return CellReference(*cell, place[0])

    def _helper(self, place: Place, formula: str, depth: int) -> Expr:
        """Return the tree of a helper cell, put together once for all that refers to it.

        Helpers behind helpers are counted as if each were put in again: their number is that of
        the tree's parts.
        """
        key = (place, self._step, len(self.aliases))
        if key not in self._helpers:
            before, count = self._visits, len(self.behind)
            tree = self._formula(formula, place[0], depth)
            self._helpers[key] = (tree, self._visits - before, self.behind[count:])
            return tree
        tree, visits, behind = self._helpers[key]
        self._visits += visits
        self.behind += behind
        if self._visits > MOST_HELPERS:
            raise FormulaError(formula, "too many helper cells stand behind it")
        return tree

    def _quantity_at(self, sheet: str, cell: Address) -> Name | None:
        table = self._table
        if sheet != table.sheet and sheet.casefold() != self._own_sheet:
            return None
        line, place = table.split(cell)
        quantity = self._quantity.get(line)
        if quantity is None:
            return None
        step = table.step_of.get(place)
        if step is None:
            return None
        if table.fixed.get(quantity, cell) != cell:
            return None  # its line is only where its cell happens to stand
        known = quantity, step - self._step
        name = self._names.get(known)
        if name is None:  # the same few are met again and again
            name = self._names[known] = Name(*known)
        return name


def levels(tree: Expr) -> int:
    """Return how many levels a tree has, without calling itself as often."""
    count, level = 0, [tree]
    while level:
        count += 1
        level = [child for node in level for child in node.children]
    return count
