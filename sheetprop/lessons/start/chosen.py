"""The values of one step of one run, as two cells of Start choose them: for pictures and texts.

They stand on the sheet Data, one below the other. What shows a single step takes them from there
and so follows the choice, by formulas that Excel, LibreOffice and Google Sheets all have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetprop.lessons.runs.rate_table import RATE, RateRun, RateTable
from sheetprop.lessons.start.start_choice import MOST_RUNS
from sheetprop.lessons.start.start_sheet import Start
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.notation.address import address, column_range, fixed, on
from sheetprop.notation.text import name_text
from sheetprop.words import Words
from sheetprop.workbooks.page import DATA, Page
from sheetprop.workbooks.sheet import Cell

HEAD, STEP_ROW, RUN_ROW, RATE_ROW, FIRST = 3, 4, 5, 6, 7
_NAME, _VALUE, _SHOWN = 1, 2, 3  # columns


@dataclass(frozen=True)
class Chosen:
    """Cells of the sheet Data: the step, which run it is (from 1), and each quantity's value.

    `value` holds the learning rate too, under the name ``eta``; `shown` the same as short texts,
    `name` what each is called. All names, and all values, are also ranges.
    """

    step: str
    run: str
    value: Mapping[str, str]
    shown: Mapping[str, str]
    name: Mapping[str, str]
    names: str
    values: str


def put_chosen(
    page: Page, table: RateTable, start: Start, runs: Sequence[RateRun], words: Words
) -> Chosen:
    """Write the values of the chosen step on the page that becomes the sheet Data."""
    page.put((1, 1), words["data_title"], "title")
    heads = ((_NAME, "data_quantity"), (_VALUE, "data_value"), (_SHOWN, "data_shown"))
    for column, key in heads:
        page.put((HEAD, column), words[key], "head")
    choices = runs[:MOST_RUNS]
    step, run = start.choice.cell("step"), start.choice.cell("run")
    last = table.iterations - 1
    lines = {
        STEP_ROW: (words["data_step"], f"=IFERROR(MIN(MAX(INT({step}),0),{last}),0)"),
        RUN_ROW: (words["data_run"], f"=IFERROR(MATCH({run},{start.run_names},0),1)"),
        RATE_ROW: ("η", _chosen_of([on(run.sheet, RATE) for run in choices])),
    }
    rows = {LEARNING_RATE: RATE_ROW, **{name: row for row, name in enumerate(table.column, FIRST)}}
    for name, row in list(rows.items())[1:]:
        cells = [f"INDEX({table.range_on(r.sheet, name)},{_here(STEP_ROW)}+1)" for r in choices]
        lines[row] = name_text(name), _chosen_of(cells)
    for row, (text, formula) in lines.items():
        page.put((row, _NAME), text, "name")
        page.put((row, _VALUE), Cell(None, formula), "formula")
        page.put((row, _SHOWN), Cell(None, short_text(address(row, _VALUE))), "formula")
    last = max(lines)
    return Chosen(
        on(DATA, (STEP_ROW, _VALUE)),
        on(DATA, (RUN_ROW, _VALUE)),
        {name: on(DATA, (row, _VALUE)) for name, row in rows.items()},
        {name: on(DATA, (row, _SHOWN)) for name, row in rows.items()},
        {name: on(DATA, (row, _NAME)) for name, row in rows.items()},
        column_range(DATA, _NAME, FIRST, last),
        column_range(DATA, _VALUE, FIRST, last),
    )


def short_text(cell: str, digits: int = 4) -> str:
    """Return the formula that shows a number in so many digits, as a text of a few characters.

    Texts made by ``TEXT(…, "0.00")`` would depend on the decimal sign of the reader's language.
    """
    size = f"INT(LOG10(ABS({cell})))"
    power = f'ROUND({cell}/10^{size},{digits - 2})&"E"&{size}'
    plain = f'ROUND({cell},{digits - 1}-{size})&""'
    is_plain = f"AND(ABS({cell})>=0.0001,ABS({cell})<1000000)"
    return f'=IFERROR(IF({cell}=0,"0",IF({is_plain},{plain},{power})),"–")'


def _here(row: int) -> str:
    return fixed((row, _VALUE))


def _chosen_of(cells: Sequence[str]) -> str:
    """Return the formula that picks the chosen run's cell."""
    return f"=CHOOSE({_here(RUN_ROW)},{','.join(cells)})"
