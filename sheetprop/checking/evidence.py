"""What each stage of checking found out about a cell, a line of text each."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.checking.ledger.areas import mentioned
from sheetprop.checking.ledger.entries import Account, Entry
from sheetprop.checking.outcome import Outcome
from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.mistakes import MISTAKES, OF_ROWS
from sheetprop.mistakes.base import Subject
from sheetprop.notation.address import address
from sheetprop.notation.text import name_text, to_text
from sheetprop.rows.consistent import COUNT, ConsistentPoints, Unreachable, same_value
from sheetprop.tables.judgement import Compared, Judgement, Wrong
from sheetprop.tables.table import range_text
from sheetprop.workbooks.sheet import Address

Said = tuple[str, str]
"""A stage and what it says."""

MOST_SHOWN = 3
"""Points, formulas or mistakes that a line names."""


def evidence(outcome: Outcome, sheet: str, cell: Address) -> Iterator[Said]:
    """Yield what each stage found out about a cell."""
    yield "cell", f"{sheet}!{address(*cell)}: {_content(outcome, sheet, cell)}"
    for judgement, account in zip(outcome.judgements, outcome.ledger.accounts, strict=True):
        place = account.quantity_at(sheet, cell)
        entered = account.entry_of(sheet, cell)
        if place is not None:
            yield from _inside(judgement, account, *place)
            yield "ledger", _entry_text(outcome, entered[1]) if entered else "nothing belongs here"
            return
        if entered is not None:
            yield from _outside(judgement, account, entered[0], sheet, cell)
            yield "ledger", _entry_text(outcome, entered[1])
            return
    yield "found", "it is in no table that was recognised, and none takes numbers from it"


def _content(outcome: Outcome, sheet: str, cell: Address) -> str:
    content = outcome.case.workbook[sheet].cells.get(cell)
    if content is None:
        return "empty"
    value = outcome.case.value_of(sheet, cell)
    return f"{content.formula} gives {value}" if content.formula else f"{content.value}"


def _inside(judgement: Judgement, account: Account, name: str, step: int) -> Iterator[Said]:
    """Yield what the stages say of a cell of a table."""
    table = judgement.table
    header = table.labels.get(name)
    what = "iteration" if isinstance(judgement.lesson, Network) else "row"
    said = f"the header says “{header.strip()}”" if header else "its formulas name it"
    yield (
        "found",
        f"table {table.sheet}!{account.extent}: {said}: {name_text(name)} in {what} {step}",
    )
    yield from _network(judgement)
    compared = next((c for c in judgement.compared.get(name, ()) if step in c.steps), None)
    if compared is not None:
        yield from _reading(judgement, name, compared)
        yield from _observed(judgement, name)
    yield from _named(judgement, name, step)


def _network(judgement: Judgement) -> Iterator[Said]:
    if not isinstance(judgement.lesson, Network):
        yield "fitted", "its rows look back: each is judged in what the sheet has columns for"
        return
    shape, rate = judgement.network.architecture, judgement.rate
    layers = "-".join(str(count) for count in shape.layers)
    units = f"{shape.hidden_activation} hidden, {shape.output_activation} output, {shape.loss}"
    where = "typed into the updates" if rate.is_typed else "that no formula shows"
    if rate.cell is not None:
        where = f"in {rate.cell[0]}!{address(*rate.cell[1])}"
    if rate.line is not None:
        where = "in a line of its own"
    value = "not one number" if rate.value is None else f"{rate.value:g}"
    biases = "" if shape.biases == "none" else f", biases {shape.biases}"
    yield "fitted", f"network {layers}, {units}{biases}; η = {value} {where}"


def _reading(judgement: Judgement, name: str, compared: Compared) -> Iterator[Said]:
    right = judgement.quantity_at(name, compared.steps[0]).tree
    cells = f"{judgement.table.range_text(name, (compared.steps[0], compared.steps[-1]))}"
    alike = f" (alike in {len(compared.steps)} cells of {cells})" if len(compared.steps) > 1 else ""
    if compared.tree is None:
        yield "read", f"it has no tree: {compared.problem}{alike}"
        return
    yield "read", f"{name_text(name)} = {tree_text(compared.tree)}{alike}"
    if right is None or compared.is_right is None:
        yield "judged", "given: nothing says what it should be"
        return
    yield "right", f"{name_text(name)} = {tree_text(right)}"
    yield "judged", _points_text(judgement.points_at(compared.steps[0]), compared.tree, right)


def tree_text(tree: Expr) -> str:
    """Return a tree as mathematics; constant cells by their address."""

    def named(leaf: Expr) -> Expr | None:
        row, column = getattr(leaf, "row", None), getattr(leaf, "column", None)
        return Name(address(row, column)) if row is not None and column is not None else None

    return to_text(substitute(tree, named))


def _points_text(points: ConsistentPoints, tree: Expr, right: Expr) -> str:
    """Return at which random points two trees differ, with their values there."""
    try:
        own, wanted = points.evaluate(tree), points.evaluate(right)
    except Unreachable as error:
        return f"it mentions what is not known at random points: {error}"
    differing = [k for k in range(COUNT) if not same_value(own[k], wanted[k])]
    if not differing:
        return f"the same value at all {COUNT} random points"
    shown = "; ".join(f"{own[k]:.9g} for {wanted[k]:.9g}" for k in differing[:MOST_SHOWN])
    return f"another value at {len(differing)} of {COUNT} random points: {shown}"


def _observed(judgement: Judgement, name: str) -> Iterator[Said]:
    seen = judgement.observed.get(name)
    if not isinstance(judgement.lesson, Network):
        return
    if seen is None:
        yield "what-if", "not needed: every formula of the quantity was read, and is right"
        return
    slopes = f", {seen.slopes} of them beside the slope of E_total" if seen.slopes else ""
    told = f"{seen.agreeing} agreed, {seen.differing} differed, {seen.unknown} told nothing"
    yield "what-if", f"the workbook with other numbers: {told}{slopes}"


def _named(judgement: Judgement, name: str, step: int) -> Iterator[Said]:
    """Yield which mistakes were tried on the right formula, and which one it was."""
    found = [(w, d) for w, d in judgement.named if w.quantity == name and step in w.steps]
    for wrong, diagnoses in found:
        tried, matching = _tried(judgement, name, wrong)
        yield "tried", f"{tried} wrong formulas that known mistakes make of the right one"
        if matching:
            shown = ", ".join(f"{text} ({cost} changed)" for text, cost in matching[:MOST_SHOWN])
            yield "tried", f"with the same values: {shown}"
        chosen = " and ".join(one.mistake.name for one in diagnoses)
        reason = (
            "the least was changed, then the first in the catalogue"
            if matching
            else ("what else the cells and their neighbours show")
        )
        yield "named", f"{chosen}: {reason}"


def _tried(judgement: Judgement, name: str, wrong: Wrong) -> tuple[int, list[tuple[str, int]]]:
    """Return how many wrong trees were tried, and the mistakes that make this one, with cost."""
    points = judgement.points_at(wrong.steps[0])
    subject = Subject(points.lesson.quantities[name], points.lesson)
    known = MISTAKES if isinstance(judgement.lesson, Network) else OF_ROWS
    variants = [(mistake.name, v) for mistake in known for v in mistake.variants(subject)]
    matching = {
        (text, variant.cost) for text, variant in variants if points.same(variant.tree, wrong.tree)
    }
    return len(variants), sorted(matching, key=lambda one: one[1])


def _outside(
    judgement: Judgement, account: Account, quantity: str | None, sheet: str, cell: Address
) -> Iterator[Said]:
    table = judgement.table
    what = name_text(quantity) if quantity else "a helper cell"
    what = "η, the learning rate" if judgement.rate.cell == (sheet, cell) else what
    yield "found", f"outside of the table {table.sheet}!{account.extent}: {what}"
    users = [
        range_text(table.cell(name, fill.first), table.cell(name, fill.last))
        for name, line in judgement.lines.items()
        for fill in line.fills
        if any(
            area.sheet.casefold() == sheet.casefold() and cell in area
            for step in (fill.first, fill.last)
            for area in mentioned(fill.formula.at(*table.cell(name, step)), table.sheet)
        )
    ]
    if users:
        more = f" and {len(users) - MOST_SHOWN} more" if len(users) > MOST_SHOWN else ""
        yield "read", f"taken by {', '.join(users[:MOST_SHOWN])}{more}"


def _entry_text(outcome: Outcome, entry: Entry) -> str:
    kind = entry.kind.replace("_", " ")
    if entry.finding is None:
        return f"{kind}: {entry.how}"
    finding = outcome.findings[entry.finding]
    return f"{kind}: finding {entry.finding + 1}, {finding.code} {finding.mistake}"
