"""Which mistake made a wrong formula: the smallest rewrite of the right tree that gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sheetprop.calculating.engine_values import CIRCLE
from sheetprop.maths.names import family
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.mistakes.base import NOTHING, Diagnosis
from sheetprop.mistakes.cells.broken_pattern import exception, is_exception
from sheetprop.mistakes.factors.unexplained import unexplained
from sheetprop.mistakes.factors.wrong_sign import AMONG_OPPOSITE, OF_THE_WAY, WRONG_SIGN
from sheetprop.mistakes.of_networks import OF_NETWORKS
from sheetprop.mistakes.references.sliding_rate import SLIDING_RATE, sliding, with_rate_back
from sheetprop.mistakes.references.wrong_kind import COPIED as COPIED_KIND
from sheetprop.mistakes.references.wrong_kind import WRONG_KIND
from sheetprop.mistakes.references.wrong_neuron import WRONG_NEURON
from sheetprop.mistakes.references.wrong_neuron_cases import COPIED
from sheetprop.mistakes.roles import is_what
from sheetprop.mistakes.search import explain
from sheetprop.mistakes.words import Blanks
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.workbooks.sheet import ExcelError

SEEN_IN_CELLS = tuple(sorted(OF_NETWORKS, key=lambda mistake: mistake.rank))


def named(judgement: Judgement) -> Judgement:
    """Return the judgement with each wrong formula and what explains it."""
    return replace(judgement, named=tuple(diagnoses(judgement)))


def diagnoses(judgement: Judgement) -> list[tuple[Wrong, list[Diagnosis]]]:
    """Return each wrong formula with what explains it.

    Cells that show nothing but errors and whose formula has no value in any case are left out: the
    error values themselves are what is wrong with them.
    """
    found = []
    for wrong in judgement.wrong:
        named = diagnose(judgement, wrong)
        is_named = any(one.signature != NOTHING for one in named) or judgement.has_value(wrong.tree)
        if is_named or not _shows_only_errors(judgement, wrong):
            found.append((_whole_fill(judgement, wrong, named), named))
    return found


def neurons_are_unexplained(judgement: Judgement) -> bool:
    """Whether nothing explains what a neuron sums, or what all of a layer's become.

    Then the columns may be other ones than guessed, or the activation one that is not known here.
    """
    quantities = judgement.network.quantities
    unexplained = {
        wrong.quantity
        for wrong, found in judgement.named
        if any(one.signature == NOTHING for one in found)
    }
    layers: dict[str, set[str]] = {}
    for name in judgement.lines:
        if quantities[name].kind == "activation":
            layers.setdefault(family(name), set()).add(name)
    is_sum = any(quantities[name].kind == "sum" for name in unexplained)
    return is_sum or any(own <= unexplained for own in layers.values())


def _shows_only_errors(judgement: Judgement, wrong: Wrong) -> bool:
    """Whether every cell of a wrong formula shows an error value.

    A circular reference is no such error: every cell of the circle shows it, and only the
    formulas tell which of them is wrong.
    """
    sheet = judgement.table.sheet
    cells = (judgement.table.cell(wrong.quantity, step) for step in wrong.steps)
    values = (judgement.value_of(sheet, cell) for cell in cells)
    return all(isinstance(value, ExcelError) and value != CIRCLE for value in values)


def _whole_fill(judgement: Judgement, wrong: Wrong, named: list[Diagnosis]) -> Wrong:
    """Return all cells of a fill whose reference slides: the slip was made in the first.

    Something given that slides into the table took cells above it before.
    """
    fills = judgement.lines[wrong.quantity].fills
    steps = next((f.steps for f in fills if set(wrong.steps) <= set(f.steps)), ())
    is_given = judgement.network.quantities[wrong.quantity].tree is None
    if steps and (named[0].mistake == SLIDING_RATE or (is_given and len(steps) > len(wrong.steps))):
        first = steps[0] if is_given else 0
        return wrong._replace(steps=tuple(step for step in steps if step > first))
    return wrong


def diagnose(judgement: Judgement, wrong: Wrong) -> list[Diagnosis]:
    """Return what explains a wrong formula best: one mistake, two, or `unexplained`."""
    for mistake in SEEN_IN_CELLS:
        seen = mistake.seen(judgement, wrong)
        if seen:
            return [seen]
    found = explain(OF_NETWORKS, judgement.points, wrong.quantity, wrong.tree)
    if judgement.gradient_sign < 0:
        found = [_among_opposite(one) for one in found]
    if is_exception(judgement, wrong):
        return [exception(wrong.quantity, found)]
    return found or _formula_of_another(judgement, wrong) or [unexplained(wrong.quantity)]


def _among_opposite(found: Diagnosis) -> Diagnosis:
    """Return a wrong sign with the words for tables whose updates add negative gradients."""
    is_sign = found.mistake is WRONG_SIGN and found.case in OF_THE_WAY
    return found._replace(case=AMONG_OPPOSITE) if is_sign else found


def _formula_of_another(judgement: Judgement, wrong: Wrong) -> list[Diagnosis]:
    """Return the diagnosis where the formula is that of another column, right there or not."""
    for tree, slips in _read_otherwise(judgement, wrong):
        for name, other in _formulas(judgement):
            if name != wrong.quantity and judgement.points.same(tree, other):
                return [_copied(judgement, wrong.quantity, name), *slips]
    return []


def _read_otherwise(judgement: Judgement, wrong: Wrong) -> Iterator[tuple[Expr, list[Diagnosis]]]:
    """Yield a wrong tree as it is, and with η where its reference slid."""
    yield wrong.tree, []
    yield from ((tree, [sliding(judgement)]) for tree in with_rate_back(judgement, wrong))


def _formulas(judgement: Judgement) -> Iterator[tuple[str, Expr]]:
    """Yield the right formula of every quantity, then the wrong ones of the table."""
    for name, quantity in judgement.network.quantities.items():
        if quantity.tree is not None:
            yield name, quantity.tree
    yield from ((other.quantity, other.tree) for other in judgement.wrong)


def _copied(judgement: Judgement, own: str, other: str) -> Diagnosis:
    is_alike = other in judgement.network.neighbours(own)
    mistake, case = (WRONG_NEURON, COPIED) if is_alike else (WRONG_KIND, COPIED_KIND)
    other_is = is_what(other, judgement.network)
    blanks: Blanks = {"own": Name(own), "other": Name(other), "other_is": other_is}
    return Diagnosis(mistake, case, blanks, f"formula of {other}")
