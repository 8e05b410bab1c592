"""Slips of the hand in one cell: pasted, retyped, pointed elsewhere, guarded the wrong way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from perturbing.references import Reference, references, with_reference
from perturbing.rewrites import Rewrite, Trial, Written, formula_of
from perturbing.sources import Region
from sheetprop.workbooks.sheet import Cell

OTHER_FUNCTIONS = {
    "EXP": ("LN", "TANH", "10^", "SQRT"),
    "SUM": ("AVERAGE", "MAX", "PRODUCT", "SUMSQ"),
    "POWER": ("PRODUCT", "SUM"),
}


def region_of(trial: Trial) -> Region | None:
    """Return the table of the cell that is to be changed."""
    sheet, address = trial.place
    return next((r for r in trial.source.regions if r.sheet == sheet and address in r.names), None)


def _with_one(trial: Trial, other: Callable[[Reference], object]) -> Written | None:
    """Return the formula with something else for one of its references, drawn."""
    formula = formula_of(trial.source, trial.place)
    found = references(formula) if formula else []
    if formula is None or not found:
        return None
    number = trial.draw.randrange(len(found))
    text = other(found[number])
    return None if text is None else Written(Cell(None, with_reference(formula, number, text)))


def _neighbours_value(trial: Trial) -> Written | None:
    """Paste the value of the row above or below."""
    own, formula = region_of(trial), formula_of(trial.source, trial.place)
    if own is None or formula is None:
        return None
    name, step = own.names[trial.place[1]]
    cell = own.cells.get((name, step + trial.draw.choice((-1, 1))))
    value = trial.whatif.plain.value((own.sheet, cell)) if cell else None
    return Written(Cell(value)) if isinstance(value, float) else None


def _header_taken(trial: Trial) -> Written | None:
    """Take the header of a column for one of its cells."""

    def header(reference: Reference) -> object:
        own = region_of(trial)
        name = own.names.get(reference.start.address) if own else None
        if own is None or name is None or reference.sheet or reference.end:
            return None
        return Reference(None, reference.start.at(own.headers[name[0]]))

    return _with_one(trial, header)


def _of_a_far_row(trial: Trial) -> Written | None:
    """Take a quantity of any other iteration for one reference."""

    def far(reference: Reference) -> object:
        own = region_of(trial)
        name = own.names.get(reference.start.address) if own else None
        if own is None or name is None or reference.sheet or reference.end:
            return None
        steps = sorted(k for n, k in own.cells if n == name[0] and k != name[1])
        if not steps:
            return None
        there = own.cells[name[0], trial.draw.choice((*steps, steps[0], steps[-1]))]
        return Reference(None, reference.start.at(there))

    return _with_one(trial, far)


def _equal_now(trial: Trial) -> Written | None:
    """Take another cell that shows the same number until something is changed."""

    def equal(reference: Reference) -> object:
        place = (reference.sheet or trial.place[0], reference.start.address)
        value = trial.whatif.plain.value(place)
        others = [
            one
            for one in trial.source.judged
            if one[0] == trial.place[0]
            and one not in (place, trial.place)
            and trial.whatif.plain.value(one) == value
        ]
        if reference.end or not others or not isinstance(value, float):
            return None
        return Reference(None, reference.start.at(trial.draw.choice(others)[1]))

    made = _with_one(trial, equal)
    return made and Written(made.cell, is_right_now=True)


def _text_of_formula(trial: Trial) -> Written | None:
    """Keep the formula as a text, as in a cell formatted so before it was typed."""
    formula = formula_of(trial.source, trial.place)
    mark = trial.draw.choice(("", "'", " "))
    return Written(Cell(mark + formula)) if formula else None


def _number_text(trial: Trial) -> Written | None:
    """Type a number that is given as a text, with a comma, or with a unit."""
    cell = trial.source.cell(trial.place)
    if not isinstance(cell, Cell) or cell.formula or not isinstance(cell.value, float | int):
        return None
    pattern = trial.draw.choice(("{},", "{} m", "O{}", "{}.", "'{}", "~{}"))
    return Written(Cell(pattern.format(cell.value).replace(".", ",", 1)))


def _given_off(trial: Trial) -> Written | None:
    """Type another number for an input or target that every iteration repeats."""
    own, cell = region_of(trial), trial.source.cell(trial.place)
    if own is None or not isinstance(cell, Cell) or cell.formula is not None:
        return None
    name, step = own.names[trial.place[1]]
    typed = [trial.source.cell((own.sheet, a)) for a in own.quantities[name]]
    is_repeated = len(typed) > 2 and all(one == cell for one in typed)
    if not is_repeated or not isinstance(cell.value, float | int):
        return None
    digits = trial.draw.choice((cell.value * 1.01, cell.value * 10, -cell.value, cell.value + 0.01))
    return Written(Cell(digits)) if step else None


def _circular(trial: Trial) -> Written | None:
    return _with_one(trial, lambda r: Reference(None, r.start.at(trial.place[1])))


def _formula_text(write: Callable[[Trial, str], str | None]) -> Rewrite:
    def made(trial: Trial) -> Written | None:
        formula = formula_of(trial.source, trial.place)
        text = write(trial, formula) if formula else None
        return Written(Cell(None, text)) if text and text != formula else None

    return made


def _wrong_branch(trial: Trial, formula: str) -> str | None:
    """Guard a formula so that the other branch is taken, now or for other numbers."""
    found, inner = references(formula), formula[1:].strip()
    if not found:
        return None
    patterns = (
        *("=IF(ISNUMBER({r}),0,{f})", '=IF({r}="",{f},0)', "=IF({r}>0,{f},-({f}))"),
        *("=IF(ISERROR({f}),{f},{r})", "=IF({r}<0,{f},{r})", "=IF(({f})>0,{f},0)"),
        *("=IF(NOT(ISBLANK({r})),{r},{f})", "=IFERROR({r},{f})", "=IF({f}=0,{f},0)"),
    )
    pattern = trial.draw.choice(patterns)
    return pattern.format(r=trial.draw.choice(found), f=inner)


def _digit(trial: Trial, formula: str) -> str | None:
    """Type another number for one that stands in the formula."""
    numbers = list(re.finditer(r"(?<![\w$.])\d+(?:\.\d+)?(?![\w.(])", formula))
    numbers = [one for one in numbers if not re.search(r"[A-Z]\$$", formula[: one.start()])]
    if not numbers:
        return None
    one = trial.draw.choice(numbers)
    text = trial.draw.choice((one[0] + "0", one[0] + ".1", "0", "2", "1.001", "0.9999", "10"))
    return formula[: one.start()] + text + formula[one.end() :]


def _function(trial: Trial, formula: str) -> str | None:
    found = list(re.finditer(rf"\b({'|'.join(OTHER_FUNCTIONS)})(?=\()", formula))
    if not found:
        return None
    one = trial.draw.choice(found)
    return (
        formula[: one.start()] + trial.draw.choice(OTHER_FUNCTIONS[one[1]]) + formula[one.end() :]
    )


def _twice(trial: Trial, formula: str) -> str | None:
    """Write a term or a factor a second time."""
    found = list(re.finditer(r"(?<=[\w)])([+\-*]\$?[A-Z]+\$?\d+)(?=[+\-*)]|$)", formula))
    if not found:
        return None
    one = trial.draw.choice(found)
    return formula[: one.end()] + one[1] + formula[one.end() :]


def _only_for_these(trial: Trial) -> Written | None:
    """Write what is right for the numbers of this worksheet alone."""
    formula = formula_of(trial.source, trial.place)
    found = [one for one in references(formula or "") if one.end is None]
    if formula is None or not found:
        return None
    one = trial.draw.choice(found)
    there = trial.whatif.plain.value((one.sheet or trial.place[0], one.start.address))
    own = trial.whatif.plain.value(trial.place)
    if not isinstance(there, float) or not isinstance(own, float):
        return None
    patterns = (
        *("=IF(ABS({r}-{there})<1E-9,{f},0)", "=MIN({f},{above})", "=MAX({f},{below})"),
        *("=IF(ROUND({r}-{there},6)=0,{own},{f})", "=IF({r}>{there}-0.2,{f},-({f}))"),
    )
    text = trial.draw.choice(patterns).format(
        r=one,
        there=f"({there!r})",
        own=f"{own!r}",
        f=formula[1:].strip(),
        above=repr(own + 1e-9),
        below=repr(own - 1e-9),
    )
    return Written(Cell(None, text), is_right_now=True)


SLIPS: Mapping[str, Rewrite] = {
    "neighbour's value": _neighbours_value,
    "header taken": _header_taken,
    "of a far row": _of_a_far_row,
    "equal now": _equal_now,
    "formula as text": _text_of_formula,
    "number as text": _number_text,
    "given off in a row": _given_off,
    "circular": _circular,
    "wrong branch": _formula_text(_wrong_branch),
    "digit": _formula_text(_digit),
    "other function": _formula_text(_function),
    "only for these": _only_for_these,
    "twice": _formula_text(_twice),
}
