"""The Start sheet: what the network does in one step, all numbers a person may type, the formulas.

The picture of the network comes first, with the cells that choose what it shows beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sheetprop.lessons.parts.drawing import WIDTH
from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.lessons.start.arrangement import arrange
from sheetprop.lessons.start.start_blocks import (
    BLOCK_WIDTH,
    PATTERN,
    data_blocks,
    of_turn,
    parameter_blocks,
    put_block,
    rate_block,
)
from sheetprop.lessons.start.start_choice import Choice, names_of, put_choice
from sheetprop.lessons.start.start_formulas import put_formulas
from sheetprop.lessons.start.start_opening import put_opening
from sheetprop.lessons.start.target_rule import put_target_rule
from sheetprop.notation.address import on
from sheetprop.spec import Spec
from sheetprop.words import Words
from sheetprop.workbooks.extent import column_pixels
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import START, Page
from sheetprop.workbooks.sheet import Address, Sheet

PICTURE_COLUMN = BLOCK_WIDTH + 1
_BLOCKS = 4  # side by side
_LEGEND = ("input", "formula", "result")


@dataclass(frozen=True)
class Start:
    """The sheet, and where on it each given quantity and each rate stands (``Start!$B$9``).

    `choice` are the cells that choose what pictures show, `run_names` the range of the runs that
    can be chosen. `title` is the place of the title of the picture, which stands below it, so many
    pixels wide, `contents` that of the list of sheets, `beside` that of the curves, with so many
    pixels left of it. `turns` tells where inputs and targets of each example stand.
    """

    sheet: Sheet
    given: Mapping[str, str]
    rates: Sequence[str]
    choice: Choice
    run_names: str
    title: Address
    contents: Address
    beside: Address
    left_of_beside: int
    picture_width: int = WIDTH
    turns: Sequence[Mapping[str, str]] = ()


def start_sheet(
    spec: Spec,
    table: RateTable,
    rates: Sequence[float],
    sheet_names: Sequence[str],
    words: Words,
    unshown: Collection[str] = (),
) -> Start:
    """Return the Start sheet of a lesson for these rates, each with the sheet of its name.

    The formulas of `unshown` quantities are not told.
    """
    page = Page()
    choice = Choice(put_opening(page, spec, words))
    places: dict[str, Address] = {}
    row = choice.end
    validations = []
    for block in data_blocks(spec, table.network, words):
        validations.append(put_block(page, block, (row, 1), places, words))
        row += block.height
    put_target_rule(page, spec, table.network, places, words)
    arrangement = arrange(table.network, choice.row, row)
    columns = [
        [rate_block(rates, sheet_names, words)],
        parameter_blocks(spec, table.network, words),
    ]
    for number, blocks in enumerate(columns, 1):
        row = arrangement.blocks
        for block in blocks:
            at = (row, 1 + number * BLOCK_WIDTH)
            validations.append(put_block(page, block, at, places, words))
            row += block.height
    rate_cells = [places[name] for name in sheet_names]
    runs = [(row, column - 1) for row, column in rate_cells]
    validations += put_choice(page, choice, table, sheet_names[0], runs, words)
    foot = max(_legend(page, arrangement.legend, words), arrangement.formulas)
    heights = [sum(block.height for block in blocks) for blocks in columns]
    put_formulas(page, table.network, max(foot, arrangement.blocks + max(heights)), words, unshown)
    look = Look(
        styles=page.styles,
        links=page.links,
        widths=_widths(_BLOCKS),
        heights={1: 28, **page.heights},
        merged=tuple(page.merged),
        validations=tuple(validations),
        tab="#E69F00",
        plain_formulas=True,
    )
    page.put(arrangement.losses, words["start_losses"], "heading")
    references = {name: on(START, place) for name, place in places.items()}
    turns = [
        {name: references[of_turn(spec, name, turn)] for name in table.network.data}
        for turn in range(spec.turns)
    ]
    # What moves a weight stands still at first, which nobody types.
    given = {name: references.get(name, "0") for name in spec.start()} | turns[0]
    return Start(
        Sheet(START, page.cells, look=look),
        given,
        [references[name] for name in sheet_names],
        choice,
        names_of(runs),
        title=(choice.row, PICTURE_COLUMN),
        contents=arrangement.contents,
        turns=turns,
        beside=arrangement.losses,
        left_of_beside=sum(map(column_pixels, PATTERN)) * (len(columns) + 1),
        picture_width=arrangement.picture_width,
    )


def _legend(page: Page, row: int, words: Words) -> int:
    """Write what the colours of cells mean; return the first row below."""
    page.put((row, 1), words["start_cells"], "heading")
    for line, style in enumerate(_LEGEND, row + 1):
        page.put((line, 2), words[f"start_{style}"], style)
        page.put((line, 3), words[f"start_{style}_means"], "remark")
    return row + len(_LEGEND) + 2


def _widths(blocks: int) -> dict[int, float]:
    columns = range(blocks * BLOCK_WIDTH)
    return {1 + place: float(PATTERN[place % BLOCK_WIDTH]) for place in columns}
