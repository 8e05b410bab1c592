"""Training runs as strangers write them: formulas in names, laid out row by row as a text.

``{w1}`` in a formula is a quantity's cell in the same iteration, ``{w1'}`` that in the one before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from sheetprop.notation.address import address

Quantities = Mapping[str, tuple[float | None, str]]
"""For each: its number in the first iteration, None where that has the formula, and the formula."""

WEIGHTS = {
    "w1": 0.15,
    "w2": 0.2,
    "w3": 0.25,
    "w4": 0.3,
    "w5": 0.4,
    "w6": 0.45,
    "b1": 0.35,
    "b2": 0.6,
}
ERROR = "({o}-{t})*{o}*(1-{o})"


def lone_output(
    gradient: Callable[[str], str] = "g{}".format,
) -> dict[str, tuple[float | None, str]]:
    """Return a network of two inputs, two hidden neurons and one output, with three biases."""
    given = {"x1": 0.05, "x2": 0.1, "t": 0.9}
    start = {**WEIGHTS, "b3": 0.25}
    found: dict[str, tuple[float | None, str]] = {
        name: (number, f"{{{name}'}}") for name, number in given.items()
    }
    for name, number in start.items():
        found[name] = number, f"{{{name}'}}-{{eta}}*{{{gradient(name)}'}}"
    for j, (first, second) in enumerate((("w1", "w2"), ("w3", "w4")), 1):
        found[f"z{j}"] = None, f"{{{first}}}*{{x1}}+{{{second}}}*{{x2}}+{{b{j}}}"
        found[f"a{j}"] = None, f"1/(1+EXP(-{{z{j}}}))"
    found["y"] = None, "{w5}*{a1}+{w6}*{a2}+{b3}"
    found["o"] = None, "1/(1+EXP(-{y}))"
    found["E"] = None, "0.5*({t}-{o})^2"
    hidden = [f"{ERROR}*{{w{4 + j}}}*{{a{j}}}*(1-{{a{j}}})" for j in (1, 2)]
    for k, (j, i) in enumerate(((0, 1), (0, 2), (1, 1), (1, 2)), 1):
        found[gradient(f"w{k}")] = None, f"{hidden[j]}*{{x{i}}}"
    for j in (1, 2):
        found[gradient(f"w{4 + j}")] = None, f"{ERROR}*{{a{j}}}"
        found[gradient(f"b{j}")] = None, hidden[j - 1]
    found[gradient("b3")] = None, ERROR
    return found


def filled(formula: str, cell_of: Callable[[str, int], str], step: int) -> str:
    """Return a formula with the cells of its names; a prime is the iteration before."""

    def cell(found: re.Match[str]) -> str:
        return cell_of(found[1], step - len(found[2]))

    return "=" + re.sub(r"\{(\w+)('?)\}", cell, formula)


def in_rows(
    quantities: Quantities, headers: Iterable[str], iterations: int = 6, *, is_upward: bool = False
) -> str:
    """Return the run as a text with η in B1, headers in row 2 and an iteration in each row.

    Where it goes upward the newest iteration is on top.
    """
    columns = {name: column for column, name in enumerate(quantities, 1)}

    def cell_of(name: str, step: int) -> str:
        return "$B$1" if name == "eta" else address(3 + row_of(step), columns[name])

    def row_of(step: int) -> int:
        return iterations - 1 - step if is_upward else step

    rows = [
        " | ".join(
            str(number) if step == 0 and number is not None else filled(formula, cell_of, step)
            for number, formula in quantities.values()
        )
        for step in map(row_of, range(iterations))
    ]
    return "\n".join(["η | 0.5", " | ".join(headers), *rows])
