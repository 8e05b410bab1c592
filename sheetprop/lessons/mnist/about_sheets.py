"""The sheets Architecture and Training log: what the network is, and how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from sheetprop.lessons.mnist.layer_sheets import CELL, INK_SCALE, TITLE
from sheetprop.lessons.parts.sheet_names import sheet_text
from sheetprop.notation.address import column_range, fixed
from sheetprop.training.idx import SIDE, Bytes
from sheetprop.training.plan import Plan, Step
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook, share_ends
from sheetprop.workbooks.look import ColourScale, Look, Paper
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series, Sheet

ARCHITECTURE, LOG = "Architecture", "Training log"

HEADS = (
    "layer", "kind", "kernel", "stride", "padding", "maps in", "side in",
    "maps", "side", "receptive field", "jump", "parameters",
)  # fmt: skip
KINDS = ("conv", "plain", "maxpool", "gap", "linear")
"""What layers there are; a plain convolution is not followed by batch normalisation."""

_FIRST = 6
_PICTURES, _ACROSS, _ON_PAGE = 22, 6, 3
"""The first column of pictures, right of the charts, how many lie side by side, and on a page."""

_INK = 255.0

_COLUMNS = ("epoch", "learning_rate", "train_loss", "train_accuracy", "validation_accuracy")


def head_text(name: str, words: Words) -> str:
    """Return what the table of architecture calls one of its columns."""
    return words["mnist_head_" + name.replace(" ", "_")]


def architecture_sheet(plan: Plan, names: Sequence[str], words: Words) -> Sheet:
    """Return the table of layers, in which all that follows from others is a formula."""
    page = Page()
    page.put((1, 1), words["sheet_architecture"], "title")
    page.put((2, 1), words["mnist_architecture_about"], "text")
    for column, name in enumerate(HEADS, 1):
        page.put((_FIRST - 2, column), head_text(name, words), "head")
    image: dict[int, str | int] = {1: words["mnist_image"], 8: 1, 9: plan.side, 10: 1, 11: 1}
    for column, value in image.items():
        page.put((_FIRST - 1, column), Cell(value), "summary")
    for row, (step, name) in enumerate(zip(plan.steps, names, strict=True), _FIRST):
        for column, cell in enumerate(_row(step, sheet_text(words, name), row, words), 1):
            page.put((row, column), cell, "summary")
    last = _FIRST + len(names) - 1
    total = Cell(float(plan.parameters), f"=SUM(L{_FIRST}:L{last})")
    page.put((last + 1, 11), words["mnist_together"], "label")
    page.put((last + 1, 12), total, "result")
    widths = {1: 14.0, 2: 16.0, **dict.fromkeys(range(3, 13), 11.0)}
    look = Look(
        page.styles, widths=widths, heights={1: TITLE, _FIRST - 2: 30.0}, plain_formulas=True
    )
    return Sheet(ARCHITECTURE, page.cells, look=look)


def _row(step: Step, name: str, row: int, words: Words) -> list[Cell]:
    layer, above = step.layer, row - 1
    is_whole = layer.kind == "gap"
    kernel = Cell(step.side_in, f"=G{row}") if is_whole else Cell(layer.kernel)
    stride = Cell(step.side_in, f"=C{row}") if is_whole else Cell(layer.stride)
    has_weights = layer.kind in ("conv", "linear")
    return [
        Cell(name),
        Cell(words[f"mnist_kind_{'plain' if layer.is_plain else layer.kind}"]),
        kernel,
        stride,
        Cell(layer.padding),
        Cell(step.channels_in, f"=H{above}"),
        Cell(step.side_in, f"=I{above}"),
        Cell(step.channels) if has_weights else Cell(step.channels, f"=F{row}"),
        Cell(step.side, f"=INT((G{row}+2*E{row}-C{row})/D{row})+1"),
        Cell(step.field, f"=J{above}+(C{row}-1)*K{above}"),
        Cell(step.jump, f"=K{above}*D{row}"),
        _parameters(step, row),
    ]


def _parameters(step: Step, row: int) -> Cell:
    """Return how many numbers are trained: of a normalised convolution two more for each map."""
    if step.layer.kind == "conv":
        more = "" if step.layer.is_plain else "2*"
        return Cell(step.parameters, f"=C{row}^2*F{row}*H{row}+{more}H{row}")
    text = f"=(F{row}+1)*H{row}"
    return Cell(step.parameters, text) if step.layer.kind == "linear" else Cell(0)


def log_sheet(log: Mapping[str, Any], mistaken: Bytes, words: Words) -> Sheet:
    """Return the epochs of the run that made the weights, with their curves and its mistakes.

    `mistaken` are the images of the wrong answers it was surest of (count × side × side bytes).
    """
    page = Page()
    page.put((1, 1), words["sheet_training_log"], "title")
    test = log["test"]
    page.put((2, 1), _told(log, words), "text")
    for column, name in enumerate(_COLUMNS, 1):
        page.put((_FIRST - 2, column), words[f"mnist_log_{name}"], "head")
    for row, epoch in enumerate(log["epochs"], _FIRST - 1):
        for column, name in enumerate(_COLUMNS, 1):
            style = "iteration" if name == "epoch" else "log number"
            page.put((row, column), Cell(epoch[name]), style)
    last = _FIRST - 2 + len(log["epochs"])
    _put_confusion(page, test["confusion"], last + 3, words)
    pictures = [*_put_mistakes(page, test["surest_mistakes"], mistaken, words)]
    charts = (
        _chart(words["mnist_chart_loss"], (3,), last),
        _chart(words["mnist_chart_accuracy"], (4, 5), last),
    )
    shares = share_ends(one[name] for one in log["epochs"] for name in _COLUMNS[3:])
    ends = ((None, None), shares)
    looks = tuple(_chart_look(k, key, ends[k], words) for k, key in enumerate(("loss", "shares")))
    widths = {**dict.fromkeys(range(1, 6), 12.0), **dict.fromkeys(range(6, 12), 5.5)}
    widths |= dict.fromkeys(range(_PICTURES, _PICTURES + _ACROSS * (SIDE + 1)), CELL)
    look = Look(
        page.styles,
        widths=widths,
        heights={1: TITLE, 4: 30.0},
        charts=looks,
        paper=Paper(columns=_page_ends(), stay=0, whole=True),
        plain_formulas=True,
        scales=(ColourScale(tuple(pictures), INK_SCALE, _INK),),
    )
    return Sheet(LOG, page.cells, charts, look=look)


def _page_ends() -> tuple[int, ...]:
    """Return the columns after which a printed page ends: before pictures, and between them."""
    return tuple(range(_PICTURES - 1, _PICTURES + _ACROSS * (SIDE + 1) - 1, _ON_PAGE * (SIDE + 1)))


def _told(log: Mapping[str, Any], words: Words) -> str:
    test = log["test"]
    counts = {
        "training": log["training_images"],
        "validation": log["validation_images"],
        "right": test["right"],
        "images": test["images"],
    }
    mark = words["mnist_thousands"]
    texts = {name: f"{count:,}".replace(",", mark) for name, count in counts.items()}
    return words("mnist_log_about", **texts)


def _chart_look(
    place: int, key: str, ends: tuple[float | None, float | None], words: Words
) -> ChartLook:
    title = words[f"mnist_chart_{key}"]
    over = words("mnist_over_epochs", what=title)
    at = 4 + 15 * place, 12
    return ChartLook(at, (560, 280), words["mnist_log_epoch"], title, over, ends=ends)


def _chart(title: str, columns: Sequence[int], last: int) -> Chart:
    epochs = column_range(LOG, 1, _FIRST - 1, last)
    series = tuple(
        Series(
            column_range(LOG, column, _FIRST - 1, last),
            epochs,
            f"'{LOG}'!{fixed((_FIRST - 2, column))}",
            name_is_reference=True,
        )
        for column in columns
    )
    return Chart("scatter", series, title)


def _put_confusion(page: Page, confusion: Sequence[Sequence[int]], top: int, words: Words) -> None:
    """Write how often each digit was read as which."""
    page.put((top, 1), words["mnist_confusion"], "heading")
    for digit, row in enumerate(confusion):
        page.put((top + 1, digit + 2), Cell(digit), "head")
        page.put((top + 2 + digit, 1), Cell(digit), "head")
        for answer, count in enumerate(row):
            page.put((top + 2 + digit, answer + 2), Cell(count), "summary")


def _put_mistakes(
    page: Page, mistakes: Sequence[Mapping[str, Any]], images: Bytes, words: Words
) -> Iterator[tuple[Address, Address]]:
    """Draw the images it was surest of and wrong about, and yield where each is."""
    top = _FIRST - 2
    page.put((top, _PICTURES), words["mnist_surest"], "heading")
    for place, (one, image) in enumerate(zip(mistakes, images, strict=False)):
        down, right = divmod(place, _ACROSS)
        row, column = top + 1 + down * (SIDE + 2), _PICTURES + right * (SIDE + 1)
        share = f"{one['probability']:.1%}".replace(".", words["mnist_decimal"])
        facts = {key: one[key] for key in ("label", "answer", "image")}
        text = words("mnist_mistake", share=share, **facts)
        page.put((row, column), text, "caption")
        for (y, x), ink in np.ndenumerate(image):
            if ink:  # of paper, which is most of a picture, nothing is stored
                page.put((row + 1 + y, column + x), Cell(int(ink)), "picture")
        yield (row + 1, column), (row + SIDE, column + SIDE - 1)
