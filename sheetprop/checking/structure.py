"""Tables without header texts: what each column computes, from what, tells which quantity it is.

A column that refers to itself one row above is a weight being updated; one that is σ of another is
an activation; a sum of products that an activation is made of is a neuron. From there the chain
names the rest: inputs and targets by what uses them, gradients by the weights they update.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sheetprop.checking.points import FAILURES, FUNCTIONS, same_value
from sheetprop.checking.table import Table
from sheetprop.checking.translate import Translator
from sheetprop.errors import FormulaError
from sheetprop.maths.expr import Expr, Name, Product, Sum, evaluate, flatten, names
from sheetprop.maths.units import ACTIVATIONS
from sheetprop.notation.relative import references
from sheetprop.sheets.sheet import Address, Sheet, Value, Workbook

LEAST_UPDATES = 2
"""So many columns must update themselves for a block of formulas to be a training run."""

MOST_FORMULAS = 200_000

SUMS = (-1.3, -0.4, 0.3, 0.9, 2.1)
"""What activations are told by."""

ValueOf = Callable[[str, Address], Value]


@dataclass
class Guess:
    """Columns of a block by number, and what each is taken for."""

    trees: Mapping[int, Expr]
    updates: list[int]
    quantity: dict[str, int] = field(default_factory=dict)


def tables_by_structure(workbook: Workbook, value_of: ValueOf) -> list[Table]:
    """Return tables found by their formulas alone, iterations in rows."""
    found = []
    for sheet in workbook.sheets:
        for columns, places in _blocks(sheet):
            table = _named(workbook, sheet, columns, places, value_of)
            if table is not None:
                found.append(table)
    return found


def _blocks(sheet: Sheet) -> Iterator[tuple[list[int], tuple[int, ...]]]:
    """Yield (columns that update themselves, rows of the iterations) of every training run."""
    formulas = {address: cell.formula for address, cell in sheet.cells.items() if cell.formula}
    if len(formulas) > MOST_FORMULAS:
        return
    rows_of: dict[int, list[int]] = {}
    for (row, column), formula in formulas.items():
        if (row - 1, column) in references(formula):
            rows_of.setdefault(column, []).append(row)
    runs = Counter(tuple(sorted(rows)) for rows in rows_of.values())
    for rows, count in runs.items():
        columns = sorted(c for c, found in rows_of.items() if tuple(sorted(found)) == rows)
        is_run = rows == tuple(range(rows[0], rows[-1] + 1))
        if count >= LEAST_UPDATES and is_run:
            yield columns, (rows[0] - 1, *rows)


def _named(
    workbook: Workbook,
    sheet: Sheet,
    updates: list[int],
    places: tuple[int, ...],
    value_of: ValueOf,
) -> Table | None:
    columns = sorted({c for (row, c) in sheet.cells if row == places[1]})
    plain = Table(sheet.name, "rows", places[0], places, {f"c{c}": c for c in columns}, {})
    translator = Translator(workbook, plain, value_of)
    guess = Guess(dict(_trees(translator, sheet, plain, columns)), updates)
    _find_neurons(guess)
    _find_targets(guess)
    _find_gradients(guess)
    known = set(guess.quantity.values())
    if not any(name.startswith("w") for name in guess.quantity) or len(known) < len(updates):
        return None
    return replace(plain, lines=dict(sorted(guess.quantity.items(), key=lambda one: one[1])))


def _trees(
    translator: Translator, sheet: Sheet, table: Table, columns: list[int]
) -> Iterator[tuple[int, Expr]]:
    for column in columns:
        cell = (table.places[1], column)
        if sheet.cells[cell].formula is None:
            continue
        try:
            yield column, flatten(translator.tree(cell))
        except FormulaError:
            continue


def _column(name: Name) -> int:
    return int(name.name[1:])


def _find_neurons(guess: Guess) -> None:
    """Name sums, activations, weights, biases and inputs, layer by layer."""
    activation_of = {
        _column(next(iter(names(tree)))): column
        for column, tree in guess.trees.items()
        if _is_activation(tree)
    }
    sums = {c: _terms(guess.trees[c]) for c in activation_of if c in guess.trees}
    sums = {column: terms for column, terms in sums.items() if terms}
    outputs = {activation_of[column]: column for column in sums}
    depth = {column: _depth(column, sums, outputs) for column in sums}
    ordered = sorted(sums, key=lambda column: (depth[column], column))
    last = max(depth.values(), default=0)
    inputs = _inputs(sums, outputs, guess.updates)
    guess.quantity.update({f"i{k}": column for k, column in enumerate(inputs, 1)})
    source_names = dict(zip(inputs, guess.quantity, strict=True))
    counts: Counter[str] = Counter()
    for column in ordered:
        letter = "o" if depth[column] == last else "h"
        counts[letter] += 1
        label = f"{letter}{counts[letter]}"
        guess.quantity[label] = column
        guess.quantity[f"a_{label}"] = activation_of[column]
        source_names[activation_of[column]] = f"a_{label}"
    order = {name: place for place, name in enumerate(source_names.values())}
    for column in ordered:
        pairs = [_pair(term, source_names) for term in sums[column]]
        known = [pair for pair in pairs if pair]
        for weight, _ in sorted(known, key=lambda pair: order[source_names[pair[1]]]):
            counts["w"] += 1
            guess.quantity[f"w{counts['w']}"] = weight
    _find_biases(guess, [sums[column] for column in ordered])


def _is_activation(tree: Expr) -> bool:
    mentioned = names(tree)
    if len(mentioned) != 1 or isinstance(tree, Name):
        return False
    (name,) = mentioned
    if name.shift:
        return False
    known = ([_at(unit.value(name), z) for z in SUMS] for unit in ACTIVATIONS.values())
    values = [_at(tree, z) for z in SUMS]
    return any(all(map(same_value, values, right)) for right in known)


def _at(tree: Expr, z: float) -> float:
    """Return the value of a tree of one quantity, nan where it has none."""
    try:
        return float(evaluate(tree, lambda _: z, FUNCTIONS))
    except (*FAILURES, TypeError, KeyError):
        return math.nan


def _terms(tree: Expr) -> list[Expr]:
    """Return the terms of a sum of products of two columns, [] for any other tree."""
    terms = list(tree.terms) if isinstance(tree, Sum) else [tree]
    for term in terms:
        parts = term.factors if isinstance(term, Product) else (term,)
        if len(parts) > 2 or not all(isinstance(p, Name) and p.shift == 0 for p in parts):
            return []
    return terms


def _depth(column: int, sums: Mapping[int, list[Expr]], outputs: Mapping[int, int]) -> int:
    behind = [
        outputs[_column(part)]
        for term in sums[column]
        for part in names(term)
        if _column(part) in outputs and outputs[_column(part)] != column
    ]
    return 1 + max((_depth(c, sums, outputs) for c in behind if c in sums), default=0)


def _inputs(
    sums: Mapping[int, list[Expr]], outputs: Mapping[int, int], updates: list[int]
) -> list[int]:
    found = {
        _column(part)
        for terms in sums.values()
        for term in terms
        if isinstance(term, Product)
        for part in names(term)
    }
    return sorted(found - set(outputs) - set(updates))


def _pair(term: Expr, sources: Mapping[int, str]) -> tuple[int, int] | None:
    """Return (weight, source) of a product, or None."""
    if not isinstance(term, Product):
        return None
    columns = [_column(part) for part in term.factors if isinstance(part, Name)]
    for weight, source in (columns, columns[::-1]):
        if source in sources:
            return weight, source
    return None


def _find_biases(guess: Guess, sums: list[list[Expr]]) -> None:
    alone = [_column(term) for terms in sums for term in terms if isinstance(term, Name)]
    for number, column in enumerate(dict.fromkeys(alone), 1):
        guess.quantity[f"b{number}"] = column


def _find_targets(guess: Guess) -> None:
    """Name targets and errors: an error mentions one output's activation and its target."""
    by_column = {column: name for name, column in guess.quantity.items()}
    for column, tree in guess.trees.items():
        mentioned = {_column(name) for name in names(tree)}
        outputs = [c for c in mentioned if by_column.get(c, "").startswith("a_o")]
        rest = [c for c in mentioned if c not in by_column and c not in guess.trees]
        if len(mentioned) == 2 and len(outputs) == len(rest) == 1:
            number = by_column[outputs[0]][3:]
            guess.quantity[f"t{number}"] = rest[0]
            guess.quantity[f"E{number}"] = column
    _find_targets_of_gradients(guess)
    errors = {c for name, c in guess.quantity.items() if name.startswith("E")}
    for column, tree in guess.trees.items():
        if errors and {_column(name) for name in names(tree)} == errors:
            guess.quantity.setdefault("E_total", column)


def _find_targets_of_gradients(guess: Guess) -> None:
    """Name targets whose error is none: what stands with one output's activation elsewhere."""
    by_column = {column: name for name, column in guess.quantity.items()}
    found: dict[str, Counter[int]] = {}
    for tree in guess.trees.values():
        mentioned = {_column(name) for name in names(tree)}
        outputs = [c for c in mentioned if by_column.get(c, "").startswith("a_o")]
        rest = [c for c in mentioned if c not in by_column and c not in guess.trees]
        if len(outputs) == len(rest) == 1:
            found.setdefault(f"t{by_column[outputs[0]][3:]}", Counter())[rest[0]] += 1
    for target, columns in found.items():
        guess.quantity.setdefault(target, columns.most_common(1)[0][0])


def _find_gradients(guess: Guess) -> None:
    """Name gradients: what an update takes from the row above besides the weight itself."""
    taken = set(guess.quantity.values())
    for name, column in list(guess.quantity.items()):
        if column in guess.updates and column in guess.trees and name[0] in "wb":
            before = {_column(n) for n in names(guess.trees[column]) if n.shift == -1} - {column}
            if len(before) == 1 and not before & taken:
                guess.quantity[f"dE/d{name}"] = before.pop()
