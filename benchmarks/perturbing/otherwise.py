"""The same numbers by other formulas: reordered, guarded, named, by way of helper columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from perturbing.references import (
    Address,
    Place,
    Reference,
    address_text,
    filled,
    quoted,
    references,
    rewritten,
)
from perturbing.relocating import NotPossible
from perturbing.sources import Region, Source, changed
from perturbing.terms import NotRead, read, reordered, written
from sheetprop.workbooks.sheet import Cell, Workbook

GUARDS = (
    *("=IFERROR({},0)", "=N({})", "=IF(TRUE,{},0)", '=IFERROR({},"")', "=({})", "=+{}", "={}+0"),
    *("=1*({})", "=SUM({})", "=IF(ISNUMBER({}),{},0)", "=ROUND({},15)", "=--({})", "=VALUE({})"),
)
SIGMOIDS = (
    *("=1/(1+EXP(-1*{}))", "=(1+EXP(-{}))^-1", "=EXP({})/(1+EXP({}))", "=1/(EXP(-{})+1)"),
    *("=0.5*(1+TANH({}/2))", "=1-1/(1+EXP({}))", "=POWER(1+EXP(-{}),-1)", "=1/(1+EXP(1)^-{})"),
    *("=1/(1+EXP(-({})))", "=1/(1+1/EXP({}))", "=IF({}<-700,0,1/(1+EXP(-{})))"),
)
HEADERS = {
    "t": ("Ziel {}", "cible{}", "objetivo {}", "लक्ष्य {}", "цель{}", "목표{}", "目標{}"),
    "i": ("Eingang {}", "entrée{}", "entrada {}", "इनपुट {}", "вход{}", "입력{}", "入力{}"),
    "w": ("Gewicht {}", "poids{}", "peso {}", "भार {}", "вес{}", "가중치{}", "重み{}"),
    "E_total": (
        "Gesamtfehler",
        "erreur totale",
        "error total",
        "कुल त्रुटि",
        "ошибка",
        "오차",
        "誤差",
    ),
    "E": ("Fehler {}", "erreur{}", "error {}", "त्रुटि {}", "ошибка{}", "오차{}", "誤差{}"),
    "dE/dw": (
        "Ableitung w{}",
        "∂E/∂poids{}",
        "∂E/∂peso{}",
        "∂E/∂w{}",
        "dE/dвес{}",
        "∂E/∂w{}",
        "勾配{}",
    ),
}


def _formulas(source: Source, region: Region, name: str) -> dict[Address, str]:
    cells = source.workbook[region.sheet].cells
    found = {a: cells.get(a) for a in region.quantities[name]}
    return {a: c.formula for a, c in found.items() if c and c.formula and not c.array}


def _drawn(source: Source, draw: Random) -> tuple[Region, str, dict[Address, str]]:
    region = draw.choice(source.regions)
    name = draw.choice(sorted(region.quantities))
    formulas = _formulas(source, region, name)
    if not formulas:
        raise NotPossible("no formulas")
    return region, name, formulas


def _with(source: Source, sheet: str, formulas: dict[Address, str]) -> Source:
    cells: dict[Place, Cell | None] = {(sheet, a): Cell(None, f) for a, f in formulas.items()}
    return replace(source, workbook=changed(source.workbook, cells))


def _all_formulas(source: Source, write: Callable[[str], str]) -> Source:
    made = source
    for region in source.regions:
        for name in region.quantities:
            new = {a: write(f) for a, f in _formulas(source, region, name).items()}
            made = _with(made, region.sheet, new)
    return made


def factors_reordered(source: Source, draw: Random) -> Source:
    """Put the factors and terms of all formulas into another order."""
    seed = draw.random()

    def write(formula: str) -> str:
        try:
            return "=" + written(reordered(read(formula), Random(seed)))
        except NotRead:
            return formula

    return _all_formulas(source, write)


def guarded_column(source: Source, draw: Random) -> Source:
    """Put IFERROR, N or the like around a whole column."""
    region, _, formulas = _drawn(source, draw)
    guard = draw.choice(GUARDS)
    return _with(source, region.sheet, {a: _in(guard, f) for a, f in formulas.items()})


def guarded_cell(source: Source, draw: Random) -> Source:
    """Put IFERROR, N or the like around one cell."""
    region, _, formulas = _drawn(source, draw)
    address = draw.choice(sorted(formulas))
    return _with(source, region.sheet, {address: _in(draw.choice(GUARDS), formulas[address])})


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
        formulas = _formulas(source, region, name)
        if not all(
            re.fullmatch(r"=\s*1/\(1\+EXP\(-[A-Z$]+\d+\)\)", f.replace(" ", ""))
            for f in formulas.values()
        ):
            raise NotPossible("another activation")
        sums = {step: a for (n, step), a in region.cells.items() if n == name[2:]}
        new = {a: pattern.replace("{}", address_text(sums[region.names[a][1]])) for a in formulas}
        made = _with(made, region.sheet, new)
    return made


def columns_fixed(source: Source, draw: Random) -> Source:
    """Put a dollar before the column of every reference without one."""

    def one(reference: Reference) -> Reference:
        start = replace(reference.start, column_dollar="$")
        end = replace(reference.end, column_dollar="$") if reference.end else None
        return replace(reference, start=start, end=end)

    return _all_formulas(source, lambda f: rewritten(f, one))


def own_sheet_named(source: Source, draw: Random) -> Source:
    """Write the sheet before every reference to the formula's own sheet."""
    made = source
    for region in source.regions:
        for name in region.quantities:
            new = {
                a: rewritten(f, lambda r, s=region.sheet: replace(r, sheet=r.sheet or s))  # type: ignore[misc]
                for a, f in _formulas(source, region, name).items()
            }
            made = _with(made, region.sheet, new)
    return made


