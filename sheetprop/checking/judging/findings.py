"""Judgements turned into findings: those of wrong formulas, then what the rules find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from sheetprop.calculating.agreement import relative_error, told_apart
from sheetprop.checking.helpers.blamed import Blamed, blamed_helpers
from sheetprop.maths.quantity import Quantity
from sheetprop.maths.trees.expr import Name
from sheetprop.mistakes.base import NOTHING, Diagnosis, Scene
from sheetprop.mistakes.cells.broken_pattern import BROKEN_PATTERN, HELPER
from sheetprop.mistakes.cells.typed_constant import TYPED_CONSTANT
from sheetprop.mistakes.cells.typed_number import TYPED_NUMBER
from sheetprop.mistakes.cells.typed_number import WRONG as TYPED
from sheetprop.mistakes.experiment.first_cells import OddFirst
from sheetprop.mistakes.factors.unexplained import unexplained
from sheetprop.mistakes.finding import Draft, Finding, Place, joined
from sheetprop.mistakes.helper_cells import OddHelper, odd_helper
from sheetprop.mistakes.of_networks import OF_NETWORKS
from sheetprop.mistakes.own_cells import (
    cells_at,
    expected_formula,
    formula_for_samples,
    formula_in_own_cells,
    places,
)
from sheetprop.mistakes.references.other_table import OTHER_TABLE
from sheetprop.notation.address import address
from sheetprop.notation.text import name_text, to_text
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.tables.table import range_text
from sheetprop.workbooks.sheet import Address, Cell, Workbook

Named = Sequence[tuple[Wrong, Sequence[Diagnosis]]]
"""The wrong formulas of a table with what explains them."""

SAME = 1e-12
"""Relative error of a cell that has the right value."""


def findings_of(
    judgements: Sequence[Judgement],
    named: Sequence[Named],
    workbook: Workbook,
    file: str,
    firsts: Sequence[Sequence[OddFirst]],
) -> tuple[Finding, ...]:
    """Return everything found in a workbook; `named` and `firsts` have an entry for each table."""
    scene = Scene(judgements, named, workbook, file, OF_NETWORKS, firsts)
    drafts = [*_of_formulas(scene)]
    drafts += [draft for mistake in OF_NETWORKS for draft in mistake.rule(scene)]
    return _without_repeats(joined(drafts))


def _without_repeats(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings without a number for a reference where it is known whose number that is.

    Rows that have the right value, and differ by that number alone, are said with it.
    """
    known = {place for one in findings if one.mistake == OTHER_TABLE.name for place in one.places}
    return tuple(
        one for one in findings if not known.issuperset(one.places) or not _is_by_number(one)
    )


def _is_by_number(found: Finding) -> bool:
    """Whether a finding tells no more than that a number stands where a reference belongs."""
    is_same = found.mistake == BROKEN_PATTERN.name and (found.relative_error or 0) < SAME
    return found.mistake == TYPED_CONSTANT.name or is_same


def _of_formulas(scene: Scene) -> Iterator[Draft]:
    """Yield what is wrong in the formulas of all tables."""
    for judgement, named in zip(scene.judgements, scene.named, strict=True):
        blamed = blamed_helpers(judgement, scene.workbook) if named else []
        behind = {wrong: one for one in blamed for wrong in one.wrong}
        for one in blamed:
            effects = {wrong: own for wrong, own in named if wrong in one.wrong}
            if effects:
                yield _blamed_finding(judgement, scene.workbook, one, effects)
        by_helper: dict[OddHelper, list[Wrong]] = {}
        for wrong, found in named:
            if wrong in behind:
                continue
            helper = odd_helper(judgement, scene.workbook, wrong)
            if helper is not None:
                by_helper.setdefault(helper, []).append(wrong)
            for diagnosis in found if helper is None else ():
                yield _formula_finding(judgement, scene.workbook, wrong, diagnosis)
        for helper, taking in by_helper.items():
            yield _helper_finding(judgement, taking, helper)


def _helper_finding(judgement: Judgement, taking: Sequence[Wrong], helper: OddHelper) -> Draft:
    where, wrong = address(*helper.cell), taking[0]
    return BROKEN_PATTERN.found(
        HELPER,
        (
            Place(helper.sheet, where),
            *(p for one in taking for p in places(judgement, one.quantity, one.steps)),
        ),
        {"own": Name(wrong.quantity), "helper": where},
        helper,
        where=cells_at(judgement, wrong.steps[0]),
        found=helper.found or None,
        expected=helper.expected,
    )


