"""The table of layers: one row each, calculated from the row before."""

from __future__ import annotations

from collections.abc import Mapping

from sheetprop.lessons.kinds.architecture.columns import (
    CHOSEN,
    COLUMNS,
    HEAD,
    HEAD_STYLES,
    IMAGE,
    LAYER,
    NUMBER,
    PRINTED,
    REMARK,
    TASK,
    TASK_VALUE,
    last_row,
)
from sheetprop.lessons.kinds.architecture.layers import (
    CONVOLUTION,
    FULL,
    POOLS,
    Architecture,
    Layer,
)
from sheetprop.lessons.kinds.architecture.quantities import trees
from sheetprop.lessons.kinds.fading import is_left, looks_worked
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.rows.architecture import CALCULATED, FIELD, JUMP, LOST, ROOM, SIZE
from sheetprop.words import Words
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell

_STEPS = ("kernel", "stride", "padding")
_CHOSEN: Mapping[str, tuple[str, ...]] = {
    CONVOLUTION: tuple(CHOSEN),
    **dict.fromkeys(POOLS, _STEPS),
    FULL: ("channels", "bias"),
}
"""What may be typed for each kind of layer."""


def put_table(page: Page, found: Architecture, words: Words, variant: str) -> None:
    """Write the headers, the image and every layer; in a blank one the answers stay empty."""
    heads = {NUMBER: "number", LAYER: "layer", REMARK: "remark"}
    heads |= {column: name for name, column in COLUMNS.items()}
    if any(layer.printed_size for layer in found.layers):
        heads[PRINTED] = "printed_size"
    for column, name in heads.items():
        style = HEAD_STYLES.get(name, "head")
        page.put((HEAD, column), words[f"architecture_{name}"], style)
    page.heights[HEAD] = 30
    _put_image(page, words)
    for row, layer in enumerate(found.layers, IMAGE + 1):
        _put_layer(page, row, layer, words)
        _put_answers(page, row, layer, found, words, variant)
        page.put((row, REMARK), Cell(None, _remark(row, layer, found, words)), "remark")


def _put_image(page: Page, words: Words) -> None:
    page.put((IMAGE, NUMBER), Cell(0), "iteration")
    page.put((IMAGE, LAYER), words["architecture_image"], "legend")
    values = {SIZE: _task("image"), "channels": _task("channels"), JUMP: "=1", FIELD: "=1"}
    for name, formula in values.items():
        page.put((IMAGE, COLUMNS[name]), Cell(None, formula), "formula")


def _task(name: str) -> str:
    return f"={fixed((TASK[name], TASK_VALUE))}"


def _put_layer(page: Page, row: int, layer: Layer, words: Words) -> None:
    """Write what a layer is given: yellow where it is chosen, a formula where it follows."""
    page.put((row, NUMBER), Cell(row - IMAGE), "iteration")
    page.put((row, LAYER), _label(layer, words), "legend")
    chosen = _CHOSEN.get(layer.layer, ())
    for name, column in CHOSEN.items():
        style = "input" if name in chosen else "formula"
        page.put((row, column), _given(row, name, layer), style)
    if layer.printed_size is not None:
        page.put((row, PRINTED), Cell(layer.printed_size), "formula")


def _label(layer: Layer, words: Words) -> str:
    if layer.again:
        return words("architecture_again", number=layer.again)
    key = "unused" if layer.unused else layer.layer.replace(" ", "_")
    return words[f"architecture_{key}"]


def _given(row: int, name: str, layer: Layer) -> Cell:
    if name == "kernel" and layer.layer == FULL:
        size = address(row - 1, COLUMNS[SIZE])
        return Cell(None, f"=IF(ISNUMBER({size}),{size},1)")  # not where nothing comes in
    if name == "channels" and not layer.has_weights:
        return Cell(None, f"={address(row - 1, COLUMNS[name])}")
    return Cell(int(getattr(layer, name)))


def _put_answers(
    page: Page, row: int, layer: Layer, found: Architecture, words: Words, variant: str
) -> None:
    turn, turns = row - IMAGE - 1, len(found.layers)
    for answer, name in enumerate(CALCULATED):
        at = row, COLUMNS[name]
        if is_left(variant, turn, turns, answer, len(CALCULATED)):
            page.styles[at] = "answer count"
            page.cells[at] = Cell()
        else:
            style = "formula" if looks_worked(variant) else "answer count"
            page.put(at, Cell(None, formula(row, name, layer, words)), style)


def formula(row: int, name: str, layer: Layer, words: Words) -> str:
    """Return the formula of a quantity of a layer; where no kernel fits, the size says so."""

    def reference(leaf: Expr) -> str:
        if not isinstance(leaf, Name):
            raise TypeError(f"no cell stands for {leaf!r}")
        return address(row + leaf.shift, COLUMNS[leaf.name])

    written = to_excel(trees(layer)[name], reference).removeprefix("=")
    if name not in (SIZE, LOST):
        return f'=IFERROR({written},"–")' if SIZE in _names(layer, name) else f"={written}"
    room = to_excel(ROOM, reference).removeprefix("=")
    otherwise = words.quoted("architecture_impossible") if name == SIZE else '"–"'
    return f"=IFERROR(IF({room}<0,{otherwise},{written}),{otherwise})"


def _names(layer: Layer, name: str) -> set[str]:
    rest, found = [trees(layer)[name]], set[str]()
    while rest:
        node = rest.pop()
        rest += node.children
        if isinstance(node, Name):
            found.add(node.name)
    return found


def _remark(row: int, layer: Layer, found: Architecture, words: Words) -> str:
    """Return the formula that says what is wrong or odd about a row, the worst first."""
    size, lost = (address(row, COLUMNS[name]) for name in (SIZE, LOST))
    conditions = [
        (f"{size}={words.quoted('architecture_impossible')}", words.quoted("architecture_no_room"))
    ]
    if layer.printed_size is not None:
        printed = address(row, PRINTED)
        text = words.formula("architecture_printed_other", size=size, printed=printed)
        conditions.append((f"AND(ISNUMBER({size}),{size}<>{printed})", text.removeprefix("=")))
    text = words.formula("architecture_dropped", pixels=lost).removeprefix("=")
    conditions.append((f"AND(ISNUMBER({lost}),N({lost})>0)", text))
    if layer.layer == CONVOLUTION:
        kernel, padding = (address(row, COLUMNS[name]) for name in ("kernel", "padding"))
        text = words.quoted("architecture_padded_point")
        conditions.append((f"AND({kernel}=1,{padding}>0)", text))
    for is_so, key in ((layer.again, "again"), (layer.unused, "unused")):
        if is_so:
            conditions.append(("TRUE", words.quoted(f"architecture_{key}_remark")))
    if row == last_row(found):
        channels = address(row, COLUMNS["channels"])
        classes = fixed((TASK["classes"], TASK_VALUE))
        text = words.quoted("architecture_few_classes")
        conditions.append((f"{channels}<{classes}", text))
    told = '""'
    for condition, text in reversed(conditions):
        told = f"IF({condition},{text},{told})"
    return f"={told}"
