"""A worksheet before it has cells: what is in it, where, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random

from handmade.formulas import Formulas, drawn_formulas, with_foreign
from handmade.grids import Grid
from handmade.layouts import Layout, grids_of
from handmade.runs import Run, drawn_run
from handmade.spellings import drawn_headers
from handmade.writing import Hand, template_of
from sheetprop.maths.trees.expr import Expr
from sheetprop.spec import Architecture, Spec
from sheetprop.workbooks.sheet import Address, Value

Key = tuple[int, str, int]
"""A cell of a table: (number of the table, quantity, iteration)."""


@dataclass
class Draft:
    """Everything a worksheet is made of.

    `templates` are the formulas, `overrides` the contents of single cells (a template, a number,
    an error, None for an empty cell), `stored` the values that a file claims for cells.
    `headers` are by quantity or helper; an empty text is no header. `first_headers` are as drawn.
    `chart` says what the charts show, `text` is a formula written as text, `pasted` losses copied
    beside everything, `renamed` other names of sheets.
    """

    run: Run
    layout: Layout
    hand: Hand
    formulas: Formulas
    grids: list[Grid]
    headers: dict[str, str]
    templates: dict[str, str]
    draw: Random
    overrides: dict[Key, Value] = field(default_factory=dict)
    stored: dict[Key, float] = field(default_factory=dict)
    has_values: bool = False
    groups: dict[str, str] = field(default_factory=dict)
    first_headers: dict[str, str] = field(default_factory=dict)
    chart: str = "whole"
    text: str = ""
    pasted: list[float] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)

    def write(self, tree: Expr) -> str:
        """Return a template of a tree in this worksheet's hand."""
        lines = self.grids[0].lines
        return "=" + template_of(tree, self.hand, self.draw, lines)[1:]

    def columns(self) -> Iterator[str]:
        """Yield what has a line: quantities and helpers."""
        yield from self.grids[0].lines

    @property
    def steps(self) -> range:
        """All iterations."""
        return range(self.run.iterations)

    def steps_of(self, name: str) -> list[int]:
        """Return the iterations in which something has a cell."""
        return [step for step in self.steps if self.grids[0].has(name, step)]

    def steps_under(self, name: str) -> list[int]:
        """Return the iterations that a header stands over: in a form, the first."""
        steps = self.steps_of(name)
        return steps[:1] if self.layout.arrangement == "form" else steps

    def computed_from(self, name: str) -> int:
        """Return the first iteration in which a quantity is a formula."""
        quantity = self.run.network.quantities.get(name)
        return 1 if quantity is not None and quantity.is_given_first else 0


def drawn_draft(
    draw: Random, *, shape: Architecture | None = None, given: Spec | None = None
) -> Draft:
    """Draw a worksheet that is right; its numbers are those of a lesson that is `given`."""
    layout = Layout.drawn(draw)
    several = 1 if layout.arrangement in ("one", "form") else draw.choice((2, 2, 3))
    run = drawn_run(draw, several, shape=shape, given=given)
    if layout.arrangement == "form":
        run = replace(run, iterations=2)
    if layout.rate == "typed" and 1.0 in run.rates:  # 1 times a gradient is no number to be seen
        layout = replace(layout, rate="above")
    formulas, helpers = drawn_formulas(run.network, draw)
    formulas = with_foreign(formulas, run.network, draw)
    fixed = _block(layout, run, draw) if layout.given in ("block", "list") else {}
    names = [*(n for n in run.network.quantities), *formulas.helpers]
    absent = _absent(run, formulas, draw)
    formulas = formulas.without(absent)
    names = [name for name in names if name not in absent]
    headers, spellings = drawn_headers(
        (n for n in names if n not in formulas.helpers), draw, with_formulas=run.is_classic
    )
    hand = Hand.drawn(draw)
    if layout.across and hand.ranges == "MMULT":
        hand = replace(hand, ranges="MMULT of rows")
    if layout.arrangement == "form":
        hand = replace(hand, ranges="none")
    grids = grids_of(layout, run, names, fixed, draw)
    if helpers == "changes":  # the change is computed beside the rate that it is computed with
        grids = [replace(grid, rate=replace(grid.rate, shift=0)) for grid in grids]
    draft = Draft(run, layout, hand, formulas, grids, headers | dict(formulas.helpers), {}, draw)
    draft.templates = {name: draft.write(tree) for name, tree in formulas.trees.items()}
    draft.first_headers = dict(draft.headers)
    draft.has_values = draw.random() < 0.3
    draft.groups = {
        "helpers": helpers,
        "coincidence": run.coincidence,
        "ranges": hand.ranges,
        "absent": ", ".join(absent) or "nothing",
        **{f"header {kind}": text for kind, text in spellings.items()},
    }
    return draft


def _absent(run: Run, formulas: Formulas, draw: Random) -> list[str]:
    """Draw which columns are left out, so that other formulas say it all."""
    if draw.random() >= 0.06 or formulas.helpers or run.network.states_hidden_errors:
        return []
    errors = [name for name, q in run.network.quantities.items() if q.kind == "error"]
    return draw.choice((errors, ["E_total"], ["h1"], ["dE/dw1"]))


def _block(layout: Layout, run: Run, draw: Random) -> dict[str, Address]:
    """Return cells for inputs and targets (or fixed biases too) that stand once above the table."""
    network = run.network
    names: list[str] = [*network.inputs, *network.targets]
    if not run.network.architecture.train_biases:
        names += network.biases
    column = layout.first_line
    if layout.given == "list" and not layout.across:  # a list to the left of the table
        return {name: (layout.header + k, column + 1) for k, name in enumerate(names)}
    if draw.random() < 0.5:  # a label over each number
        return {name: (3, column + k) for k, name in enumerate(names)}
    return {name: (2, column + 2 * k + 1) for k, name in enumerate(names)}


def label_of(cell: Address) -> Address:
    """Return where the label of a cell of the block stands: above it in row 3, else beside it."""
    row, column = cell
    return (2, column) if row == 3 else (row, column - 1)


def given_content(draft: Draft, name: str, step: int) -> Value:
    """Return what stands in the cell of an input, target or first weight."""
    value = draft.run.start[name]
    if step and draft.layout.given == "copied":
        return f"=⟨{name}|-1|⟩"
    if step and draft.layout.given == "fixed":
        return f"=⟨{name}|0|f⟩"
    return value


def contents(draft: Draft, number: int) -> Mapping[tuple[str, int], Value]:
    """Return what stands in every cell of one table, formulas as templates."""
    found: dict[tuple[str, int], Value] = {}
    for name in draft.columns():
        for step in draft.steps_of(name):
            is_given = name in draft.run.start and (step == 0 or name not in draft.templates)
            content: Value = draft.templates.get(name)
            if is_given:
                content = given_content(draft, name, step)
            found[name, step] = draft.overrides.get((number, name, step), content)
    return found
