"""The lesson temperature: softmax by itself, its stable form, and the gradient in two ways."""

from __future__ import annotations

from sheetprop.calculating.calculated import calculated
from sheetprop.lessons.kinds.fading import FADING
from sheetprop.lessons.kinds.frame import PICTURES, TITLES, put_opening, put_questions
from sheetprop.lessons.kinds.kind import Kind
from sheetprop.lessons.kinds.temperature.content import REQUIRED, SECTIONS, Shares, describe, read
from sheetprop.lessons.kinds.temperature.pictures import put_charts
from sheetprop.lessons.kinds.temperature.places import (
    ADDED,
    HEAD,
    NUMBER,
    TARGET,
    TEMPERATURE,
    VALUE,
    Places,
)
from sheetprop.lessons.kinds.temperature.table import put_table
from sheetprop.words import Words
from sheetprop.workbooks.look import Look, Validation
from sheetprop.workbooks.page import DATA, SOFTMAX, Page
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

_TEXT, _BESIDE = 10, 8  # columns: the last one of texts, the first one of the second chart
_REASONS = (
    ("∂L/∂zⱼ = Σᵢ ∂L/∂aᵢ · ∂aᵢ/∂zⱼ", "chain"),
    ("= Σᵢ (-tᵢ/aᵢ) · aᵢ · (δᵢⱼ - aⱼ)/T", "slopes"),
    ("= (-tⱼ + aⱼ · Σᵢ tᵢ)/T", "cancel"),
    ("= (aⱼ - tⱼ)/T", "one"),
)
_QUESTIONS = ("temperature", "rows", "shift", "right")


def layout(found: Shares, words: Words, variant: str) -> Workbook:
    """Return the workbook: the sheet Softmax, and Data with the curves."""
    page, data, places = Page(), Page(), Places(len(found.values))
    widths = dict.fromkeys(range(1, places.mark + 1), 12.0) | {NUMBER: 11.0}
    widths |= dict.fromkeys(range(places.mark + 1, _TEXT + 3), 12.0)
    _put_top(page, found, words, variant, widths)
    put_table(page, places, found, words, variant)
    row = _put_reasons(page, places.sums + 3, words)
    page.put((TITLES, 1), words["temperature_bars"], "chart title")
    page.put((TITLES, _BESIDE), words["temperature_curves"], "chart title")
    charts = put_charts(data, places, (PICTURES, 1), (PICTURES, _BESIDE), words)
    keys = [f"temperature_question_{name}" for name in _QUESTIONS]
    put_questions(page, words, keys, row, widths, (7, _TEXT + 2))
    look = Look(
        styles=page.styles,
        widths=widths,
        merged=tuple(page.merged),
        heights=page.heights,
        charts=tuple(look for _, look in charts),
        validations=tuple(_validations(places, words)),
        scientific=(((HEAD + 1, TARGET + 3), (places.sums, places.difference)),),
        tab="#CC79A7",
        plain_formulas=True,
    )
    sheet = Sheet(SOFTMAX, page.cells, tuple(chart for chart, _ in charts), look=look)
    hidden = Look(data.styles, heights=data.heights, plain_formulas=True)
    return Workbook(calculated((sheet, Sheet(DATA, data.cells, look=hidden))))


def _put_top(
    page: Page, found: Shares, words: Words, variant: str, widths: dict[int, float]
) -> None:
    put_opening(page, words, "temperature_", variant, widths, _TEXT)
    for (row, column), name, value in (
        (TEMPERATURE, "temperature", found.temperature),
        (ADDED, "added", found.added),
    ):
        page.put((row, column - 1), words[f"temperature_setting_{name}"], "name")
        page.put((row, column), Cell(value), "input")
        page.put((row, column + 1), words[f"temperature_hint_{name}"], "remark")


def _put_reasons(page: Page, row: int, words: Words) -> int:
    """Write why both ways to the gradient agree; return the row below."""
    page.put((row, 1), words["temperature_why"], "heading")
    for text, name in _REASONS:
        row += 1
        page.put((row, 1), text, "text")
        page.put((row, 5), words[f"temperature_why_{name}"], "quiet")
    return row + 2


def _validations(places: Places, words: Words) -> list[Validation]:
    title, message = words["optimizers_valid_title"], words["optimizers_valid_message"]
    last = places.row(places.count)
    return [
        Validation(TEMPERATURE, TEMPERATURE, 0, title, words["optimizers_valid_above"]),
        Validation(ADDED, ADDED, None, title, message),
        Validation((HEAD + 1, VALUE), (last, TARGET), None, title, message),
    ]


TEMPERATURES = Kind("temperature", SECTIONS, REQUIRED, read, describe, layout, FADING)
