"""The Gradient check sheet: every gradient once more, by central differences of E_total.

For each weight the forward pass is calculated twice, with the weight a little larger and a little
smaller. Nothing there knows the chain rule, so it can tell whether the gradients are right.
"""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.lessons.explanation.difference_table import (
    DIFFERENCE,
    HEADS,
    MINUS,
    PLUS,
    RELATIVE_ERROR,
    VALUE,
    VERDICT,
    WEIGHT,
    WIDTH,
    Writer,
    judge,
    verdict_formula,
)
from sheetprop.lessons.explanation.moved_weight import PASS, MovedWeight, forward_names
from sheetprop.lessons.explanation.page_parts import FIRST, open_page, put_heads
from sheetprop.lessons.explanation.step_sizes import put_sizes
from sheetprop.lessons.parts.path_marks import path_marks, put_path
from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.lessons.start.start_sheet import Start
from sheetprop.notation.address import address, fixed
from sheetprop.notation.text import name_text
from sheetprop.words import Words
from sheetprop.workbooks.look import Look, Validation
from sheetprop.workbooks.page import GRADIENT_CHECK
from sheetprop.workbooks.sheet import Address, Cell, Sheet

STEP_SIZE = 1e-4
MOST_NEURONS = 24
MOST_CELLS = 2_500
"""So wide a network, and so many cells of forward passes, can still be followed on one sheet."""

_STEP_ROW = FIRST + 3
STEP: Address = (_STEP_ROW, VALUE)
_PATH: Address = (_STEP_ROW, VERDICT)


def gradient_check_sheet(table: RateTable, start: Start, chosen: Chosen, words: Words) -> Sheet:
    """Return the sheet that checks the gradients of the chosen step."""
    writer = Writer(table, chosen, words)
    _opening(writer, start)
    network = table.network
    row = _STEP_ROW
    if sum(len(layer) for layer in network.layers) > MOST_NEURONS:
        writer.text(row, "gradient_check_too_large", most=MOST_NEURONS)
        return _sheet(writer, ())
    page = writer.page
    page.put((_STEP_ROW, 1), "h =", "label")
    page.put(STEP, Cell(STEP_SIZE), "input")
    page.put((_STEP_ROW, PLUS), words["gradient_check_try"], "remark")
    put_path(page, _PATH, start.choice.cell("path"), words)
    rule = Validation(STEP, STEP, 0.0, words["gradient_check_h"], words["gradient_check_h_rule"])
    shown = _shown(table)
    row = _compared(writer, shown, _STEP_ROW + 3)
    row = _passes(writer, shown, row + 1)
    put_sizes(writer, network.layers[-1][0].weights[0], row + 1)
    return _sheet(writer, (rule,))


def _sheet(writer: Writer, rules: tuple[Validation, ...]) -> Sheet:
    page = writer.page
    look = Look(
        styles=page.styles,
        links=page.links,
        widths=writer.widths,
        merged=tuple(page.merged),
        heights=page.heights,
        charts=tuple(look for _, look in writer.charts),
        validations=rules,
        scientific=tuple(writer.scientific),
        marks=tuple(writer.marks),
        tab="#56B4E9",
        plain_formulas=True,
    )
    charts = tuple(chart for chart, _ in writer.charts)
    return Sheet(GRADIENT_CHECK, page.cells, charts, look=look)


def _opening(writer: Writer, start: Start) -> None:
    page, words = writer.page, writer.words
    open_page(page, GRADIENT_CHECK, words, (1, 3, 5, 7, 9, 11))
    rate = f"{writer.chosen.value['eta']}"
    said = words.formula("derivation_step", step=writer.chosen.step, rate=rate)
    page.put((FIRST - 1, 1), Cell(None, said), "heading")
    page.put(
        (FIRST - 1, DIFFERENCE),
        words["derivation_choose"],
        "link",
        start.choice.link,
    )
    writer.text(FIRST, "gradient_check_idea")
    writer.text(FIRST + 1, "gradient_check_why")


