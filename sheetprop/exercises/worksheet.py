"""A worksheet becomes an exercise: answers empty, judged as they are typed, the rest locked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sheetprop.exercises.answers import Answers
from sheetprop.exercises.checks import Checks, filled
from sheetprop.exercises.drawn import Drawn
from sheetprop.lessons.runs.rate_table import FIRST, GROUP, HEAD, SIDE, RateTable
from sheetprop.lessons.runs.rate_table import NOTE as LEGEND
from sheetprop.maths.names import parameter_of
from sheetprop.notation.address import column_letters, fixed
from sheetprop.notation.text import name_text
from sheetprop.words import Words
from sheetprop.workbooks.look import Highlight, Look
from sheetprop.workbooks.sheet import Address, Cell, Sheet

_GAP = 2  # columns between what stands on a sheet and its checks
_DEFAULT_WIDTH = 64  # pixels of a column
_LEGEND_HEIGHT = 18.0
_WIDTH = 8.0


@dataclass(frozen=True)
class Worksheet:
    """A sheet of one learning rate as an exercise, where its checks stand, and what it draws."""

    sheet: Sheet
    checks: Checks
    drawn: Drawn


def worksheet(
    sheet: Sheet,
    table: RateTable,
    answers: Answers,
    words: Words,
    sources: Sequence[int],
    *,
    is_solved: bool,
) -> Worksheet:
    """Return a rate sheet with its answers left empty, or filled in and marked.

    Of the columns `sources` there are copies for charts.
    """
    checks = Checks(table, answers, _right_of(sheet) + _GAP)
    drawn = Drawn(table, sheet.name, sources, checks.complete, checks.last + 1)
    places = set(_places(table, answers))
    cells = {at: cell for at, cell in sheet.cells.items() if is_solved or at not in places}
    assert isinstance(sheet.look, Look)
    styles = {**sheet.look.styles, **dict.fromkeys(places, "answer")}
    _put_legend(cells, styles, checks, words)
    _put_heads(cells, styles, checks, words)
    cells |= checks.cells()
    cells |= dict(drawn.cells())
    cells[GROUP, drawn.first] = Cell(words["exercise_drawn"])
    styles[GROUP, drawn.first] = "caption"
    look = _look(sheet.look, styles, checks, drawn)
    return Worksheet(replace(sheet, cells=cells, look=look), checks, drawn)


def _places(table: RateTable, answers: Answers) -> Iterator[Address]:
    for name, first in answers.items():
        yield from ((row, table.column[name]) for row in range(FIRST + first, table.last + 1))


def _right_of(sheet: Sheet) -> int:
    """Return the last column that cells or charts of a sheet reach."""
    assert isinstance(sheet.look, Look)
    charts = [c.at[1] + c.size[0] // _DEFAULT_WIDTH for c in sheet.look.charts]
    return max([*charts, *(column for _, column in sheet.cells)])


def _put_legend(
    cells: dict[Address, Cell], styles: dict[Address, str], checks: Checks, words: Words
) -> None:
    first, last = (FIRST, checks.first), (checks.table.last, checks.complete - 1)
    area = f"{fixed(first)}:{fixed(last)}"
    total = sum(checks.table.iterations - start for start in checks.answers.values())
    cells[LEGEND, 1] = Cell(words["exercise_answer"])
    styles[LEGEND, 1] = "answer legend"
    counts = {
        "right": f"COUNTIF({area},1)",
        "wrong": f"COUNTIF({area},0)",
        "open": f"({total}-COUNT({area}))",
    }
    cells[LEGEND, SIDE] = Cell(formula=words.formula("exercise_progress", **counts))
    styles[LEGEND, SIDE] = "legend"


def _put_heads(
    cells: dict[Address, Cell], styles: dict[Address, str], checks: Checks, words: Words
) -> None:
    cells[GROUP, checks.first] = Cell(words["exercise_checks"])
    styles[GROUP, checks.first] = "caption"
    texts = {column: f"{name_text(name)} ?" for name, column in checks.column.items()}
    texts[checks.complete] = words["exercise_complete"]
    for k, helper in enumerate(checks.helpers, checks.complete + 1):
        parameter, moved, step = parameter_of(helper).split(" ")
        texts[k] = f"{name_text(moved)}, {parameter} {float(step):+g}"
    for column, text in texts.items():
        cells[HEAD, column] = Cell(text)
        styles[HEAD, column] = "check head"


def _look(look: Look, styles: Mapping[Address, str], checks: Checks, drawn: Drawn) -> Look:
    columns = range(checks.first, drawn.last + 1)
    table = checks.table
    return replace(
        look,
        styles=styles,
        columns={**look.columns, **dict.fromkeys(columns, "check")},
        widths={**look.widths, **dict.fromkeys(columns, _WIDTH)},
        heights={**look.heights, LEGEND: _LEGEND_HEIGHT},
        filled=(*_kept_fills(look, checks), *_check_fills(checks), *drawn.fills()),
        marks=(*_waiting(checks), *_judged(checks), *look.marks),
        printed=(table.last, checks.first - _GAP),
        is_protected=True,
    )


def _kept_fills(look: Look, checks: Checks) -> Iterator[tuple[Address, Address]]:
    answered = {checks.table.column[name] for name in checks.answers}
    yield from (area for area in look.filled if area[0][1] not in answered)


def _check_fills(checks: Checks) -> Iterator[tuple[Address, Address]]:
    """Yield the ranges in which one check is filled down."""
    last, start = checks.table.last, min(checks.answers.values())
    for name, column in checks.column.items():
        yield (FIRST + checks.answers[name], column), (last, column)
    for column in range(checks.complete + 1, checks.last + 1):
        yield (FIRST + start, column), (last, column)


def _judged(checks: Checks) -> Iterator[Highlight]:
    """Yield the marks of right and wrong answers, for neighbouring columns at once."""
    table = checks.table
    names = list(checks.answers)
    alike = groupby(
        enumerate(names),
        lambda pair: (table.column[pair[1]] - pair[0], checks.answers[pair[1]]),
    )
    for (_, start), group in alike:
        members = [name for _, name in group]
        ends = (table.column[members[0]], table.column[members[-1]])
        first, last = (FIRST + start, ends[0]), (table.last, ends[1])
        check = f"{column_letters(checks.column[members[0]])}{first[0]}"
        yield Highlight(first, last, f"={check}=1", "right")
        yield Highlight(first, last, f"=AND(ISNUMBER({check}),{check}=0)", "wrong")


def _waiting(checks: Checks) -> Iterator[Highlight]:
    """Yield the marks of calculated cells that follow from empty ones: they show nothing."""
    table = checks.table
    for name, quantity in table.network.quantities.items():
        if quantity.tree is None:
            continue
        given = range(checks.answers.get(name, table.iterations))
        for pattern, steps in groupby(given, lambda step, n=name: checks.missing(n, step)):  # type: ignore[misc]
            rows = [FIRST + step for step in steps]
            column = table.column[name]
            yield Highlight(
                (rows[0], column), (rows[-1], column), filled(pattern, rows[0]), "waiting"
            )
