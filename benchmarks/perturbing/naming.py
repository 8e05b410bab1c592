"""The same cells under other references, names and headers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from perturbing.columns import all_formulas, formulas_of, with_formulas
from perturbing.references import (
    Place,
    Reference,
    address_text,
    quoted,
    rewritten,
)
from perturbing.relocating import NotPossibleError
from perturbing.sources import Source, changed
from sheetprop.workbooks.sheet import Cell, Workbook

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


def columns_fixed(source: Source, draw: Random) -> Source:
    """Put a dollar before the column of every reference without one."""
    del draw

    def one(reference: Reference) -> Reference:
        start = replace(reference.start, column_dollar="$")
        end = replace(reference.end, column_dollar="$") if reference.end else None
        return replace(reference, start=start, end=end)

    return all_formulas(source, lambda f: rewritten(f, one))


def own_sheet_named(source: Source, draw: Random) -> Source:
    """Write the sheet before every reference to the formula's own sheet."""
    del draw
    made = source
    for region in source.regions:
        for name in region.quantities:
            new = {
                a: rewritten(f, lambda r, s=region.sheet: replace(r, sheet=r.sheet or s))  # type: ignore[misc]
                for a, f in formulas_of(source, region, name).items()
            }
            made = with_formulas(made, region.sheet, new)
    return made


def rate_named(source: Source, draw: Random) -> Source:
    """Give the cells of the learning rates names, and use these in every update."""
    names = dict(source.workbook.names)
    made = source
    for number, region in enumerate(source.regions):
        if region.rate is None or region.rate[0] != region.sheet:
            raise NotPossibleError("no rate in a cell")
        name = ("eta", "learning_rate", "LRate", "η")[draw.randrange(4)] + (
            f"_{number}" if number else ""
        )
        if name in names:
            raise NotPossibleError("the name is taken")
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
                for a, f in formulas_of(made, region, quantity).items()
            }
            made = with_formulas(made, region.sheet, new)
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
            made = with_formulas(made, region.sheet, new)
    return made


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


NAMING: dict[str, Callable[[Source, Random], Source]] = {
    "columns fixed": columns_fixed,
    "own sheet named": own_sheet_named,
    "rate named": rate_named,
    "inputs carried on": inputs_carried_on,
    "other language": other_language,
}
