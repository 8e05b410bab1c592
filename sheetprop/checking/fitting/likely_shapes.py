"""Which of the networks that a table's headers allow its sums speak of: a quick first look.

Headers leave open how hidden neurons are spread over layers and what biases there are: dozens of
networks for a deep one. Judging every formula under each of them takes seconds; which weights and
activations the sums mention rules out nearly all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sheetprop.errors import FormulaError
from sheetprop.maths.names import kind
from sheetprop.maths.network import Network
from sheetprop.maths.trees.walk import names
from sheetprop.spec import Architecture
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import ValueOf
from sheetprop.tables.table import Table
from sheetprop.tables.translate import Translator
from sheetprop.workbooks.sheet import Workbook

FEW = 2
"""So many networks are simply tried."""

Mentioned = Mapping[str, frozenset[str]]


def likely_shapes(
    shapes: list[Architecture], workbook: Workbook, table: Table, value_of: ValueOf
) -> list[Architecture]:
    """Return the architectures that most sums agree with."""
    if len(shapes) <= FEW:
        return shapes
    found = _mentioned(workbook, table, value_of)
    scores = [sum(found.get(n) == own for n, own in _sums(shape).items()) for shape in shapes]
    most = max(scores)
    if 2 * most < len(found):
        return shapes  # headers may be exchanged: then a few sums agree by chance
    return [shape for shape, score in zip(shapes, scores, strict=True) if score == most]


def _mentioned(workbook: Workbook, table: Table, value_of: ValueOf) -> Mentioned:
    """Return the weights, activations and biases in each sum's formula of one iteration."""
    translator = Translator(workbook, table, value_of)
    cells = workbook[table.sheet].cells
    step = 0 if isinstance(table, Form) else min(1, table.iterations - 1)
    found = {}
    for name in (n for n in table.lines if kind(n) == "sum"):
        content = cells.get(table.cell(name, step))
        if content is None or content.formula is None:
            continue
        try:
            found[name] = _kept(n.name for n in names(translator.tree(table.cell(name, step))))
        except FormulaError:
            continue
    return found


@lru_cache(maxsize=256)
def _sums(shape: Architecture) -> Mapping[str, frozenset[str]]:
    """Return what the sums of a network mention."""
    neurons = [n for one in Network(shape).passes for layer in one.layers for n in layer]
    return {n.label: _kept((*n.weights, *n.sources, n.bias or "")) for n in neurons}


def _kept(mentioned: Iterable[str]) -> frozenset[str]:
    """Return names without those of inputs, which may stand anywhere without a header."""
    return frozenset(name for name in mentioned if name and kind(name) != "input")
