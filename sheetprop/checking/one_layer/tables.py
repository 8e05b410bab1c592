"""Tables of networks without a hidden layer, with the role of each line as the formulas tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from sheetprop.checking.one_layer.learning import gradients_in, left_weights, sources_of
from sheetprop.checking.one_layer.lines import Lines, lines_in
from sheetprop.checking.one_layer.lists import names_of_list
from sheetprop.checking.one_layer.outputs import activations_of, errors_in, has_steps, targets_of
from sheetprop.checking.one_layer.sums import WeightedSum, outputs_in
from sheetprop.checking.without_headers.guess import FIRST_CELL
from sheetprop.maths.names import TOTAL, activation_of, gradient_of, of_sample
from sheetprop.tables.judgement import ValueOf
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Workbook

SPARE = ("sum", "activation", "error", "total error")
"""Kinds of quantities that need no line: others may be written with a sum or an output in them,
and learning needs the slope of an error alone."""

Sums = Sequence[Sequence[WeightedSum]]
"""The sums of each output, sample by sample."""


class Model(NamedTuple):
    """The lines of a network of outputs alone, by their roles.

    `learnt` has the weights and the bias, if any, of each output; `inputs` and `made`, the lines of
    the outputs, are by sample; `targets` gives the target of each output's line.
    """

    lines: Lines
    sums: Sums
    learnt: Sequence[tuple[list[int], list[int]]]
    inputs: Sequence[list[int]]
    made: Sequence[list[int]]
    targets: Mapping[int, int]

    @property
    def every_input(self) -> set[int]:
        """The inputs of all samples."""
        return {line for own in self.inputs for line in own}


def tables_of_one_layer(workbook: Workbook, value_of: ValueOf) -> Iterator[Table]:
    """Yield the tables of all sheets whose formulas are those of a network of outputs alone."""
    for sheet in workbook.sheets:
        tables = map(table_of, lines_in(workbook, sheet, value_of))
        yield from islice(filter(None, tables), 1)


def table_of(lines: Lines) -> Table | None:
    """Return the table of such a network that lines are, None where they are none."""
    model = _model(lines)
    names = _names(model) if model else names_of_list(lines)
    return _named(lines, names) if names else None


def _model(lines: Lines) -> Model | None:
    """Return the roles of the lines, None where they have others."""
    sums = outputs_in(lines)
    if not sums:
        return None
    made = [activations_of(lines, [own[k] for own in sums]) for k in range(len(sums[0]))]
    every = [line for own in made for line in own]
    if any(has_steps(lines, line) for line in every):
        return None
    known = {x for own in sums for one in own for _, x in one.pairs}
    targets = targets_of(lines, every, known)
    if len(targets) < len(every):  # a sum takes one of them in an input's place
        targets = targets_of(lines, every, ())
    given = frozenset(targets.values())
    learnt = _parameters(lines, sums, given, frozenset(every))
    count = len(learnt[0][0])
    inputs = _inputs(lines, sums, given, count)
    is_whole = len(targets) == len(every) and all(len(own) == count for own in inputs)
    return Model(lines, sums, learnt, inputs, made, targets) if is_whole else None


def _names(model: Model) -> dict[str, int]:
    """Return the line of each quantity, {} where nothing tells which weight is which."""
    weights = _of_weights(model)
    errors, total = errors_in(model.lines, model.targets, model.every_input, len(model.sums))
    found = weights | ({} if total is None else {TOTAL: total})
    for k in range(len(model.made)):
        sample = k + 1 if len(model.made) > 1 else 0
        found |= {of_sample(n, sample): line for n, line in _of_sample(model, k, errors).items()}
    return found if weights else {}


def _of_weights(model: Model) -> dict[str, int]:
    """Return the lines of weights, biases and their gradients."""
    gradients = gradients_in(model.lines, model.every_input, model.made)
    found: dict[str, int] = {}
    for number, (weights, biases) in enumerate(model.learnt):
        order = sources_of(model.lines, model.sums[number], weights, model.inputs, gradients)
        if len(order) < len(weights):
            return {}
        first = number * len(weights) + 1
        found |= {f"w{first + order[one]}": one for one in weights}
        found |= {f"b{number + 1}": one for one in biases}
    return found | {gradient_of(n): gradients[one] for n, one in found.items() if one in gradients}


def _of_sample(model: Model, k: int, errors: Mapping[int, int]) -> dict[str, int]:
    """Return the lines of inputs, targets, sums, outputs and errors of one sample."""
    found = {f"i{i}": line for i, line in enumerate(model.inputs[k], 1)}
    for j, line in enumerate(model.made[k], 1):
        one = model.sums[j - 1][k]
        found[f"t{j}"] = model.targets[line]
        if one.is_whole:
            found[f"o{j}"] = one.line
        if line != one.line or not one.is_whole:
            found[activation_of(f"o{j}")] = line
        if line in errors:
            found[f"E{j}"] = errors[line]
    return found


def _parameters(
    lines: Lines, outputs: Sums, targets: frozenset[int], made: frozenset[int]
) -> list[tuple[list[int], list[int]]]:
    """Return the weights and the bias, if any, of each output; a slip may have lost one of them."""
    weights = _of_one_each([{w for one in sums for w, _ in one.pairs} for sums in outputs])
    biases = [
        {b for one in sums for b in one.alone} - {*own}
        for sums, own in zip(outputs, weights, strict=True)
    ]
    found = [(own, sorted(alone)) for own, alone in zip(weights, biases, strict=True)]
    if len(set(map(tuple, map(sorted, biases)))) == 1:  # one bias that all outputs share
        found = [(own, alone if k == 0 else []) for k, (own, alone) in enumerate(found)]
    gradients = gradients_in(lines, ())
    for left in left_weights(lines, outputs):
        source = gradients.get(left)
        taken = lines.moving(left) if source is None else lines.behind(source, made)
        given = {g for g in taken if lines.is_given(g) and g < FIRST_CELL} - targets
        place = int(not given)
        min(found, key=lambda own, p=place: len(own[p]))[place].append(left)  # type: ignore[misc]
    return found


def _of_one_each(weights: Sequence[set[int]]) -> list[list[int]]:
    """Return the weights of each output; one that several take stays where its neighbours are."""

    def far(weight: int, own: set[int]) -> float:
        rest = own - {weight}
        return abs(weight - sum(rest) / len(rest)) if rest else 0.0

    def is_own(weight: int, own: set[int]) -> bool:
        return far(weight, own) == min(far(weight, other) for other in weights if weight in other)

    return [sorted(weight for weight in own if is_own(weight, own)) for own in weights]


def _inputs(lines: Lines, outputs: Sums, targets: frozenset[int], count: int) -> list[list[int]]:
    """Return the inputs of each sample; one that no sum takes is what else is given and taken."""
    found = []
    for k in range(len(outputs[0])):
        own = {x for sums in outputs for _, x in sums[k].pairs} - targets
        found.append(own)
    used = frozenset.union(targets, *found)
    given = [one for one in lines.takers if lines.is_given(one) and one < FIRST_CELL]
    for own in found:
        left = sorted((g for g in given if g not in used), key=lambda g, o=own: _far(g, o))  # type: ignore[misc]
        own.update(left[: max(0, count - len(own))])
    return [sorted(own) for own in found]


def _far(line: int, own: set[int]) -> int:
    return min((abs(line - other) for other in own), default=0)


def _named(lines: Lines, names: dict[str, int]) -> Table:
    """Return the table with its lines by their names, and the cells given once."""
    inside = {name: line for name, line in names.items() if line < FIRST_CELL}
    cells = {name: lines.cells[line] for name, line in names.items() if line >= FIRST_CELL}
    sheet = lines.plain.sheet
    here = {n: (c.row, c.column) for n, c in cells.items() if c.sheet in ("", sheet)}
    ordered = dict(sorted(inside.items(), key=lambda one: one[1]))
    return replace(lines.plain, lines=ordered, fixed=here, spare=SPARE)
