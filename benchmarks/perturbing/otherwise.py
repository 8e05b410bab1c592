"""The same numbers by other formulas: reordered, guarded, by way of helper columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from perturbing.columns import all_formulas, drawn_column, formulas_of, with_formulas
from perturbing.references import (
    Address,
    address_text,
    filled,
    references,
)
from perturbing.relocating import NotPossibleError
from perturbing.sources import Source, changed
from perturbing.terms import NotReadError, read, reordered, written
from sheetprop.workbooks.sheet import Cell

GUARDS = (
    *("=IFERROR({},0)", "=N({})", "=IF(TRUE,{},0)", '=IFERROR({},"")', "=({})", "=+{}", "={}+0"),
    *("=1*({})", "=SUM({})", "=IF(ISNUMBER({}),{},0)", "=ROUND({},15)", "=--({})", "=VALUE({})"),
)


SIGMOIDS = (
    *("=1/(1+EXP(-1*{}))", "=(1+EXP(-{}))^-1", "=EXP({})/(1+EXP({}))", "=1/(EXP(-{})+1)"),
    *("=0.5*(1+TANH({}/2))", "=1-1/(1+EXP({}))", "=POWER(1+EXP(-{}),-1)", "=1/(1+EXP(1)^-{})"),
    *("=1/(1+EXP(-({})))", "=1/(1+1/EXP({}))", "=IF({}<-700,0,1/(1+EXP(-{})))"),
)


def factors_reordered(source: Source, draw: Random) -> Source:
    """Put the factors and terms of all formulas into another order."""
    seed = draw.random()

    def write(formula: str) -> str:
        try:
            return "=" + written(reordered(read(formula), Random(seed)))
        except NotReadError:
            return formula

    return all_formulas(source, write)


def guarded_column(source: Source, draw: Random) -> Source:
    """Put IFERROR, N or the like around a whole column."""
    region, _, formulas = drawn_column(source, draw)
    guard = draw.choice(GUARDS)
    return with_formulas(source, region.sheet, {a: _in(guard, f) for a, f in formulas.items()})


def guarded_cell(source: Source, draw: Random) -> Source:
    """Put IFERROR, N or the like around one cell."""
    region, _, formulas = drawn_column(source, draw)
    address = draw.choice(sorted(formulas))
    return with_formulas(
        source, region.sheet, {address: _in(draw.choice(GUARDS), formulas[address])}
    )


def _in(guard: str, formula: str) -> str:
    return guard.replace("{}", formula[1:].strip())


def other_sigmoid(source: Source, draw: Random) -> Source:
    """Write the sigmoid of all neurons, or of one, in another way."""
    region = draw.choice(source.regions)
    names = [n for n in region.quantities if n.startswith("a_") and n[2:] in region.quantities]
    names = names if draw.random() < 0.5 else names[:1]
    pattern = draw.choice(SIGMOIDS)
    made = source
    for name in names:
        formulas = formulas_of(source, region, name)
        if not all(
            re.fullmatch(r"=\s*1/\(1\+EXP\(-[A-Z$]+\d+\)\)", f.replace(" ", ""))
            for f in formulas.values()
        ):
            raise NotPossibleError("another activation")
        sums = {step: a for (n, step), a in region.cells.items() if n == name[2:]}
        new = {a: pattern.replace("{}", address_text(sums[region.names[a][1]])) for a in formulas}
        made = with_formulas(made, region.sheet, new)
    return made


def lower_case(source: Source, draw: Random) -> Source:
    """Write functions in small letters."""
    del draw
    return all_formulas(source, lambda f: re.sub(r"\b(EXP|SUM|POWER)\(", lambda m: m[0].lower(), f))


def helper_column(source: Source, draw: Random) -> Source:
    """Compute a bracket of a formula in a column of its own, right of everything."""
    region, name, formulas = drawn_column(source, draw)
    start = min(formulas, key=lambda a: region.names[a][1])
    pieces = _brackets(formulas[start])
    if not pieces or len(formulas) < 2:
        raise NotPossibleError("no brackets")
    first, last = draw.choice(pieces)
    piece = formulas[start][first:last]
    cells = source.workbook[region.sheet].cells
    line = max(a[0] if region.across else a[1] for a in cells) + draw.choice((1, 2))
    new: dict[Address, str] = {}
    for address, formula in formulas.items():
        down, right = address[0] - start[0], address[1] - start[1]
        inner = filled("=" + piece, down, right)
        if inner[1:] not in formula:
            raise NotPossibleError("the column is not filled")
        helper = (line, address[1]) if region.across else (address[0], line)
        new[helper] = inner
        new[address] = formula.replace(inner[1:], address_text(helper))
    made = with_formulas(source, region.sheet, new)
    header = region.headers.get(name)
    if header is None or draw.random() < 0.3:
        return made
    spot = (line, header[1]) if region.across else (header[0], line)
    text = draw.choice(("tmp", "help", "δ", "part", "step 1", "x", "aux"))
    return replace(made, workbook=changed(made.workbook, {(region.sheet, spot): Cell(text)}))


def _brackets(formula: str) -> list[tuple[int, int]]:
    """Return where brackets with at least two references stand, not those of functions."""
    found, opened = [], []
    for k, sign in enumerate(formula):
        if sign == "(":
            opened.append(k)
        elif sign == ")" and opened:
            first = opened.pop()
            is_call = bool(re.search(r"\w$", formula[:first]))
            if not is_call and len(references("=" + formula[first : k + 1])) > 1:
                found.append((first, k + 1))
    return found


OTHERWISE: dict[str, Callable[[Source, Random], Source]] = {
    "factors reordered": factors_reordered,
    "column guarded": guarded_column,
    "cell guarded": guarded_cell,
    "other sigmoid": other_sigmoid,
    "lower case": lower_case,
    "helper column": helper_column,
}
