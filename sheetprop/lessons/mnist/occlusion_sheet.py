"""The sheet Occlusion: what is left of the answer's probability when a block is covered."""

from __future__ import annotations

from sheetprop.lessons.mnist.draw_sheet import CHOICE, DRAW, NUMBER, names_of
from sheetprop.lessons.mnist.layer_sheets import TITLE
from sheetprop.lessons.mnist.places import Maps
from sheetprop.notation.address import address, on
from sheetprop.training.forward import Array
from sheetprop.training.idx import SIDE
from sheetprop.training.shipped_networks import BLOCKS, Digits
from sheetprop.words import Words
from sheetprop.workbooks.look import ColourScale, Look
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell, Sheet

OCCLUSION = "Occlusion"

_SIZE = SIDE // BLOCKS  # pixels
_TOP, _LEFT, _BESIDE = 6, 2, 11
_STORED = 18  # the row of their names
_COLOURS, _INK = ("#D55E00", "#FFFFFF"), ("#FFFFFF", "#1F2933")


def occlusion_sheet(left: Array, image: Maps, digits: Digits, chosen: int, words: Words) -> Sheet:
    """Return the sheet; `left` are the probabilities (count × blocks down × blocks across)."""
    page = Page(heights={1: TITLE, 2: 32.0})
    page.put((1, 1), words["sheet_occlusion"], "title")
    page.put((2, 1), words["mnist_occlusion_about"], "long text")
    page.put(
        (4, 2), Cell(names_of(digits, words)[chosen + 1], f"={on(DRAW, CHOICE)}"), "result text"
    )
    means = digits.images[chosen].reshape(BLOCKS, _SIZE, BLOCKS, _SIZE).mean((1, 3)) / 255
    for place in range(BLOCKS * BLOCKS):
        y, x = divmod(place, BLOCKS)
        page.put(
            (_TOP + y, _LEFT + x), _left(place, left[chosen, y, x], len(left)), "maths percent"
        )
        page.put((_TOP + y, _BESIDE + x), _mean(image, y, x, float(means[y, x])), "maths percent")
        page.heights[_TOP + y] = 30.0
    _put_stored(page, left, digits, words)
    last = _TOP + BLOCKS - 1
    scales = (
        ColourScale((((_TOP, _LEFT), (last, _LEFT + BLOCKS - 1)),), _COLOURS, 1.0),
        ColourScale((((_TOP, _BESIDE), (last, _BESIDE + BLOCKS - 1)),), _INK, 1.0),
    )
    return Sheet(
        OCCLUSION,
        page.cells,
        look=Look(
            page.styles,
            widths={1: 23.0, **dict.fromkeys(range(2, len(left) + 2), 9.0)},
            merged=(((2, 1), (2, 18)),),
            heights=page.heights,
            plain_formulas=True,
            scales=scales,
        ),
    )


def _left(place: int, value: float, count: int) -> Cell:
    """Return the stored probability of the chosen image; what is drawn has none."""
    row, number = _STORED + 1 + place, on(DRAW, NUMBER)
    stored = f"$B{row}:{address(row, count + 1)}"
    return Cell(float(value), f'=IF({number}=1,"–",INDEX({stored},{number}-1))')


def _mean(image: Maps, y: int, x: int, value: float) -> Cell:
    """Return the mean ink of a block of the image on Draw."""
    return Cell(value, f"=AVERAGE({image.window(0, y * _SIZE, x * _SIZE, _SIZE)})")


def _put_stored(page: Page, left: Array, digits: Digits, words: Words) -> None:
    page.put((_STORED - 1, 1), words["mnist_occlusion_stored"], "heading")
    for column, name in enumerate(names_of(digits, words)[1:], 2):
        page.put((_STORED, column), name, "head")
    page.heights[_STORED] = 44.0
    for place in range(BLOCKS * BLOCKS):
        y, x = divmod(place, BLOCKS)
        row = _STORED + 1 + place
        page.put((row, 1), words("mnist_block", row=y + 1, column=x + 1), "quiet")
        for column, value in enumerate(left[:, y, x], 2):
            page.put((row, column), Cell(float(value)), "log number")
