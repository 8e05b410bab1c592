"""What is right in the row in which a quantity begins, and looks back at none before it."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.checking.rows.right.also_right import rights
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import names, nodes, put
from sheetprop.notation.excel_parse import CellReference

MOST_STARTS = 4
"""Numbers of a first formula that may be what everything starts from."""


def first_step(blank: RowJudgement, name: str) -> int:
    """Return the row in which a quantity begins: the second where it is left out at the start."""
    return 1 if blank.starts and 0 in blank.lines[name].blanks else 0


def first_rights(blank: RowJudgement, name: str, right: Expr, step: int) -> Iterator[Expr]:
    """Yield what is right in a first row, with the numbers that everything starts from or not."""
    for one in rights(blank, name, right, step):
        yield from (one, blank.from_start(one), blank.from_start(one, only_before=True))


def started(blank: RowJudgement, numbered: Expr, tree: Expr, right: Expr) -> Iterator[Expr]:
    """Yield a first formula as it is, and with a number or a cell outside as the row before."""
    yield numbered
    before = [leaf for leaf in names(right) if leaf.shift < 0 or _is_before(blank, leaf)]
    constants = [n for n in dict.fromkeys(nodes(tree)) if isinstance(n, CellReference | Number)]
    for constant in constants[:MOST_STARTS]:
        for leaf in before:
            yield put(tree, constant, leaf)


def _is_before(blank: RowJudgement, leaf: Name) -> bool:
    """Whether a quantity is one of the row before, under a name of this row."""
    tree = blank.lesson.quantities[leaf.name].tree
    return isinstance(tree, Name) and tree.shift < 0
