"""Forms whose labels say nothing: one iteration in cells anywhere, and the weights updated from it.

An update is a cell that nothing takes, which adds something computed to a number that is given.
That number is a weight, and the update its cell in the next iteration; the rest follows as in a
table without headers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from sheetprop.checking.finding.forms import LEAST_QUANTITIES
from sheetprop.checking.without_headers.backward import find_gradients, find_targets
from sheetprop.checking.without_headers.forward import find_neurons
from sheetprop.checking.without_headers.guess import Guess, line_of
from sheetprop.checking.without_headers.samples import named_by_samples
from sheetprop.errors import FormulaError
from sheetprop.maths.names import kind
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import flatten, names, substitute, walk
from sheetprop.notation.address import COLUMNS, address
from sheetprop.notation.excel_parse import CellReference, parse
from sheetprop.notation.mentioned import COPY, cells_within
from sheetprop.notation.relative import references
from sheetprop.tables.form import Form
from sheetprop.tables.points import FAILURES, FUNCTIONS, same_value
from sheetprop.tables.table import DOWN, NOWHERE
from sheetprop.tables.translate import Translator
from sheetprop.workbooks.sheet import EMPTY, Address, Sheet, Value, Workbook

LEAST_UPDATES = 4
"""So many weights with an update make a form; fewer sums of a number are found anywhere."""

MOST_CELLS = 2_000
"""A form of one iteration has fewer."""

NEEDED = {"input", "target", "weight", "sum", "activation"}


UPDATED = (
    "on {sheet}, {updates} update the numbers in {weights} as weights are updated, but what is "
    "calculated from these forms no network: look whether each weight has its update, each sum its "
    "weights and an activation, and each gradient a formula"
)

ValueOf = Callable[[str, Address], Value]


def forms_by_structure(workbook: Workbook, value_of: ValueOf) -> list[Form]:
    """Return the form of every sheet whose formulas are those of one iteration."""
    found = (_form(workbook, sheet, value_of) for sheet in workbook.sheets)
    return [form for form in found if form is not None]


def weights_found(workbook: Workbook) -> str | None:
    """Return what is said of the first sheet on which numbers are updated, None without one."""
    for sheet in workbook.sheets:
        pairs = dict(_updates(sheet)) if len(sheet.cells) <= MOST_CELLS else {}
        if len(pairs) >= LEAST_UPDATES:
            here, there = (
                ", ".join(address(*at) for at in pairs),
                ", ".join(address(*at) for at in pairs.values()),
            )
            return UPDATED.format(sheet=sheet.name, weights=here, updates=there)
    return None


def _form(workbook: Workbook, sheet: Sheet, value_of: ValueOf) -> Form | None:
    if len(sheet.cells) > MOST_CELLS:
        return None
    pairs = dict(_updates(sheet))
    plain, guess = _guessed(workbook, sheet, value_of, pairs)
    if guess is not None and (strays := set(guess.updates) - set(guess.by_line)):
        if any(map(_learns_as(guess, strays), strays)):
            return None  # a weight of no neuron: the sum or the activation it belongs to is lost
        # Such as t1 - a_o1 in a cell of its own: it adds to a number that is no weight.
        strays_at = {plain.cells[line][0] for line in strays}
        pairs = {at: later for at, later in pairs.items() if at not in strays_at}
        plain, guess = _guessed(workbook, sheet, value_of, pairs)
    if guess is None:
        return None
    find_targets(guess)
    find_gradients(guess)
    guess = named_by_samples(guess) or guess
    kinds = {kind(name) for name in guess.quantity}
    weights = [line for name, line in guess.quantity.items() if name.startswith("w")]
    is_whole = kinds >= NEEDED and len({*weights}) == len(weights)  # none is two weights
    is_whole = is_whole and all(plain.cells[line][1] != NOWHERE for line in weights)
    is_network = is_whole and len(guess.quantity) >= LEAST_QUANTITIES
    return replace(plain, lines=dict(guess.quantity)) if is_network else None


def _learns_as(guess: Guess, strays: Collection[int]) -> Callable[[int], bool]:
    """Return what tells whether an update takes a number that the others share: the rate."""

    def taken(line: int) -> set[str]:
        return {name.name for name in names(guess.trees[line])}

    others = Counter(one for line in guess.updates if line not in strays for one in taken(line))
    shared = {one for one, count in others.items() if count >= LEAST_UPDATES}
    return lambda line: bool(taken(line) & shared)


def _guessed(
    workbook: Workbook, sheet: Sheet, value_of: ValueOf, pairs: Mapping[Address, Address]
) -> tuple[Form, Guess | None]:
    """Return the plain form with its neurons named, None where too few numbers are updated."""
    plain = _plain(sheet, pairs)
    if len(pairs) < LEAST_UPDATES:
        return plain, None
    translator = Translator(workbook, plain, value_of)
    trees = _without_copies(dict(_trees(translator, sheet, plain)))
    weights = [line for line, (_, later) in enumerate(plain.cells) if later != NOWHERE]
    guess = Guess(trees, [line for line in weights if _adds(trees.get(line), line)])
    if len(guess.updates) < LEAST_UPDATES:
        return plain, None
    find_neurons(guess)
    return plain, guess


def _updates(sheet: Sheet) -> Iterator[tuple[Address, Address]]:
    """Yield each number that may be a weight with the cell that may be its update."""
    formulas = {at: cell.formula for at, cell in sheet.cells.items() if cell.formula}
    taken = {at: cells_within(formula, sheet.name) for at, formula in formulas.items()}
    copies = {at for at, formula in formulas.items() if COPY.fullmatch(formula)}
    used = Counter(cell for at, cells in taken.items() if at not in copies for cell in cells)
    added: dict[Address, list[Address]] = {}
    for at in sorted(taken):
        if used[at] or at in copies:  # which a next iteration may begin with
            continue
        given = [cell for cell in taken[at] if sheet.cells.get(cell, EMPTY).is_typed_number]
        to = [cell for cell in given if _adds_to(formulas[at], cell)]
        if len(to) == 1 and any(cell in formulas for cell in taken[at]):
            added.setdefault(to[0], []).append(at)
    yield from ((cell, at[0]) for cell, at in added.items() if len(at) == 1)


def _adds_to(formula: str, cell: Address) -> bool:
    """Whether a formula is a cell and something that has nothing to do with it."""

    def number(at: Address) -> int:
        return at[0] * COLUMNS + at[1]

    def called(leaf: Expr) -> Expr | None:
        if not isinstance(leaf, CellReference):
            return None
        return Name(f"c{number((leaf.row, leaf.column))}", -1)

    try:
        return _adds(substitute(parse(formula), called), number(cell))
    except FormulaError:
        return False


def _copies(sheet: Sheet, updates: Collection[Address]) -> set[Address]:
    """Return the cells that only repeat an update, and that nothing takes.

    So the new weights are written again where the next iteration would begin.
    """
    formulas = {at: cell.formula for at, cell in sheet.cells.items() if cell.formula}
    used = {cell for formula in formulas.values() for cell in references(formula)}
    found = {at: formula for at, formula in formulas.items() if COPY.fullmatch(formula)}
    return {at for at, one in found.items() if at not in used and references(one)[0] in updates}


def _plain(sheet: Sheet, updates: Mapping[Address, Address]) -> Form:
    """Return the form of all numbers and formulas of a sheet, none of which has a name yet."""
    later = {*updates.values(), *_copies(sheet, updates.values())}
    cells = [
        at
        for at, cell in sorted(sheet.cells.items())
        if at not in later and (cell.formula is not None or cell.is_typed_number)
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


def _without_copies(trees: Mapping[int, Expr]) -> dict[int, Expr]:
    """Return the trees with what only repeats a given number in its place, as a target may."""
    copies = {
        line: tree
        for line, tree in trees.items()
        if isinstance(tree, Name) and not tree.shift and line_of(tree) not in trees
    }

    def given(leaf: Expr) -> Expr | None:
        is_copy = isinstance(leaf, Name) and not leaf.shift
        return copies.get(line_of(leaf)) if is_copy and isinstance(leaf, Name) else None

    left = {line: tree for line, tree in trees.items() if line not in copies}
    return {line: substitute(tree, given) for line, tree in left.items()} if copies else left


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
