"""What is found in the tables of a lesson in rows: wrong formulas, typed numbers, errors, gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sheetprop.calculating.agreement import relative_error, told_apart
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.checking.rows.typed_cells import TypedCells, typed_cells
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes.base import NOTHING, Diagnosis
from sheetprop.mistakes.cells.error_value import ERROR_VALUE, OF_ERROR, OTHER
from sheetprop.mistakes.cells.typed_number import RIGHT_NOW, TYPED_NUMBER, WRONG
from sheetprop.mistakes.finding import Draft, Finding, Place, joined
from sheetprop.mistakes.own_cells import cells_at, own_formula
from sheetprop.mistakes.words import Blanks, Case, Where
from sheetprop.notation.text import name_text, to_text
from sheetprop.rows.architecture import PRINTED
from sheetprop.tables.judgement import Wrong
from sheetprop.tables.table import runs
from sheetprop.workbooks.sheet import ExcelError


def findings_of(judgements: Iterable[RowJudgement]) -> tuple[Finding, ...]:
    """Return everything found in the tables of a workbook."""
    return joined(draft for one in judgements for draft in _of_table(one))


def _of_table(judgement: RowJudgement) -> Iterator[Draft]:
    for wrong, found in judgement.named:
        yield from (_of_formula(judgement, wrong, diagnosis) for diagnosis in found)
    for typed in typed_cells(judgement):
        yield from _of_typed(judgement, typed)
    yield from _of_errors(judgement)


def _of_formula(
    judgement: RowJudgement, wrong: Wrong, diagnosis: Diagnosis, tree: Expr | None = None
) -> Draft:
    step = wrong.steps[0]
    tree = tree or judgement.quantity_at(wrong.quantity, step).tree
    value = judgement.value_of(judgement.table.sheet, judgement.table.cell(wrong.quantity, step))
    own = called(judgement, wrong.quantity)
    right = f" Right is {own} = {to_text(judgement.as_called(tree))}." if tree else ""
    blanks = shown(judgement, diagnosis.blanks)
    # What nothing explains is one slip only where it is in the same rows.
    key = diagnosis.signature if diagnosis.signature != NOTHING else wrong.steps
    return diagnosis.mistake.found(
        diagnosis.case,
        places(judgement, wrong.quantity, wrong.steps),
        blanks,
        key,
        wrong.quantity,
        where=where(judgement, step),
        message=f"{own} {diagnosis._replace(blanks=blanks).phrase}.{right}",
        found=own_formula(judgement, wrong.quantity, step),
        expected=judgement.expected(wrong.quantity, step),
        relative_error=relative_error(value, judgement.own_value(wrong.quantity, step)),
    )


def called(judgement: RowJudgement, name: str) -> str:
    """Return what a quantity is called, as the sheet does or by its name."""
    return judgement.called.get(name) or name_text(name)


def shown(judgement: RowJudgement, blanks: Blanks) -> Blanks:
    """Return what fills the blanks of a sentence, in the words of the sheet."""
    return {
        key: judgement.as_called(one) if isinstance(one, Expr) else one
        for key, one in blanks.items()
    }


def where(judgement: RowJudgement, step: int) -> Where:
    """Return what gives the cell of a quantity under the name that the sheet has for it."""
    inner = {text: name for name, text in judgement.called.items()}
    cells = cells_at(judgement, step)
    return lambda name: cells(Name(inner.get(name.name, name.name), name.shift))


def places(judgement: RowJudgement, name: str, steps: Sequence[int]) -> tuple[Place, ...]:
    """Return the ranges of some steps, each with what stands there and what belongs there."""
    table = judgement.table
    cells = judgement.lines[name]
    return tuple(
        Place(
            table.sheet,
            table.range_text(name, run),
            name,
            own_formula(judgement, name, run[0]) or _number(cells.numbers.get(run[0])),
            judgement.expected(name, run[0]),
            judgement.called.get(name),
        )
        for run in runs(steps)
    )


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.12g}"


def _of_typed(judgement: RowJudgement, typed: TypedCells) -> Iterator[Draft]:
    if typed.mistake is not None:
        wrong = Wrong(typed.quantity, typed.wrong, Name(typed.quantity), 0)
        draft = _of_formula(judgement, wrong, typed.mistake, typed.tree)
        number = _number(judgement.lines[typed.quantity].numbers.get(typed.wrong[0]))
        yield draft._replace(finding=replace(draft.finding, found=number))
        return
    right = tuple(step for step in typed.right if not _is_constant(judgement, typed, step))
    for case, steps in ((WRONG, typed.wrong), (RIGHT_NOW, right)):
        if steps:
            yield _typed_draft(judgement, typed.quantity, case, steps)


def _is_constant(judgement: RowJudgement, typed: TypedCells, step: int) -> bool:
    """Whether what is right is one number, whatever the others are: no formula belongs there."""
    tree = judgement.quantity_at(typed.quantity, step).tree
    is_constant = tree is not None and not names(tree)
    place = judgement.table.sheet, judgement.table.cell(typed.quantity, step)
    is_printed = any(text.endswith(PRINTED) for text in judgement.table.labels.values())
    return is_constant or is_printed or place in judgement.texts


def _typed_draft(judgement: RowJudgement, name: str, case: Case, steps: Sequence[int]) -> Draft:
    number = judgement.lines[name].numbers[steps[0]]
    right = judgement.own_value(name, steps[0])
    should_be = "" if right is None else told_apart(number, right)[1]
    return TYPED_NUMBER.found(
        case,
        places(judgement, name, steps),
        {"own": called(judgement, name), "number": f"{number:.12g}", "right": should_be},
        case.severity,
        name,
        found=f"{number:.12g}",
        expected=judgement.expected(name, steps[0]),
        relative_error=relative_error(number, right),
    )


def _of_errors(judgement: RowJudgement) -> Iterator[Draft]:
    """Yield the cells that show an error which is their own, not handed on by another."""
    accused = {(wrong.quantity, step) for wrong, _ in judgement.named for step in wrong.steps}
    for name, step, error in own_errors(judgement):
        if (name, step) not in accused:
            own, right = own_formula(judgement, name, step), judgement.expected(name, step)
            yield ERROR_VALUE.found(
                OF_ERROR.get(error, OTHER),
                places(judgement, name, [step]),
                shown(judgement, {"own": Name(name), "error": error}),
                name,
                error,
                where=where(judgement, step),
                found=own or error,
                expected=None if right == own else right,
            )


def own_errors(judgement: RowJudgement) -> Iterator[tuple[str, int, str]]:
    """Yield the computed cells with an error value that is their own.

    A right formula hands one on, or comes to it by what is wrong elsewhere, unless all is right
    and what it takes are numbers: 1 - β⁰ divides by 0.
    """
    table = judgement.table
    for name, line in judgement.lines.items():
        if judgement.lesson.quantities[name].tree is None:
            continue
        fine = {s for one in judgement.compared.get(name, ()) if one.is_right for s in one.steps}
        filled = {step for fill in line.fills for step in fill.steps}
        passing = {s for s in fine if judgement.wrong or not _takes_numbers(judgement, name, s)}
        for step in sorted({*filled, *line.others} - passing):
            value = judgement.value_of(table.sheet, table.cell(name, step))
            if isinstance(value, ExcelError):
                yield name, step, str(value)


def _takes_numbers(judgement: RowJudgement, name: str, step: int) -> bool:
    """Whether all that the right formula of a cell takes are numbers."""
    tree = judgement.quantity_at(name, step).tree
    leaves = names(tree) if tree is not None else ()
    return all(judgement.student_value(leaf, step) is not None for leaf in leaves)
