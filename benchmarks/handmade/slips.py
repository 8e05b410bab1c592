"""What is wrong in a worksheet, made on purpose: where it is, and what it may be called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handmade.drafts import Draft, Key
from handmade.formulas import inlined, mentions
from handmade.wrong_trees import Wrong, drawn_wrong, names_of, usable
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import put
from sheetprop.mistakes import MISTAKES

FORMULA_MISTAKES = (
    *("wrong-sign", "missing-brackets", "wrong-neuron", "wrong-kind", "missing-factor"),
    *("extra-factor", "missing-path", "factor-of-two", "sigmoid-sign", "wrong-gradient"),
    *("updated-weight", "wrong-iteration", "updated-activation"),
)
assert set(FORMULA_MISTAKES) <= {mistake.name for mistake in MISTAKES}


@dataclass(frozen=True)
class Slip:
    """One thing wrong: the cells, the names it may have, the least severity, and a description.

    `optional` are cells that the slip is in but does not show; `quantities_only` says that there
    are no cells, only quantities that are missing.
    """

    made: str
    names: frozenset[str]
    severity: str
    cells: frozenset[Key]
    text: str
    quantities_only: bool = False
    optional: frozenset[Key] = frozenset()


def formula_slip(draft: Draft, mistake: str) -> list[Slip]:
    """Write a mistake's wrong formula into one column, of one or of all tables."""
    wrong = drawn_wrong(draft.run.network, mistake, draft.draw)
    if wrong is None or wrong.quantity not in draft.templates:
        return []
    return _written(draft, wrong, all_tables(draft))


def repeated_slip(draft: Draft, mistake: str) -> list[Slip]:
    """Write the same slip into several columns."""
    first = drawn_wrong(draft.run.network, mistake, draft.draw)
    if first is None:
        return []
    network = draft.run.network
    alike = [
        wrong
        for name, quantity in network.quantities.items()
        if quantity.kind == network.quantities[first.quantity].kind and name in draft.templates
        for wrong in usable(network, name, mistake)[:400]
        if wrong.signature == first.signature and wrong.cost == first.cost
    ]
    by_quantity = {wrong.quantity: wrong for wrong in alike}
    count = draft.draw.randint(2, 4)
    chosen = draft.draw.sample(sorted(by_quantity), min(count, len(by_quantity)))
    tables = all_tables(draft)
    return [slip for name in chosen for slip in _written(draft, by_quantity[name], tables)]


def rows_slip(draft: Draft, mistake: str) -> list[Slip]:
    """Write a mistake's formula into some rows only, fewer than half of the column."""
    wrong = drawn_wrong(draft.run.network, mistake, draft.draw)
    if wrong is None or wrong.quantity not in draft.templates:
        return []
    steps = possible_steps(draft, wrong.quantity, wrong.tree)
    judged = draft.run.iterations - draft.computed_from(wrong.quantity)
    most = min(len(steps), (judged - 1) // 2, 6)
    if most < 1:
        return []
    count = draft.draw.randint(1, most)
    first = draft.draw.randrange(len(steps) - count + 1)
    chosen = steps[first : first + count]
    return _written(draft, wrong, all_tables(draft)[:1], chosen, frozenset({"broken-pattern"}))


def two_slips(draft: Draft, first: str, second: str) -> list[Slip]:
    """Make two different mistakes in two columns."""
    wrongs = [drawn_wrong(draft.run.network, name, draft.draw) for name in (first, second)]
    if None in wrongs or len({wrong.quantity for wrong in wrongs if wrong}) < 2:
        return []
    if any(wrong.quantity not in draft.templates for wrong in wrongs if wrong):
        return []
    tables = all_tables(draft)
    return [slip for wrong in wrongs if wrong for slip in _written(draft, wrong, tables)]


def all_tables(draft: Draft) -> list[int]:
    """Draw where a slip is: in one of the tables or, copied, in all."""
    every = list(range(len(draft.grids)))
    return every if draft.draw.random() < 0.5 else [draft.draw.choice(every)]


def possible_steps(draft: Draft, quantity: str, tree: Expr) -> list[int]:
    """Return the iterations from which a tree refers to nothing above the first.

    Below the last it may, as filling does; but not where gaps make every such cell another fill.
    """
    shifts = [name.shift for name in mentions(tree)] or [0]
    first = max(draft.computed_from(quantity), -min(shifts))
    beyond = max(0, *shifts) if draft.layout.separators != "none" else 0
    steps = range(first, draft.run.iterations - beyond)
    return [step for step in steps if _is_there(draft, quantity, tree, step)]


def _is_there(draft: Draft, quantity: str, tree: Expr, step: int) -> bool:
    """Whether a form, which has few cells of the next iteration, has those of a formula."""
    named = [(name.name, step + name.shift) for name in mentions(tree) if name.name != "eta"]
    return all(draft.grids[0].has(*place) for place in [(quantity, step), *named])


def _written(
    draft: Draft,
    wrong: Wrong,
    tables: Iterable[int],
    steps: list[int] | None = None,
    names: frozenset[str] = frozenset(),
) -> list[Slip]:
    tree = draft_tree(draft, wrong)
    steps = possible_steps(draft, wrong.quantity, tree) if steps is None else steps
    if not steps:
        return []
    template = draft.write(tree)
    cells = frozenset((table, wrong.quantity, step) for table in tables for step in steps)
    draft.overrides |= dict.fromkeys(cells, template)
    names = names or possible_names(draft, wrong.quantity, wrong.tree, len(steps))
    text = f"{wrong.quantity} {template} ({wrong.mistake}: {wrong.phrase})"
    return [Slip(wrong.mistake, names, "error", cells, text)]


def draft_tree(draft: Draft, wrong: Wrong) -> Expr:
    """Return a wrong tree without the quantities that the worksheet has no column for."""
    tree = wrong.tree
    if draft.groups["helpers"] == "changes":  # which take the rate of the row before an update
        tree = put(tree, Name("eta"), Name("eta", -1))
    held = set(draft.templates) | set(draft.run.start)
    missing = {n.name for n in mentions(tree)} - held - {"eta"}
    for name in missing:
        behind = draft.run.network.quantities[name].tree
        assert behind is not None
        tree = inlined(tree, name, behind)
    return tree


def possible_names(draft: Draft, quantity: str, tree: Expr, count: int) -> frozenset[str]:
    """Return what a wrong tree may be called; fewer cells than right ones break a pattern too."""
    names = names_of(draft.run.network.architecture, quantity, tree)
    judged = draft.run.iterations - draft.computed_from(quantity)
    return names | {"broken-pattern"} if 2 * count < judged else names
