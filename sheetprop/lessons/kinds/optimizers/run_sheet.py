"""The sheet of one optimizer: its rule as mathematics, and each of its steps as a row."""

from __future__ import annotations

from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.kinds.fading import is_left, looks_worked
from sheetprop.lessons.kinds.optimizers.places import (
    FIRST,
    HEAD,
    OWN,
    RATE,
    START,
    STEP,
    Places,
    base,
    factor,
)
from sheetprop.lessons.kinds.optimizers.symbols import shown, symbol
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.rows.optimizer_trees import (
    OPTIMIZERS,
    Column,
    gradient,
)
from sheetprop.words import Words
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell, Sheet

_WIDTH, _SHOWN = 11.5, 12
_RULES = 4  # row


def run_sheet(places: Places, optimizer: str, words: Words, variant: str) -> Sheet:
    """Return the sheet of an optimizer's run; in a blank one the answers stay empty."""
    page, constants = Page(), places.constants()
    start = [f"={constants[name]}" for name in places.starts]
    quantities = places.quantities(optimizer, start)
    widths = {STEP: 7.0} | dict.fromkeys(range(RATE, FIRST + max(len(quantities), _SHOWN)), _WIDTH)
    page.put((1, 1), OPTIMIZERS[optimizer], "title")
    page.heights[1] = 30
    put_text(page, (2, 1), words[f"optimizers_about_{optimizer}"], "long text", widths, _SHOWN)
    _put_rules(page, quantities, places.told)
    own = _put_own(page, quantities, constants)
    _put_heads(page, quantities, words)
    for row in range(START, places.last + 1):
        _put_row(page, places, optimizer, quantities, row, own, variant)
    last = places.last, FIRST + len(quantities) - 1
    look = Look(
        styles=page.styles,
        widths=widths,
        merged=tuple(page.merged),
        heights=page.heights,
        freeze=(START, FIRST),
        heads=(HEAD, HEAD),
        scientific=(((START, RATE), last),),
        tab="#0072B2",
        plain_formulas=True,
    )
    return Sheet(OPTIMIZERS[optimizer], page.cells, look=look)


def _put_rules(page: Page, quantities: tuple[Column, ...], parameter: str) -> None:
    """Write as mathematics what happens to a parameter; to the others the same happens."""
    own = gradient(parameter)
    told = [one for one in quantities if one.name == own or one.name.endswith(parameter)]
    for row, column in enumerate(dict.fromkeys(told), _RULES):
        page.put((row, 1), f"{symbol(column.name)} = {shown(column.tree)}", "text")


def _put_own(
    page: Page, quantities: tuple[Column, ...], constants: dict[str, str]
) -> dict[str, str]:
    """Write the settings and the points that the run needs; return their cells."""
    used = {leaf.name for column in quantities for leaf in names(column.tree)}
    found = {}
    for place, name in enumerate((name for name in constants if name in used), STEP):
        page.put((OWN, place), symbol(name), "column name")
        page.put((OWN + 1, place), Cell(None, f"={constants[name]}"), "formula")
        found[name] = fixed((OWN + 1, place))
    return found


def _put_heads(page: Page, quantities: tuple[Column, ...], words: Words) -> None:
    page.put((HEAD, STEP), words["optimizers_step"], "head")
    page.put((HEAD, RATE), symbol("eta"), "head setting")
    for place, column in enumerate(quantities, FIRST):
        page.put((HEAD, place), symbol(column.name), f"head {column.kind}")
    page.heights[HEAD] = 24


def _put_row(
    page: Page,
    places: Places,
    optimizer: str,
    quantities: tuple[Column, ...],
    row: int,
    constants: dict[str, str],
    variant: str,
) -> None:
    """Write the cells of one step; row 0 has what is there before the first."""
    is_first = row == START
    page.put((row, STEP), Cell(row - START), "iteration")
    if not is_first:
        rate = Cell(None, f"={base(places, optimizer)}*{factor(row)}")
        page.put((row, RATE), rate, "column setting")
    where = {column.name: place for place, column in enumerate(quantities, FIRST)}
    where |= {"step": STEP, "rate": RATE}
    steps = places.last - START + 1
    for place, column in enumerate(quantities, FIRST):
        if is_first and column.first is not None:
            _put_first(page, (row, place), column)
        elif is_left(variant, row - START, steps, place - FIRST, len(quantities)):
            page.put((row, place), Cell(), "answer")
        else:
            style = f"column {column.kind}" if looks_worked(variant) else "answer"
            page.put((row, place), Cell(None, formula(column.tree, row, where, constants)), style)


def _put_first(page: Page, at: tuple[int, int], column: Column) -> None:
    if isinstance(column.first, float):
        page.put(at, Cell(column.first), f"column {column.kind}")
    elif column.first:
        page.put(at, Cell(None, column.first), f"column {column.kind}")


def formula(tree: Expr, row: int, where: dict[str, int], constants: dict[str, str]) -> str:
    """Return the formula of a quantity in a row."""

    def reference(leaf: Expr) -> str:
        if not isinstance(leaf, Name):
            raise TypeError(f"no cell stands for {leaf!r}")
        if leaf.name in constants:
            return constants[leaf.name]
        return address(row + leaf.shift, where[leaf.name])

    return to_excel(tree, reference)
