"""The sheet Matrices: layers without activation are one matrix, and learn all the same."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.kinds.linear.comparison import (
    ROWS,
    chart,
    comparison_at,
    put_comparison,
)
from sheetprop.lessons.kinds.linear.matrices import put_matrices
from sheetprop.lessons.parts.ways import put_ways
from sheetprop.lessons.runs.rate_table import RateRun, RateTable
from sheetprop.lessons.start.chosen import Chosen, short_text
from sheetprop.lessons.start.start_choice import MOST_RUNS
from sheetprop.words import Words
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import MATRICES, Page
from sheetprop.workbooks.sheet import Cell, Sheet

_FIRST, _LEARNS, _MATRICES = 3, 4, 7  # rows
_LAST_COLUMN, _WIDTH = 12, 12.0
_QUESTIONS = ("why", "rank", "learns")


def matrices_sheet(
    table: RateTable, runs: Sequence[RateRun], chosen: Chosen, words: Words
) -> Sheet:
    """Return the sheet of the chosen step's matrices, and of the inputs that go through them."""
    page, network = Page(), table.network
    widths = {1: 24.0} | dict.fromkeys(range(2, 60), _WIDTH)
    page.put((1, 1), words["linear_title"], "title")
    page.heights[1] = 30
    put_ways(page, 2, (1, 3, 5, 7, 9, 11), words, MATRICES)
    put_text(page, (_FIRST, 1), words["linear_first"], "long text", widths, _LAST_COLUMN)
    page.put((_LEARNS, 1), Cell(None, _learns(table, runs, chosen, words)), "result text")
    said = words.formula("derivation_step", step=chosen.step, rate=chosen.shown["eta"])
    page.put((_MATRICES - 1, 1), Cell(None, said), "heading")
    matrices, product = put_matrices(page, network, chosen, (_MATRICES, 2), words)
    head = _MATRICES + max(len(matrix) for matrix in matrices) + 4
    page.put((head - 1, 1), words["linear_table"], "heading")
    place = comparison_at(head, matrices, product)
    own = [chosen.value.get(f"i{k}", chosen.value.get(f"i{k}@1", "0")) for k in _inputs(table)]
    put_comparison(page, place, own, matrices, product, words)
    row = head + ROWS + 2
    page.put((row, 1), words["linear_picture"], "chart title")
    drawn, look = chart(place, (row + 1, 1), words)
    _put_questions(page, row + 22, words, widths)
    numbers = ((_MATRICES, 2), (head + ROWS, place.same))
    return Sheet(
        MATRICES,
        page.cells,
        (drawn,),
        look=Look(
            styles=page.styles,
            widths={column: widths[column] for column in range(1, max(place.same, 12) + 1)},
            merged=tuple(page.merged),
            heights=page.heights,
            links=page.links,
            charts=(look,),
            scientific=(numbers,),
            tab="#E69F00",
            plain_formulas=True,
        ),
    )


def _inputs(table: RateTable) -> range:
    return range(1, len(table.network.layers[0][0].weights) + 1)


def _learns(table: RateTable, runs: Sequence[RateRun], chosen: Chosen, words: Words) -> str:
    """Return the formula that says how far E_total fell in the chosen run."""
    ranges = [table.range_on(run.sheet, "E_total") for run in runs[:MOST_RUNS]]
    firsts, lasts = (
        ",".join(f"INDEX({one},{row})" for one in ranges) for row in (1, table.iterations)
    )
    facts = {
        "first": short_text(f"CHOOSE({chosen.run},{firsts})").removeprefix("="),
        "last": short_text(f"CHOOSE({chosen.run},{lasts})").removeprefix("="),
        "rate": chosen.shown["eta"],
        "iteration": str(table.iterations - 1),
    }
    return words.formula("linear_learns", **facts)


def _put_questions(page: Page, row: int, words: Words, widths: dict[int, float]) -> None:
    page.put((row, 1), words["architecture_questions"], "heading")
    for name in _QUESTIONS:
        row += 1
        text = words[f"linear_question_{name}"]
        put_text(page, (row, 1), text, "long text", widths, 6)
        put_text(page, (row, 7), "", "long answer", widths, _LAST_COLUMN)
        page.heights[row] = max(page.heights[row], 32)
