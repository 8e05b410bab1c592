"""The sheets Draw and Digits: the image that the network reads, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sheetprop.lessons.mnist.layer_sheets import CELL, INK_SCALE, TITLE
from sheetprop.lessons.mnist.places import Maps
from sheetprop.notation.address import address, fixed, on, quoted
from sheetprop.training.forward import Array, probabilities
from sheetprop.training.idx import DIGITS, SIDE
from sheetprop.training.shipped_networks import Digits
from sheetprop.words import Words
from sheetprop.workbooks.look import ColourScale, Look, Validation
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell, Sheet

DRAW, DIGITS_SHEET = "Draw", "Digits"
CHOICE, NUMBER = (4, 8), (4, 21)
_TOP, _DRAWN_TOP = 6, 38
_PANEL = SIDE + 3  # the column right of the image
_TABLE = 16
_HEAD, _PIXELS = 3, 4  # rows of Digits


def image_maps(edge: int) -> Maps:
    """Return where the image stands."""
    return Maps(DRAW, 1, SIDE, edge, _TOP)


def names_of(digits: Digits, words: Words) -> list[str]:
    """Return what can be chosen: what is drawn, and each digit by its label and number."""
    each = zip(digits.labels, digits.numbers, strict=True)
    named = (words("mnist_test_image", label=label, number=number) for label, number in each)
    return [words["mnist_drawn"], *named]


def probability_at(digit: int) -> Address:
    """Return the cell of a digit's probability."""
    return _TABLE + 1 + digit, _PANEL + 1


def draw_sheet(
    image: Maps, linear: Maps, digits: Digits, chosen: int, logits: Array, words: Words
) -> Sheet:
    """Return the sheet, on which the digit with the number `chosen` (from 0) is chosen."""
    page = Page(heights={1: TITLE})
    names = names_of(digits, words)
    page.put((1, 1), words["mnist_draw_title"], "title")
    page.put((2, 1), words["mnist_about"], "text")
    page.put((4, 2), words["mnist_digit"], "text")
    page.put(CHOICE, names[chosen + 1], "input")
    list_ = f"{on(DIGITS_SHEET, (_HEAD, 2))}:{fixed((_HEAD, len(names) + 1))}"
    page.put((4, 18), words["mnist_in_the_list"], "caption")
    number = Cell(float(chosen + 2), f"=MATCH({fixed(CHOICE)},{list_},0)")
    page.put(NUMBER, number, "caption")
    merged = [(CHOICE, (4, 16)), ((4, 18), (4, 20))]
    for column in range(CHOICE[1] + 1, 17):
        page.styles[4, column] = "input"
    page.put(image.heading(0), words["mnist_sees"], "caption")
    _put_image(page, image, digits.images[chosen] / 255, len(names))
    _put_grid(page, words)
    merged += _put_answer(page, linear, logits, words)
    told = words["mnist_no_digit"], words["mnist_choose"]
    rule = Validation(CHOICE, CHOICE, None, *told, list_)
    return Sheet(DRAW, page.cells, look=_look(page, image, merged, rule))


def _put_image(page: Page, image: Maps, values: Array, count: int) -> None:
    for at in image.around(0):
        page.put(at, Cell(0), "pixel edge")
    for y in range(SIDE):
        for x in range(SIDE):
            row = _PIXELS + y * SIDE + x
            stored = f"{quoted(DIGITS_SHEET)}!$B{row}:{address(row, count + 1)}"
            typed = f"MIN(1,MAX(0,N({address(_DRAWN_TOP + 1 + y, 2 + x)})))"
            text = f"=IF({fixed(NUMBER)}=1,{typed},INDEX({stored},{fixed(NUMBER)})/255)"
            page.put(image.at(0, y, x), Cell(float(values[y, x]), text), "pixel")


def _put_grid(page: Page, words: Words) -> None:
    """Make room for a drawing."""
    page.put((_DRAWN_TOP, 2), words["mnist_draw_here"], "caption")
    for y in range(SIDE):
        for x in range(SIDE):
            page.styles[_DRAWN_TOP + 1 + y, 2 + x] = "pixel typed"


