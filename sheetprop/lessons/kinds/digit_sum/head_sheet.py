"""The sheet of the two layers for sums: what goes in, every weight, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.kinds.digit_sum.places import (
    FIRST_WEIGHT,
    HIDDEN_ROW,
    JOINED,
    KNOWN,
    TABLE,
    features_at,
    hidden_at,
    kept,
    line,
    out_at,
)
from sheetprop.lessons.mnist.places import Maps
from sheetprop.notation.address import address, quoted
from sheetprop.training.forward import Array, Weights
from sheetprop.training.sums.head import HIDDEN, NUMBERS, SUMS, Head
from sheetprop.words import Words
from sheetprop.workbooks.look import ColourScale, Look
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell, Sheet

_RED_TO_BLUE = ("#D55E00", "#FFFFFF", "#0072B2")
_PAPER_TO_BLUE = ("#FFFFFF", "#4A97D6")
_NARROW = 6.5
_LAST = 20  # the last column of texts


@dataclass(frozen=True)
class Values:
    """What the sheet's formulas come to: what goes in, the first layer's values, the logits."""

    joined: Array
    hidden: Array
    logits: Array


def head_sheet(head: Head, values: Values, means: Maps, words: Words) -> Sheet:
    """Return the sheet; `means` are the network's last maps, one number each."""
    page = Page()
    inputs = len(values.joined)
    widths = {1: 12.0, 2: 9.0, 3: 8.0}
    widths |= dict.fromkeys(range(FIRST_WEIGHT, FIRST_WEIGHT + inputs), _NARROW)
    page.put((1, 1), words["digit_sum_head_title"], "title")
    page.heights[1] = 30
    put_text(page, (2, 1), words["digit_sum_head_about"], "long text", widths, _LAST)
    _put_joined(page, values.joined, means, words)
    _put_layer(page, head.hidden, values.hidden, words, is_first=True)
    _put_hidden_again(page, values.hidden, words)
    _put_layer(page, head.out, values.logits, words, is_first=False)
    weights = [
        (hidden_at(0)[0], hidden_at(HIDDEN - 1)[0], inputs),
        (out_at(0)[0], out_at(SUMS - 1)[0], HIDDEN),
    ]
    scales = [
        ColourScale((((top, FIRST_WEIGHT), (bottom, FIRST_WEIGHT + count - 1)),), _RED_TO_BLUE)
        for top, bottom, count in weights
    ]
    first = ((JOINED, FIRST_WEIGHT), (JOINED, FIRST_WEIGHT + inputs - 1))
    look = Look(
        page.styles,
        widths=widths,
        merged=tuple(page.merged),
        heights=page.heights,
        freeze=(4, FIRST_WEIGHT),
        plain_formulas=True,
        scales=(*scales, ColourScale((first,), _PAPER_TO_BLUE)),
    )
    return Sheet(words["digit_sum_head_sheet"], page.cells, look=look)


def _put_joined(page: Page, joined: Array, means: Maps, words: Words) -> None:
    """Write the means of the maps, and beside them the number as ten values."""
    page.put((JOINED, 1), words["digit_sum_joined"], "name")
    features = len(joined) - NUMBERS
    for place, value in enumerate(joined):
        at = (JOINED, FIRST_WEIGHT + place)
        if place < features:
            head = words("digit_sum_map", number=place + 1)
            text = f"={quoted(means.sheet)}!{address(*features_at(means, place))}"
        else:
            number = place - features
            head = words("digit_sum_one_hot", number=number)
            row = TABLE + NUMBERS - number
            text = f"={quoted(words['digit_sum_sheet'])}!{address(row, KNOWN)}"
        page.put((JOINED - 1, at[1]), head, "caption")
        page.put(at, Cell(float(value), text), "pixel")


def _put_layer(
    page: Page, weights: Weights, values: Array, words: Words, *, is_first: bool
) -> None:
    """Write a line for each number that comes out: it, its bias and its weights."""
    count, inputs = weights.kernel.shape
    row = JOINED if is_first else HIDDEN_ROW
    page.put((row + 1, 2), words["digit_sum_value"], "caption")
    page.put((row + 1, 3), words["digit_sum_bias"], "caption")
    for unit in range(count):
        at = hidden_at(unit) if is_first else out_at(unit)
        key = "digit_sum_unit" if is_first else "digit_sum_of"
        page.put((at[0], 1), words(key, number=unit + is_first), "name")
        total = f"{address(at[0], 3)}+SUMPRODUCT({kept(row, inputs)},{line(at[0], inputs)})"
        text = f"=MAX(0,{total})" if is_first else f"={total}"
        page.put(at, Cell(float(values[unit]), text), "number")
        page.put((at[0], 3), Cell(float(weights.bias[unit])), "pixel")
        for place, weight in enumerate(weights.kernel[unit]):
            page.put((at[0], FIRST_WEIGHT + place), Cell(float(weight)), "pixel")


def _put_hidden_again(page: Page, hidden: Array, words: Words) -> None:
    """Write what the first layer gives as a row, for the weights of the second."""
    page.put((HIDDEN_ROW, 1), words["digit_sum_hidden"], "name")
    for unit, value in enumerate(hidden):
        at = (HIDDEN_ROW, FIRST_WEIGHT + unit)
        page.put((HIDDEN_ROW - 1, at[1]), Cell(unit + 1), "caption")
        page.put(at, Cell(float(value), f"={address(*hidden_at(unit))}"), "pixel")
