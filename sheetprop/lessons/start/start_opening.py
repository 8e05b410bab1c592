"""The first lines of Start: the title, what the network consists of, what the lesson says of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import count

from sheetprop.lessons.start.start_blocks import BLOCK_WIDTH
from sheetprop.maths.losses import LOSSES
from sheetprop.spec import Architecture, Spec
from sheetprop.words import Words
from sheetprop.workbooks.page import Page

_LINE_LENGTH = 190


def put_opening(page: Page, spec: Spec, words: Words) -> int:
    """Write title and introduction; return the first row below."""
    page.put((1, 1), words["title"], "title")
    page.put((1, 2 * BLOCK_WIDTH + 1), _describe(spec, words), "beside title")
    row = count(2)
    for paragraph in paragraphs(spec, words):
        for line in textwrap.wrap(paragraph, _LINE_LENGTH):
            page.put((next(row), 1), line, "text")
    return next(row)


def _describe(spec: Spec, words: Words) -> str:
    shape = spec.architecture
    layers = "-".join(map(str, shape.layers))
    names = ", ".join(dict.fromkeys(shape.activation_of_layers))  # in the order of the layers
    loss = words[f"start_{LOSSES[shape.loss].key}"]
    return words("start_network", layers=layers, activations=names, loss=loss)


def paragraphs(spec: Spec, words: Words) -> Iterator[str]:
    """Yield what Start says of the lesson below its title."""
    learns = _learns(spec, words)
    yield f"{learns[0].upper()}{learns[1:]} {words['start_formulas_behind']}"
    yield from words["introduction"].split("\n")
    yield words["start_how"]


def network_text(shape: Architecture, words: Words) -> str:
    """Return what a network consists of in words: two inputs, two hidden neurons and two outputs.

    Made from the network, so that a lesson which is changed says what it has become.
    """
    inputs, *hidden, outputs = shape.layers
    first, last = _counted("input", inputs, words), _counted("output", outputs, words)
    if not hidden:
        return words("start_list_of_two", first=first, last=last)
    neurons = _counted("hidden", sum(hidden), words)
    if len(hidden) > 1:
        neurons = words("start_hidden_layers", hidden=neurons, layers=_number(len(hidden), words))
    return words("start_list_of_three", first=first, second=neurons, last=last)


_MANY = {"input": "inputs", "hidden": "hidden", "output": "outputs"}


def _counted(what: str, number: int, words: Words) -> str:
    if number == 1:
        return words[f"start_one_{what}"]
    return words(f"start_many_{_MANY[what]}", number=_number(number, words))


def _number(number: int, words: Words) -> str:
    """Return a number as a word, where there is one."""
    known = words["start_numbers"].split(", ")
    return known[number] if number < len(known) else str(number)


def _learns(spec: Spec, words: Words) -> str:
    """Return the sentence that says what network learns how many examples, and how."""
    count = len(spec.inputs) // spec.architecture.layers[0]
    key = "start_learns"
    if count > 1:
        key += "_in_turn" if spec.in_turn else "_at_once"
    return words(key, network=network_text(spec.architecture, words), samples=_number(count, words))
