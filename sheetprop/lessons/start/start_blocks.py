"""The blocks of numbers on the Start sheet that a person may type, each with its validation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sheetprop.maths.names import of_sample, without_sample
from sheetprop.maths.network import Network
from sheetprop.notation.text import name_text
from sheetprop.spec import Spec
from sheetprop.words import Words
from sheetprop.workbooks.look import Validation
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell

PATTERN = (9, 12, 17, 3)  # widths in characters of name, number, remark, gap
BLOCK_WIDTH = len(PATTERN)


@dataclass(frozen=True)
class _Entry:
    name: str
    value: float
    remark: str = ""
    link: str | None = None
    label: str = ""  # where it is not the name


@dataclass(frozen=True)
class EntryBlock:
    """Numbers one below the other, each with its name; learning rates must be positive."""

    heading: str
    entries: Sequence[_Entry]
    is_rates: bool = False

    @property
    def height(self) -> int:
        """Return the rows it takes, with the empty one below."""
        return len(self.entries) + 2


def data_blocks(spec: Spec, network: Network, words: Words) -> list[EntryBlock]:
    """Return the training examples: inputs and targets."""
    return [
        EntryBlock(words["start_inputs"], list(_data(spec, network.inputs))),
        EntryBlock(words["start_targets"], list(_data(spec, network.targets))),
    ]


def _data(spec: Spec, names: Sequence[str]) -> Iterator[_Entry]:
    for turn in range(spec.turns):
        start = spec.start(turn)
        yield from (_Entry(of_turn(spec, name, turn), start[name]) for name in names)


def of_turn(spec: Spec, name: str, turn: int) -> str:
    """Return what an input or a target is called on Start where examples come in turn."""
    return of_sample(name, turn + 1) if spec.turns > 1 else name


def parameter_blocks(spec: Spec, network: Network, words: Words) -> list[EntryBlock]:
    """Return what training begins with: weights and, where there are any, biases."""
    start, remarks = spec.start(), _remarks(network)
    groups = (
        ("start_weights", network.weights),
        ("start_biases", network.biases),
        ("start_settings", network.settings),
    )
    return [
        EntryBlock(words[key], [_Entry(name, start[name], remarks.get(name, "")) for name in names])
        for key, names in groups
        if names
    ]


def run_name(number: int, words: Words) -> str:
    """Return what the run of a number is called."""
    return words("start_run_name", number=number)


def rate_block(rates: Sequence[float], sheet_names: Sequence[str], words: Words) -> EntryBlock:
    """Return the learning rates, each with a link to its sheet."""
    entries = [
        _Entry(
            name, rate, words("start_to_sheet", sheet=name), f"'{name}'!A1", run_name(number, words)
        )
        for number, (name, rate) in enumerate(zip(sheet_names, rates, strict=True), 1)
    ]
    return EntryBlock(words["start_rates"], entries, is_rates=True)


def put_block(
    page: Page, block: EntryBlock, corner: Address, places: dict[str, Address], words: Words
) -> Validation:
    """Write a block and note the places of its numbers; return what may be typed there."""
    row, column = corner
    page.put(corner, block.heading, "heading")
    for entry in block.entries:
        row += 1
        page.put((row, column), entry.label or name_text(entry.name), "name")
        page.put((row, column + 1), Cell(float(entry.value)), "input")
        if entry.remark:
            style = "remark link" if entry.link else "remark"
            page.put((row, column + 2), entry.remark, style, entry.link)
        places[entry.name] = (row, column + 1)
    kind = "rate" if block.is_rates else "number"
    return Validation(
        first=(corner[0] + 1, column + 1),
        last=(row, column + 1),
        above=0.0 if block.is_rates else None,
        title=words[f"start_{kind}_wanted"],
        message=words[f"start_{kind}_message"],
    )


def _remarks(network: Network) -> dict[str, str]:
    """Return what each weight and bias connects."""
    found: dict[str, str] = {}
    for layer in network.layers:
        for neuron in layer:
            for source, weight in zip(neuron.sources, neuron.weights, strict=True):
                found[weight] = without_sample(source) + " → " + without_sample(neuron.label)
            if neuron.bias:
                first = found.get(neuron.bias, "").split(" … ")[0]
                label = without_sample(neuron.label)
                found[neuron.bias] = f"{first} … {label}" if first else f"→ {label}"
    return found
