"""SP306: a function that Excel does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sheetprop.calculating.engine_values import UNKNOWN_ERROR
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.finding import Draft, Place
from sheetprop.mistakes.own_cells import places
from sheetprop.mistakes.words import Case
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import range_text
from sheetprop.workbooks.sheet import Address, Sheet, Workbook
from sheetprop.workbooks.sweeps import formulas_where

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

OF_GOOGLE = Case(
    "of Google Sheets",
    "{function} is a function of Google Sheets that Excel lacks{hint}.",
    "Whoever opens the file in Excel or LibreOffice sees #NAME? there after the next calculation, "
    "and with it in everything computed from it.",
)
OF_LIBREOFFICE = Case(
    "of LibreOffice",
    "{function} is a function of LibreOffice that Excel lacks{hint}.",
    "Whoever opens the file in Excel or Google Sheets sees #NAME? there after the next "
    "calculation, and with it in everything computed from it.",
)
MISSPELT = Case(
    "misspelt",
    "{function} is no function{hint}.",
    "No spreadsheet knows a function of that name, so the cell shows #NAME?. Compare the name "
    "letter by letter.",
)


USUAL = (
    *("EXP", "SUM", "POWER", "SUMPRODUCT", "SQRT", "AVERAGE", "ABS", "LN", "MMULT", "TRANSPOSE"),
    *("PRODUCT", "ROUND", "TANH", "SUMSQ", "SUMXMY2", "MAX", "MIN", "IF", "RAND", "RANDBETWEEN"),
)
"""Functions of worksheets like these, for which a misspelt one may stand."""


_CALL = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|(?<![\w.])([A-Za-z_][\w.]*+)\(')


class Called(NamedTuple):
    """A formula and where it stands; `is_table` where its value is judged there already."""

    formula: str
    places: tuple[Place, ...]
    cell: tuple[str, Address]
    is_table: bool


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield functions that Excel does not have, one finding for each."""
    judgements = scene.judgements
    for called in _formulas(judgements, scene.workbook):
        for name in dict.fromkeys(n.upper() for n in _CALL.findall(called.formula) if n):
            if name in FOREIGN:
                yield _draft(called, name, *FOREIGN[name])
            elif not called.is_table and name not in USUAL:
                yield from _misspelt(called, name, judgements[0])


def _misspelt(called: Called, name: str, judgement: Judgement) -> Iterator[Draft]:
    """Yield an unknown name that is nearly one of the usual; its cell must show that."""
    near = _near(name)
    if near and judgement.value_of(*called.cell) == UNKNOWN_ERROR:
        yield _draft(called, name, None, near[0])


@lru_cache(maxsize=1024)
def _near(name: str) -> list[str]:
    """Return the usual function that is written nearly alike; the same names come all the time."""
    from difflib import get_close_matches  # seldom needed

    return get_close_matches(name, USUAL, n=1, cutoff=0.75)


def _formulas(judgements: Sequence[Judgement], workbook: Workbook) -> Iterator[Called]:
    """Yield what calls an unusual function: of tables one for each fill, else every cell."""
    for judgement in judgements:
        table = judgement.table
        for name, line in judgement.lines.items():
            for fill in (one for one in line.fills if _calls_unusual(one.formula.formula)):
                cell = table.cell(name, fill.steps[0])
                where = places(judgement, name, fill.steps)
                yield Called(fill.formula.formula, where, (table.sheet, cell), True)
    for sheet in workbook.sheets:
        yield from _outside(sheet, [j for j in judgements if j.table.sheet == sheet.name])


def _calls_unusual(formula: str) -> bool:
    return "(" in formula and any(
        name and (name in FOREIGN or name not in USUAL)
        for name in (name.upper() for name in _CALL.findall(formula))
    )


def _outside(sheet: Sheet, judgements: list[Judgement]) -> Iterator[Called]:
    holding = [judgement.holding() for judgement in judgements]

    def is_held(address: Address) -> bool:
        for holds in holding:  # noqa: SIM110 - asked of each formula, so without a generator
            if holds(address):
                return True
        return False

    holds = holding[0] if len(holding) == 1 else is_held  # as mostly, and then much quicker
    for address, formula in formulas_where(sheet.cells, _calls_unusual, holds):
        place = Place(sheet.name, range_text(address, address))
        yield Called(formula, (place,), (sheet.name, address), False)


def _draft(called: Called, name: str, program: str | None, instead: str | None) -> Draft:
    shown = "A function" if name.startswith("_") else name
    hint = f"; {'Excel has' if program else 'meant is'} {instead}" if instead else ""
    case = {GOOGLE: OF_GOOGLE, LIBREOFFICE: OF_LIBREOFFICE}.get(program or "", MISSPELT)
    blanks = {"function": shown, "hint": hint}
    return FOREIGN_FUNCTION.found(case, called.places, blanks, name, found=called.formula)


FOREIGN_FUNCTION = Mistake(
    code="SP306",
    name="foreign-function",
    summary="a function that Excel does not have (POW)",
    explanation=(
        "Google Sheets, LibreOffice and Excel share most functions, but not all. Where the "
        "function is unknown the cell shows #NAME?, and with it everything computed from it."
    ),
    wrong="E1 = 0.5*POW(t1-a_o1,2)",
    right="E1 = 0.5*POWER(t1-a_o1,2)",
    cases=(
        OF_GOOGLE,
        OF_LIBREOFFICE,
        MISSPELT,
    ),
    severity="warning",
    rule=_rule,
)
