"""Above the table: what the network is for, what it comes to, and whether that is enough."""

from __future__ import annotations

from sheetprop.lessons.kinds.architecture.columns import (
    COLUMNS,
    LAYER,
    TASK,
    TASK_VALUE,
    TOP,
    TOTAL,
    TOTAL_PRINTED,
    TOTAL_VERDICT,
    last_row,
    of_layers,
)
from sheetprop.lessons.kinds.architecture.layers import Architecture
from sheetprop.notation.address import address, fixed
from sheetprop.rows.architecture import FIELD, MULTIPLICATIONS, PARAMETERS, SIZE
from sheetprop.words import Words
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell

_LINES = ("parameters", "receptive_field", "last_channels", "last_size", "all_multiplications")
ROWS = {name: row for row, name in enumerate(_LINES, TOP)}


def put_task(page: Page, found: Architecture, words: Words) -> None:
    """Write image, channels, classes and budget, which may be changed."""
    page.put((TOP - 1, LAYER), words["architecture_task"], "heading")
    for name, row in TASK.items():
        page.put((row, LAYER), words[f"architecture_task_{name}"], "name")
        page.put((row, TASK_VALUE), Cell(int(getattr(found, name))), "input")


def put_totals(page: Page, found: Architecture, words: Words) -> None:
    """Write what the layers come to, what a published table says, and the verdicts."""
    heads = ((TOTAL, "computed"), (TOTAL_PRINTED, "printed"), (TOTAL_VERDICT, "verdict"))
    for column, key in heads:
        page.put((TOP - 1, column), words[f"architecture_{key}"], "head")
    page.heights[TOP - 1] = 30
    verdicts = _verdicts()
    for name, formula in _totals(found).items():
        row = ROWS[name]
        page.put((row, TOTAL - 1), words[f"architecture_total_{name}"], "name")
        page.put((row, TOTAL), Cell(None, formula), "result")
        if name in found.printed:
            page.put((row, TOTAL_PRINTED), Cell(found.printed[name]), "formula")
        if name in verdicts:
            text = _verdict(row, verdicts[name], name in found.printed, words)
            page.put((row, TOTAL_VERDICT), Cell(None, text), "legend")


def _totals(found: Architecture) -> dict[str, str]:
    last = last_row(found)
    size = address(last, COLUMNS[SIZE])
    return {
        "parameters": _of_filled("SUM", of_layers(found, PARAMETERS)),
        "receptive_field": _of_filled("MAX", of_layers(found, FIELD)),
        "last_channels": f"={address(last, COLUMNS['channels'])}",
        "last_size": f'=IF({size}="","–",{size})',
        "all_multiplications": _of_filled("SUM", of_layers(found, MULTIPLICATIONS)),
    }


def _of_filled(function: str, cells: str) -> str:
    """Return the formula of what cells come to, once there is a number in any of them."""
    return f'=IF(COUNT({cells})=0,"–",{function}({cells}))'


def _verdicts() -> dict[str, str]:
    """Return the condition that each total should meet, with the cell it is held against."""
    task = {name: fixed((row, TASK_VALUE)) for name, row in TASK.items()}
    return {
        "parameters": f"<={task['most_parameters']}",
        "receptive_field": f">={task['image']}",
        "last_channels": f">={task['classes']}",
    }


def _verdict(row: int, condition: str, is_printed: bool, words: Words) -> str:
    total, printed = address(row, TOTAL), address(row, TOTAL_PRINTED)
    sign, bound = condition[:2], condition[2:]
    less = "at_most" if sign == "<=" else "at_least"
    good, bad = (
        words.formula(f"architecture_{less}_{how}", bound=bound).removeprefix("=")
        for how in ("met", "missed")
    )
    told = f"IF({total}{condition},{good},{bad})"
    if is_printed:
        same = words.quoted("architecture_as_printed")
        other = words.formula("architecture_not_as_printed", difference=f"({total}-{printed})")
        told += f'&"; "&IF({total}={printed},{same},{other.removeprefix("=")})'
    return f'=IF(N({total})=0,"–",{told})'
