"""The page with an answer box at each neuron and connection, and the table that takes them over.

The first row of the table refers to the boxes, so that the table's checks judge them as they are
typed, and what is filled down goes on from there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sheetprop.caller import argument
from sheetprop.errors import SpecError
from sheetprop.exercises.checks import Checks
from sheetprop.exercises.smallest.drawn import wires
from sheetprop.exercises.smallest.places import TOP, Places
from sheetprop.lessons.parts.drawing import Drawing
from sheetprop.lessons.parts.sheet_names import sheet_text
from sheetprop.lessons.runs.rate_table import FIRST, RateTable
from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import address, fixed, on, quoted
from sheetprop.notation.excel_write import to_excel
from sheetprop.notation.text import name_text
from sheetprop.words import Words
from sheetprop.workbooks.extent import edges
from sheetprop.workbooks.look import Highlight, Look
from sheetprop.workbooks.page import NETWORK, START, Page
from sheetprop.workbooks.sheet import Address, Cell, Sheet

_HOW, _LINES = 4, 3  # row and its lines of text
_HEIGHT = 20.0  # points of a row with boxes
_TEXT = 1150  # pixels
_RIGHT, _WRONG = "✓", "✗"


def refuse_undrawn(network: Network) -> None:
    """Refuse a network that cannot be drawn with a box for each of its parts.

    Raises:
        SpecError: it is too large, or looks at several samples at once.

    """
    if len(network.passes) > 1 or not Drawing(network).is_possible:
        problem = 'is drawn for small networks of one sample at a time; choose "blank" instead'
        raise SpecError(argument("variant", "smallest"), None, problem)


def with_boxes(
    sheets: Sequence[Sheet],
    table: RateTable,
    runs: Mapping[str, Checks],
    words: Words,
    *,
    is_solved: bool,
) -> list[Sheet]:
    """Return the sheets with a page of boxes, which the first rows of the runs take over."""
    places = Places(table.network)
    name, checks = next(iter(runs.items()))
    asked = [one for one, first in checks.answers.items() if not first and one in places.named]
    page = _page(places, asked, table, name, checks, words, is_solved=is_solved)
    changed = [_taking_over(s, table, places, asked) if s.name in runs else s for s in sheets]
    return [changed[0], page, *changed[1:]]


def _taking_over(sheet: Sheet, table: RateTable, places: Places, asked: Sequence[str]) -> Sheet:
    """Return the sheet of a run whose first row shows what stands in the boxes."""
    cells, look = dict(sheet.cells), sheet.look
    assert isinstance(look, Look)
    styles = dict(look.styles)
    for name in asked:
        at = (FIRST, table.column[name])
        box = on(NETWORK, places.value(name))
        cells[at] = Cell(formula=f'=IF({box}="","",{box})')
        styles.pop(at, None)
    return replace(sheet, cells=cells, look=replace(look, styles=styles))


def _page(
    places: Places,
    asked: Sequence[str],
    table: RateTable,
    run: str,
    checks: Checks,
    words: Words,
    *,
    is_solved: bool,
) -> Sheet:
    page, look = Page(), Look(widths=places.columns)
    page.put((1, 1), words["network_title"], "title")
    page.put((2, 1), f"← {sheet_text(words, START)}", "link", f"{START}!A1")
    page.put((2, 5), f"{run} →", "link", f"{quoted(run)}!{address(FIRST, 1)}")
    page.put((_HOW, 1), words("network_how", sheet=run), "long text")
    last = max(column for column in places.columns if edges(look, (1, 1), (1, column))[2] < _TEXT)
    rows = range(TOP, places.last + 1)
    page.merged.append(((_HOW, 1), (_HOW, last)))
    marks: list[Highlight] = []
    for name, at in places.named.items():
        page.put(at, name_text(name), "name")
        if name in asked:
            formula = _formula(places, table, run, name) if is_solved else None
            marks += _put_box(page, places, run, checks, name, formula)
        else:
            shown = Cell(formula=f"={on(run, (FIRST, table.column[name]))}")
            page.put(places.value(name), shown, "number")
    look = replace(
        look,
        styles=page.styles,
        links=page.links,
        merged=tuple(page.merged),
        heights={1: 30, _HOW: 14.0 * _LINES, **dict.fromkeys(rows, _HEIGHT)},
        freeze=(TOP - 1, 1),
        marks=tuple(marks),
        wires=tuple(wires(places)),
        tab="#CC79A7",
        plain_formulas=True,
    )
    return Sheet(NETWORK, page.cells, look=look)


def _put_box(
    page: Page, places: Places, run: str, checks: Checks, name: str, formula: str | None
) -> list[Highlight]:
    """Write a box and what is said of it, and return its marks."""
    box, verdict = places.value(name), places.verdict(name)
    page.put(box, Cell(formula=formula), "answer")
    check = on(run, (FIRST, checks.column[name]))
    said = f'=IF(ISNUMBER({check}),IF({check}=1,"{_RIGHT}","{_WRONG}"),"")'
    page.put(verdict, Cell(formula=said), "mark")
    return [
        Highlight(box, box, f'={fixed(verdict)}="{sign}"', style)
        for sign, style in ((_RIGHT, "right"), (_WRONG, "wrong"))
    ]


def _formula(places: Places, table: RateTable, run: str, name: str) -> str:
    """Return what belongs into a box, in the cells of the page."""
    tree = table.network.quantities[name].tree
    assert tree is not None

    def cell(leaf: Expr) -> str:
        assert isinstance(leaf, Name)
        if leaf.name in places.named:
            return _address(places.value(leaf.name))
        return on(run, (FIRST, table.column[leaf.name]))

    return to_excel(tree, cell)


def _address(at: Address) -> str:
    return address(*at)
