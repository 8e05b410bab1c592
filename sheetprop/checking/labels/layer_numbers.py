"""Biases numbered within their layer: b1_2 is that of the second neuron of the first layer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from sheetprop.maths.names import family, number, sample_of
from sheetprop.tables.table import Table

FAMILIES = ("b", "dE/db", "v_b")

AnyTable = TypeVar("AnyTable", bound=Table)

MOST_NEURONS = 9
"""So many neurons of a layer have a number of one digit."""


def with_running_numbers(table: AnyTable) -> AnyTable:
    """Return the table with its biases counted through the layers, where each layer begins anew.

    Where it names some other number, the table is returned as it is. Their texts say another number
    than they have here, and are right all the same: they are left out.
    """
    biases = [name for name in table.lines if family(name) in FAMILIES]
    own = {number(name) for name in biases if family(name) == "b"}
    running = next((one for one in _countings(table.lines) if own == set(one)), None)
    if not biases or running is None or not running.keys() >= set(map(number, biases)):
        return table
    if any(sample_of(name) for name in biases):
        return table
    called = {name: f"{family(name)}{running[number(name)]}" for name in biases}
    lines = {called.get(name, name): line for name, line in table.lines.items()}
    labels = {name: text for name, text in table.labels.items() if name not in called}
    return replace(table, lines=lines, labels=labels)


def _countings(names: Collection[str]) -> Iterator[Mapping[int, int]]:
    """Yield the running number of each bias of a network with one hidden layer, by its own.

    Layers and neurons count from 1 or from 0; where inputs are the first layer, from 2.
    """
    hidden = {number(name) for name in names if family(name) in ("h", "a_h")}
    outputs = {number(name) for name in names if family(name) in ("t", "o", "a_o")}
    sizes = max(hidden, default=0), max(outputs, default=0)
    if not all(1 <= size <= MOST_NEURONS for size in sizes):
        return
    for first_layer, first in ((1, 1), (1, 0), (0, 0), (2, 1), (0, 1)):
        own = [
            10 * layer + first + neuron
            for layer, size in enumerate(sizes, first_layer)
            for neuron in range(size)
        ]
        yield {written: running for running, written in enumerate(own, 1)}