def lower_case(source: Source, draw: Random) -> Source:
    """Write functions in small letters, with spaces around signs."""
    return _all_formulas(
        source, lambda f: re.sub(r"\b(EXP|SUM|POWER)\(", lambda m: m[0].lower(), f)
    )


def rate_named(source: Source, draw: Random) -> Source:
    """Give the cells of the learning rates names, and use these in every update."""
    names = dict(source.workbook.names)
    made = source
    for number, region in enumerate(source.regions):
        if region.rate is None or region.rate[0] != region.sheet:
            raise NotPossible("no rate in a cell")
        name = ("eta", "learning_rate", "LRate", "η")[draw.randrange(4)] + (
            f"_{number}" if number else ""
        )
        row, column = region.rate[1]
        letters = address_text((row, column)).rstrip("0123456789")
        names[name] = f"{quoted(region.sheet)}!${letters}${row}"
        for quantity in region.quantities:
            new = {
                a: rewritten(
                    f,
                    lambda r, w=(row, column), n=name: (
                        n if r.start.address == w and r.end is None and r.sheet is None else r
                    ),  # type: ignore[misc]
                )
                for a, f in _formulas(made, region, quantity).items()
            }
            made = _with(made, region.sheet, new)
    return replace(made, workbook=Workbook(made.workbook.sheets, names))


def inputs_carried_on(source: Source, draw: Random) -> Source:
    """Carry inputs and targets on from the row above by a formula."""
    pattern = draw.choice(("={}", "={}*1", '=IF({}="","",{})', "={}+0", "=+{}", "=N({})"))
    made = source
    for region in source.regions:
        for name, addresses in region.quantities.items():
            cells = [source.workbook[region.sheet].cells.get(a) for a in addresses]
            values = {c.value if c and c.formula is None else None for c in cells}
            if name[0] not in "it" or len(values) != 1 or None in values:
                continue
            pairs = itertools.pairwise(addresses)
            new = {a: pattern.replace("{}", address_text(above)) for above, a in pairs}
            made = _with(made, region.sheet, new)
    return made


def helper_column(source: Source, draw: Random) -> Source:
    """Compute a bracket of a formula in a column of its own, right of everything."""
    region, name, formulas = _drawn(source, draw)
    start = min(formulas, key=lambda a: region.names[a][1])
    pieces = _brackets(formulas[start])
    if not pieces or len(formulas) < 2:
        raise NotPossible("no brackets")
    first, last = draw.choice(pieces)
    piece = formulas[start][first:last]
    cells = source.workbook[region.sheet].cells
    line = max(a[0] if region.across else a[1] for a in cells) + draw.choice((1, 2))
    new: dict[Address, str] = {}
    for address, formula in formulas.items():
        down, right = address[0] - start[0], address[1] - start[1]
        inner = filled("=" + piece, down, right)
        if inner[1:] not in formula:
            raise NotPossible("the column is not filled")
        helper = (line, address[1]) if region.across else (address[0], line)
        new[helper] = inner
        new[address] = formula.replace(inner[1:], address_text(helper))
    made = _with(source, region.sheet, new)
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


def other_language(source: Source, draw: Random) -> Source:
    """Write the headers of inputs, targets, weights and errors in another language."""
    cells: dict[Place, Cell | None] = {}
    number = draw.randrange(7)
    for region in source.regions:
        for name, address in region.headers.items():
            kind = name if name == "E_total" else re.sub(r"\d+$", "", name)
            if kind in HEADERS:
                text = HEADERS[kind][number].format(re.sub(r".*?(\d*)$", r"\1", name))
                cells[region.sheet, address] = Cell(text)
    return replace(source, workbook=changed(source.workbook, cells))


OTHERWISE: dict[str, Callable[[Source, Random], Source]] = {
    "factors reordered": factors_reordered,
    "column guarded": guarded_column,
    "cell guarded": guarded_cell,
    "other sigmoid": other_sigmoid,
    "columns fixed": columns_fixed,
    "own sheet named": own_sheet_named,
    "lower case": lower_case,
    "rate named": rate_named,
    "inputs carried on": inputs_carried_on,
    "helper column": helper_column,
    "other language": other_language,
}
