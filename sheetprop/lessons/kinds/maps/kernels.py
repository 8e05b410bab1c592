"""The kernels of a convolution: those in use, and those to choose from by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheetprop.lessons.kinds.maps.layers import (
    NAMED,
)
from sheetprop.lessons.kinds.maps.places import LEFT, Block
from sheetprop.lessons.kinds.maps.step import Step
from sheetprop.notation.address import address, fixed
from sheetprop.words import Words
from sheetprop.workbooks.look import Validation
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell

KERNELS: Mapping[str, tuple[float, ...]] = {
    "edges across": (-1, 0, 1, -2, 0, 2, -1, 0, 1),
    "edges down": (-1, -2, -1, 0, 0, 0, 1, 2, 1),
    "outline": (-1, -1, -1, -1, 8, -1, -1, -1, -1),
    "blur": tuple(n / 16 for n in (1, 2, 1, 2, 4, 2, 1, 2, 1)),
    "sharpen": (0, -1, 0, -1, 5, -1, 0, -1, 0),
}
"""The kernels that can be chosen, row by row: Sobel's, Laplace's, binomial, unsharp."""


def put_kernels(page: Page, step: Step, words: Words) -> list[Validation]:
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
