"""Sheets of arrays on which one thing speaks against the formulas: nothing of them is called right.

The same sheets without it are known, so that the doubt is about that one thing.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from checking.arrays.strangers import Paper, area, by

from sheetprop.checking.arrays.doubts.axes import ACROSS_SHARES, OVER_ONE, OVER_SAMPLES
from sheetprop.checking.arrays.doubts.beyond import BEYOND
from sheetprop.checking.arrays.doubts.idle import IDLE, doubt_of_idle
from sheetprop.checking.arrays.doubts.texts import OTHER_MEAN
from sheetprop.checking.arrays.doubts.windows import (
    NO_PADDING,
    NOT_DILATED,
    ONE_MAP,
    OTHER_STRIDE,
    TURNED,
)
from sheetprop.checking.arrays.recognise import recognised
from sheetprop.notation.address import address, fixed
from sheetprop.workbooks.sheet import Address

IMAGE, OTHER, KERNEL, OUT = (3, 2), (3, 9), (12, 2), (20, 2)
SECOND = (12, 9)


def reasons(paper: Paper) -> set[str]:
    """Return why formulas of a sheet are not judged."""
    return set(recognised(paper.workbook()).unknown.values())


def window(image: Address, y: int, x: int, kernel: Address) -> str:
    weights = area(kernel, 3, 3, is_fixed=True)
    return f"SUMPRODUCT({area(by(image, y, x), 3, 3)},{weights})"


def convolved(title: str, texts: Mapping[Address, str | float]) -> Paper:
    """Return an image under a kernel, with texts and numbers beside them."""
    paper = Paper()
    paper.put((1, 2), title)
    paper.numbers(IMAGE, 5, 5)
    paper.numbers(KERNEL, 3, 3)
    paper.fill(OUT, 3, 3, lambda y, x: f"={window(IMAGE, y, x, KERNEL)}")
    for at, text in texts.items():
        paper.put(at, text)
    return paper


@pytest.mark.parametrize(
    ("title", "texts", "doubt"),
    [
        ("Convolution", {}, None),
        ("Convolution", {(12, 7): "bias", (12, 8): 0.0}, None),
        ("Convolution", {(12, 7): "bias", (12, 8): 1.5}, IDLE.format(label="bias")),
        ("Convolution", {(12, 7): "b =", (13, 7): 1.5}, IDLE.format(label="b")),
        ("Convolution, stride 1", {}, None),
        ("Convolution, stride 2", {}, OTHER_STRIDE.format(stated=2, found=1)),
        ("Convolution, dilation 1", {}, None),
        ("Convolution, dilation 2", {}, NOT_DILATED.format(dilation=2)),
        ("Convolution, padding 0", {}, None),
        ("Convolution, padding = 1", {}, NO_PADDING.format(padding=1)),
    ],
)
def test_what_the_sheet_says_of_a_convolution_counts(
    title: str, texts: dict[Address, str | float], doubt: str | None
) -> None:
    """A bias that nothing adds, and a stride or padding that is not there, leave it open."""
    assert reasons(convolved(title, texts)) == ({doubt} if doubt else set())


def test_drawn_padding_is_padding() -> None:
    """A ring of zeros around the image is the padding that the title tells."""
    paper = Paper()
    paper.put((1, 2), "Convolution, padding 1")
    paper.numbers(IMAGE, 5, 5, edge=1)
    paper.numbers(KERNEL, 3, 3)
    paper.fill(OUT, 5, 5, lambda y, x: f"={window(IMAGE, y, x, KERNEL)}")

    assert reasons(paper) == set()


def test_windows_that_take_their_own_kernel_are_no_convolution() -> None:
    """A kernel beside the image is no padding of it, though only empty cells lie between."""
    paper = Paper()
    paper.put((1, 2), "Convolution")
    paper.numbers(IMAGE, 5, 5)
    kernel = paper.numbers((3, 8), 3, 3)
    paper.fill(OUT, 5, 5, lambda y, x: f"={window(IMAGE, y, x, kernel)}")

    assert reasons(paper) == {BEYOND}
    assert recognised(paper.workbook()).is_evident


@pytest.mark.parametrize(("second", "doubt"), [(OTHER, set()), (IMAGE, {ONE_MAP})])
def test_each_kernel_has_a_map_of_its_own(second: Address, doubt: set[str]) -> None:
    """The second kernel over the first map is the wrong channel."""
    paper = Paper()
    paper.put((1, 2), "two channels")
    for at in (IMAGE, OTHER):
        paper.numbers(at, 5, 5)
    for at in (KERNEL, SECOND):
        paper.numbers(at, 3, 3)

    def formula(y: int, x: int) -> str:
        return f"={window(IMAGE, y, x, KERNEL)}+{window(second, y, x, SECOND)}"

    assert reasons(paper.fill(OUT, 3, 3, formula) and paper) == doubt


@pytest.mark.parametrize(
    ("title", "doubt"),
    [
        ("True convolution", set()),
        ("Cross-correlation", {TURNED}),
        ("not flipped", {TURNED}),
    ],
)
def test_a_kernel_is_turned_where_nothing_says_otherwise(title: str, doubt: set[str]) -> None:
    """Turned everywhere it is another name for a kernel, unless the sheet says that it is not."""
    paper = Paper()
    paper.put((1, 2), title)
    paper.numbers(IMAGE, 5, 5)
    paper.numbers(KERNEL, 3, 3)

    def formula(y: int, x: int) -> str:
        pairs = ((j, i) for j in range(3) for i in range(3))
        terms = (
            f"{address(*by(IMAGE, y + j, x + i))}*{fixed(by(KERNEL, 2 - j, 2 - i))}"
            for j, i in pairs
        )
        return "=" + "+".join(terms)

    assert reasons(paper.fill(OUT, 3, 3, formula) and paper) == doubt


def normalised(title: str, label: str, *, of_rows: bool) -> Paper:
    """Return four rows of four numbers, each with a label, normalised by rows or by columns."""
    paper = Paper()
    paper.put((1, 1), title)
    paper.numbers((3, 2), 4, 4)
    for row in range(4):
        paper.put((3 + row, 1), f"{label} {row + 1}")
    ranges = [area((3 + k, 2), 1, 4) if of_rows else area((3, 2 + k), 4, 1) for k in range(4)]
    for k, own in enumerate(ranges):
        mean, variance = ((3 + k, 8), (3 + k, 9)) if of_rows else ((8, 2 + k), (9, 2 + k))
        paper.put(mean, f"=AVERAGE({own})")
        paper.put(variance, f"=VARP({own})")

    def formula(row: int, column: int) -> str:
        mean, var = (f"H{3 + row}", f"I{3 + row}")
        if not of_rows:
            letter = "BCDE"[column]
            mean, var = f"{letter}8", f"{letter}9"
        return f"=({address(3 + row, 2 + column)}-{mean})/SQRT({var}+0.00001)"

    paper.fill((14, 2), 4, 4, formula)
    return paper


@pytest.mark.parametrize(
    ("title", "label", "of_rows", "doubt"),
    [
        ("Layer normalisation", "sample", True, set()),
        ("Layer normalisation", "sample", False, {OVER_SAMPLES}),
        ("Layer normalisation", "feature", False, set()),
        ("Batch normalisation", "example", False, set()),
        ("Batch normalisation", "example", True, {OVER_ONE}),
        ("Batch and layer normalisation: batch norm, layer norm", "sample", True, set()),
    ],
)
def test_a_normalisation_goes_over_what_its_name_says(
    title: str, label: str, of_rows: bool, doubt: set[str]
) -> None:
    """Layer normalisation takes a sample by itself, batch normalisation all of them together."""
    assert reasons(normalised(title, label, of_rows=of_rows)) == doubt


@pytest.mark.parametrize(
    ("title", "is_turned", "doubt"),
    [
        ("Attention", False, set()),
        ("Attention", True, {ACROSS_SHARES}),
        ("Attention, backward: ∂E/∂V", True, set()),
    ],
)
def test_the_weights_of_attention_add_up_to_1(title: str, is_turned: bool, doubt: set[str]) -> None:
    """What comes out takes the shares of one softmax; backward, V takes those of a column."""
    paper = Paper()
    paper.put((1, 2), title)
    paper.numbers((3, 2), 3, 3)
    paper.numbers((3, 8), 3, 4)

    def share(row: int, column: int) -> str:
        return f"=EXP({address(3 + row, 2 + column)})/SUMPRODUCT(EXP($B{3 + row}:$D{3 + row}))"

    def product(row: int, column: int) -> str:
        places = [(10 + k, 2 + row) if is_turned else (10 + row, 2 + k) for k in range(3)]
        values = ((3 + k, 8 + column) for k in range(3))
        pairs = zip(places, values, strict=True)
        return "=" + "+".join(f"{address(*a)}*{address(*b)}" for a, b in pairs)

    paper.fill((10, 2), 3, 3, share)
    paper.fill((16, 2), 3, 4, product)

    assert reasons(paper) == doubt


@pytest.mark.parametrize(
    ("kind", "label", "value", "is_idle"),
    [
        ("normalised", "beta", 0.5, True),
        ("normalised", "beta", 0.0, False),
        ("normalised", "gamma", 1.0, False),
        ("normalised", "running mean", 1.2, True),
        ("normalised", "K", 1.2, False),
        ("convolution", "beta", 0.5, False),
    ],
)
def test_a_parameter_that_nothing_takes_is_told(
    kind: str, label: str, value: float, is_idle: bool
) -> None:
    """Of those that go with what is calculated, and where taking it would change something."""
    paper = Paper()
    paper.put((2, 1), label)
    paper.put((2, 2), value)
    book = paper.workbook()

    expected = IDLE.format(label=label) if is_idle else None
    assert doubt_of_idle(kind, book.sheets[0], book) == expected


@pytest.mark.parametrize(("function", "doubt"), [("MAX", set()), ("AVERAGE", {OTHER_MEAN})])
def test_a_pool_takes_what_its_title_says(function: str, doubt: set[str]) -> None:
    """A mean below a title of max pooling is left open."""
    paper = Paper()
    paper.put((1, 2), "Max pooling")
    paper.numbers(IMAGE, 6, 6)
    paper.fill(OUT, 3, 3, lambda y, x: f"={function}({area(by(IMAGE, 2 * y, 2 * x), 2, 2)})")

    assert reasons(paper) == doubt
