"""The table: a row for each value, from the value to its share, and back to its gradient."""

from __future__ import annotations

from sheetprop.lessons.kinds.fading import is_left, looks_worked
from sheetprop.lessons.kinds.kind import BLANK, FADED
from sheetprop.lessons.kinds.temperature.content import Shares
from sheetprop.lessons.kinds.temperature.places import (
    COLUMNS,
    HEAD,
    NUMBER,
    SLOPES,
    TARGET,
    VALUE,
    Places,
)
from sheetprop.lessons.kinds.temperature.quantities import (
    FULL,
    LOSS_TERM,
    LOWERED,
    PLAIN,
    POWER,
    SCALED,
    SHARE,
    SHORT,
    UPSTREAM,
    of_all,
    of_slope,
    of_value,
    slope,
)
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.words import Words
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell

_HEADS = {
    SCALED: ("(z + c)/T", "head sum"),
    PLAIN: ("exp/Σexp", "head"),
    LOWERED: ("u - max u", "head sum"),
    POWER: ("e = exp(…)", "head sum"),
    SHARE: ("a = e/Σe", "head activation"),
    LOSS_TERM: ("-t · ln a", "head total error"),
    UPSTREAM: ("∂L/∂a", "head hidden error"),
}
_STEP = "0.0001"


def put_table(page: Page, places: Places, found: Shares, words: Words, variant: str) -> None:
    """Write headers, values, sums, the matrix of slopes and the gradients."""
    _put_heads(page, places, words)
    cells, trees = places.cells(), of_value(places.count)
    for k, (value, target) in enumerate(zip(found.values, found.target, strict=True), 1):
        row = places.row(k)
        page.put((row, NUMBER), Cell(k), "iteration")
        page.put((row, VALUE), Cell(value), "input")
        page.put((row, TARGET), Cell(target), "input")
        row_of = [(name, cells[f"{name}{k}"], tree(k)) for name, tree in trees.items()]
        row_of += [
            ("slope", cells[slope(k, j)], of_slope(k, j)) for j in range(1, places.count + 1)
        ]
        row_of.sort(key=lambda one: one[1])
        for answer, (name, at, tree) in enumerate(row_of):
            left = is_left(variant, k - 1, places.count, answer, len(row_of))
            _put(page, at, tree, cells, variant, name, is_left=left)
        _put_difference(page, places, k, variant)
    page.put((places.sums, NUMBER), words["temperature_sums"], "iteration")
    for name, once in of_all(places.count).items():
        _put(page, cells[name], once, cells, variant, name, is_left=variant == BLANK)
    for column in range(SLOPES, SLOPES + places.count):
        slopes = places.of_all(column)
        total = f'=IF(COUNT({slopes})=0,"–",ROUND(SUM({slopes}),12))'
        page.put((places.sums, column), Cell(None, total), "maths still")


def _put_heads(page: Page, places: Places, words: Words) -> None:
    heads = {NUMBER: ("#", "head"), VALUE: ("z", "head input"), TARGET: ("t", "head target")}
    heads |= {COLUMNS[name]: head for name, head in _HEADS.items()}
    for j in range(places.count):
        heads[SLOPES + j] = (f"∂a/∂z{j + 1}", "head gradient")
    heads[places.full] = (f"∂L/∂z: {words['temperature_full']}", "head")
    heads[places.short] = (f"∂L/∂z: {words['temperature_short']}", "head")
    heads[places.difference] = (words["gates_difference"], "head")
    heads[places.mark] = (words["gates_same"], "head")
    for column, (text, style) in heads.items():
        page.put((HEAD, column), text, style)
    page.heights[HEAD] = 42
    page.put((HEAD - 1, COLUMNS[PLAIN]), words["temperature_plain"], "caption")
    page.put((HEAD - 1, COLUMNS[LOWERED]), words["temperature_stable"], "caption")
    page.put((HEAD - 1, SLOPES), words["temperature_matrix"], "caption")


def _put(
    page: Page,
    at: Address,
    tree: Expr,
    cells: dict[str, Address],
    variant: str,
    name: str,
    *,
    is_left: bool,
) -> None:
    """Write a quantity; the plain form is shown in every variant, and may be too large."""

    def reference(leaf: Expr) -> str:
        if not isinstance(leaf, Name):
            raise TypeError(f"no cell stands for {leaf!r}")
        row, column = cells[leaf.name]
        return fixed((row, column)) if leaf.name in ("T", "c") else address(row, column)

    text = to_excel(tree, reference)
    if name == PLAIN:
        scaled = address(at[0], COLUMNS[SCALED])
        shown = f'=IF({scaled}="","–",IFERROR({text[1:]},"∞/∞"))'
        page.put(at, Cell(None, shown), "maths still")
    elif is_left:
        page.put(at, Cell(), "answer")
    else:
        result = "number result" if name in (SHARE, FULL, SHORT, "L") else "number"
        page.put(at, Cell(None, text), result if looks_worked(variant) else "answer")


def _put_difference(page: Page, places: Places, k: int, variant: str) -> None:
    """Write ∂L/∂z by central differences of the loss, and whether all three ways agree."""
    row, cells = places.row(k), places.cells()
    temperature, target = fixed(cells["T"]), address(row, TARGET)
    largest = f"MAX({places.of_all(VALUE)})"
    ends = [_logarithm(places, k, sign, largest, temperature) for sign in "+-"]
    difference = f"({ends[0]}-{ends[1]})/(2*{_STEP})-{target}/{temperature}"
    if variant not in (BLANK, FADED):
        at = row, places.difference
        page.put(at, Cell(None, f'=IFERROR({difference},"–")'), "maths still")
    full, short = (address(row, column) for column in (places.full, places.short))
    agree = ",".join(f"ABS({one}-({difference}))<=0.000001*(1+ABS({one}))" for one in (full, short))
    mark = f'=IFERROR(IF(COUNT({full},{short})=2,IF(AND({agree}),"✓","≠"),"–"),"–")'
    page.put((row, places.mark), Cell(None, mark), "mark")


def _logarithm(places: Places, k: int, sign: str, largest: str, temperature: str) -> str:
    """Return the logarithm of the sum of exponentials, with one value moved a little."""
    terms = []
    for other in range(1, places.count + 1):
        moved = f"{sign}{_STEP}" if other == k else ""
        value = address(places.row(other), VALUE)
        terms.append(f"EXP(({value}-{largest}{moved})/{temperature})")
    return f"LN({'+'.join(terms)})"
