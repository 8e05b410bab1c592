"""Two rows for each iteration: below the weights stand their gradients."""

from __future__ import annotations

from cell_sheets import right_and_slipped
from runs_of_others import WEIGHTS, filled, lone_output

from sheetprop.notation.address import address

RUN = lone_output()
SHOWN = [name for name in RUN if not name.startswith(("g", "b3"))]
NAMES = {"x1": "i1", "x2": "i2", "t": "t1", "y": "net_o1", "o": "out_o1", "E": "E_total"}
NAMES |= {"z1": "net_h1", "z2": "net_h2", "a1": "out_h1", "a2": "out_h2"}
SHOWN = [*SHOWN[:11], "b3", *SHOWN[11:]]


def cell_of(name: str, step: int) -> str:
    if name == "eta":
        return "$B$1"
    is_gradient = name.startswith("g")
    column = SHOWN.index(name[1:] if is_gradient else name) + 1
    return address(3 + 2 * step + is_gradient, column)


def sheet() -> str:
    lines = ["η | 0.5", " | ".join(NAMES.get(name, name) for name in SHOWN)]
    for step in range(5):
        found = ((name, *RUN[name]) for name in SHOWN)
        lines.append(
            " | ".join(
                str(number) if step == 0 and number is not None else filled(text, cell_of, step)
                for _, number, text in found
            )
        )
        below = (filled(RUN[f"g{n}"][1], cell_of, step) if f"g{n}" in RUN else "" for n in SHOWN)
        lines.append(" | ".join(below))
    return "\n".join(lines)


def test_the_gradients_are_judged_in_their_rows() -> None:
    """A right sheet is correct; a gradient of another input and a wrong update are found."""
    text = sheet()
    right = filled(RUN["gw2"][1], cell_of, 1)
    update = filled(RUN["w5"][1], cell_of, 2)

    assert {*WEIGHTS} < {*SHOWN}
    assert right_and_slipped(text, right, right.replace("B5", "A5")) == ("correct", {"E6"})
    assert right_and_slipped(text, update, update.replace("-", "+")) == ("correct", {"H7"})
