"""The questions about learning rates, with cells for the answers."""

from __future__ import annotations

from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.explanation.rates.writer import COLUMNS, MOST_RUNS, Writer
from sheetprop.notation.address import address, fixed
from sheetprop.workbooks.sheet import Address, Cell

QUESTIONS = ("best", "double", "halves", "rise", "stuck", "own")
_CHECKED = "best"


def put_questions(writer: Writer, row: int) -> None:
    """Write the questions, each with a cell for the answer below it."""
    page, words = writer.page, writer.words
    row = writer.heading(row, "rates_questions")
    row = writer.text(row, "rates_questions_about", "long quiet")
    for number, key in enumerate(QUESTIONS, 1):
        text = f"{number}. {words[writer.key(f'rates_question_{key}')]}"
        put_text(page, (row, 1), text, "long text", writer.widths, COLUMNS[-1])
        row += 1
        page.merged.append(((row, 1), (row, COLUMNS[-1] - 1)))
        for column in COLUMNS[:-1]:
            page.styles[row, column] = "long answer"
        page.heights[row] = 20
        if key == _CHECKED:
            page.put((row, COLUMNS[-1]), Cell(None, _best(writer, (row, 1))), "mark")
        row += 2


def _best(writer: Writer, answer: Address) -> str:
    """Return the formula that says whether an answer is the rate with the least last E_total."""
    shown = writer.runs[:MOST_RUNS]
    first = next(row for (row, column), c in sorted(writer.page.cells.items()) if column == 8)
    first += 1
    rates, errors = (
        f"{fixed((first, column))}:{fixed((first + len(shown) - 1, column))}" for column in (1, 5)
    )
    cell = address(*answer)
    right = f"ABS({cell}-INDEX({rates},MATCH(MIN({errors}),{errors},0)))<=1E-9*ABS({cell})"
    said = f'IF({right},"✓","{writer.words["rates_not_yet"]}")'
    return f'=IFERROR(IF(ISNUMBER({cell}),{said},"?"),"?")'
