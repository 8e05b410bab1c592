"""How one cell came to its verdict: a line from each stage that decided something about it."""

from __future__ import annotations

import re
from pathlib import Path

from sheetprop.calculating.failures import CalculationError
from sheetprop.checking.evidence import Said, evidence
from sheetprop.checking.layouts.kinds import KINDS, LOGS
from sheetprop.checking.ledger.areas import mentioned
from sheetprop.checking.outcome import outcome_of
from sheetprop.checking.spread.apart import text_apart
from sheetprop.checking.stages import case_of
from sheetprop.errors import SpecError, WorkbookError
from sheetprop.workbooks.exercise_names import asks, kind_in
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Address, Workbook

CELL = re.compile(
    r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!)?\$?(?P<cell>[A-Za-z]{1,3}\$?[1-9]\d*)"
)

LONGEST = 200
"""Characters that are repeated of what was typed, and of a list."""


def why(file: str | Path, cell: str, content: bytes | None = None) -> list[Said]:
    """Return how a cell of a workbook came to its verdict: what each stage says of it.

    `cell` is an address such as ``Sheet1!Z32``; without a sheet, it is one of the first table's.
    `content` are the bytes of the file, where they are known. Nothing here limits what the file may
    ask for: files of strangers are asked about by `sheetprop.why`, in processes with limits.

    Raises:
        SpecError: `cell` is no address, or names a sheet that the workbook does not have.
        WorkbookError: the file cannot be read, or not be calculated.

    """
    try:
        workbook = read(file, content)
        kind = kind_in(workbook.names)
        if kind in KINDS:
            return _compared(workbook, kind, cell)
        said = _of_logs(workbook, cell) if kind == LOGS and not asks(workbook.names) else []
        if said:
            return said
        outcome = outcome_of(case_of(workbook, str(file)))
    except CalculationError as error:
        raise WorkbookError(file, str(error)) from error
    except RecursionError as error:
        reason = "its formulas are nested too deeply; split them into several cells"
        raise WorkbookError(file, reason) from error
    if not outcome.judgements and kind is None:
        found = _of_arrays(workbook, cell)
        if found:
            return found
    first = outcome.judgements[0].table.sheet if outcome.judgements else None
    asked = _place(workbook, first, cell)
    spread = outcome.case.spread
    sheet, where = spread.to.get(asked, asked)
    return [
        (stage, text_apart(text, sheet, asked[0], spread))
        for stage, text in evidence(outcome, sheet, where)
    ]


def _compared(workbook: Workbook, kind: str, cell: str) -> list[Said]:
    """Return the evidence about a cell of a workbook whose right formulas are known."""
    from sheetprop.checking.layouts import evidence as compared  # with NumPy

    return list(compared.evidence(kind, workbook, *_place(workbook, None, cell)))


def _of_logs(workbook: Workbook, cell: str) -> list[Said]:
    """Return the evidence about a cell of worked out training logs; nothing of an exercise."""
    from sheetprop.checking.layouts.logs.report_of_logs import evidence as of_logs  # with NumPy

    return list(of_logs(workbook, *_place(workbook, None, cell)))


def _of_arrays(workbook: Workbook, cell: str) -> list[Said]:
    """Return the evidence about a cell of somebody's sheets of arrays; nothing of other sheets."""
    from sheetprop.checking.arrays.compared import evidence as of_arrays

    return list(of_arrays(workbook, *_place(workbook, None, cell)))


def _place(workbook: Workbook, first: str | None, text: str) -> tuple[str, Address]:
    match = CELL.fullmatch(text.strip())
    cells = mentioned(f"={match['cell'].replace('$', '')}", "") if match else ()
    if match is None or not cells:
        raise SpecError("cell", None, f"{_short(text)!r} is no cell; write it as in Sheet1!Z32")
    names = {sheet.name.casefold(): sheet.name for sheet in workbook.sheets}
    asked = (match["quoted"] or "").replace("''", "'") or match["plain"]
    sheet = names.get((asked or first or next(iter(names), "")).casefold())
    if sheet is None:
        known = ", ".join(names.values())
        problem = f"there is no sheet {_short(asked or '')!r}; there are {_short(known)}"
        raise SpecError("cell", None, problem)
    return sheet, cells[0].first


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
