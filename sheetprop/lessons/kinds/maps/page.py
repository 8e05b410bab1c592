"""The sheet of one layer: what comes in, what it makes of it, and what arrives from behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.kinds.kind import BLANK, WORKED
from sheetprop.lessons.kinds.maps.layers import (
    AVERAGE_POOL,
    CONVOLUTION,
    MAX_POOL,
    NAMED,
    Layer,
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
from sheetprop.maths.trees.expr import Expr
from sheetprop.maths.trees.windows import Window
from sheetprop.notation.address import address, fixed, quoted
from sheetprop.notation.excel_write import to_excel
from sheetprop.words import Words
from sheetprop.workbooks.look import ColourScale, Look, Validation
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell, Sheet

CELL, LABELS, LAST = 6.2, 13.0, 24  # widths in characters; the last column of texts
SIGNED, INK = ("#F2A36B", "#FFFFFF", "#6CB0DE"), ("#FFFFFF", "#8C99A6")
"""Colours that leave the numbers on them readable."""

KERNELS: Mapping[str, tuple[float, ...]] = {
    "edges across": (-1, 0, 1, -2, 0, 2, -1, 0, 1),
    "edges down": (-1, -2, -1, 0, 0, 0, 1, 2, 1),
    "outline": (-1, -1, -1, -1, 8, -1, -1, -1, -1),
    "blur": tuple(n / 16 for n in (1, 2, 1, 2, 4, 2, 1, 2, 1)),
    "sharpen": (0, -1, 0, -1, 5, -1, 0, -1, 0),
}
"""The kernels that can be chosen, row by row: Sobel's, Laplace's, binomial, unsharp."""


@dataclass(frozen=True)
class Step:
    """A layer with its number from 1, the sheets beside it, and what is typed next to it.

    `image` stands in the first layer, `arriving` in the last; elsewhere these come from the sheets
    `previous` and `following`, at the places there.
    """

    number: int
    layer: Layer
    before: Shape
    after: Shape
    sheet: str
    places: Places
    previous: tuple[str, Block] | Numbers
    following: tuple[str, Block] | Numbers


def layer_sheet(step: Step, words: Words, variant: str) -> Sheet:
    """Return the sheet of a layer."""
    page, places = Page(), step.places
    widths = {1: LABELS} | dict.fromkeys(range(LEFT, LAST + 1), CELL)
    _put_opening(page, step, words, variant, widths)
    _put_given(page, places.x, step.previous, words["maps_in"], words, words["maps_image"])
    validations = _put_kernels(page, step, words) if step.layer.has_weights else []
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


def _put_kernels(page: Page, step: Step, words: Words) -> list[Validation]:
    """Write the kernels that are used; return the rules for choosing them."""
    places, layer = step.places, step.layer
    page.put((places.k[0].top - 1, 1), words["maps_kernels"], "heading")
    names = _names(words)
    table = _put_named(page, step, names, words) if places.typed else None
    rules = []
    for own, block in enumerate(places.k):
        page.put((block.top, 1), words("maps_kernel_of", number=own + 1), "caption")
        page.put(places.at("b", (own,)), Cell(layer.biases[own]), "map typed")
        if table is not None:
            choice = block.top + 2, 1
            page.put(choice, names[NAMED.index(layer.chosen[own])], "map choice")
            source = f"{fixed((table, 1))}:{fixed((table + len(names) - 1, 1))}"
            title, message = words["maps_valid_title"], words["maps_valid_message"]
            rules.append(Validation(choice, choice, None, title, message, source))
        for channel in range(block.maps):
            page.put(block.name(channel), words("maps_from", number=channel + 1), "caption")
            _put_kernel(page, step, own, channel, table)
    return rules


def _names(words: Words) -> list[str]:
    return [words[f"maps_kernel_{name.replace(' ', '_')}"] for name in NAMED]


def chosen_at(step: Step, words: Words) -> Iterator[tuple[Address, list[str]]]:
    """Yield the cells in which a kernel is chosen, with the names that may stand there."""
    for block in step.places.typed:
        yield (block.top + 2, 1), _names(words)


def named_at(step: Step) -> Iterator[Address]:
    """Yield the cells of the kernels that can be chosen by name, but for the typed one."""
    if step.places.typed:
        first = _table(step)
        for row, kernel in enumerate(NAMED, first):
            yield from ((row, LEFT + place) for place in range(len(KERNELS.get(kernel, ()))))


def _table(step: Step) -> int:
    """Return the row of the first kernel that can be chosen."""
    return step.places.bottom + 6


def _put_kernel(page: Page, step: Step, own: int, channel: int, table: int | None) -> None:
    block = step.places.k[own]
    for i in range(block.side):
        for j in range(block.side):
            number = Cell(step.layer.kernels[own][channel][i][j])
            at = block.at(channel, i, j)
            if table is None:
                page.put(at, number, "map typed")
                continue
            typed = step.places.typed[own].at(channel, i, j)
            page.put(typed, number, "map typed")
            text = _chosen(block, table, address(*typed), i * block.side + j)
            page.put(at, Cell(None, text), "map number")


def _chosen(block: Block, table: int, typed: str, place: int) -> str:
    """Return the formula of a weight: the typed one, or that of the kernel with the chosen name."""
    choice, last = fixed((block.top + 2, 1)), table + len(NAMED) - 1
    names = f"{fixed((table, 1))}:{fixed((last, 1))}"
    column = f"{fixed((table, LEFT + place))}:{fixed((last, LEFT + place))}"
    return f"=IF({choice}={fixed((table, 1))},{typed},INDEX({column},MATCH({choice},{names},0)))"


def _put_named(page: Page, step: Step, names: Sequence[str], words: Words) -> int:
    """Write the kernels to choose from below everything; return the row of the first."""
    first = _table(step)
    page.put((first - 1, 1), words["maps_choice"], "heading")
    for row, (name, kernel) in enumerate(zip(names, NAMED, strict=True), first):
        page.put((row, 1), name, "caption")
        for column, number in enumerate(KERNELS.get(kernel, ()), LEFT):
            page.put((row, column), Cell(float(number)), "map number")
    for block in step.places.typed:
        for channel in range(block.maps):
            text = words("maps_typed_from", number=channel + 1)
            page.put(block.name(channel), text, "caption")
    return first


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


def coloured(step: Step, sheet: Sheet) -> Sheet:
    """Return a sheet whose values are known with its colours: ink, or blue and orange around 0."""
    places, look = step.places, sheet.look
    assert isinstance(look, Look)
    groups = [[places.x], places.k, [places.z], [places.dz], places.dk, [places.dx]]
    scales = []
    for place, blocks in enumerate(groups):
        areas = tuple(block.area(own) for block in blocks for own in range(block.maps))
        most = max((_largest(sheet, area) for area in areas), default=0.0) or 1.0
        is_ink = place == 0 and step.number == 1
        if areas:
            scales.append(ColourScale(areas, INK if is_ink else SIGNED, most))
    return replace(sheet, look=replace(look, scales=tuple(scales)))


def _largest(sheet: Sheet, area: tuple[Address, Address]) -> float:
    """Return the greatest size of a number in an area."""
    (top, left), (bottom, right) = area
    cells = product(range(top, bottom + 1), range(left, right + 1))
    values = (sheet.cells.get(at, Cell()).value for at in cells)
    return max((abs(v) for v in values if isinstance(v, int | float)), default=0.0)
