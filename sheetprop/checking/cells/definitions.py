"""What somebody's named cells compute of each other: by their labels, or by their own formulas.

A label such as ``q = x + y`` says what is right there. Where none does, the formula itself says
what the function is, and what can be wrong is its gradient: of such a formula itself nobody can
say whether it is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set

from sheetprop.checking.cells.one_row import Trees, drawn_for, inlined
from sheetprop.checking.cells.typed_out import typed_out
from sheetprop.errors import FormulaError
from sheetprop.lessons.kinds.gates.content import FUNCTIONS, expression
from sheetprop.lessons.kinds.jacobian.derivative import ZERO, derivative
from sheetprop.maths.trees.expr import (
    Call,
    Expr,
    Name,
    Negative,
    Number,
    Quotient,
    Sum,
    product,
    total,
)
from sheetprop.maths.trees.walk import names
from sheetprop.rows.random_rows import random_rows
from sheetprop.rows.row_lesson import RowLesson, RowQuantity
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import ValueOf
from sheetprop.tables.readings.parsed import parsed_of_rows
from sheetprop.tables.table import DOWN, NOWHERE
from sheetprop.tables.translate import Translator
from sheetprop.validate import Problem
from sheetprop.workbooks.sheet import Address, Sheet, Workbook

MOST_WIRES = 80


class Definitions:
    """Reads the named cells of one sheet; `place` gives the address in it of a cell looked at."""

    def __init__(
        self,
        workbook: Workbook,
        sheet: Sheet,
        value_of: ValueOf,
        place: Callable[[Address], Address],
    ) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._value_of = value_of
        self._place = place
        self.output = ""
        self.taken: frozenset[str] = frozenset()

    def functions(
        self, values: Mapping[str, Address], told: Mapping[str, str]
    ) -> dict[str, Expr | None] | None:
        """Return the tree of each named value, None for what is given; None where one is unclear.

        `told` are the texts behind the ``=`` of labels. `taken` then are the values of which none
        of them says anything.
        """
        if len(values) > MOST_WIRES:
            return None
        cells = {name: self._place(at) for name, at in values.items()}
        try:
            own = self._by_formulas(cells)
        except FormulaError:
            return None
        found: dict[str, Expr | None] = dict(own)
        known: set[str] = set()
        for name, text in told.items():
            tree = by_text(text, [other for other in cells if other != name])
            if name not in cells or tree is None:
                continue
            if _is_same(name, own, tree):
                # What stands between it and what its label says it in is right with it.
                known |= _between(name, own, {leaf.name for leaf in names(tree)})
            else:
                found[name] = tree
                known.add(name)
        self.taken = frozenset(name for name, tree in found.items() if tree is not None) - known
        return found

    def _by_formulas(self, cells: Mapping[str, Address]) -> dict[str, Expr | None]:
        lines = {name: line for line, name in enumerate(cells)}
        pairs = tuple((at, NOWHERE) for at in cells.values())
        form = Form(self._sheet.name, DOWN, 0, (0,), lines, {}, cells=pairs)
        translator = Translator(self._workbook, form, self._value_of, parsed_of_rows)
        found: dict[str, Expr | None] = {}
        for name, at in cells.items():
            cell = self._sheet.cells.get(at)
            if cell is None or cell.formula is None:
                found[name] = None
                continue
            tree = translator.constant(translator.tree(at))
            found[name] = tree if names(tree) else None
        return found

    def circuit(
        self, values: Mapping[str, Address], told: Mapping[str, str]
    ) -> dict[str, Expr | None] | None:
        """Return the trees of values, gradients and slopes, None where they form no circuit.

        `output` then is the wire that all gradients are those of.
        """
        trees = self.functions(values, told)
        output = None if trees is None else _output_of(trees)
        if trees is None or output is None:
            return None
        self.output = output
        try:
            return {**trees, **_slopes(trees), **_gradients(trees, output)}
        except (KeyError, TypeError):
            return None


def by_text(text: str, known: list[str]) -> Expr | None:
    """Return the tree of an expression of some names, None where it is none."""
    if not text:
        return None
    try:
        return expression(typed_out(text, known), known, FUNCTIONS)
    except Problem:
        return None


def _is_same(name: str, own: Trees, told: Expr) -> bool:
    """Whether a formula computes what its label says: then the formula tells more."""
    tree = own.get(name)
    if tree is None:
        return False
    try:
        one, other = (inlined(way, own, ()) for way in (tree, told))
    except (RecursionError, OverflowError):
        return False
    given = {leaf.name for leaf in (*names(one), *names(other))}
    draw = drawn_for({**dict.fromkeys(given), name: one})
    if draw is None:
        return False
    stated = tuple(RowQuantity(leaf, (), None, draw) for leaf in sorted(given))
    points = random_rows(RowLesson("", stated, ()), frozenset(given))
    return points.same(one, other)


def _between(name: str, trees: Trees, ends: Set[str]) -> set[str]:
    """Return a quantity and all that it is computed from, as far as some others."""
    found, waiting = {name}, [name]
    while waiting:
        tree = trees.get(waiting.pop())
        new = {leaf.name for leaf in names(tree)} - found - ends if tree is not None else set()
        found |= new
        waiting += new
    return found


def _output_of(trees: Trees) -> str | None:
    """Return the only computed quantity that no other is computed from."""
    used = {leaf.name for tree in trees.values() if tree is not None for leaf in names(tree)}
    last = [name for name, tree in trees.items() if tree is not None and name not in used]
    return last[0] if len(last) == 1 else None


def _gradients(trees: Trees, output: str) -> dict[str, Expr]:
    """Return the gradient of every wire that the output is computed from, the output's first."""
    found: dict[str, Expr] = {f"d{output}/d{output}": Number(1)}
    waiting = [output]
    behind: list[str] = []
    while waiting:
        name = waiting.pop(0)
        tree = trees.get(name)
        for leaf in sorted({leaf.name for leaf in names(tree)} if tree is not None else ()):
            if leaf not in behind:
                behind.append(leaf)
                waiting.append(leaf)
    for wire in behind:
        terms = []
        for user in (output, *behind):
            tree = trees.get(user)
            if tree is not None and Name(wire) in names(tree) and user != wire:
                slope = _slope(user, tree, wire)
                if slope != ZERO:
                    terms.append(_times(Name(f"d{output}/d{user}"), slope))
        if terms:
            found[f"d{output}/d{wire}"] = total(terms)
    return found


def _slopes(trees: Trees) -> dict[str, Expr]:
    """Return the slope of each computed value by each that its formula takes."""
    return {
        f"d{name}/d{leaf.name}": _slope(name, tree, leaf.name)
        for name, tree in trees.items()
        if tree is not None
        for leaf in names(tree)
    }


def _slope(name: str, tree: Expr, by: str) -> Expr:
    """Return the slope of a value by a name, that of a sigmoid by its own output."""
    match tree:
        case Quotient(Number(1.0), Sum((Number(1.0), Call("EXP", (Negative(inner),))))):
            own = Name(name)
            return _times(own * (1 - own), derivative(inner, by))
    return derivative(tree, by)


def _times(gradient: Expr, slope: Expr) -> Expr:
    return gradient if slope == Number(1) else product([gradient, slope])
