"""Slips beyond one mistake in one formula: two at once, in a helper column, of no kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handmade.drafts import Draft, Key
from handmade.formulas import inlined, mentions
from handmade.slips import (
    FORMULA_MISTAKES,
    Slip,
    all_tables,
    draft_tree,
    possible_names,
    possible_steps,
)
from handmade.wrong_trees import drawn_wrong, is_circular, is_wrong, names_of
from sheetprop.maths.quantity import PREVIOUS
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import flatten
from sheetprop.mistakes import BY_NAME
from sheetprop.mistakes.base import Subject

IN_HELPERS = ("wrong-sign", "wrong-neuron", "wrong-kind", "missing-factor", "missing-brackets")


def two_in_one(draft: Draft) -> list[Slip]:
    """Make two mistakes in one formula: the second on what the first has left."""
    network, draw = draft.run.network, draft.draw
    first, second = draw.sample(FORMULA_MISTAKES[:9], 2)
    wrong = drawn_wrong(network, first, draw)
    if wrong is None or wrong.quantity not in draft.templates:
        return []
    stated = replace(network.quantities[wrong.quantity], tree=wrong.tree)
    trees = [v.tree for v in BY_NAME[second].variants(Subject(stated, network)) if v.cost == 1]
    for tree in draw.sample(trees, min(len(trees), 5)):
        both = replace(wrong, tree=tree, phrase=f"{wrong.phrase}, and {second}")
        own = names_of(network.architecture, wrong.quantity, tree)
        usable = is_wrong(network.architecture, wrong.quantity, tree)
        if usable and not own and not is_circular(network, wrong.quantity, tree):
            names = frozenset({first, second})
            return _put(draft, wrong.quantity, draft_tree(draft, both), names, "two in one")
    return []


def unexplained(draft: Draft) -> list[Slip]:
    """Write a formula that no mistake of the catalogue makes."""
    network, draw = draft.run.network, draft.draw
    computed = [n for n in network.quantities if n in draft.templates]
    name = draw.choice(computed)
    given = [Name(n) for n in (*network.inputs, *network.weights) if n in draft.grids[0].lines]
    if len(given) < 2:
        return []
    first, second = draw.sample(given, 2)
    tree: Expr = Number(draw.choice((3.0, 7.0))) * first + second * second
    if network.quantities[name].is_given_first:
        tree = Name(name, PREVIOUS) * tree
    if names_of(network.architecture, name, tree):
        return []
    return _put(draft, name, tree, frozenset({"unexplained"}), "unexplained")


def _put(draft: Draft, name: str, tree: Expr, names: frozenset[str], made: str) -> list[Slip]:
    steps = possible_steps(draft, name, tree)
    if not steps:
        return []
    template = draft.write(tree)
    cells = frozenset((table, name, step) for table in all_tables(draft) for step in steps)
    draft.overrides |= dict.fromkeys(cells, template)
    if 2 * len(steps) < draft.run.iterations - draft.computed_from(name):
        names |= {"broken-pattern"}
    return [Slip(made, names, "error", cells, f"{name} {template}")]


def in_helper(draft: Draft) -> list[Slip]:
    """Make a mistake in a helper column: every formula that uses it is wrong by it."""
    helpers = [name for name in draft.formulas.helpers if not name.startswith("foreign")]
    if not helpers:
        return []
    helper, mistake = draft.draw.choice(helpers), draft.draw.choice(IN_HELPERS)
    trees = list(_helper_variants(draft, helper, mistake))
    for tree in draft.draw.sample(trees, min(len(trees), 3)):
        users = _users(draft, helper, tree)
        if users:
            return _put_in_helper(draft, helper, tree, users, mistake)
    return []


def _helper_variants(draft: Draft, helper: str, mistake: str) -> Iterator[Expr]:
    network = draft.run.network
    tree = flatten(_written_out(draft, draft.formulas.trees[helper], None))
    stated = replace(network.quantities[f"dE/d{network.weights[0]}"], tree=tree)
    for variant in BY_NAME[mistake].variants(Subject(stated, network)):
        if variant.cost == 1 and all(name.shift == 0 for name in mentions(variant.tree)):
            yield variant.tree


def _written_out(draft: Draft, tree: Expr, changed: tuple[str, Expr] | None) -> Expr:
    """Return a tree with its helpers written out, one of them as `changed` says."""
    trees = dict(draft.formulas.trees) | (dict([changed]) if changed else {})
    for _ in range(4):
        for name in draft.formulas.helpers:
            tree = inlined(tree, name, trees[name])
    return tree


def _users(draft: Draft, helper: str, tree: Expr) -> dict[str, Expr] | None:
    """Return the quantities that a wrong helper makes wrong; None where it leaves some right."""
    shape = draft.run.network.architecture
    found = {}
    for name, own in draft.formulas.trees.items():
        if name in draft.formulas.helpers:
            continue
        wrong = _written_out(draft, own, (helper, tree))
        if wrong == _written_out(draft, own, None):
            continue
        if not is_wrong(shape, name, wrong) or is_circular(draft.run.network, name, wrong):
            return None
        found[name] = wrong
    return found


def _put_in_helper(
    draft: Draft, helper: str, tree: Expr, users: dict[str, Expr], mistake: str
) -> list[Slip]:
    template, tables = draft.write(tree), all_tables(draft)
    own = frozenset((t, helper, step) for t in tables for step in draft.steps_of(helper))
    draft.overrides |= dict.fromkeys(own, template)
    cells: set[Key] = set()
    names = {mistake}
    for name, wrong in users.items():
        steps = possible_steps(draft, name, wrong)
        cells |= {(table, name, step) for table in tables for step in steps}
        names |= possible_names(draft, name, wrong, len(steps))
    text = f"{draft.headers[helper]} {template} in {', '.join(users)}"
    where = frozenset(cells)
    return (
        [Slip("in helper", frozenset(names), "error", where, text, optional=own)] if cells else []
    )
