"""Quantities that are the same in all rows: in one cell outside of the table, or in formulas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice, product

from sheetprop.checking.rows.find import texts_of
from sheetprop.checking.rows.which_rows import is_filled
from sheetprop.errors import FormulaError
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import names, nodes, put
from sheetprop.notation.address import address
from sheetprop.rows.header_words import named
from sheetprop.rows.random_rows import RandomRows, random_rows
from sheetprop.rows.row_lesson import RowLesson
from sheetprop.tables.judgement import ValueOf
from sheetprop.tables.lines import read_line
from sheetprop.tables.readings.parsed import parsed_of_rows
from sheetprop.tables.readings.read import readings
from sheetprop.tables.table import Table
from sheetprop.tables.translate import Translator
from sheetprop.workbooks.sheet import Address, Sheet, Workbook

MOST = 8
"""So many ways to take cells for what is given once are tried."""

FEW = 3
"""Where more than so many are given once, each with one label, the labels are not doubted."""

MOST_TRIED = 100
"""So many choices of a formula's numbers for what is typed in it are tried."""


def with_cells_given_once(sheet: Sheet, table: Table, lesson: RowLesson) -> Iterator[Table]:
    """Yield the table with the cells of what is given once, in each way that labels allow."""
    lacking = [one.name for one in lesson.stated if one.is_once and one.name not in table.lines]
    labelled = [list(_labelled(sheet, table, lesson, name)) for name in lacking]
    is_clear = len(lacking) > FEW and all(len(cells) < 2 for cells in labelled)
    options: list[list[Address | None]] = [
        [*cells] if cells and (is_clear or _is_taken(sheet, cells)) else [*cells, None]
        for cells in labelled
    ]
    for chosen in islice(_each_for_one(options), MOST):
        fixed = {name: cell for name, cell in zip(lacking, chosen, strict=True) if cell}
        yield replace(table, fixed={**table.fixed, **fixed})


def _each_for_one(options: Sequence[Sequence[Address | None]]) -> Iterator[list[Address | None]]:
    """Yield the choices in which no cell is two things: alpha is a rate, or what RMSprop keeps.

    Where more things are named than there are cells, one of them has none.
    """
    shared = {cell for cell, count in Counter(chain(*options)).items() if cell and count > 1}
    ways = [[*own] if None in own or not shared & {*own} else [*own, None] for own in options]
    seen: list[list[Address | None]] = []
    for chosen in islice(product(*ways), MOST_TRIED):
        cells = [cell for cell in chosen if cell]
        if len(cells) == len({*cells}):
            seen.append([*chosen])
    most = max((_count(one) for one in seen), default=0)
    yield from (one for one in seen if not shared or _count(one) == most)


def _count(chosen: Sequence[Address | None]) -> int:
    return sum(cell is not None for cell in chosen)


def _is_taken(sheet: Sheet, cells: list[Address]) -> bool:
    """Whether there is one cell with a label, and formulas take it."""
    if len(cells) != 1:
        return False
    row, column = (f"\\$?{part}" for part in _parts(cells[0]))
    taken = re.compile(rf"(?<![A-Za-z0-9$!]){column}{row}(?![0-9])")
    return any(cell.formula and taken.search(cell.formula) for cell in sheet.cells.values())


def _parts(cell: Address) -> tuple[str, str]:
    """Return the row and the column of a cell as formulas write them."""
    written = address(*cell)
    letters = written.rstrip("0123456789")
    return written.removeprefix(letters), letters


def _labelled(sheet: Sheet, table: Table, lesson: RowLesson, name: str) -> Iterator[Address]:
    """Yield the cells beside or below a text that names a quantity, outside of the table."""
    least, most = min(table.lines.values()), max(table.lines.values())
    for (row, column), text in texts_of(sheet):
        if name in named(text, lesson):
            for near in ((row, column + 1), (row, column + 2), (row + 1, column)):
                line, place = table.split(near)
                is_inside = place in table.step_of and least <= line <= most
                if not is_inside and is_filled(sheet.cells.get(near)):
                    yield near
                    break


