"""Further ways to write the same: other spellings of numbers, functions, references and files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from openpyxl.styles import Alignment, Font, PatternFill

from perturbing.columns import all_formulas, drawn_column, with_formulas
from perturbing.references import (
    Reference,
    address_text,
    column_letters,
    quoted,
    references,
    rewritten,
)
from perturbing.relocating import NotPossibleError
from perturbing.sources import Source, changed
from sheetprop.workbooks.sheet import Cell

REFERENCES = (
    *("INDEX({c}:{c},{r})", "INDEX({a},1)", "INDEX({a},1,1)", "OFFSET({a},0,0)", "N({a})", "+{a}"),
    *("CHOOSE(1,{a})", "SUM({a})", "SUM({a}:{a})", "({a})", "({a}+0)", "--{a}"),
    *(
        "AVERAGE({a})",
        "MAX({a})",
        "PRODUCT({a})",
        "SUMPRODUCT({a})",
        "{a}^1",
        "IF(1,{a})",
        "VALUE({a})",
    ),
    *(
        "VALUE({a})",
        "LOOKUP(1,{{1}},{a})",
        "SUBTOTAL(9,{a})",
        "ROUND({a},15)",
        "INDEX({c}:{c},ROW({a}))",
    ),
)
COLUMNS = (
    *("=LET(x,{},x)", "=IF(1=1,{})", "=IFERROR({},NA())", "=IFNA({},0)", "=-(-({}))", "=({})^1"),
    *(
        "=SUM({},0)",
        "=PRODUCT({},1)",
        "=({})/1",
        "=AVERAGE({})",
        "=CHOOSE(1,{})",
        "=0+{}",
        "=({})*100%",
    ),
    *(
        "=IFS(TRUE,{})",
        "=SWITCH(1,1,{})",
        "=MAX({})",
        "=IF(ISERROR({}),0,{})",
        "=IF(AND(TRUE),{},0)",
    ),
    *('={}+N("the slope of E")', "={}+0*$A$1", "={}+$ZZ$9-$ZZ$9", "=IFERROR({},{})", "={}+0*ROW()"),
    *("=LET(a,1,b,{},a*b)", "= {} ", "=SUMPRODUCT({})", "=IF(ISBLANK(ZZ99),{},0)", "=MIN({},10^9)"),
    *("=_xlfn.LET(_xlpm.x,{},_xlpm.x)", "=ROUND({},14)", "=({})-0", '=IF(NOT(FALSE),{},"")'),
)
FORMULAS: tuple[tuple[str, str], ...] = (
    (r"(\$?[A-Z]+\$?\d+)\^2", r"POWER(\1,2)"),
    (r"(\(\$?[A-Z]+\$?\d+-\$?[A-Z]+\$?\d+\))\^2", r"POWER(\1,2)"),
    (r"(\(\$?[A-Z]+\$?\d+-\$?[A-Z]+\$?\d+\))\^2", r"(\1*\1)"),
    (r"\((\$?[A-Z]+\$?\d+)-(\$?[A-Z]+\$?\d+)\)\^2", r"(\2-\1)^2"),
    (r"\((\$?[A-Z]+\$?\d+)-(\$?[A-Z]+\$?\d+)\)\^2", r"SUMXMY2(\1,\2)"),
    (r"\((\$?[A-Z]+\$?\d+)-(\$?[A-Z]+\$?\d+)\)\^2", r"SUMSQ(\1-\2)"),
    (r"\(1-(\$?[A-Z]+\$?\d+)\)", r"(-\1+1)"),
    (r"\(1-(\$?[A-Z]+\$?\d+)\)", r"(-(\1-1))"),
    (r"\(1-(\$?[A-Z]+\$?\d+)\)", r"(100%-\1)"),
    (r"(\$?[A-Z]+\$?\d+)\*\(1-\1\)", r"(\1-\1^2)"),
    (r"(\$?[A-Z]+\$?\d+)\*\(1-\1\)", r"(\1-\1*\1)"),
    (r"EXP\(-", r"EXP(0-"),
    (r"EXP\(-(\$?[A-Z]+\$?\d+)\)", r"EXP(1)^(-\1)"),
    (r"EXP\(-(\$?[A-Z]+\$?\d+)\)", r"1/EXP(\1)"),
    (r"EXP\(-(\$?[A-Z]+\$?\d+)\)", r"POWER(EXP(1),-\1)"),
    (r"0\.5\*", r"1/2*"),
    (r"0\.5\*", r"50%*"),
    (r"0\.5\*", r"5E-1*"),
    (r"0\.5\*", r".5*"),
    (r"1/2\*|\(1/2\)\*", r"0.5*"),
    (r"\*", r" * "),
    (r"\+", "\n + "),
    (r"^=", r"=+"),
    (r"^=", r"=--"),
    (r"^=(.*)$", r"=(\1)"),
    (r"^=(.*)$", r"=((\1))*1"),
    (r"^=(.*)$", r"=@(\1)"),
    (r"-(\$?[A-Z]+\$?\d+)\*(\$?[A-Z]+\$?\d+)$", r"+(-\1)*\2"),
    (r"-(\$?[A-Z]+\$?\d+)\*(\$?[A-Z]+\$?\d+)$", r"-PRODUCT(\1,\2)"),
    (r"-(\$?[A-Z]+\$?\d+)\*(\$?[A-Z]+\$?\d+)$", r"-(\1*\2)"),
    (r"(\$?[A-Z]+\$?\d+)\*(\$?[A-Z]+\$?\d+)", r"PRODUCT(\1,\2)"),
    (r"(\$?[A-Z]+\$?\d+)\*(\$?[A-Z]+\$?\d+)", r"SUMPRODUCT(\1,\2)"),
    (r"(\$?[A-Z]+\$?\d+)\*(\$?[A-Z]+\$?\d+)", r"(\1/(1/\2))"),
)


def one_reference(source: Source, draw: Random) -> Source:
    """Write one reference of a whole column in another way."""
    region, _, formulas = drawn_column(source, draw)
    pattern, which = draw.choice(REFERENCES), draw.random()

    def write(formula: str) -> str:
        found = references(formula)
        if not found or any(one.end for one in found):
            raise NotPossibleError("no reference")
        number = int(which * len(found))
        return _with(formula, number, pattern)

    return with_formulas(source, region.sheet, {a: write(f) for a, f in formulas.items()})


def _with(formula: str, number: int, pattern: str) -> str:
    count = -1

    def one(reference: Reference) -> object:
        nonlocal count
        count += 1
        if count != number:
            return reference
        sheet = f"{quoted(reference.sheet)}!" if reference.sheet else ""
        letters = column_letters(reference.start.column)
        return pattern.format(a=reference, c=sheet + "$" + letters, r=reference.start.row).replace(
            f"${letters}:{sheet}${letters}", f"${letters}:${letters}"
        )

    return rewritten(formula, one)


def whole_column(source: Source, draw: Random) -> Source:
    """Put something that changes nothing around a column's formulas, or one cell's."""
    region, _, formulas = drawn_column(source, draw)
    pattern = draw.choice(COLUMNS)
    if draw.random() < 0.4:
        one = draw.choice(sorted(formulas))
        formulas = {one: formulas[one]}
    new = {a: pattern.replace("{}", f[1:].strip()) for a, f in formulas.items()}
    return with_formulas(source, region.sheet, new)


def other_formula(source: Source, draw: Random) -> Source:
    """Write a part of all formulas in another way."""
    found, text = draw.choice(FORMULAS)
    made = all_formulas(source, lambda f: re.sub(found, text, f, flags=re.DOTALL))
    if made.workbook == source.workbook:
        raise NotPossibleError("nothing to write so")
    return made


def other_cell(source: Source, draw: Random) -> Source:
    """Write a part of one cell's formula in another way."""
    region, _, formulas = drawn_column(source, draw)
    address = draw.choice(sorted(formulas))
    found, text = draw.choice(FORMULAS)
    return with_formulas(source, region.sheet, {address: re.sub(found, text, formulas[address])})


