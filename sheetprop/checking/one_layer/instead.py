"""What learns in a workbook of which no network is judged: where it stands, and what is unknown."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.checking.one_layer.lines import Lines, lines_in
from sheetprop.checking.one_layer.outputs import activations_of, has_steps
from sheetprop.checking.one_layer.sums import outputs_in
from sheetprop.checking.one_layer.tables import table_of
from sheetprop.notation.address import address
from sheetprop.tables.judgement import ValueOf
from sheetprop.workbooks.sheet import Workbook


def learning_found(workbook: Workbook, value_of: ValueOf) -> str | None:
    """Return where neurons learn by a rule that is not judged, None where no formula says so."""
    sheets = [(sheet.name, [*lines_in(workbook, sheet, value_of)]) for sheet in workbook.sheets]
    for name, found in sheets:
        for lines in found:
            step = _step(lines, name)
            if step is not None:
                return step
    tables = (table_of(lines) for _, found in sheets for lines in found)
    for table in filter(None, tables):
        weights = [table.cell(n, 0) for n in table.lines if n[0] in "wb"]
        listed = ", ".join(address(*at) for at in sorted(weights))
        return (
            f"the weights that begin in {listed} of {table.sheet} learn in each iteration, but "
            "the error that they learn from, or the activation, is none of those known here"
        )
    return None


def _step(lines: Lines, sheet: str) -> str | None:
    """Return where a neuron with a step learns from sample to sample."""
    for made in _made(lines):
        if has_steps(lines, made):
            at = lines.plain.at(made, lines.plain.places[0])
            return (
                f"a neuron learns from row to row there, but its output in {address(*at)} of "
                f"{sheet} is a step of its sum, which has no slope: the rule of the perceptron is "
                "not judged"
            )
    return None


def _made(lines: Lines) -> Iterator[int]:
    sums = outputs_in(lines)
    for k in range(len(sums[0]) if sums else 0):
        yield from activations_of(lines, [own[k] for own in sums])
