"""Functions that Excel does not have, and functions that round: both show in the formula's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from sheetprop.calculating.array_functions import argument_text
from sheetprop.calculating.engine_values import UNKNOWN_ERROR
from sheetprop.checking.judging.findings import Draft, expected_formula, places
from sheetprop.checking.report import Finding, Place
from sheetprop.mistakes import BY_NAME
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import range_text
from sheetprop.workbooks.sheet import Address, Sheet, Workbook

GOOGLE, LIBREOFFICE = "Google Sheets", "LibreOffice"

FOREIGN: Mapping[str, tuple[str, str | None]] = {
    **{
        name: (GOOGLE, instead)
        for name, instead in {
            "POW": "POWER(x,2) or x^2",
            "ADD": "x+y",
            "MINUS": "x-y",
            "MULTIPLY": "x*y",
            "DIVIDE": "x/y",
            "UMINUS": "-x",
            "UPLUS": "x",
            "EQ": "x=y",
            "NE": "x<>y",
            "GT": "x>y",
            "GTE": "x>=y",
            "LT": "x<y",
            "LTE": "x<=y",
            "COUNTUNIQUE": None,
            "FLATTEN": None,
            "ARRAYFORMULA": None,
            "ARRAY_CONSTRAIN": None,
            "IMPORTRANGE": None,
            "QUERY": None,
            "SPARKLINE": None,
            "__XLUDF.DUMMYFUNCTION": None,
        }.items()
    },
    **dict.fromkeys(
        ("CURRENT", "STYLE", "RAWSUBTRACT", "MULTIPLE.OPERATIONS"), (LIBREOFFICE, None)
    ),
}
"""What only one program has, and what Excel has instead."""

USUAL = (
    *("EXP", "SUM", "POWER", "SUMPRODUCT", "SQRT", "AVERAGE", "ABS", "LN", "MMULT", "TRANSPOSE"),
    *("PRODUCT", "ROUND", "TANH", "SUMSQ", "SUMXMY2", "MAX", "MIN", "IF", "RAND", "RANDBETWEEN"),
)
"""Functions of worksheets like these, for which a misspelt one may stand."""

EXACT_DIGITS = 15
"""Rounding to so many decimals changes nothing."""

_CALL = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|([A-Za-z_][\w.]*)\(')
_ROUND = re.compile(r"\b(?:ROUND|ROUNDUP|ROUNDDOWN)\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Called:
    """A formula and where it stands; `is_table` where its value is judged there already."""

    formula: str
    places: tuple[Place, ...]
    cell: tuple[str, Address]
    is_table: bool


def function_findings(
    judgements: list[Judgement], workbook: Workbook, file: str
) -> Iterator[Draft]:
    """Yield functions that Excel does not have, one finding for each."""
    del file
    for called in _formulas(judgements, workbook):
        for name in dict.fromkeys(n.upper() for n in _CALL.findall(called.formula) if n):
            if name in FOREIGN:
                yield _draft(called, name, *FOREIGN[name])
            elif not called.is_table and name not in USUAL:
                yield from _misspelt(called, name, judgements[0])


def _misspelt(called: Called, name: str, judgement: Judgement) -> Iterator[Draft]:
    """Yield an unknown name that is nearly one of the usual; its cell must show that."""
    near = get_close_matches(name, USUAL, n=1, cutoff=0.75)
    if near and judgement.value_of(*called.cell) == UNKNOWN_ERROR:
        yield _draft(called, name, None, near[0])


def _formulas(judgements: list[Judgement], workbook: Workbook) -> Iterator[Called]:
    """Yield the formulas of all tables, one for each fill, and those of every other cell."""
    for judgement in judgements:
        table = judgement.table
        for name, line in judgement.lines.items():
            for fill in line.fills:
                cell = table.cell(name, fill.steps[0])
                where = places(judgement, name, fill.steps)
                yield Called(fill.formula.formula, where, (table.sheet, cell), True)
    for sheet in workbook.sheets:
        yield from _outside(sheet, [j for j in judgements if j.table.sheet == sheet.name])


def _outside(sheet: Sheet, judgements: list[Judgement]) -> Iterator[Called]:
    calling: Iterator[tuple[Address, str]] = (
        (address, cell.formula)
        for address, cell in sheet.cells.items()
        if cell.formula is not None and "(" in cell.formula
    )
    for judgement in judgements:
        calling = judgement.outside(calling)
    for address, formula in calling:
        place = Place(sheet.name, range_text(address, address))
        yield Called(formula, (place,), (sheet.name, address), False)


def _draft(called: Called, name: str, program: str | None, instead: str | None) -> Draft:
    mistake = BY_NAME["foreign-function"]
    shown = "A function" if name.startswith("_") else name
    said = f"is a function of {program} that Excel lacks" if program else "is no function"
    hint = f"; {'Excel has' if program else 'meant is'} {instead}" if instead else ""
    finding = Finding(
        mistake.name,
        mistake.code,
        "warning",
        called.places,
        f"{shown} {said}{hint}.",
        found=called.formula,
    )
    return Draft((mistake.code, name), finding)


def rounding_findings(
    judgements: list[Judgement], workbook: Workbook, file: str
) -> Iterator[Draft]:
    """Yield formulas that round: right but for the digits they lose."""
    del workbook, file
    for judgement in judgements:
        for name, line in judgement.lines.items():
            for fill in line.fills:
                digits = _digits(fill.formula.formula)
                if digits is not None and name in judgement.network.quantities:
                    yield _rounded(judgement, name, tuple(fill.steps), digits)


def _digits(formula: str) -> int | None:
    """Return the fewest decimals that a formula rounds to, None where it keeps all."""
    found = [argument_text(formula, m.end()).rpartition(",")[2] for m in _ROUND.finditer(formula)]
    numbers = [int(text) for text in found if re.fullmatch(r"\s*-?\d+\s*", text)]
    fewest = min(numbers, default=None)
    return fewest if fewest is not None and fewest < EXACT_DIGITS else None


def _rounded(judgement: Judgement, name: str, steps: tuple[int, ...], digits: int) -> Draft:
    mistake = BY_NAME["rounded"]
    table = judgement.table
    quantity = judgement.network.quantities[name]
    fill = next(f for f in judgement.lines[name].fills if f.steps[0] == steps[0])
    finding = Finding(
        mistake.name,
        mistake.code,
        "warning",
        places(judgement, name, steps),
        f"{name_text(name)} is rounded to {digits} decimal{'s' * (digits != 1)}, and everything "
        "computed from it has no more.",
        found=fill.formula.at(*table.cell(name, steps[0])),
        expected=expected_formula(judgement, quantity, steps[0]),
    )
    return Draft((mistake.code, digits), finding)