def _put_answer(
    page: Page, linear: Maps, logits: Array, words: Words
) -> list[tuple[Address, Address]]:
    """Write the answer, and the probability of each digit with its bar; return merged cells."""
    shares = probabilities(logits)
    order = np.argsort(-shares, kind="stable")
    first, last = (_TABLE + 1, _PANEL + 1), (_TABLE + DIGITS, _PANEL + 1)
    area = f"{fixed(first)}:{fixed(last)}"
    page.put((_TOP, _PANEL), words["mnist_reads"], "caption")
    answer = Cell(float(order[0]), f"=MATCH(MAX({area}),{area},0)-1")
    page.put((_TOP + 1, _PANEL), answer, "large answer")
    page.put((_TOP + 1, _PANEL + 2), words["mnist_sure"], "remark")
    page.put(
        (_TOP + 2, _PANEL + 2), Cell(float(shares[order[0]]), f"=MAX({area})"), "maths percent"
    )
    page.put((_TOP + 4, _PANEL + 2), words["mnist_might"], "remark")
    second = f"LARGE({area},2)"
    might = Cell(float(order[1]), f"=MATCH({second},{area},0)-1")
    page.put((_TOP + 5, _PANEL + 2), might, "maths count")
    page.put((_TOP + 6, _PANEL + 2), Cell(float(shares[order[1]]), f"={second}"), "maths percent")
    _put_bars(page, linear, logits, words)
    return [((_TOP + 1, _PANEL), (_TOP + 7, _PANEL + 1))]


def _put_bars(page: Page, linear: Maps, logits: Array, words: Words) -> None:
    shares = probabilities(logits)
    for column, key in enumerate(("digit", "probability", "", "logit")):
        page.put((_TABLE, _PANEL + column), words[f"mnist_{key}"] if key else "", "head")
    own = f"{fixed((_TABLE + 1, _PANEL + 3))}:{fixed((_TABLE + DIGITS, _PANEL + 3))}"
    for digit in range(DIGITS):
        row = _TABLE + 1 + digit
        logit, share = address(row, _PANEL + 3), address(row, _PANEL + 1)
        power = f"EXP({logit}-MAX({own}))/SUMPRODUCT(EXP({own}-MAX({own})))"
        bar = "█" * int(30 * shares[digit] + 0.5)
        page.put((row, _PANEL), Cell(digit), "iteration")
        page.put((row, _PANEL + 1), Cell(float(shares[digit]), f"={power}"), "maths percent")
        page.put((row, _PANEL + 2), Cell(bar, f'=REPT("█",INT(30*{share}+0.5))'), "bar")
        from_sheet = f"={quoted(linear.sheet)}!{address(*linear.at(digit, 0, 0))}"
        page.put((row, _PANEL + 3), Cell(float(logits[digit]), from_sheet), "number")


def _look(
    page: Page, image: Maps, merged: Sequence[tuple[Address, Address]], rule: Validation
) -> Look:
    drawn = ((_DRAWN_TOP + 1, 2), (_DRAWN_TOP + SIDE, 1 + SIDE))
    grid = dict.fromkeys(range(2, 2 + SIDE), CELL)
    return Look(
        page.styles,
        widths={1: 2.0, **grid, _PANEL: 9.0, _PANEL + 1: 12.0, _PANEL + 2: 38.0, _PANEL + 3: 12.0},
        merged=tuple(merged),
        heights=page.heights,
        plain_formulas=True,
        validations=(rule,),
        scales=(ColourScale((image.area(0), drawn), INK_SCALE, 1.0),),
    )


_TITLE_ENDS = 8
"""The column of the sheet of stored images behind which its title has ended."""


def digits_sheet(digits: Digits, words: Words) -> Sheet:
    """Return the sheet of stored images: a column for each, a row for each pixel."""
    page = Page(heights={1: TITLE})
    page.put((1, 1), words["mnist_digits_about"], "text")
    for column, name in enumerate(names_of(digits, words), 2):
        page.put((_HEAD, column), name, "head")
    for place in range(SIDE * SIDE):
        row = _PIXELS + place
        y, x = divmod(place, SIDE)
        page.put((row, 1), words("mnist_pixel", row=y + 1, column=x + 1), "quiet")
        for column, image in enumerate(digits.images, 3):
            if ink := int(image.flat[place]):  # an empty cell is 0, and takes no room
                page.put((row, column), Cell(ink), "iteration")
    last = len(digits.labels) + 2
    look = Look(
        page.styles,
        widths={1: 18.0, **dict.fromkeys(range(2, last + 1), 14.0)},
        heights={_HEAD: 30.0},
        freeze=(_PIXELS, 2),
        printed=(1, _TITLE_ENDS),  # nobody reads pixels as numbers on paper
        plain_formulas=True,
    )
    return Sheet(DIGITS_SHEET, page.cells, look=look)
