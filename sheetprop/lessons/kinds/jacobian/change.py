"""A change of variables: a small square, its image, and how much larger that is."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.lessons.kinds.jacobian.content import Jacobian, value
from sheetprop.lessons.kinds.jacobian.matrices import VALUE, Writer
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import address, column_range, fixed
from sheetprop.notation.excel_write import number, to_excel
from sheetprop.workbooks.chart_look import ChartLook, Stroke
from sheetprop.workbooks.page import DATA, JACOBIAN, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series

_FIRST, _EDGE = 4, 10  # row on Data, points of an edge of the square
_OWN, _SQUARE, _IMAGE, _FLAT, _FRAME = (1, 2), (3, 4), (5, 6), (7, 8), (9, 10)
"""Columns on Data: points of the square; then, seen from the chosen point, the square once more,
its image, the parallelogram, and what all of them lie in."""

_CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
_SIZE = (420, 420)
_PLOT = 320  # pixels
_UNSEEN = Stroke("#FFFFFF", width=0)
HEIGHT = 22
"""Rows that the charts cover."""


def put_change(
    writer: Writer, data: Page, row: int, found: Jacobian
) -> tuple[int, list[tuple[Chart, ChartLook]]]:
    """Write variables, functions, matrix, determinant and areas; return the row below."""
    page, words, change = writer.page, writer.words, found.change
    names = tuple(change.inputs)
    row = writer.put_inputs(row, change)
    page.put((row, 1), words["jacobian_side"], "name")
    page.put((row, VALUE), Cell(found.side), "input")
    writer.cells["side"] = fixed((row, VALUE))
    row = writer.put_functions(row + 1, change, "v")
    matrix = [[Cell(None, writer.formula(tree)) for tree in line] for line in change.slopes()]
    where = writer.put_matrix((row + 1, 1), f"∂v/∂({', '.join(names)})", names, matrix)
    corner = row + 3
    a, b, c, d = (address(corner + i, 1 + j) for i in range(2) for j in range(2))
    writer.cells |= {"m11": a, "m12": b, "m21": c, "m22": d}
    _put_points(writer, data, found)
    x, y = ((_shifted(column, 0), _shifted(column, 1)) for column in _IMAGE)
    area = f"(SUMPRODUCT({x[0]},{y[1]})-SUMPRODUCT({x[1]},{y[0]}))/2"
    lines = (
        ("determinant", Cell(None, f"={a}*{d}-{b}*{c}"), True),
        ("mdeterm", Cell(_determinant(found), f"=MDETERM({where})"), True),
        ("area", Cell(None, f"={area}"), False),
        ("ratio", Cell(None, f"={area}/{writer.cells['side']}^2"), False),
    )
    row = corner + 3
    for name, cell, is_answer in lines:
        page.put((row, 1), words[f"jacobian_{name}"], "name")
        if is_answer:
            writer.put_answer((row, VALUE), cell, "number result", turn=1)
        else:
            page.put((row, VALUE), cell, "number")
        page.put((row, 3), words[f"jacobian_{name}_means"], "remark")
        row += 1
    return row + 1, _charts(writer, found, row + 1)


def _shifted(column: int, by: int) -> str:
    """Return the range of all points but the last one, or but the first one."""
    first = _FIRST + by
    return column_range(DATA, column, first, first + 4 * _EDGE - 1)


def _determinant(found: Jacobian) -> float:
    """Return the determinant's number, since the engine has no MDETERM."""
    own = dict(found.change.inputs)
    (a, b), (c, d) = ([value(tree, own) for tree in line] for line in found.change.slopes())
    return a * d - b * c


