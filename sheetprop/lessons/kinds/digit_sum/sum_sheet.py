"""The sheet of sums: the number, both answers, and the probability of each sum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.kinds.digit_sum.places import (
    ANSWERS,
    DIGIT_SHARE,
    FLIPPED,
    KNOWN,
    NUMBER,
    TABLE,
    exact_text,
    out_at,
    shares_of_sums,
)
from sheetprop.lessons.mnist.draw_sheet import DRAW
from sheetprop.notation.address import address, fixed, quoted
from sheetprop.training.forward import Array, probabilities
from sheetprop.training.idx import DIGITS
from sheetprop.training.sums.head import NUMBERS, SUMS, exact
from sheetprop.words import Words
from sheetprop.workbooks.look import Look, Validation
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell, Sheet

SUM, SHARE, BAR, LOGIT, EXACT, EXACT_BAR = range(1, 7)
"""The columns of the table."""

_WIDTHS = {1: 11.0, 2: 17.0, 3: 34.0, 4: 11.0, 5: 17.0, 6: 34.0, 7: 3.0, 8: 9.0, 9: 17.0}
_WIDTHS |= {10: 11.0, 11: 17.0}
_LAST = 11
_LONGEST = 25  # blocks of a bar


@dataclass(frozen=True)
class Shown:
    """What is on the sheet: `logits` of the sums, `shares` of the digits, and the `number`."""

    logits: Array
    shares: Array
    number: int


def sum_sheet(shown: Shown, digits: tuple[Address, Address], words: Words) -> Sheet:
    """Return the sheet; `digits` are the first and the last digit's probability on Draw."""
    page = Page()
    page.put((1, 1), words["digit_sum_title"], "title")
    page.heights[1] = 30
    for row, key in ((2, "digit_sum_about"), (3, "digit_sum_trap"), (4, "digit_sum_how")):
        style = "long quiet" if key.endswith("how") else "long text"
        put_text(page, (row, 1), words[key], style, _WIDTHS, _LAST)
    page.put((NUMBER[0], 1), words["digit_sum_number"], "label")
    page.put(NUMBER, Cell(shown.number), "input")
    _put_answers(page, shown, words)
    _put_table(page, shown, words)
    _put_distributions(page, shown, digits, words)
    put_text(
        page, (TABLE + SUMS + 3, 1), words["digit_sum_exact_about"], "long text", _WIDTHS, _LAST
    )
    numbers = f"{fixed((TABLE + 1, FLIPPED))}:{fixed((TABLE + NUMBERS, FLIPPED))}"
    name = words["digit_sum_sheet"]
    list_ = f"{quoted(name)}!{numbers}"
    titles = words["digit_sum_no_number"], words["digit_sum_how"]
    look = Look(
        page.styles,
        widths=_WIDTHS,
        merged=tuple(page.merged),
        heights=page.heights,
        plain_formulas=True,
        validations=(Validation(NUMBER, NUMBER, None, *titles, list_),),
    )
    return Sheet(name, page.cells, look=look)


def _put_answers(page: Page, shown: Shown, words: Words) -> None:
    """Write the digit, the number, and their sum as both ways tell it."""
    known = np.eye(NUMBERS)[shown.number]
    exactly = exact(shown.shares[None], known)[0]
    asked = f"{fixed((TABLE + 1, DIGIT_SHARE))}:{fixed((TABLE + DIGITS, DIGIT_SHARE))}"
    answers = {
        SUM: ("digit_sum_digit", int(shown.shares.argmax()), _likeliest(asked)),
        SHARE: ("digit_sum_number", shown.number, f"={fixed(NUMBER)}"),
        BAR: ("digit_sum_told", int(shown.logits.argmax()), _likeliest(shares_of_sums(SHARE))),
        EXACT_BAR: ("digit_sum_exact", int(exactly.argmax()), _likeliest(shares_of_sums(EXACT))),
    }
    for column, (key, value, text) in answers.items():
        page.put((ANSWERS, column), words[key], "caption")
        page.put((ANSWERS + 1, column), Cell(value, text), "large answer")
    page.heights[ANSWERS + 1] = 58


def _likeliest(cells: str) -> str:
    return f"=MATCH(MAX({cells}),{cells},0)-1"


def _put_table(page: Page, shown: Shown, words: Words) -> None:
    heads = ("sum", "share", "", "logit", "exactly", "")
    for column, key in enumerate(heads, SUM):
        page.put((TABLE, column), words[f"digit_sum_head_{key}"] if key else "", "head")
    page.heights[TABLE] = 32
    shares = probabilities(shown.logits)
    exactly = exact(shown.shares[None], np.eye(NUMBERS)[shown.number])[0]
    logits = shares_of_sums(LOGIT)
    head = quoted(words["digit_sum_head_sheet"])
    for one in range(SUMS):
        row = TABLE + 1 + one
        logit = address(row, LOGIT)
        power = f"=EXP({logit}-MAX({logits}))/SUMPRODUCT(EXP({logits}-MAX({logits})))"
        page.put((row, SUM), Cell(one), "iteration")
        page.put((row, SHARE), Cell(float(shares[one]), power), "maths percent")
        from_head = f"={head}!{address(*out_at(one))}"
        page.put((row, LOGIT), Cell(float(shown.logits[one]), from_head), "number")
        page.put((row, EXACT), Cell(float(exactly[one]), exact_text(one)), "maths percent")
        for column, share in ((BAR, shares[one]), (EXACT_BAR, exactly[one])):
            text = f'=REPT("█",INT({_LONGEST}*{address(row, column - 1)}+0.5))'
            page.put((row, column), Cell("█" * int(_LONGEST * share + 0.5), text), "bar")
    last = TABLE + SUMS
    count = f"=COUNT({address(TABLE + 1, SUM)}:{address(last, SUM)})"
    page.put((last + 1, SUM), Cell(SUMS, count), "result")
    page.put((last + 1, SHARE), words["digit_sum_classes"], "caption")


def _put_distributions(
    page: Page, shown: Shown, digits: tuple[Address, Address], words: Words
) -> None:
    """Write what is convolved: the probabilities of the digits, and of the numbers from 9 to 0."""
    heads = ("digit", "share_of_digit", "number", "share_of_number")
    for column, key in enumerate(heads, DIGIT_SHARE - 1):
        page.put((TABLE, column), words[f"digit_sum_head_{key}"], "head")
    (top, column), _ = digits
    for place in range(DIGITS):
        row, number = TABLE + 1 + place, NUMBERS - 1 - place
        page.put((row, DIGIT_SHARE - 1), Cell(place), "iteration")
        share = f"={quoted(DRAW)}!{address(top + place, column)}"
        page.put((row, DIGIT_SHARE), Cell(float(shown.shares[place]), share), "maths percent")
        page.put((row, FLIPPED), Cell(number), "iteration")
        known = f"=IF({fixed(NUMBER)}={address(row, FLIPPED)},1,0)"
        page.put((row, KNOWN), Cell(int(shown.number == number), known), "maths count")