def _blamed_finding(
    judgement: Judgement,
    workbook: Workbook,
    blamed: Blamed,
    named: Mapping[Wrong, Sequence[Diagnosis]],
) -> Draft:
    """Return the finding of a helper cell and all that is wrong by it, under one name."""
    wrong, found = next(iter(named.items()))
    mistakes = {tuple(diagnosis.mistake.name for diagnosis in own) for own in named.values()}
    diagnosis = found[0] if len(mistakes) == 1 else unexplained(wrong.quantity)
    sheet, where = judgement.table.sheet, _where(judgement, blamed.cells)
    content = workbook[sheet].cells.get(blamed.cell)
    right = f"{to_text(blamed.right)} belongs there."
    draft = _typed_helper(judgement, blamed, content, wrong)
    if draft is None:
        draft = _formula_finding(judgement, workbook, wrong, diagnosis)
        right = f"{where}, which it takes, makes the difference: {right}"
    finding = replace(
        draft.finding,
        places=(
            Place(sheet, where),
            *(p for one in blamed.wrong for p in places(judgement, one.quantity, one.steps)),
        ),
        message=f"{draft.finding.message} {right}",
        found=None if content is None else content.formula or str(content.value),
        expected=formula_for_samples(judgement, blamed.right, wrong.steps)
        if blamed.is_of_samples
        else formula_in_own_cells(judgement, blamed.right, wrong.steps[0]),
    )
    return Draft((*draft.key, blamed.cell), finding)


def _where(judgement: Judgement, cells: Sequence[Address]) -> str:
    """Return the range of cells along a table, or each of them where others lie between."""
    first, last = cells[0], cells[-1]
    between = 1 + abs(last[0] - first[0]) + abs(last[1] - first[1])
    if between == len(cells):
        return range_text(first, last)
    places = [judgement.table.place_of(cell) for cell in cells]
    is_row = judgement.table.step_of.keys() >= {*places} and len({*places}) == len(places)
    return range_text(first, last) if is_row else ",".join(_ranges(cells))


def _ranges(cells: Sequence[Address]) -> Iterator[str]:
    """Yield the ranges of cells that follow one another, most of them a cell alone."""
    begin = 0
    for k, ((row, column), after) in enumerate(zip_longest(cells, cells[1:]), 1):
        if after not in ((row + 1, column), (row, column + 1)):
            yield range_text(cells[begin], cells[k - 1])
            begin = k


def _typed_helper(
    judgement: Judgement, blamed: Blamed, content: Cell | None, wrong: Wrong
) -> Draft | None:
    """Return the finding of a helper cell with a number in it, which no mistake in a formula is."""
    number = content.value if content is not None and content.formula is None else None
    right = judgement.value_of_tree(blamed.right, wrong.steps[0])
    if not isinstance(number, int | float) or right is None:
        return None
    own = address(*blamed.cell)
    return TYPED_NUMBER.found(
        TYPED,
        (),
        {"own": own, "number": f"{number:.12g}", "right": told_apart(number, right)[1]},
        TYPED.severity,
        relative_error=relative_error(number, right),
    )


def _formula_finding(
    judgement: Judgement, workbook: Workbook, wrong: Wrong, diagnosis: Diagnosis
) -> Draft:
    quantity = judgement.network.quantities[wrong.quantity]
    step = wrong.steps[0]
    cell = judgement.table.cell(wrong.quantity, step)
    value = judgement.value_of(judgement.table.sheet, cell)
    # What nothing explains is one slip only where it is in the same rows.
    key = diagnosis.signature if diagnosis.signature != NOTHING else wrong.steps
    return diagnosis.mistake.found(
        diagnosis.case,
        places(judgement, wrong.quantity, wrong.steps),
        diagnosis.blanks,
        key,
        where=cells_at(judgement, step),
        message=_message(judgement, quantity, diagnosis),
        found=workbook[judgement.table.sheet].cells[cell].formula,
        expected=expected_formula(judgement, quantity, step),
        relative_error=relative_error(value, judgement.own_value(wrong.quantity, step)),
    )


def _message(judgement: Judgement, quantity: Quantity, diagnosis: Diagnosis) -> str:
    tree = judgement.in_own_signs(quantity.tree, quantity.name) if quantity.tree else None
    right = f"{name_text(quantity.name)} = {to_text(tree)}" if tree else ""
    said = f"{name_text(quantity.name)} {diagnosis.phrase}."
    return f"{said} Right is {right}." if right else said
