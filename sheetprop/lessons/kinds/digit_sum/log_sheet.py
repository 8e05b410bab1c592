"""The log of the run that made the layers for sums, and how they did in the test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.notation.address import column_range, fixed, quoted
from sheetprop.training.sums.head import SUMS
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook, share_ends
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell, Chart, Series, Sheet

_COLUMNS = ("epoch", "learning_rate", "train_loss", "train_accuracy", "validation_accuracy")
_WIDTHS = {1: 24.0, **dict.fromkeys(range(2, 12), 13.0)}
_LAST = 9
_RIGHT = ("digits", "sums", "exact")
_FIRST = 5
"""The row of the heads of the test."""


def log_sheet(log: Mapping[str, Any], words: Words) -> Sheet:
    """Return the sheet: the test first, the pairs by their sums, the epochs with their curves."""
    page = Page()
    page.put((1, 1), words["digit_sum_log_title"], "title")
    page.heights[1] = 30
    facts = {key: log[key] for key in ("training_images", "validation_images", "chosen_epoch")}
    put_text(page, (2, 1), words("digit_sum_log_about", **facts), "long text", _WIDTHS, _LAST)
    _put_test(page, log["test"], words)
    top = _put_sums(page, log["test"], words) + 2
    last = _put_epochs(page, log, words, top)
    charts = [_chart(words, columns, top, last) for columns in ((3,), (4, 5))]
    shares = share_ends(one[name] for one in log["epochs"] for name in _COLUMNS[3:])
    looks = []
    for place, (key, ends) in enumerate((("loss", (None, None)), ("shares", shares))):
        at, title = (top + 17 * place, 7), words[f"digit_sum_chart_{key}"]
        looks.append(ChartLook(at, (560, 320), words["digit_sum_epoch"], title, title, ends=ends))
    look = Look(
        page.styles,
        widths=_WIDTHS,
        merged=tuple(page.merged),
        heights=page.heights,
        charts=tuple(looks),
        plain_formulas=True,
    )
    return Sheet(words["digit_sum_log_sheet"], page.cells, tuple(charts), look=look)


def nothing_tested() -> dict[str, Any]:
    """Return a log of no epochs, and of a test of one pair for each sum."""
    counts = ("images", "pairs", *(f"{key}_right" for key in _RIGHT))
    by_sum = {key: [1] * SUMS for key in ("right_by_sum", "pairs_by_sum")}
    facts = dict.fromkeys(("training_images", "validation_images", "chosen_epoch"), 0)
    return {**facts, "epochs": [], "test": {**dict.fromkeys(counts, 1), **by_sum}}


def _put_test(page: Page, test: Mapping[str, Any], words: Words) -> None:
    """Write how many digits and sums of the test are right."""
    for column, key in enumerate(("what", "right", "all", "share"), 1):
        page.put((_FIRST, column), words[f"digit_sum_test_{key}"], "head")
    for row, key in enumerate(_RIGHT, _FIRST + 1):
        right = test["digits_right" if key == "digits" else f"{key}_right"]
        whole = test["images" if key == "digits" else "pairs"]
        page.put((row, 1), words[f"digit_sum_test_{key}"], "name")
        page.put((row, 2), Cell(right), "summary")
        page.put((row, 3), Cell(whole), "summary")
        page.put((row, 4), Cell(right / whole, f"=B{row}/C{row}"), "maths percent")


def _put_sums(page: Page, test: Mapping[str, Any], words: Words) -> int:
    """Write the pairs by their true sums, and return the last row."""
    top = _FIRST + len(_RIGHT) + 2
    page.put((top, 1), words["digit_sum_by_sum"], "heading")
    for column, key in enumerate(("sum", "right", "all", "share"), 1):
        page.put((top + 1, column), words[f"digit_sum_test_{key}"], "head")
    pairs = zip(test["right_by_sum"], test["pairs_by_sum"], strict=True)
    row = top + 1
    for one, (right, whole) in enumerate(pairs):
        row = top + 2 + one
        page.put((row, 1), Cell(one), "iteration")
        page.put((row, 2), Cell(right), "summary")
        page.put((row, 3), Cell(whole), "summary")
        page.put((row, 4), Cell(right / whole, f"=B{row}/C{row}"), "maths percent")
    return row


def _put_epochs(page: Page, log: Mapping[str, Any], words: Words, top: int) -> int:
    """Write the epochs below the row of their heads, and return the last row."""
    for column, key in enumerate(_COLUMNS, 1):
        page.put((top, column), words[f"digit_sum_{key}"], "head")
    page.heights[top] = 32
    for row, epoch in enumerate(log["epochs"], top + 1):
        for column, key in enumerate(_COLUMNS, 1):
            style = "iteration" if key == "epoch" else "log number"
            page.put((row, column), Cell(epoch[key]), style)
    return top + len(log["epochs"])


def _chart(words: Words, columns: tuple[int, ...], top: int, last: int) -> Chart:
    name = words["digit_sum_log_sheet"]
    epochs = column_range(name, 1, top + 1, last)
    series = tuple(
        Series(
            column_range(name, column, top + 1, last),
            epochs,
            f"{quoted(name)}!{fixed((top, column))}",
            name_is_reference=True,
        )
        for column in columns
    )
    title = words["digit_sum_chart_loss" if columns == (3,) else "digit_sum_chart_shares"]
    return Chart("scatter", series, title)
