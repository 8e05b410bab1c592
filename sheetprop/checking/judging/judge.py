"""Whether each quantity's formulas compute that quantity, judged on the student's own inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sheetprop.calculating.recalculated import Recalculated
from sheetprop.checking.fitting.by_values import fitted_to_values
from sheetprop.checking.fitting.given import labelled, used
from sheetprop.checking.fitting.identify import find_rate, fit, with_rate
from sheetprop.checking.fitting.likely_shapes import likely_shapes
from sheetprop.checking.fitting.relabel import relabelled
from sheetprop.checking.fitting.shapes import shapes_of, with_given_biases
from sheetprop.errors import FormulaError
from sheetprop.maths.expr import Expr, Name, names
from sheetprop.maths.network import Network, Quantity
from sheetprop.notation.excel_parse import CellReference
from sheetprop.spec import Architecture
from sheetprop.tables.judgement import Judgement, Unread, ValueOf, Wrong
from sheetprop.tables.lines import NOTHING_KNOWN, Fill, Line, Reading, read_line, readings
from sheetprop.tables.table import Table
from sheetprop.tables.translate import Translator, translator_of
from sheetprop.workbooks.sheet import Address, Sheet, Workbook


def judge(workbook: Workbook, table: Table, value_of: ValueOf) -> Judgement | None:
    """Return what is wrong in a table's formulas, or None where its columns form no network.

    `value_of` gives every cell's recalculated value.
    """
    judged = _best_shape(workbook, table, value_of)
    if judged is None:
        return None
    return relabelled(judged, workbook, lambda other: _best_shape(workbook, other, value_of))


def _best_shape(workbook: Workbook, table: Table, value_of: ValueOf) -> Judgement | None:
    best: Judgement | None = None
    shapes = likely_shapes(shapes_of(table.lines), workbook, table, value_of)
    for shape in shapes:
        judgement = _judged_as(shape, workbook, table, value_of)
        if best is None or _strangeness(judgement) < _strangeness(best):
            best = judgement
        if not judgement.wrong:
            break
        if most_sums_are_wrong(judgement):
            shapes += with_given_biases(shape)
    return best


def _strangeness(judgement: Judgement) -> int:
    """Return how much a network leaves unexplained; biases that stand nowhere are no better.

    Exchanged headers of shared biases look like one bias for each neuron, most of them missing.
    """
    nowhere = [n for n in judgement.unfilled if judgement.network.quantities[n].kind == "bias"]
    return len(judgement.wrong) + len(nowhere)


def most_sums_are_wrong(judgement: Judgement) -> bool:
    """Whether most neurons sum something else, such as a bias that has no column."""
    wrong = {one.quantity for one in judgement.wrong}
    sums = [name for name, q in judgement.network.quantities.items() if q.kind == "sum"]
    return 2 * sum(name in wrong for name in sums) > len(sums)


def _judged_as(
    shape: Architecture, workbook: Workbook, table: Table, value_of: ValueOf
) -> Judgement:
    sheet = workbook[table.sheet]
    known = Network(shape)
    table = _with_fixed(table, sheet, known)
    filled = value_of.fills(sheet.name) if isinstance(value_of, Recalculated) else NOTHING_KNOWN
    lines = {
        name: read_line(sheet, table, name, filled)
        for name in table.lines
        if name in known.quantities
    }
    translator = translator_of(workbook, table, known, value_of)
    translator.aliases.update(_aliases(table, sheet, translator, known.quantities))
    read = _read(translator, table, lines)
    by_use = used(known, table, _flat(read))
    if by_use:
        table = replace(table, fixed=dict(table.fixed) | _on_sheet(by_use, table.sheet))
        translator = translator_of(workbook, table, known, value_of)
        translator.aliases.update(_aliases(table, sheet, translator, known.quantities) | by_use)
        read = _read(translator, table, lines)
    rate = find_rate(table, _flat(read), value_of)
    network = Network(fit(shape, _flat(read)))
    judgement = fitted_to_values(
        Judgement(table, network, rate, lines, [], [], value_of, translator.aliases)
    )
    network = judgement.network
    for name, fills in read.items():
        if name in network.quantities:
            _judge_line(judgement, translator, network.quantities[name], fills)
    return judgement


def _with_fixed(table: Table, sheet: Sheet, network: Network) -> Table:
    wanted = {
        name
        for name, quantity in network.quantities.items()
        if quantity.kind in ("input", "target", "bias") and not table.holds(name)
    }
    found = labelled(sheet, table, wanted) if wanted else {}
    return replace(table, fixed={**table.fixed, **found}) if found else table


def _on_sheet(places: Mapping[tuple[str, Address], str], sheet: str) -> dict[str, Address]:
    return {name: cell for (title, cell), name in places.items() if title == sheet}


Read = dict[str, list[tuple[Fill, list[Reading]]]]


def _read(translator: Translator, table: Table, lines: Mapping[str, Line]) -> Read:
    return {
        name: [(fill, readings(translator, table, name, fill)) for fill in line.fills]
        for name, line in lines.items()
    }


def _flat(read: Read) -> dict[str, list[Reading]]:
    return {name: [r for _, found in fills for r in found] for name, fills in read.items()}


def _aliases(
    table: Table, sheet: Sheet, translator: Translator, known: Mapping[str, Quantity]
) -> dict[tuple[str, Address], str]:
    """Return the cells outside the table that its inputs and targets come from."""
    found = {(table.sheet, cell): name for name, cell in table.fixed.items()}
    for name in table.lines:
        if name not in known or known[name].kind not in ("input", "target"):
            continue
        cell = table.cell(name, 0)
        if cell not in sheet.cells or sheet.cells[cell].formula is None:
            continue
        try:
            tree = translator.tree(cell)
        except FormulaError:
            continue
        if isinstance(tree, CellReference):
            found[tree.sheet or table.sheet, (tree.row, tree.column)] = name
    return found


def _judge_line(
    judgement: Judgement,
    translator: Translator,
    quantity: Quantity,
    fills: list[tuple[Fill, list[Reading]]],
) -> None:
    right = 0
    wrong: list[tuple[tuple[int, ...], Expr]] = []
    for _, found in fills:
        bad: list[tuple[tuple[int, ...], Expr]] = []
        for reading in found:
            steps = _judged_steps(quantity, reading.steps)
            tree = _tree_of(judgement, translator, quantity.name, reading, steps)
            if tree is None or not steps:
                continue
            if _is_right(judgement, quantity, tree):
                right += len(steps)
            else:
                bad.append((steps, tree))
        if bad:  # one fill is one slip, even where each of its cells says something else
            commonest = max(bad, key=lambda one: len(one[0]))
            wrong.append((tuple(sorted(s for steps, _ in bad for s in steps)), commonest[1]))
    judgement.wrong += [Wrong(quantity.name, steps, tree, right) for steps, tree in wrong]


def _judged_steps(quantity: Quantity, steps: tuple[int, ...]) -> tuple[int, ...]:
    """Leave out the first step of what is given there: initial weights come from anywhere."""
    return tuple(step for step in steps if step > 0) if quantity.is_given_first else steps


def _tree_of(
    judgement: Judgement,
    translator: Translator,
    name: str,
    reading: Reading,
    steps: tuple[int, ...],
) -> Expr | None:
    """Return a reading's tree with η named and constants as numbers; note it where it has none."""
    if reading.tree is None:
        judgement.unread.append(Unread(name, reading.steps, reading.problem or ""))
        return None
    if not steps:
        return None
    tree = with_rate(
        reading.tree,
        judgement.table,
        judgement.rate,
        is_update=name[0] in "wb" or _descends(reading.tree),
    )
    try:
        return translator.constant(tree)
    except FormulaError:
        # It refers to a text or an error: that is wrong, not unreadable. The reference stays in
        # the tree, which then has no value at any point.
        return tree


def _descends(tree: Expr) -> bool:
    """Whether a formula takes a gradient from the iteration before, as only updates should."""
    return any(name.shift < 0 and name.name.startswith("dE/d") for name in names(tree))


def _is_right(judgement: Judgement, quantity: Quantity, tree: Expr) -> bool:
    if quantity.tree is None:
        return _keeps_given(quantity.name, tree)
    return judgement.points.same(tree, quantity.tree)


def _keeps_given(name: str, tree: Expr) -> bool:
    """Whether an input or target is itself of any iteration, or does not come from the table."""
    mentioned = {found.name for found in names(tree)}
    if not mentioned:
        return True
    return mentioned == {name} and isinstance(tree, Name)
