"""The Start sheet: all numbers a person may type, what the workbook shows, and its formulas."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheetprop.maths.network import Network
from sheetprop.notation.address import fixed, on
from sheetprop.notation.text import name_text, to_text
from sheetprop.sheets.explained import put_ways
from sheetprop.sheets.page import COMPARE, START, Page
from sheetprop.sheets.sheet import Address, Cell, Sheet
from sheetprop.sheets.styles import Look, Validation
from sheetprop.sheets.table import Table
from sheetprop.spec import Spec
from sheetprop.words import Words

MOST_RUNS = 100
"""Runs that can be chosen: a formula that names more would become too long."""

_LINE_LENGTH = 110
_PATTERN = (9, 12, 17, 3)  # widths in characters of name, number, remark, gap
_BLOCK_WIDTH = len(_PATTERN)
_LONG_BLOCKS, _LONG_LINE = 3, 130  # blocks and characters a formula's line may take
_LINE_HEIGHT, _HIGHEST = 14, 400  # points

_HOW = (
    (
        "Each sheet named η=… trains this network with one learning rate: a row is one iteration, "
        "and every cell in it is a formula. The sheet Compare sets the rates side by side."
    ),
    (
        "Change a yellow cell below and every sheet, chart and title follows. (A sheet keeps the "
        "name of the rate it was made for; its title tells the rate it uses.)"
    ),
)
_GROUPS = (
    (("Forward", ("sum", "activation")), ("Error", ("error", "total error"))),
    (("Update (′ marks the row above)", ("weight", "bias")),),
    (("Backward, by the chain rule", ("hidden error", "gradient")),),
)


@dataclass(frozen=True)
class Start:
    """The sheet, and where on it each given quantity and each rate stands (``Start!$B$9``).

    `step` and `rate` are the cells that choose which step of which run the pictures show.
    """

    sheet: Sheet
    given: Mapping[str, str]
    rates: Sequence[str]
    step: str
    rate: str


@dataclass(frozen=True)
class _Entry:
    name: str
    value: float
    remark: str = ""
    link: str | None = None


@dataclass(frozen=True)
class _Block:
    heading: str
    entries: Sequence[_Entry]
    is_rates: bool = False


def start_sheet(
    spec: Spec, table: Table, rates: Sequence[float], sheet_names: Sequence[str], words: Words
) -> Start:
    """Return the Start sheet of a lesson for these rates, each with the sheet of its name."""
    network = table.network
    page = Page()
    top = _opening(page, spec)
    put_ways(page, 3, (1, 1 + _BLOCK_WIDTH, 1 + 2 * _BLOCK_WIDTH), words)
    places: dict[str, Address] = {}
    validations = []
    bottom = top
    for number, stack in enumerate(_stacks(spec, network, rates, sheet_names)):
        row = top
        for block in stack:
            column = 1 + number * _BLOCK_WIDTH
            validations.append(_put_block(page, block, (row, column), places))
            row += len(block.entries) + 2
        bottom = max(bottom, row)
    rate_cells = [places[name] for name in sheet_names]
    choice = _put_choice(page, table, (bottom, 1), rate_cells, sheet_names[0], words)
    validations += choice
    bottom += 4
    _formulas(page, network, bottom)
    page.put((2, 2 * _BLOCK_WIDTH + 3), "Formulas ↓", "link", f"{START}!A{bottom}")
    look = Look(
        styles=page.styles,
        links=page.links,
        widths=_widths(max(number + 1, 4)),
        heights={1: 30, **page.heights},
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
        step=on(START, choice[0].first),
        rate=on(START, choice[1].first),
    )


def _opening(page: Page, spec: Spec) -> int:
    """Write title, introduction, links and legend; return the first row below."""
    page.put((1, 1), spec.texts.get("title", "Backpropagation step by step"), "title")
    page.put((2, 1), _describe(spec), "quiet")
    page.put((2, 2 * _BLOCK_WIDTH + 1), "Compare the rates →", "link", f"{COMPARE}!A1")
    row = 4
    for paragraph in (*spec.texts.get("introduction", "").split("\n"), *_HOW):
        for line in textwrap.wrap(paragraph, _LINE_LENGTH):
            page.put((row, 1), line, "text")
            row += 1
    for place, (style, meaning) in enumerate(_LEGEND):
        column = 1 + place * _BLOCK_WIDTH
        page.put((row + 1, column + 1), style, style)
        page.put((row + 1, column + 2), meaning, "remark")
    page.put((row + 1, 1), "Cells:", "label")
    return row + 3


_LEGEND = (("input", "type here"), ("formula", "calculated"), ("result", "look here"))


def _describe(spec: Spec) -> str:
    shape = spec.architecture
    units = {shape.hidden_activation, shape.output_activation}
    if len(shape.layers) == 2:
        units = {shape.output_activation}
    layers = "-".join(map(str, shape.layers))
    return f"{layers} network · {' and '.join(sorted(units))} · {shape.loss} · gradient descent"


def _stacks(
    spec: Spec, network: Network, rates: Sequence[float], sheet_names: Sequence[str]
) -> Iterator[list[_Block]]:
    start = spec.start()
    remarks = _remarks(network)

    def block(heading: str, names: Sequence[str]) -> _Block:
        return _Block(heading, [_Entry(n, start[n], remarks.get(n, "")) for n in names])

    yield [block("Inputs", network.inputs), block("Targets", network.targets)]
    yield [block("Weights at the start", network.weights)]
    if network.biases:
        yield [block("Biases at the start", network.biases)]
    links = [(name, rate, f"'{name}'!A1") for name, rate in zip(sheet_names, rates, strict=True)]
    entries = [_Entry(name, rate, f"to sheet {name}", link) for name, rate, link in links]
    yield [_Block("Learning rates", entries, is_rates=True)]


def _remarks(network: Network) -> dict[str, str]:
    """Return what each weight and bias connects."""
    found: dict[str, str] = {}
    for layer in network.layers:
        for neuron in layer:
            for source, weight in zip(neuron.sources, neuron.weights, strict=True):
                found[weight] = f"{source} → {neuron.label}"
            if neuron.bias:
                first = found.get(neuron.bias, "").split(" … ")[0]
                found[neuron.bias] = f"{first} … {neuron.label}" if first else f"→ {neuron.label}"
    return found


def _put_block(
    page: Page, block: _Block, corner: Address, places: dict[str, Address]
) -> Validation:
    row, column = corner
    page.put(corner, block.heading, "heading")
    for entry in block.entries:
        row += 1
        page.put((row, column), "η" if block.is_rates else entry.name, "name")
        page.put((row, column + 1), Cell(float(entry.value)), "input")
        if entry.remark:
            style = "remark link" if entry.link else "remark"
            page.put((row, column + 2), entry.remark, style, entry.link)
        places[entry.name] = (row, column + 1)
    return Validation(
        first=(corner[0] + 1, column + 1),
        last=(row, column + 1),
        above=0.0 if block.is_rates else None,
        title="Learning rate" if block.is_rates else "Number",
        message="A learning rate is a number greater than 0, such as 0.5."
        if block.is_rates
        else "Only a number can stand here, such as 0.15.",
    )


def _put_choice(
    page: Page,
    table: Table,
    corner: Address,
    rates: Sequence[Address],
    sheet: str,
    words: Words,
) -> list[Validation]:
    """Write the cells that choose a step and a rate, each with a list to pick from."""
    row, column = corner
    page.put(corner, words["start_choice"], "heading")
    offered = rates[:MOST_RUNS]
    first = page.cells[rates[0]].value
    sources = (
        ("start_step", 0.0, table.range_on(sheet, None)),
        ("start_rate", first, f"{on(START, offered[0])}:{fixed(offered[-1])}"),
    )
    found = []
    for key, value, source in sources:
        row += 1
        page.put((row, column), words[key], "name")
        page.put((row, column + 1), Cell(value), "input")
        at = (row, column + 1)
        found.append(Validation(at, at, None, words[key], words["start_pick"], source))
    return found


def _formulas(page: Page, network: Network, row: int) -> None:
    """Write every quantity's formula, group beside group as far as the texts leave room."""
    page.put((row, 1), "The formulas", "heading")
    column = 1
    for groups in _GROUPS:
        at, longest = row + 1, 0
        for heading, kinds in groups:
            lines = _lines(network, kinds)
            for number, line in enumerate([heading, *lines] if lines else []):
                _put_line(page, (at + number, column), line, "text" if number else "quiet")
                longest = max(longest, len(line))
            at += len(lines) + 2 if lines else 0
        column += _BLOCK_WIDTH * min(_LONG_BLOCKS, 1 + longest // sum(_PATTERN))


def _put_line(page: Page, at: Address, line: str, style: str) -> None:
    """Write a line of text; a long one is broken in a merged cell as high as it needs to be."""
    lines = -(-len(line) // _LONG_LINE)
    if lines == 1:
        page.put(at, line, style)
        return
    page.put(at, line, "long text")
    page.merged.append((at, (at[0], at[1] + _LONG_BLOCKS * _BLOCK_WIDTH - 2)))
    height = min(_LINE_HEIGHT * lines, _HIGHEST)
    page.heights[at[0]] = max(height, page.heights.get(at[0], 0))


def _lines(network: Network, kinds: Sequence[str]) -> list[str]:
    return [
        f"{name_text(q.name)} = {to_text(q.tree)}"
        for q in network.quantities.values()
        if q.kind in kinds and q.tree is not None
    ]


def _widths(blocks: int) -> dict[int, float]:
    columns = range(blocks * _BLOCK_WIDTH)
    return {1 + place: float(_PATTERN[place % _BLOCK_WIDTH]) for place in columns}
