"""A slip in one column hides no role: a table in any language is accused there alone."""

from __future__ import annotations

import pytest
from checking.one_layer.drawing import Columns, accused, checked, sheet

LAST = 9
DELTA_1, DELTA_2 = (f"({{wynik {k}}}-{{cel {k}}})*{{wynik {k}}}*(1-{{wynik {k}}})" for k in (1, 2))


def _error(k: int) -> str:
    """Return ∂E/∂z of a hidden neuron."""
    paths = f"({DELTA_1}*{{waga {4 + k}}}+{DELTA_2}*{{waga {6 + k}}})"
    return f"{paths}*{{ukryty {k}}}*(1-{{ukryty {k}}})"


def _columns() -> Columns:
    found: dict[str, tuple[object, object]] = {}
    for name, number in (("wejście 1", 0.05), ("wejście 2", 0.1), ("cel 1", 0.01), ("cel 2", 0.99)):
        found[name] = (number, f"={{{name}<}}")
    for k in range(1, 9):
        found[f"waga {k}"] = (0.1 + 0.05 * k, f"={{waga {k}<}}-$B$1*{{pochodna {k}<}}")
    inputs, hidden = ("wejście 1", "wejście 2"), ("ukryty 1", "ukryty 2")
    layers = [("suma u", "ukryty", inputs, 1), ("suma w", "wynik", hidden, 5)]
    for total, made, sources, first in layers:
        for k in (1, 2):
            w = first + 2 * (k - 1)
            text = f"={{waga {w}}}*{{{sources[0]}}}+{{waga {w + 1}}}*{{{sources[1]}}}"
            found[f"{total}{k}"] = (text,) * 2
        for k in (1, 2):
            found[f"{made} {k}"] = (f"=1/(1+EXP(-{{{total}{k}}}))",) * 2
    for k in (1, 2):
        found[f"błąd {k}"] = (f"=0.5*({{cel {k}}}-{{wynik {k}}})^2",) * 2
    found["suma błędów"] = ("={błąd 1}+{błąd 2}",) * 2
    for k in (1, 2):
        for source in inputs:
            found[f"pochodna {len(found) - 22}"] = (f"={_error(k)}*{{{source}}}",) * 2
    for delta in (DELTA_1, DELTA_2):
        for source in hidden:
            found[f"pochodna {len(found) - 22}"] = (f"={delta}*{{{source}}}",) * 2
    return found


COLUMNS = _columns()

SLIPS = {
    "suma u1": "={waga 2}*{wejście 1}+{waga 2}*{wejście 2}",
    "suma u2": "={waga 1}*{wejście 1}+{waga 4}*{wejście 2}",
    "suma w2": "={waga 7}*{suma u1}+{waga 8}*{ukryty 2}",
    "ukryty 2": "=1/(1+EXP(-{suma u1}))",
    "wynik 1": "=1/(1+EXP({suma w1}))",
    "błąd 1": "=0.5*({cel 1}-{wynik 2})^2",
    "błąd 2": "=0.5*({cel 1}-{wynik 2})^2",
    "suma błędów": "={błąd 1}+{błąd 1}",
    "waga 3": "={waga 4<}-$B$1*{pochodna 3<}",
    "pochodna 5": f"={DELTA_1}*{{ukryty 2}}",
}


@pytest.mark.slow
def test_the_right_table_is_correct() -> None:
    """Nobody foresaw its headers; its formulas tell what each column is."""
    assert checked(sheet(COLUMNS, LAST - 3, 0.5)).verdict == "correct"


@pytest.mark.slow
@pytest.mark.parametrize("name", SLIPS)
def test_a_wrong_column_is_accused_and_no_other(name: str) -> None:
    """Each slip takes from the column what told its role, which then the other columns tell."""
    first, _ = COLUMNS[name]
    slip = SLIPS[name]
    changed = {**COLUMNS, name: (first if "<" in slip else slip, slip)}
    report = checked(sheet(changed, LAST - 3, 0.5))
    (place,) = accused(report)
    column = list(COLUMNS).index(name) + 1

    letters = place.partition(":")[0].rstrip("0123456789")
    assert column == sum((ord(c) - 64) * 26**k for k, c in enumerate(reversed(letters)))
