"""The right formulas of a lesson of maps, for the layers that the texts of its sheets tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sheetprop.checking.layouts.judged import Pattern
from sheetprop.checking.layouts.opening import numbers_in, opening
from sheetprop.errors import SheetpropError
from sheetprop.lessons.kinds.kind import WORKED
from sheetprop.lessons.kinds.maps.kernels import chosen_at, named_at
from sheetprop.lessons.kinds.maps.layers import CONVOLUTION, LARGEST, LAYERS, MOST, Layer, Maps
from sheetprop.lessons.kinds.maps.maps import steps
from sheetprop.lessons.kinds.maps.page import layer_sheet, sizes_key
from sheetprop.lessons.kinds.maps.step import Step
from sheetprop.words import ENGLISH, Words, languages, texts_of
from sheetprop.workbooks.sheet import Address, Sheet, Value, Workbook

Told = tuple[int, Layer, int, int]
"""A layer with its number, the maps that come in, and how many values across each has."""


def maps_pattern(workbook: Workbook) -> Pattern:
    """Return the right workbook for the layers that the sheets tell.

    Raises:
        SheetpropError: the sheets tell of no layers, or of layers that do not fit each other.

    """
    for language in languages():
        words = Words({**texts_of(ENGLISH), **texts_of(language)})
        told = sorted(_told(workbook, words), key=lambda one: one[0])
        if told:
            return _pattern(_lesson(told), words)
    raise SheetpropError("no sheet begins with a layer and its sizes")


def _pattern(lesson: Maps, words: Words) -> Pattern:
    own = [*steps(lesson, words)]
    sheets = tuple(layer_sheet(step, words, WORKED) for step in own)
    border = {
        (step.sheet, at)
        for step in own
        for one in range(step.before.maps)
        for at in step.places.x.border(one)
    }
    named = {(step.sheet, at) for step in own for at in named_at(step)}
    choices: dict[tuple[str, Address], Sequence[Value]] = {
        (step.sheet, at): names for step in own for at, names in _choices(step, words)
    }
    return Pattern(Workbook(sheets), frozenset(border), frozenset(named), choices)


def _choices(step: Step, words: Words) -> Iterator[tuple[Address, list[Value]]]:
    """Yield the cells in which a kernel is chosen: half of the time its own one, which is typed."""
    for at, names in chosen_at(step, words):
        yield at, [*names, *[names[0]] * len(names)]


def _told(workbook: Workbook, words: Words) -> Iterator[Told]:
    for sheet in workbook.sheets:
        texts = opening(sheet)
        kind = next((k for k in LAYERS.main if _begins(texts, words, k)), None)
        number = numbers_in(words["maps_sheet"], [text.partition(":")[0] for text in texts[:1]])
        sizes = numbers_in(words[sizes_key(kind)], texts) if kind else []
        if kind is not None and number and sizes:
            yield _layer(sheet, kind, number[0], sizes)


def _begins(texts: Sequence[str], words: Words, kind: str) -> bool:
    name = words["maps_" + kind.replace(" ", "_")]
    return bool(texts) and texts[0].endswith(f": {name}")


def _layer(sheet: Sheet, kind: str, number: int, sizes: Sequence[int]) -> Told:
    before, side, _, after, side_after, _, *rest = sizes
    if max(before, after) > MOST or max(side, side_after, *rest, 1) > LARGEST:
        raise SheetpropError(f"{sheet.name} tells of more or larger maps than a lesson has")
    if kind == CONVOLUTION:
        kernel, _, stride, padding, dilation = rest
        if min(kernel, stride, dilation) < 1:
            raise SheetpropError(f"{sheet.name} tells of a kernel, stride or dilation of 0")
        zeros = (((0.0,) * kernel,) * kernel,) * before
        own = ("own",) * after
        layer = Layer(
            kind, kernel, stride, padding, dilation, (zeros,) * after, (0.0,) * after, own
        )
    else:
        kernel, _, stride = rest or (1, 1, 1)
        layer = Layer(kind, max(kernel, 1), max(stride, 1))
    return number, layer, before, side


def _lesson(told: Sequence[Told]) -> Maps:
    """Return the lesson of layers that fit each other."""
    layers = tuple(layer for _, layer, _, _ in told)
    _, _, maps, side = told[0]
    image = (((0.0,) * side,) * side,) * maps
    lesson = Maps(image, layers, ())
    shapes = [(shape.maps, shape.side) for shape in lesson.shapes]
    if [one[2:] for one in told] != shapes[:-1] or shapes[-1][1] < 1:
        raise SheetpropError("the layers that its sheets tell do not fit each other")
    if any(one[0] + 1 != other[0] for one, other in pairwise(told)) or told[0][0] != 1:
        raise SheetpropError("the sheets of some of its layers are missing")
    last = shapes[-1]
    return Maps(image, layers, (((0.0,) * last[1],) * last[1],) * last[0])