def arrays(source: Source, draw: Random) -> Source:
    """Enter the formulas of a column as arrays of one cell."""
    region, _, formulas = drawn_column(source, draw)
    cells = {
        (region.sheet, a): Cell(None, f, f"{address_text(a)}:{address_text(a)}")
        for a, f in formulas.items()
    }
    return replace(source, workbook=changed(source.workbook, cells))


def given_as_formulas(source: Source, draw: Random) -> Source:
    """Type inputs, targets and first weights as formulas of numbers."""
    pattern = draw.choice(("={}", "={}*1", "={}/1", "=+{}", "=({})", "={}+0", "=ROUND({},4)"))
    new = {}
    for sheet, address in source.judged:
        cell = source.workbook[sheet].cells[address]
        if (
            cell.formula is None
            and isinstance(cell.value, float)
            and round(cell.value, 4) == cell.value
        ):
            new[sheet, address] = Cell(None, pattern.replace("{}", repr(cell.value)))
    if not new:
        raise NotPossibleError("nothing is typed")
    return replace(source, workbook=changed(source.workbook, new))


def headers_of_others(source: Source, draw: Random) -> Source:
    """Write headers with spaces, underscores, capitals or units."""
    pattern = draw.choice((" {} ", "{}:", "{} =", "{}\n", "({})", "\u00a0{}", "{}*", "*{}*", "{}."))
    new = {}
    for region in source.regions:
        for address in region.headers.values():
            cell = source.workbook[region.sheet].cells.get(address)
            if cell is not None and isinstance(cell.value, str):
                new[region.sheet, address] = Cell(pattern.replace("{}", cell.value))
    return replace(source, workbook=changed(source.workbook, new))


ALIKE: dict[str, Callable[[Source, Random], Source]] = {
    "one reference": one_reference,
    "whole column": whole_column,
    "other formula": other_formula,
    "other cell": other_cell,
    "arrays": arrays,
    "given as formulas": given_as_formulas,
    "headers decorated": headers_of_others,
}


def styled(book: Any, source: Source, draw: Random) -> None:
    """Give cells styles, merge a title above each table, size the columns."""
    for region in source.regions:
        page = book[region.sheet]
        for address in region.cells.values():
            page.cell(*address).fill = PatternFill("solid", fgColor="FFDD88")
            page.cell(*address).font = Font(bold=draw.random() < 0.5)
            page.cell(*address).alignment = Alignment(horizontal="center", wrap_text=True)
        top, left = min(region.headers.values())
        free = top > 1 and all(page.cell(top - 1, left + k).value is None for k in range(4))
        if free:
            page.cell(top - 1, left).value = "Backpropagation"
            page.merge_cells(
                start_row=top - 1, end_row=top - 1, start_column=left, end_column=left + 3
            )
