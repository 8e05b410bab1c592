"""Whether each quantity's formulas compute that quantity, judged on the student's own inputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum

from sheetprop.checking.fitting.learning_rate import by_rates, with_rate
from sheetprop.checking.fitting.likely_shapes import likely_shapes
from sheetprop.checking.fitting.read_table import Fitted, fit_network, read_table
from sheetprop.checking.fitting.shapes import shapes_of, with_given_biases
from sheetprop.checking.fitting.varying import varying
from sheetprop.checking.judging.strangeness import has_other_inputs, strangeness
from sheetprop.errors import FormulaError
from sheetprop.maths.names import is_gradient, is_parameter, kind
from sheetprop.maths.quantity import Quantity
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.signs import in_other_signs
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.notation.excel_parse import CellReference
from sheetprop.tables.judgement import Compared, Judgement, Unread, ValueOf, Wrong
from sheetprop.tables.lines import Reading
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Workbook


def judge(workbook: Workbook, table: Table, value_of: ValueOf) -> Judgement | None:
    """Return what is wrong in a table's formulas, or None where its columns form no network.

    Of the networks that its quantities can form, that one which leaves least to explain.
    `value_of` gives every cell's recalculated value.
    """
    best: Judgement | None = None
    shapes = likely_shapes(
        shapes_of({*table.lines, *(table.fixed if table.spare else ())}, table.spare),
        workbook,
        table,
        value_of,
    )
    for shape in shapes:
        judgement = compare(fit_network(read_table(shape, workbook, table, value_of)))
        if has_other_inputs(judgement):
            continue
        if best is None or strangeness(judgement) < strangeness(best):
            best = judgement
        if not judgement.wrong:
            break
        if most_sums_are_wrong(judgement):
            shapes += with_given_biases(shape)
    return best


def most_sums_are_wrong(judgement: Judgement) -> bool:
    """Whether most neurons sum something else, such as a bias that has no column."""
    wrong = {one.quantity for one in judgement.wrong}
    sums = [name for name, q in judgement.network.quantities.items() if q.kind == "sum"]
    return 2 * sum(name in wrong for name in sums) > len(sums)


def compare(fitted: Fitted) -> Judgement:
    """Return the judgement of a table: each formula as it is read beside the right tree."""
    blank = Judgement(
        fitted.table,
        fitted.network,
        fitted.rate,
        fitted.lines,
        (),
        (),
        fitted.value_of,
        fitted.translator.aliases,
        varying=varying(fitted),
    )
    judged, signs = _judged(blank, fitted, Signs.USUAL), Signs.USUAL
    if _goes_up(blank, judged):
        opposite = _judged(blank, fitted, Signs.OPPOSITE)
        if _wrong_readings(opposite) < _wrong_readings(judged):
            judged, signs = opposite, Signs.OPPOSITE
    return replace(
        blank,
        gradient_sign=signs.value,
        wrong=tuple(wrong for name, fills in judged.items() for wrong in _wrong(name, fills)),
        unread=tuple(
            Unread(name, one.steps, one.problem)
            for name, fills in judged.items()
            for found in fills
            for one in found
            if one.problem is not None
        ),
        compared={
            name: tuple(one for found in fills for one in found) for name, fills in judged.items()
        },
    )


Judged = dict[str, list[list[Compared]]]


class Signs(Enum):
    """What the columns of gradients hold: ∂E/∂w, or -∂E/∂w, which updates then add."""

    USUAL = 1
    OPPOSITE = -1


def _judged(blank: Judgement, fitted: Fitted, signs: Signs) -> Judged:
    return {
        name: [
            [
                _compared(blank, fitted, name, part, signs)
                for reading in found
                for part in by_rates(reading, fitted.table, fitted.rate)
            ]
            for found in fills
        ]
        for name, fills in fitted.read.items()
        if name in fitted.network.quantities
    }


def _goes_up(blank: Judgement, judged: Judged) -> bool:
    """Whether most updates and most gradients are wrong: by their signs, perhaps."""
    for is_meant in (_is_gradient, _is_updated):
        own = [
            any(one.is_right is False for found in fills for one in found)
            for name, fills in judged.items()
            if is_meant(blank.network.quantities[name])
        ]
        if 2 * sum(own) <= len(own):
            return False
    return True


def _is_gradient(quantity: Quantity) -> bool:
    return quantity.kind == "gradient"


def _is_updated(quantity: Quantity) -> bool:
    return quantity.is_given_first and quantity.tree is not None


def _wrong_readings(judged: Judged) -> int:
    return sum(
        any(one.is_right is False for found in fills for one in found) for fills in judged.values()
    )


def _wrong(name: str, fills: list[list[Compared]]) -> Iterator[Wrong]:
    """Yield each fill with wrong cells: it is one slip, even where each says something else."""
    right = sum(len(one.steps) for found in fills for one in found if one.is_right)
    for found in fills:
        bad = [one for one in found if one.is_right is False]
        commonest = max(bad, key=lambda one: len(one.steps), default=None)
        if commonest is not None and commonest.tree is not None:
            steps = tuple(sorted(step for one in bad for step in one.steps))
            yield Wrong(name, steps, commonest.tree, right)


def _compared(
    blank: Judgement, fitted: Fitted, name: str, reading: Reading, signs: Signs
) -> Compared:
    """Return whether the cells that read alike are right, where something says so."""
    if reading.tree is None:
        return Compared(reading.steps, None, None, reading.problem or "")
    quantity = blank.network.quantities[name]
    steps = _judged_steps(quantity, reading.steps)
    if not steps:
        return Compared(reading.steps, reading.tree, None)
    tree = _with_first(fitted, quantity, reading)
    tree = _with_numbers(fitted, name, tree, steps[0])
    if signs is Signs.OPPOSITE:
        tree = in_other_signs(tree, name)
    return Compared(steps, tree, _is_right(blank, quantity, tree))


def _with_first(fitted: Fitted, quantity: Quantity, reading: Reading) -> Expr:
    """Return what one row says, with the cell that the first weight comes from as that weight."""
    assert reading.tree is not None
    first = _source_of_first(fitted, quantity)
    if first is None or len(reading.steps) > 1:
        return reading.tree
    back = Name(quantity.name, -reading.steps[0])
    return substitute(reading.tree, lambda leaf: back if leaf == first else None)


def _source_of_first(fitted: Fitted, quantity: Quantity) -> CellReference | None:
    """Return the constant cell that a first weight is taken from, as its formula says."""
    name = quantity.name
    if not quantity.is_given_first or quantity.tree is None or not fitted.read.get(name):
        return None
    firsts = (r.tree for found in fitted.read[name] for r in found if 0 in r.steps)
    first = next(firsts, None)
    return first if isinstance(first, CellReference) else None


def _judged_steps(quantity: Quantity, steps: Sequence[int]) -> Sequence[int]:
    """Leave out the first step of what is given there: initial weights come from anywhere."""
    return steps[1:] if quantity.is_given_first and steps[0] == 0 else steps


def _with_numbers(fitted: Fitted, name: str, tree: Expr, step: int) -> Expr:
    """Return a tree with η named and constants as numbers."""
    is_update = is_parameter(name) or _descends(tree)
    own = step if is_parameter(name) else None
    tree = with_rate(tree, fitted.table, fitted.rate, is_update=is_update, step=own)
    try:
        return fitted.translator.constant(tree)
    except FormulaError:
        # It refers to a text or an error: that is wrong, not unreadable. The reference stays in
        # the tree, which then has no value at any point.
        return tree


def _descends(tree: Expr) -> bool:
    """Whether a formula takes a gradient from the iteration before, as only updates should."""
    return any(name.shift < 0 and is_gradient(name.name) for name in names(tree))


def _is_right(judgement: Judgement, quantity: Quantity, tree: Expr) -> bool:
    if quantity.tree is None:
        return _keeps_given(judgement, quantity.name, tree)
    if Name(quantity.name) in names(tree):
        return False  # a cell that needs itself has no value, however right it looks
    return judgement.points.same(tree, quantity.tree)


def _keeps_given(judgement: Judgement, name: str, tree: Expr) -> bool:
    """Whether an input or target is itself of any iteration, or does not come from the table."""
    mentioned = {found.name for found in names(tree)}
    if not mentioned:
        return True
    if judgement.table.spare and not isinstance(tree, Name):
        # Formulas told that it is given: x² may stand beside x.
        return all(kind(one) == "input" for one in mentioned - {name})
    if mentioned != {name}:
        return False
    return isinstance(tree, Name) or judgement.points.same(tree, Name(name))