def _shown(table: RateTable) -> Sequence[str]:
    """Return the weights (and biases that learn) whose forward passes there is room for."""
    cells = 2 * (PASS + len(forward_names(table.network)))
    return table.network.parameters[: max(1, MOST_CELLS // cells)]


def _compared(writer: Writer, shown: Sequence[str], row: int) -> int:
    """Write the table of all weights, and return the first row below it.

    It takes E from the forward passes further down, two rows for each weight.
    """
    page, words = writer.page, writer.words
    put_heads(writer.page, row, [words[f"gradient_check_head_{key}"] for key in HEADS], WIDTH)
    first = row + 1
    is_cut = len(shown) < len(writer.table.network.parameters)
    passes = first + len(shown) + is_cut + 2 + _ABOVE_PASSES
    last_column = PASS + len(forward_names(writer.table.network)) - 1
    for number, name in enumerate(shown):
        _line(writer, first + number, name, (passes + 2 * number, last_column))
    last = first + len(shown) - 1
    for at, name in enumerate(shown, first):
        for column, is_small in ((WEIGHT, False), (RELATIVE_ERROR, True), (VERDICT, False)):
            before = RELATIVE_ERROR - 1 if column == WEIGHT else column
            ends = (at, column), (at, before)
            writer.marks += path_marks(_PATH, *ends, {name}, numbers=is_small)
    writer.scientific.append(((first, RELATIVE_ERROR), (last, RELATIVE_ERROR)))
    verdicts = f"{address(first, VERDICT)}:{address(last, VERDICT)}"
    count = f'COUNTIF({verdicts},"{words["gradient_check_agrees"]}")'
    said = words.formula("gradient_check_all", right=count, all=f"ROWS({verdicts})")
    none = f'COUNTIF({verdicts},"–")=ROWS({verdicts})'
    said = f"=IF({none},{words.quoted('gradient_check_none')},{said.removeprefix('=')})"
    page.put((row - 1, 1), Cell(None, said), "heading")
    row = last + 1
    if is_cut:
        writer.text(row, "gradient_check_first", shown=len(shown))
        row += 1
    writer.text(row, "gradient_check_agrees_when")
    return row + 1


def _line(writer: Writer, row: int, name: str, error: Address) -> None:
    """Write the line of one weight; E of its forward passes stands in `error` and below."""
    writer.page.put((row, WEIGHT), name, "maths name")
    writer.number((row, VALUE), f"={writer.chosen.value[name]}")
    for column, below in ((PLUS, 0), (MINUS, 1)):
        writer.number((row, column), f"={address(error[0] + below, error[1])}", "maths long")
    judge(writer, row, name, fixed(STEP))
    writer.page.put((row, VERDICT), Cell(None, verdict_formula(writer.words, row)), "mark")


_ABOVE_PASSES = 3  # rows: heading, text, heads


def _passes(writer: Writer, shown: Sequence[str], row: int) -> int:
    """Write two forward passes for each weight, and return the first row below.

    What the weight does not reach stays as it is.
    """
    page, words = writer.page, writer.words
    network = writer.table.network
    page.put((row, 1), words["gradient_check_passes"], "heading")
    writer.text(row + 1, "gradient_check_passes_about")
    names = forward_names(network)
    heads = [words["gradient_check_head_moved"], words["gradient_check_head_value"]]
    put_heads(writer.page, row + 2, [*heads, *map(name_text, names)], WIDTH)
    first = at = row + _ABOVE_PASSES
    for name in shown:
        for sign in (1, -1):
            moved = MovedWeight(network, name, writer.chosen, at)
            page.put((at, 1), f"{name} {'+' if sign > 0 else '-'} h", "maths name")
            step = f"{writer.chosen.value[name]}{'+' if sign > 0 else '-'}{fixed(STEP)}"
            writer.number((at, VALUE), f"={step}", "maths result")
            for column, quantity in enumerate(names, PASS):
                reached = quantity in moved.reached
                style = "maths result" if reached else "maths still"
                style = "maths long result" if quantity == "E_total" else style
                writer.number((at, column), moved.formula(quantity), style)
            at += 1
    writer.scientific.append(((first, VALUE), (at - 1, PASS + len(names) - 2)))
    return at