def with_typed_settings(
    workbook: Workbook, table: Table, lesson: RowLesson, value_of: ValueOf
) -> RowLesson:
    """Return the lesson in which what is given once, and has no cell, is what formulas say it is.

    In ``=A4-0.1*B4`` the rate is 0.1. It is the number that makes most cells right, so that one
    that is different in some is wrong there. A number by default is it if any formula has that.
    """
    held = frozenset({*table.lines, *table.fixed})
    lacking = [one.name for one in lesson.stated if one.is_once and one.name not in held]
    lacking = [name for name in lacking if not _has_cell(workbook, table, lesson, name)]
    shown = _with_settings(lesson, held) if lacking else lesson
    taking = {
        name: tree
        for name in table.lines
        if (tree := shown.quantities[name].tree) is not None
        and any(leaf.name in lacking for leaf in names(tree))
    }
    if not taking:
        return lesson
    points = random_rows(shown, frozenset({*held, *lacking}))
    defaults = {name: lesson.by_name[name].default for name in lacking}
    likely = [name for name in lacking if defaults[name] != 0]
    found: dict[str, Counter[float]] = {name: Counter() for name in lacking}
    guessed: dict[str, Counter[float]] = {name: Counter() for name in lacking}
    for name, tree in taking.items():
        for read, count in _formulas(workbook, table, name, value_of):
            told = _settings(points, tree, read, defaults)
            for setting, number in (told or _guessed(tree, read, likely)).items():
                (found if told else guessed)[setting][number] += count
    told_most = {name: found[name] or guessed[name] for name in lacking}
    typed = {
        name: most.most_common(1)[0][0]
        for name, most in told_most.items()
        if most and defaults[name] not in most
    }
    stated = tuple(
        one._replace(default=typed[one.name]) if one.name in typed else one for one in lesson.stated
    )
    return replace(lesson, stated=stated) if typed else lesson


def _has_cell(workbook: Workbook, table: Table, lesson: RowLesson, name: str) -> bool:
    """Whether a cell has the name of a quantity, and is none of another."""
    own = _labelled(workbook[table.sheet], table, lesson, name)
    return any(cell not in table.fixed.values() for cell in own)


def _with_settings(lesson: RowLesson, held: frozenset[str]) -> RowLesson:
    """Return the lesson as a sheet has it, without a number for what is given once."""
    stated = tuple(one._replace(default=None) if one.is_once else one for one in lesson.stated)
    lacking = {one.name for one in stated if one.is_once}
    own = replace(lesson, stated=stated).in_sheet(held)
    return own.in_columns(lambda leaf: leaf.name in held or leaf.name in lacking)


def _formulas(
    workbook: Workbook, table: Table, name: str, value_of: ValueOf
) -> Iterator[tuple[Expr, int]]:
    """Yield what the formulas of a column say, and in how many cells."""
    translator = Translator(workbook, table, value_of, parsed_of_rows)
    translator.aliases |= {(table.sheet, cell): once for once, cell in table.fixed.items()}
    for fill in read_line(workbook[table.sheet], table, name).fills:
        for reading in readings(translator, table, name, fill):
            if reading.tree is not None:
                try:
                    yield translator.constant(reading.tree), len(reading.steps)
                except FormulaError:
                    continue


def _settings(
    points: RandomRows, right: Expr, read: Expr, defaults: Mapping[str, float | None]
) -> dict[str, float]:
    """Return the numbers with which a formula is the right one; none where there are no such."""
    if not names(read):
        return {}  # numbers alone are what they are: any of them could be added to nothing
    settings = sorted({leaf.name for leaf in names(right)} & {*defaults})
    numbers = dict.fromkeys(node.value for node in nodes(read) if isinstance(node, Number))
    others = dict.fromkeys([*numbers, *(1 - one for one in numbers)])  # 1 - β₁ may be typed as 0.1
    options = [[*_known(defaults[name]), *others] for name in settings]
    for chosen in islice(product(*options), MOST_TRIED):
        tree = right
        for name, number in zip(settings, chosen, strict=True):
            tree = put(tree, Name(name), Number(number))
        if points.same(tree, read):
            return dict(zip(settings, chosen, strict=True))
    return {}


def _known(number: float | None) -> list[float]:
    return [] if number is None else [number]


def _guessed(right: Expr, read: Expr, lacking: Sequence[str]) -> dict[str, float]:
    """Return the number that a formula has besides those of the right one, if it is alone."""
    settings = {leaf.name for leaf in names(right)} & {*lacking}
    known = {node.value for node in nodes(right) if isinstance(node, Number)}
    others = {node.value for node in nodes(read) if isinstance(node, Number)} - known
    return {settings.pop(): others.pop()} if len(settings) == len(others) == 1 else {}
