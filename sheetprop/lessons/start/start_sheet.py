"""The Start sheet: what the network does in one step, all numbers a person may type, the formulas.

The picture of the network comes first, with the cells that choose what it shows beside it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.lessons.start.drawing import Drawing
from sheetprop.lessons.start.start_blocks import (
    BLOCK_WIDTH,
    PATTERN,
    data_blocks,
    parameter_blocks,
    put_block,
    rate_block,
)
from sheetprop.lessons.start.start_formulas import put_formulas
from sheetprop.maths.losses import LOSSES
from sheetprop.notation.address import fixed, on
from sheetprop.spec import Spec
from sheetprop.words import Words
from sheetprop.workbooks.extent import ROW
from sheetprop.workbooks.page import DATA, START, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Sheet
from sheetprop.workbooks.styles import ChartLook, Look, Validation

MOST_RUNS = 100
"""Runs that can be chosen: a formula that names more would become too long."""

PICTURE_COLUMN = BLOCK_WIDTH + 1
_LINE_LENGTH = 190
_LEGEND = ("input", "formula", "result")
_MOST_CONTENTS = 12  # lines


@dataclass(frozen=True)
class Start:
    """The sheet, and where on it each given quantity and each rate stands (``Start!$B$9``).

    `step` and `rate` are the cells that choose which step of which run the pictures show, `labels`
    the one that chooses what the picture of the network tells. `title` is the place of the title
    of that picture, which stands below it, `loss` that of E_total in the chosen step, `contents`
    that of the list of sheets.
    """

    sheet: Sheet
    given: Mapping[str, str]
    rates: Sequence[str]
    step: str
    rate: str
    labels: str
    title: Address
    loss: Address
    contents: Address


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
    top = _opening(page, spec, words)
    places: dict[str, Address] = {}
    below = top + _choice_height()
    validations = []
    for block in data_blocks(spec, table.network, words):
        validations.append(put_block(page, block, (below, 1), places, words))
        below += block.height
    drawing = Drawing(table.network)
    picture = 1 - (-drawing.height // ROW) if drawing.is_possible else 0
    below = max(_legend(page, below, words), top + picture) + 1
    contents = (below, 1)
    blocks = [rate_block(rates, sheet_names, words), *parameter_blocks(spec, table.network, words)]
    for number, block in enumerate(blocks, 1):
        at = (below, 1 + number * BLOCK_WIDTH)
        validations.append(put_block(page, block, at, places, words))
    rate_cells = [places[name] for name in sheet_names]
    validations += _put_choice(page, table, top, rate_cells, sheet_names[0], words)
    heights = [block.height for block in blocks]
    put_formulas(page, table.network, below + max(_MOST_CONTENTS, *heights), words, unshown)
    look = Look(
        styles=page.styles,
        links=page.links,
        widths=_widths(max(len(blocks) + 1, 4)),
        heights={1: 28, **page.heights},
        merged=tuple(page.merged),
        validations=tuple(validations),
        tab="#E69F00",
        plain_formulas=True,
    )
    references = {name: on(START, place) for name, place in places.items()}
    return Start(
        Sheet(START, page.cells, look=look),
        {name: references[name] for name in spec.start()},
        [references[name] for name in sheet_names],
        step=on(START, (top + 1, 2)),
        rate=on(START, (top + 2, 2)),
        labels=on(START, (top + 3, 2)),
        title=(top, PICTURE_COLUMN),
        loss=(top + 4, 2),
        contents=contents,
    )


def _opening(page: Page, spec: Spec, words: Words) -> int:
    """Write title and introduction; return the first row below."""
    page.put((1, 1), words["title"], "title")
    page.put((1, 2 * BLOCK_WIDTH + 1), _describe(spec, words), "beside title")
    row = count(2)
    for paragraph in (*words["introduction"].split("\n"), words["start_how"]):
        for line in textwrap.wrap(paragraph, _LINE_LENGTH):
            page.put((next(row), 1), line, "text")
    return next(row)


def _describe(spec: Spec, words: Words) -> str:
    shape = spec.architecture
    units = {shape.hidden_activation, shape.output_activation}
    if len(shape.layers) == 2:
        units = {shape.output_activation}
    layers = "-".join(map(str, shape.layers))
    names = ", ".join(sorted(units))
    loss = words[f"start_{LOSSES[shape.loss].key}"]
    return words("start_network", layers=layers, activations=names, loss=loss)


def _legend(page: Page, row: int, words: Words) -> int:
    """Write what the colours of cells mean; return the first row below."""
    page.put((row, 1), words["start_cells"], "heading")
    for line, style in enumerate(_LEGEND, row + 1):
        page.put((line, 2), words[f"start_{style}"], style)
        page.put((line, 3), words[f"start_{style}_means"], "remark")
    return row + len(_LEGEND) + 1


def _choice_height() -> int:
    return len(("heading", "step", "rate", "labels", "E_total", "gap"))


def _put_choice(
    page: Page, table: RateTable, row: int, rates: Sequence[Address], sheet: str, words: Words
) -> list[Validation]:
    """Write the cells that choose what the picture shows, each with a list to pick from."""
    page.put((row, 1), words["start_choice"], "heading")
    offered = rates[:MOST_RUNS]
    first = page.cells[rates[0]].value
    sources = (
        ("start_step", 0.0, table.range_on(sheet, None)),
        ("start_rate", first, f"{on(START, offered[0])}:{fixed(offered[-1])}"),
        ("start_labels", words[LABELS[0]], f"{on(DATA, LABELS_AT)}:{fixed(_last_label())}"),
    )
    found = []
    for key, value, source in sources:
        row += 1
        page.put((row, 1), words[key], "name")
        page.put((row, 2), Cell(value), "input")
        page.put((row, 3), words[f"{key}_means"], "remark")
        at = (row, 2)
        found.append(Validation(at, at, None, words[key], words["start_pick"], source))
    page.put((row + 1, 1), "E_total", "name")
    page.put((row + 1, 3), words["start_loss_means"], "remark")
    page.styles[row + 1, 2] = "number result"
    return found


LABELS = ("diagram_weights", "diagram_gradients", "diagram_both")
"""The words for what labels of connections may tell; they stand on the sheet Data."""

LABELS_AT: Address = (4, 20)


def _last_label() -> Address:
    return LABELS_AT[0] + len(LABELS) - 1, LABELS_AT[1]


def completed(
    start: Start,
    picture: tuple[Chart, ChartLook] | None,
    title: str,
    loss: str,
    sheets: Iterable[Sheet],
    words: Words,
) -> Sheet:
    """Return the Start sheet with its picture, the chosen E_total, and links to the other sheets.

    `title` is the formula of the picture's title, `loss` the cell that has the chosen E_total.
    """
    look = start.sheet.look
    if not isinstance(look, Look):
        raise TypeError("the Start sheet has a look")
    page = Page(dict(start.sheet.cells), dict(look.styles), dict(look.links))
    page.put(start.loss, Cell(None, f"={loss}"), "number result")
    _put_contents(page, start.contents, sheets, words)
    charts = [picture] if picture else []
    page.put(start.title, Cell(None, title), "heading")
    if not picture:
        below = start.title[0] + 1, start.title[1]
        page.put(below, words["diagram_too_large"], "quiet")
    look = replace(look, styles=page.styles, links=page.links, charts=tuple(c for _, c in charts))
    return Sheet(START, page.cells, tuple(chart for chart, _ in charts), look=look)


def _put_contents(page: Page, at: Address, sheets: Iterable[Sheet], words: Words) -> None:
    """Write links to the sheets that are about all rates; those of a rate stand beside the rate."""
    row, column = at
    page.put(at, words["start_contents"], "heading")
    for sheet in list(sheets)[: _MOST_CONTENTS - 2]:
        row += 1
        means = words.get(f"contents_{sheet.name.lower().replace(' ', '_')}", "")
        text = f"{sheet.name}: {means}" if means else sheet.name
        page.put((row, column), text, "link", f"'{sheet.name}'!A1")


def _widths(blocks: int) -> dict[int, float]:
    columns = range(blocks * BLOCK_WIDTH)
    return {1 + place: float(PATTERN[place % BLOCK_WIDTH]) for place in columns}
