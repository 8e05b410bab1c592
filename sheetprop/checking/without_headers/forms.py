"""Forms whose labels say nothing: one iteration in cells anywhere, and the weights updated from it.

An update is a cell that nothing takes, which adds something computed to a number that is given.
That number is a weight, and the update its cell in the next iteration; the rest follows as in a
table without headers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from sheetprop.checking.finding.forms import LEAST_QUANTITIES
from sheetprop.checking.without_headers.backward import find_gradients, find_targets
from sheetprop.checking.without_headers.forward import find_neurons
from sheetprop.checking.without_headers.guess import Guess
from sheetprop.errors import FormulaError
from sheetprop.maths.names import kind
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import flatten, walk
from sheetprop.notation.excel_parse import CellReference
from sheetprop.notation.relative import references
from sheetprop.tables.form import Form
from sheetprop.tables.points import FAILURES, FUNCTIONS, same_value
from sheetprop.tables.table import DOWN, NOWHERE
from sheetprop.tables.translate import Translator
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Value, Workbook

LEAST_UPDATES = 4
"""So many weights with an update make a form; fewer sums of a number are found anywhere."""

MOST_CELLS = 2_000
"""A form of one iteration has fewer."""

NEEDED = {"input", "target", "weight", "sum", "activation"}


ValueOf = Callable[[str, Address], Value]


def forms_by_structure(workbook: Workbook, value_of: ValueOf) -> list[Form]:
    """Return the form of every sheet whose formulas are those of one iteration."""
    found = (_form(workbook, sheet, value_of) for sheet in workbook.sheets)
    return [form for form in found if form is not None]


def _form(workbook: Workbook, sheet: Sheet, value_of: ValueOf) -> Form | None:
    if len(sheet.cells) > MOST_CELLS:
        return None
    pairs = dict(_updates(sheet))
    plain, guess = _guessed(workbook, sheet, value_of, pairs)
    if guess is not None and (strays := set(guess.updates) - set(guess.by_line)):
        # Such as t1 - a_o1 in a cell of its own: it adds to a number that is no weight.
        strays_at = {plain.cells[line][0] for line in strays}
        pairs = {at: later for at, later in pairs.items() if at not in strays_at}
        plain, guess = _guessed(workbook, sheet, value_of, pairs)
    if guess is None:
        return None
    find_targets(guess)
    find_gradients(guess)
    kinds = {kind(name) for name in guess.quantity}
    weights = [line for name, line in guess.quantity.items() if name.startswith("w")]
    is_whole = kinds >= NEEDED and all(plain.cells[line][1] != NOWHERE for line in weights)
    is_network = is_whole and len(guess.quantity) >= LEAST_QUANTITIES
    return replace(plain, lines=dict(guess.quantity)) if is_network else None


def _guessed(
    workbook: Workbook, sheet: Sheet, value_of: ValueOf, pairs: Mapping[Address, Address]
) -> tuple[Form, Guess | None]:
    """Return the plain form with its neurons named, None where too few numbers are updated."""
    plain = _plain(sheet, pairs)
    if len(pairs) < LEAST_UPDATES:
        return plain, None
    translator = Translator(workbook, plain, value_of)
    trees = dict(_trees(translator, sheet, plain))
    weights = [line for line, (_, later) in enumerate(plain.cells) if later != NOWHERE]
    guess = Guess(trees, [line for line in weights if _adds(trees.get(line), line)])
    if len(guess.updates) < LEAST_UPDATES:
        return plain, None
    find_neurons(guess)
    return plain, guess


def _updates(sheet: Sheet) -> Iterator[tuple[Address, Address]]:
    """Yield each number that may be a weight with the cell that may be its update."""
    formulas = {at: cell.formula for at, cell in sheet.cells.items() if cell.formula}
    taken = {at: set(references(formula)) for at, formula in formulas.items()}
    used = Counter(cell for cells in taken.values() for cell in cells)
    last = {at: cells for at, cells in taken.items() if not used[at]}
    times = Counter(cell for cells in last.values() for cell in cells)
    for at, cells in sorted(last.items()):
        given = [c for c in cells if _is_number(sheet.cells.get(c)) and times[c] == 1]
        if len(given) == 1 and any(cell in formulas for cell in cells):
            yield given[0], at


def _is_number(cell: Cell | None) -> bool:
    is_typed = cell is not None and cell.formula is None
    return is_typed and cell is not None and isinstance(cell.value, int | float)


def _plain(sheet: Sheet, updates: Mapping[Address, Address]) -> Form:
    """Return the form of all numbers and formulas of a sheet, none of which has a name yet."""
    later = set(updates.values())
    cells = [
        at
        for at, cell in sorted(sheet.cells.items())
        if at not in later and (cell.formula is not None or _is_number(cell))
    ]
    return Form(
        sheet.name,
        DOWN,
        0,
        (0, 1),
        {f"c{line}": line for line in range(len(cells))},
        {},
        cells=tuple((at, updates.get(at, NOWHERE)) for at in cells),
        headers=tuple(cells),
    )


def _trees(translator: Translator, sheet: Sheet, form: Form) -> Iterator[tuple[int, Expr]]:
    """Yield what each cell computes; of a weight, what its update does."""
    for line, (now, later) in enumerate(form.cells):
        at = now if later == NOWHERE else later
        if sheet.cells[at].formula is None:
            continue
        try:
            tree = flatten(translator.tree(at))
        except FormulaError:
            continue
        if not any(isinstance(node, CellReference) for _, node in walk(tree)):
            yield line, tree


def _adds(tree: Expr | None, line: int) -> bool:
    """Whether a tree is a weight and something that has nothing to do with it."""
    if tree is None:
        return False
    try:
        values = [float(evaluate(tree, _At(line, x), FUNCTIONS)) for x in (0.0, 1.0, 3.0)]
    except (*FAILURES, TypeError, KeyError):
        return False
    return same_value(values[1] - values[0], 1.0) and same_value(values[2] - values[0], 3.0)


class _At:
    """Numbers for the leaves of a tree: one for a weight, another for each of the others."""

    def __init__(self, line: int, value: float) -> None:
        self.line, self.value = Name(f"c{line}", -1), value

    def __call__(self, name: Name) -> float:
        """Return the number of a leaf."""
        return self.value if name == self.line else 0.3 + 0.01 * (int(name.name[1:]) % 37)