def _put_points(writer: Writer, data: Page, found: Jacobian) -> None:
    """Write the points of the square, of its image and of the image by the matrix alone."""
    data.put((1, 1), writer.words["jacobian_data"], "title")
    moves = (_moved(name) for name in (*found.change.inputs, "v1", "v2"))
    heads = (*found.change.inputs, *moves, "J1", "J2")
    for column, text in enumerate(heads, 1):
        data.put((_FIRST - 1, column), text, "head")
    for point in range(4 * _EDGE + 1):
        edge, part = min(point // _EDGE, 3), point % _EDGE if point < 4 * _EDGE else _EDGE
        (x, y), (to_x, to_y) = _CORNERS[edge], _CORNERS[edge + 1]
        at = (x + (to_x - x) * part / _EDGE) / 2, (y + (to_y - y) * part / _EDGE) / 2
        _put_point(writer, data, _FIRST + point, at, found)
    shown = f"{fixed((_FIRST, _SQUARE[0]))}:{fixed((_FIRST + 4 * _EDGE, _FLAT[1]))}"
    for row, sides in enumerate(((-1, -1), (1, 1)), _FIRST):
        for column, side in zip(_FRAME, sides, strict=True):
            sign = "-" if side < 0 else ""
            reach = f"={sign}MAX(MAX({shown}),-MIN({shown}))"
            data.put((row, column), Cell(None, reach), "number")


def _moved(name: str) -> str:
    """Return what an axis calls the way from the chosen point."""
    return f"Δ{name}"


def _put_point(
    writer: Writer, data: Page, row: int, at: tuple[float, float], found: Jacobian
) -> None:
    names = tuple(found.change.inputs)
    cells = {name: f"{JACOBIAN}!{cell}" for name, cell in writer.cells.items()}
    for column, name, part in zip(_OWN, names, at, strict=True):
        formula = f"={cells[name]}+{number(round(part, 4))}*{cells['side']}"
        data.put((row, column), Cell(None, formula.replace("+-", "-")), "number")
    for column, name, absolute in zip(_SQUARE, names, _OWN, strict=True):
        formula = f"={address(row, absolute)}-{cells[name]}"
        data.put((row, column), Cell(None, formula), "number")
    own = {name: address(row, column) for name, column in zip(names, _OWN, strict=True)}

    def reference(leaf: Expr) -> str:
        if not isinstance(leaf, Name):
            raise TypeError(f"no cell stands for {leaf!r}")
        return own[leaf.name]

    moves = [address(row, column) for column in _SQUARE]
    for k, (tree, image, flat) in enumerate(zip(found.change.trees, _IMAGE, _FLAT, strict=True), 1):
        moved = f"{to_excel(tree, reference)}-{cells[f'v{k}']}"
        data.put((row, image), Cell(None, moved), "number")
        linear = f"{cells[f'm{k}1']}*{moves[0]}+{cells[f'm{k}2']}*{moves[1]}"
        data.put((row, flat), Cell(None, f"={linear}"), "number")


def _charts(writer: Writer, found: Jacobian, row: int) -> list[tuple[Chart, ChartLook]]:
    """Return the square and its image, both to the same scale: programs choose it by the frame."""
    words, names = writer.words, tuple(found.change.inputs)
    last = _FIRST + 4 * _EDGE

    def series(columns: Address, name: str, end: int = last) -> Series:
        xs, ys = (column_range(DATA, column, _FIRST, end) for column in columns)
        return Series(ys, xs, name)

    def look(column: int, axes: Sequence[str], key: str, strokes: Sequence[Stroke]) -> ChartLook:
        return ChartLook(
            at=(row + 1, column),
            size=_SIZE,
            x_title=_moved(axes[0]),
            y_title=_moved(axes[1]),
            description=words[f"jacobian_{key}_description"],
            strokes=(*strokes, _UNSEEN),
            in_legend=tuple(range(len(strokes))),
            square=_PLOT,
        )

    frame = series(_FRAME, "", _FIRST + 1)
    lines = Stroke("#0072B2"), Stroke("#D55E00", "dash")
    pair = series(_IMAGE, words["jacobian_image"]), series(_FLAT, words["jacobian_flat"])
    one = series(_SQUARE, words["jacobian_square"])
    return [
        (Chart("scatter", (one, frame)), look(1, names, "square", lines[:1])),
        (Chart("scatter", (*pair, frame)), look(6, ("v1", "v2"), "image", lines)),
    ]
