"""Lines of a table under other headers or none: which there are, and what one row of them says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sheetprop.checking.fitting.learning_rate import with_rate
from sheetprop.checking.labels.columns import NEXT
from sheetprop.errors import FormulaError
from sheetprop.maths.names import is_parameter
from sheetprop.maths.trees.expr import Expr
from sheetprop.tables.form import Form
from sheetprop.tables.headers import quantity_named
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Table
from sheetprop.tables.translate import translator_of
from sheetprop.workbooks.sheet import Sheet, Workbook


def with_name(sheet: Sheet, table: Table, name: str, line: int) -> Table:
    """Return the table with a line as that of a quantity, and what its header says, if anything."""
    text = sheet.cells.get(table.header_of(line))
    lines = {other: own for other, own in table.lines.items() if own != line}
    labels = {other: label for other, label in table.labels.items() if other in lines}
    if text is not None and quantity_named(text.value):
        labels[name] = str(text.value)
    fixed = {other: cell for other, cell in table.fixed.items() if other != name}
    return replace(table, lines={**lines, name: line}, labels=labels, fixed=fixed)


def nameless_lines(sheet: Sheet, table: Table) -> Iterator[int]:
    """Yield the lines in or beside the table that hold numbers under no known header."""
    known = set(table.lines.values())
    span = table.span
    for line in range(span.start - NEXT, span.stop + NEXT):
        if line in known:
            continue
        cell = sheet.cells.get(table.at(line, table.places[0]))
        if cell is not None and (cell.formula or isinstance(cell.value, int | float)):
            yield line


def doubled_lines(sheet: Sheet, table: Table) -> Iterator[tuple[str, int]]:
    """Yield quantities with a second line under the same header."""
    for line in nameless_lines(sheet, table):
        text = sheet.cells.get(table.header_of(line))
        name = quantity_named(text.value) if text is not None else None
        if name is not None and name in table.lines:
            yield name, line


def count_right(
    judgement: Judgement, workbook: Workbook, table: Table, chosen: Iterable[str]
) -> int:
    """Return how many of some columns compute, read so, what they are said to be.

    One row is looked at, which is much quicker than judging the whole table.
    """
    count = 0
    for name, tree in read_row(judgement, workbook, table, chosen).items():
        right = judgement.network.quantities[name].tree
        count += right is not None and judgement.points.same(tree, right)
    return count


def read_row(
    judgement: Judgement, workbook: Workbook, table: Table, chosen: Iterable[str]
) -> dict[str, Expr]:
    """Return what the formulas of some columns say in one row, the wrong ones where they are."""
    translator = translator_of(workbook, table, judgement.network, judgement.value_of)
    translator.aliases.update(judgement.aliases)
    cells = workbook[table.sheet].cells
    found = {}
    for name in chosen:
        if name not in judgement.network.quantities or name not in table.lines:
            continue
        cell = table.cell(name, _telling_step(judgement, table, name))
        if cell not in cells or cells[cell].formula is None:
            continue
        try:
            tree = translator.tree(cell)
            tree = with_rate(tree, table, judgement.rate, is_update=is_parameter(name))
            found[name] = translator.constant(tree)
        except FormulaError:
            continue
    return found


def _telling_step(judgement: Judgement, table: Table, name: str) -> int:
    """Return a step that tells what a quantity is; a wrong one, where a reading can mend it."""
    is_update = judgement.network.quantities[name].is_given_first
    usual = 0 if isinstance(table, Form) and not is_update else min(1, table.iterations - 1)
    wrong = [step for one in judgement.wrong if one.quantity == name for step in one.steps]
    return usual if usual in wrong or not wrong else wrong[0]
