"""How badly a network fits a table, of those that its quantities can form."""

from __future__ import annotations

from sheetprop.maths.trees.walk import names
from sheetprop.tables.judgement import Judgement


def has_other_inputs(judgement: Judgement) -> bool:
    """Whether several inputs of a network stand nowhere, and no neuron sums what it is said to.

    What the neurons sum is then another layer, under names that say nothing here.
    """
    quantities = judgement.network.quantities
    inputs = {name for name, q in quantities.items() if q.kind == "input"}
    given = {*judgement.aliases.values(), *filter(judgement.table.holds, inputs)}
    first = {
        name
        for name, q in quantities.items()
        if q.kind == "sum" and q.tree is not None and inputs & {n.name for n in names(q.tree)}
    }
    is_partly = bool(inputs & given) and len(inputs - given) > 1  # one may lack its header
    return is_partly and first <= {one.quantity for one in judgement.wrong}


def strangeness(judgement: Judgement) -> int:
    """Return how much a network leaves unexplained; biases that stand nowhere are no better.

    Exchanged headers of shared biases look like one bias for each neuron, most of them missing.
    """
    nowhere = [n for n in judgement.unfilled if judgement.network.quantities[n].kind == "bias"]
    return len(judgement.wrong) + len(nowhere)
