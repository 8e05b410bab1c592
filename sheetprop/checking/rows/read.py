"""What the cells of a table of rows say, each formula beside the right tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheetprop.checking.rows.find import texts_in
from sheetprop.checking.rows.one_way import in_one_way
from sheetprop.checking.rows.right.also_right import rights, showing_others, with_texts
from sheetprop.checking.rows.right.first_rows import first_rights, first_step, started
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.checking.rows.which_rows import is_filled
from sheetprop.checking.shapes.sizes_as_texts import Places
from sheetprop.errors import FormulaError
from sheetprop.maths.trees.expr import Expr, Number
from sheetprop.maths.trees.walk import names, nodes, put
from sheetprop.notation.excel_parse import CellReference
from sheetprop.rows.header_words import kind_of_row
from sheetprop.rows.row_lesson import RowLesson
from sheetprop.tables.judgement import Compared, Unread, ValueOf, Wrong
from sheetprop.tables.lines import Reading, read_line
from sheetprop.tables.readings.parsed import parsed_of_rows
from sheetprop.tables.readings.read import readings
from sheetprop.tables.table import Rate, Table
from sheetprop.tables.translate import Place, Translator
from sheetprop.workbooks.sheet import EMPTY, Sheet, Workbook

LACKING = "the sheet has no column for the"
UNNAMED = "the formula takes a column of which the lesson knows nothing,"


def judged(
    workbook: Workbook,
    table: Table,
    lesson: RowLesson,
    value_of: ValueOf,
    aliases: dict[Place, str] | None = None,
    texts: Places = frozenset(),
) -> RowJudgement:
    """Return what each formula of a table says, and whether that is right."""
    sheet = workbook[table.sheet]
    kinds = tuple(
        kind_of_row(texts_in(sheet, table, place), lesson, _filled(sheet, table, step), table.lines)
        for step, place in enumerate(table.places)
    )
    held = frozenset({*table.lines, *table.fixed, *(aliases or {}).values()})
    lines = {name: read_line(sheet, table, name) for name in table.lines}
    blank = RowJudgement(
        table,
        lesson.in_sheet(held),
        Rate(None),
        lines,
        (),
        (),
        value_of,
        aliases or {},
        whole=lesson,
        kinds=kinds,
        texts=texts,
    )
    translator = Translator(workbook, table, value_of, parsed_of_rows)
    fixed = {(table.sheet, cell): name for name, cell in table.fixed.items()}
    translator.aliases |= fixed | (aliases or {})
    return _compared(blank, translator, sheet)


def _filled(sheet: Sheet, table: Table, step: int) -> set[str]:
    """Return the quantities of which a row of a table has a number or a formula."""
    return {name for name in table.lines if is_filled(sheet.cells.get(table.cell(name, step)))}


def _compared(blank: RowJudgement, translator: Translator, sheet: Sheet) -> RowJudgement:
    compared: dict[str, tuple[Compared, ...]] = {}
    wrong: list[Wrong] = []
    for name, line in blank.lines.items():
        by_fill = [
            [
                one
                for reading in readings(translator, blank.table, name, fill)
                for steps in _alike(blank, name, reading.steps)
                for one in _with_first_apart(blank, translator, name, reading, steps, sheet)
            ]
            for fill in line.fills
        ]
        compared[name] = in_one_way(blank, name, [one for fill in by_fill for one in fill], sheet)
        right = sum(len(one.steps) for one in compared[name] if one.is_right)
        wrong += [found for fill in by_fill for found in _wrong(name, fill, right)]
    unread = tuple(
        Unread(name, one.steps, one.problem)
        for name, found in compared.items()
        for one in found
        if one.problem is not None
    )
    return replace(blank, compared=compared, wrong=tuple(wrong), unread=unread)


def _alike(blank: RowJudgement, name: str, steps: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield steps in whose rows the same is right."""
    groups: dict[tuple[Expr | None, Expr | None], list[int]] = {}
    for step in steps:
        right = blank.quantity_at(name, step).tree
        groups.setdefault((right, with_texts(blank, right, step)), []).append(step)
    yield from map(tuple, groups.values())


