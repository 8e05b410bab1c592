"""Further slips in one cell: other functions, other kinds of contents, parts lost or exchanged."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from perturbing.references import filled, references, with_reference
from perturbing.rewrites import Rewrite, Trial, Written, formula_of
from perturbing.sources import Region
from sheetprop.workbooks.sheet import Cell


def _text_of(write: Callable[[Trial, str], str | None]) -> Rewrite:
    """Return a change of the text of a formula; none where `write` gives none or the same."""

    def made(trial: Trial) -> Written | None:
        formula = formula_of(trial.source, trial.place)
        text = write(trial, formula) if formula else None
        return Written(Cell(None, text)) if text and text != formula else None

    return made


def _in(pattern: str) -> Rewrite:
    return _text_of(lambda _, formula: pattern.replace("{}", formula[1:].strip()))


def _replaced(pattern: str, text: str) -> Rewrite:
    """Return a change of one match of a pattern, drawn."""

    def write(trial: Trial, formula: str) -> str | None:
        found = list(re.finditer(pattern, formula, re.IGNORECASE))
        if not found:
            return None
        one = trial.draw.choice(found)
        return formula[: one.start()] + one.expand(text) + formula[one.end() :]

    return _text_of(write)


def _value(trial: Trial) -> float | None:
    value = trial.whatif.plain.value(trial.place)
    has_formula = formula_of(trial.source, trial.place) is not None
    return value if has_formula and isinstance(value, float) else None


def _own_value(trial: Trial) -> Written | None:
    value = _value(trial)
    return None if value is None else Written(Cell(value), is_right_now=True)


def _own_digits(trial: Trial) -> Written | None:
    value = _value(trial)
    if value is None:
        return None
    return Written(Cell(float(f"{value:.{trial.draw.choice((3, 4, 6))}g}")), is_right_now=True)


def _own_text(trial: Trial) -> Written | None:
    value = _value(trial)
    return None if value is None else Written(Cell(f"{value:.6g}"))


FAR = 0.05
"""A number that rounding changes by more than this is no longer right to its digits."""


def _rounded(trial: Trial) -> Written | None:
    formula, value = formula_of(trial.source, trial.place), _value(trial)
    if formula is None or value is None:
        return None
    digits = trial.draw.choice((0, 1, 2, 3, 4, 6))
    is_near = abs(round(value, digits) - value) <= FAR * abs(value)
    return Written(Cell(None, f"=ROUND({formula[1:].strip()},{digits})"), is_right_now=is_near)


def _zero(trial: Trial) -> Written | None:
    return None if _value(trial) is None else Written(Cell(0.0))


def _exchanged(trial: Trial) -> Written | None:
    """Exchange two references of a formula."""
    formula = formula_of(trial.source, trial.place)
    found = references(formula) if formula else []
    if formula is None or len(found) < 2:
        return None
    one, other = trial.draw.sample(range(len(found)), 2)
    text = with_reference(formula, one, found[other])
    return Written(Cell(None, with_reference(text, other, found[one])))


def _region(trial: Trial) -> Region | None:
    sheet, address = trial.place
    return next((r for r in trial.source.regions if r.sheet == sheet and address in r.names), None)


def _of_another_table(trial: Trial) -> Written | None:
    """Take the same quantity of another table for one reference."""
    formula, own = formula_of(trial.source, trial.place), _region(trial)
    others = [region for region in trial.source.regions if region is not own]
    if formula is None or own is None or not others:
        return None
    other = trial.draw.choice(others)
    for number, reference in enumerate(references(formula)):
        key = own.names.get(reference.start.address)
        if key in other.cells and reference.sheet is None and reference.end is None:
            sheet = None if other.sheet == own.sheet else other.sheet
            start = reference.start.at(other.cells[key])
            return Written(
                Cell(
                    None,
                    with_reference(formula, number, replace(reference, sheet=sheet, start=start)),
                )
            )
    return None


def _of_another_quantity(trial: Trial) -> Written | None:
    """Write the formula of another quantity of the same kind, filled or letter by letter."""
    own = _region(trial)
    if own is None:
        return None
    name, step = own.names[trial.place[1]]
    kind = re.sub(r"\d+$", "", name)
    others = [n for n, k in own.cells if k == step and n != name and re.sub(r"\d+$", "", n) == kind]
    if not others:
        return None
    cell = own.cells[trial.draw.choice(sorted(others)), step]
    formula = formula_of(trial.source, (own.sheet, cell))
    if formula is None:
        return None
    down, right = trial.place[1][0] - cell[0], trial.place[1][1] - cell[1]
    return Written(
        Cell(None, filled(formula, down, right) if trial.draw.random() < 0.5 else formula)
    )


def _of_another_row(trial: Trial) -> Written | None:
    """Write the formula of the row above or below letter by letter."""
    own = _region(trial)
    if own is None:
        return None
    name, step = own.names[trial.place[1]]
    cell = own.cells.get((name, step + trial.draw.choice((-1, 1))))
    formula = formula_of(trial.source, (own.sheet, cell)) if cell else None
    return Written(Cell(None, formula)) if formula else None


def _without_brackets(trial: Trial, formula: str) -> str | None:
    pairs, opened = [], []
    for k, sign in enumerate(formula):
        if sign == "(":
            opened.append(k)
        elif sign == ")" and opened:
            pairs.append((opened.pop(), k))
    pairs = [(a, b) for a, b in pairs if not re.search(r"\w$", formula[:a])]
    if not pairs:
        return None
    first, last = trial.draw.choice(pairs)
    return formula[:first] + formula[first + 1 : last] + formula[last + 1 :]


def _percent(trial: Trial, formula: str) -> str | None:
    found = references(formula)
    if not found:
        return None
    number = trial.draw.randrange(len(found))
    return with_reference(formula, number, f"{found[number]}%")


def _summed(trial: Trial, formula: str) -> str | None:
    """Sum one cell more than a reference means."""
    found = [k for k, one in enumerate(references(formula)) if one.end is None]
    if not found:
        return None
    number = trial.draw.choice(found)
    one = references(formula)[number]
    row, column = one.start.address
    beyond = trial.draw.choice(((row + 1, column), (row, column + 1)))
    return with_reference(formula, number, f"SUM({replace(one, end=one.start.at(beyond))})")


FURTHER: Mapping[str, Rewrite] = {
    "of another table": _of_another_table,
    "of another quantity": _of_another_quantity,
    "of another row": _of_another_row,
    "exchanged": _exchanged,
    "rounded": _rounded,
    "absolute": _in("=ABS({})"),
    "largest": _in("=MAX(0,{})"),
    "whole": _in("=INT({})"),
    "times 1.0000001": _in("=({})*1.0000001"),
    "per cent": _text_of(_percent),
    "sum too long": _text_of(_summed),
    "cube": _replaced(r"\^2|,2\)", r"^3"),
    "without minus": _replaced(r"EXP\(\s*-", r"EXP("),
    "without square": _replaced(r"\^2", r""),
    "half left out": _replaced(r"0\.5\*|1/2\*|\(1/2\)\*", r""),
    "slope twice": _replaced(r"(\(1-\$?[A-Z]+\$?\d+\))", r"\1*\1"),
    "one plus": _replaced(r"\(1-", r"(1+"),
    "two for one": _replaced(r"\(1-", r"(2-"),
    "divided": _replaced(r"\*(?=[$A-Z(])", r"/"),
    "comma for point": _replaced(r"(\d)\.(\d)", r"\1\2"),
    "without brackets": _text_of(_without_brackets),
    "own value": _own_value,
    "own digits": _own_digits,
    "own value as text": _own_text,
    "true": lambda _: Written(Cell(True)),
    "empty text": lambda _: Written(Cell(None, '=""')),
    "space": lambda _: Written(Cell(" ")),
    "date": lambda _: Written(Cell(None, "=DATE(2024,1,5)")),
    "not available": lambda _: Written(Cell(None, "=NA()")),
    "random": _in("={}+RAND()*0.01"),
    "zero": _zero,
    "only itself": _text_of(lambda _, f: f"={references(f)[0]}" if references(f) else None),
    "last term lost": _replaced(r"[+-][^+()-]*$", r""),
    "last factor lost": _replaced(r"\*[^*()]*$", r""),
}
