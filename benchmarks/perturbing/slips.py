"""Slips of the hand in one cell or two: exchanged, pasted, retyped, guarded the wrong way round."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from perturbing.references import Place, Reference, references, with_reference
from perturbing.rewrites import Rewrite, Trial, Written, formula_of
from perturbing.sources import Region
from sheetprop.workbooks.sheet import Cell

OTHER_FUNCTIONS = {
    "EXP": ("LN", "TANH", "10^", "SQRT"),
    "SUM": ("AVERAGE", "MAX", "PRODUCT", "SUMSQ"),
    "POWER": ("PRODUCT", "SUM"),
}
Several = Mapping[Place, Cell | None]
"""All cells that a slip changes."""


def _region(trial: Trial) -> Region | None:
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
    own, formula = _region(trial), formula_of(trial.source, trial.place)
    if own is None or formula is None:
        return None
    name, step = own.names[trial.place[1]]
    cell = own.cells.get((name, step + trial.draw.choice((-1, 1))))
    value = trial.whatif.plain.value((own.sheet, cell)) if cell else None
    return Written(Cell(value)) if isinstance(value, float) else None


def _header_taken(trial: Trial) -> Written | None:
    """Take the header of a column for one of its cells."""

    def header(reference: Reference) -> object:
        own = _region(trial)
        name = own.names.get(reference.start.address) if own else None
        if own is None or name is None or reference.sheet or reference.end:
            return None
        return Reference(None, reference.start.at(own.headers[name[0]]))

    return _with_one(trial, header)


def _of_a_far_row(trial: Trial) -> Written | None:
    """Take a quantity of any other iteration for one reference."""

    def far(reference: Reference) -> object:
        own = _region(trial)
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
    own, cell = _region(trial), trial.source.cell(trial.place)
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
    "twice": _formula_text(_twice),
}


def _swapped(trial: Trial) -> Several | None:
    """Exchange the contents of two cells of a row."""
    own = _region(trial)
    if own is None:
        return None
    name, step = own.names[trial.place[1]]
    others = [(n, a) for (n, k), a in own.cells.items() if k == step and n != name]
    if not others:
        return None
    other = (own.sheet, trial.draw.choice(sorted(others))[1])
    one, two = trial.source.cell(trial.place), trial.source.cell(other)
    if not (formula_of(trial.source, trial.place) and formula_of(trial.source, other)):
        return None
    return {trial.place: two, other: one}  # type: ignore[dict-item]


def _values_of_row(trial: Trial) -> Several | None:
    """Paste the values of the row above over a whole row."""
    own = _region(trial)
    if own is None:
        return None
    step = own.names[trial.place[1]][1]
    found: dict[Place, Cell | None] = {}
    for (name, k), address in own.cells.items():
        above = own.cells.get((name, step - 1))
        if k == step and above and formula_of(trial.source, (own.sheet, address)):
            value = trial.whatif.plain.value((own.sheet, above))
            found[own.sheet, address] = Cell(value) if isinstance(value, float) else None
    return found or None


def _rows_swapped(trial: Trial) -> Several | None:
    """Exchange a cell with the one below it, letter by letter."""
    own = _region(trial)
    if own is None:
        return None
    name, step = own.names[trial.place[1]]
    below = own.cells.get((name, step + 1))
    if below is None:
        return None
    other = (own.sheet, below)
    if not (formula_of(trial.source, trial.place) and formula_of(trial.source, other)):
        return None
    one, two = trial.source.cell(trial.place), trial.source.cell(other)
    return {trial.place: two, other: one}  # type: ignore[dict-item]


SEVERAL: Mapping[str, Callable[[Trial], Several | None]] = {
    "two of a row": _swapped,
    "two of a column": _rows_swapped,
    "values of the row above": _values_of_row,
}
"""Slips that change more than one cell; each of them must be found."""