def _with_first_apart(
    blank: RowJudgement,
    translator: Translator,
    name: str,
    reading: Reading,
    steps: tuple[int, ...],
    sheet: Sheet,
) -> Iterator[Compared]:
    if reading.tree is None:
        yield Compared(steps, None, None, reading.problem or "")
        return
    if steps[0] == first_step(blank, name) and blank.rows_of.looks_back(name):
        yield _first(blank, translator, name, reading.tree, steps[0], sheet)
        steps = steps[1:]
    if steps:
        tree = _numbered(translator, reading.tree)
        is_right = _is_right(blank, name, steps[0], tree)
        problem = _untold(blank, name, reading.tree, steps, sheet) if is_right is False else ""
        if problem:
            yield Compared(steps, None, None, problem)
        else:
            others = showing_others(blank, name, steps, tree) if is_right else ()
            if others:
                yield Compared(others, tree, False)
                steps = tuple(step for step in steps if step not in others)
            if steps:
                yield Compared(steps, tree, is_right)


def _untold(blank: RowJudgement, name: str, tree: Expr, steps: Sequence[int], sheet: Sheet) -> str:
    """Return why nothing tells whether a formula is wrong, which is not found to be right."""
    lacking = _lacking(blank, name, steps[0])
    unnamed = _unnamed(blank, tree, steps, sheet)
    return f"{LACKING} {lacking}" if lacking else f"{UNNAMED} {unnamed}" if unnamed else ""


def _unnamed(blank: RowJudgement, tree: Expr, steps: Sequence[int], sheet: Sheet) -> str:
    """Return the header of a given column that a formula takes and the lesson has no name for."""
    table = blank.table
    for node in nodes(tree):
        if not isinstance(node, CellReference) or node.sheet not in (None, table.sheet):
            continue
        line, place = table.split((node.row, node.column))
        header = sheet.cells.get(table.at(line, table.header))
        is_other = place in table.step_of and line not in table.lines.values()
        cells = [sheet.cells.get(table.at(line, table.places[step]), EMPTY) for step in steps]
        is_typed = all(cell.is_typed_number for cell in cells)
        if is_other and header and isinstance(header.value, str) and is_typed:
            return f"“{header.value}”"
    return ""


def _numbered(translator: Translator, tree: Expr) -> Expr:
    """Return a tree with its constant cells as numbers; a text stays, and has no value."""
    try:
        return translator.constant(tree)
    except FormulaError:
        return tree


def _is_right(blank: RowJudgement, name: str, step: int, tree: Expr) -> bool | None:
    """Whether a formula computes its quantity; None where the quantity is given."""
    right = blank.quantity_at(name, step).tree
    if right is None:
        return None
    ways = [tree, *_with_free(blank, name, tree)]
    points = blank.points_at(step)
    known = rights(blank, name, right, step)
    return any(points.same(way, one) for one in known for way in ways)


def _lacking(blank: RowJudgement, name: str, step: int) -> str:
    """Return what is given, behind the right formula, and nowhere in the sheet."""
    right = blank.quantity_at(name, step).tree
    rest = [leaf.name for leaf in names(right)] if right is not None else []
    seen = set[str]()
    while rest:
        leaf = rest.pop()
        if leaf in blank.held or leaf in seen or leaf not in blank.rows_of.by_name:
            continue
        seen.add(leaf)
        one = blank.rows_of.by_name[leaf]
        if one.tree is None and (one.also or one.takes):
            return leaf
        rest += [other.name for other in names(one.tree)] if one.tree is not None else []
    return ""


def _with_free(blank: RowJudgement, name: str, tree: Expr) -> Iterator[Expr]:
    """Yield a formula with the number that the lesson chose where it has another one."""
    for free in blank.rows_of.by_name[name].free:
        for node in dict.fromkeys(nodes(tree)):
            if isinstance(node, Number) and 0 < node.value < 1:
                yield put(tree, node, Number(free))


def _first(
    blank: RowJudgement, translator: Translator, name: str, tree: Expr, step: int, sheet: Sheet
) -> Compared:
    """Return what the first row's formula says: what it starts from may be a number there."""
    numbered = _numbered(translator, tree)
    if not names(tree):
        return Compared((step,), numbered, None)
    right = blank.quantity_at(name, step).tree
    assert right is not None
    points = blank.points_at(step)
    expected = list(first_rights(blank, name, right, step))
    for way in started(blank, numbered, tree, right):
        if any(points.same(way, one) for one in expected):
            return Compared((step,), numbered, True)
    problem = _untold(blank, name, tree, (step,), sheet)
    if problem:
        return Compared((step,), None, None, problem)
    return Compared((step,), numbered, False)


def _wrong(name: str, found: Sequence[Compared], right: int) -> Iterator[Wrong]:
    """Yield the wrong cells of a fill, those that say the same together."""
    for one in found:
        if one.is_right is False and one.tree is not None:
            yield Wrong(name, tuple(one.steps), one.tree, right)
