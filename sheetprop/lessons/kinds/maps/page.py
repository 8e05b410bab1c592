"""The sheet of one layer: what comes in, what it makes of it, and what arrives from behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.kinds.kind import BLANK, WORKED
from sheetprop.lessons.kinds.maps.kernels import put_kernels
from sheetprop.lessons.kinds.maps.layers import (
    AVERAGE_POOL,
    CONVOLUTION,
    MAX_POOL,
    Numbers,
    Shape,
)
from sheetprop.lessons.kinds.maps.places import LEFT, Block, Places
from sheetprop.lessons.kinds.maps.quantities import (
    Trees,
    forward,
    to_biases,
    to_input,
    to_kernels,
)
from sheetprop.lessons.kinds.maps.step import Step
from sheetprop.maths.trees.expr import Expr
from sheetprop.maths.trees.windows import Window
from sheetprop.notation.address import address, quoted
from sheetprop.notation.excel_write import to_excel
from sheetprop.words import Words
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell, Sheet

CELL, LABELS, LAST = 6.2, 13.0, 24  # widths in characters; the last column of texts


def layer_sheet(step: Step, words: Words, variant: str) -> Sheet:
    """Return the sheet of a layer."""
    page, places = Page(), step.places
    widths = {1: LABELS} | dict.fromkeys(range(LEFT, LAST + 1), CELL)
    _put_opening(page, step, words, variant, widths)
    _put_given(page, places.x, step.previous, words["maps_in"], words, words["maps_image"])
    validations = put_kernels(page, step, words) if step.layer.has_weights else []
    made = forward(step.layer, step.before, step.after)
    _put_block(page, places.z, "z", words["maps_out"], words, step, made, variant)
    title = words["maps_arriving"]
    _put_given(page, places.dz, step.following, title, words, words["maps_arriving_typed"])
    if step.layer.has_weights:
        _put_slopes(page, step, words, variant)
    back = to_input(step.layer, step.before, step.after)
    _put_block(page, places.dx, "dx", words["maps_to_input"], words, step, back, variant)
    _put_share(page, step, words)
    look = Look(
        styles=page.styles,
        widths=widths | dict.fromkeys(range(LAST + 1, _last(page) + 1), CELL),
        merged=tuple(page.merged),
        heights=page.heights,
        validations=tuple(validations),
        tab="#0072B2",
        plain_formulas=True,
    )
    return Sheet(step.sheet, page.cells, look=look)


def _last(page: Page) -> int:
    return max(column for _, column in page.cells)


def _put_opening(
    page: Page, step: Step, words: Words, variant: str, widths: Mapping[int, float]
) -> None:
    kind = step.layer.layer.replace(" ", "_")
    page.put((1, 1), f"{step.sheet}: {words[f'maps_{kind}']}", "title")
    page.heights[1] = 30
    about = words[f"maps_about_{kind}"]
    if step.number == 1 and words.get("introduction"):
        about = f"{' '.join(words['introduction'].split())} {about}"
    put_text(page, (2, 1), about, "long text", widths, LAST)
    how = words["maps_how_blank" if variant == BLANK else "maps_how"]
    put_text(page, (3, 1), how, "long quiet", widths, LAST)
    facts = {"before": _shape(step.before), "after": _shape(step.after)}
    sizes = {n: getattr(step.layer, n) for n in ("kernel", "stride", "padding", "dilation")}
    page.put((4, 1), words(sizes_key(step.layer.layer), **facts, **sizes), "result text")


def sizes_key(layer: str) -> str:
    """Return the key of the text that tells the sizes of a kind of layer."""
    window = "maps_sizes_window" if layer in (MAX_POOL, AVERAGE_POOL) else "maps_sizes"
    return "maps_sizes_convolution" if layer == CONVOLUTION else window


def _shape(shape: Shape) -> str:
    return f"{shape.maps} × {shape.side} × {shape.side}"


def _put_given(
    page: Page,
    block: Block,
    source: tuple[str, Block] | Numbers,
    title: str,
    words: Words,
    remark: str,
) -> None:
    """Write maps that are typed, or that come from the sheet of another layer."""
    is_typed = not isinstance(source[0], str)
    page.put((block.top - 1, 1), f"{title}{remark}" if is_typed else title, "heading")
    for own in range(block.maps):
        page.put(block.name(own), words("maps_map", number=own + 1), "caption")
        for at in block.border(own):
            page.put(at, Cell(0), "map edge")
        for y in range(block.side):
            for x in range(block.side):
                cell, style = _given(source, own, y, x)
                page.put(block.at(own, y, x), cell, style)


def _given(source: tuple[str, Block] | Numbers, own: int, y: int, x: int) -> tuple[Cell, str]:
    first, second = source[0], source[-1]
    if isinstance(first, str) and isinstance(second, Block):
        return Cell(None, f"={quoted(first)}!{address(*second.at(own, y, x))}"), "map number"
    numbers: Numbers = source  # type: ignore[assignment]
    return Cell(numbers[own][y][x]), "map typed"


def _put_block(
    page: Page,
    block: Block,
    array: str,
    title: str,
    words: Words,
    step: Step,
    trees: Trees,
    variant: str,
) -> None:
    """Write maps that are calculated."""
    page.put((block.top - 1, 1), title, "heading")
    for own in range(block.maps):
        page.put(block.name(own), words("maps_map", number=own + 1), "caption")
    _put_trees(page, step.places, array, trees, variant)


def _put_trees(page: Page, places: Places, array: str, trees: Trees, variant: str) -> None:
    """Write a formula for each element, or leave its cell to be filled in."""
    for index, tree in trees.items():
        at = places.at(array, index)
        page.cells[at] = Cell() if variant == BLANK else Cell(None, written(tree, places))
        page.styles[at] = "map number" if variant == WORKED else "map answer"


def written(tree: Expr, places: Places) -> str:
    """Return the formula of a tree on the sheet of its layer."""

    def reference(leaf: Expr) -> str:
        if not isinstance(leaf, Window):
            raise TypeError(f"no cells stand for {leaf!r}")
        return places.text(leaf)

    return to_excel(tree, reference)


def _put_slopes(page: Page, step: Step, words: Words, variant: str) -> None:
    """Write the gradients to kernels and biases."""
    places = step.places
    page.put((places.dk[0].top - 1, 1), words["maps_to_kernels"], "heading")
    for own, block in enumerate(places.dk):
        page.put((block.top, 1), words("maps_bias_slope", number=own + 1), "caption")
        for channel in range(block.maps):
            page.put(block.name(channel), words("maps_from", number=channel + 1), "caption")
    _put_trees(page, places, "dk", to_kernels(step.layer, step.before, step.after), variant)
    _put_trees(page, places, "db", to_biases(step.after), variant)


def _put_share(page: Page, step: Step, words: Words) -> None:
    """Write what the maps that come out add to E, so that a slope can be tried out."""
    row = step.places.bottom + 2
    areas = zip(*([*_ranges(block)] for block in (step.places.dz, step.places.z)), strict=True)
    text = "+".join(f"SUMPRODUCT({a},{b})" for a, b in areas)
    page.put((row, 1), Cell(None, f"={text}"), "map number")
    page.put((row, LEFT), words["maps_share"], "text")


def _ranges(block: Block) -> Iterator[str]:
    for own in range(block.maps):
        first, last = block.area(own)
        yield f"{address(*first)}:{address(*last)}"
