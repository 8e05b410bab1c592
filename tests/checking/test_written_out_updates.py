"""Sheets without columns of gradients, and columns of helpers that are wrong throughout."""

from __future__ import annotations

from pathlib import Path

import pytest
from worksheets import ARRIVING_1, ARRIVING_2, DELTA_1, DELTA_2, ORDER, WEIGHTS, Table, checked

DELTAS = {
    "δ_o1": f"={DELTA_1}",
    "δ_o2": f"={DELTA_2}",
    "δ_h1": f"={ARRIVING_1}*{{a_h1}}*(1-{{a_h1}})",
    "δ_h2": f"={ARRIVING_2}*{{a_h2}}*(1-{{a_h2}})",
}
SOURCES = ("i1", "i2", "i1", "i2", "a_h1", "a_h2", "a_h1", "a_h2")
OWN = ("δ_h1", "δ_h1", "δ_h2", "δ_h2", "δ_o1", "δ_o1", "δ_o2", "δ_o2")


def by_deltas(deltas: dict[str, str]) -> Table:
    """Return a table whose updates take deltas, without a column for any gradient."""
    order = tuple(name for name in ORDER if not name.startswith("dE"))
    table = Table(order=order, helpers=deltas)
    for name, delta, source in zip(WEIGHTS, OWN, SOURCES, strict=True):
        update = f"={{{name}[-1]}}-{{eta}}*{{{delta}[-1]}}*{{{source}[-1]}}"
        table = table.changed(name, update, range(1, 8))
    return table


def test_updates_may_hold_their_gradients(tmp_path: Path) -> None:
    """Where updates are written out no gradient is missing."""
    assert checked(tmp_path, by_deltas(DELTAS)).verdict == "correct"


def test_a_wrong_column_of_deltas_is_named_itself(tmp_path: Path) -> None:
    """What makes all updates wrong that take it stands first, with what belongs there."""
    table = by_deltas(DELTAS | {"δ_h2": DELTAS["δ_h2"].replace("1-{a_h2}", "1-{a_h1}")})

    (finding,) = checked(tmp_path, table).errors

    assert [place.range for place in finding.places] == [
        table.range("δ_h2"),
        *(table.range(name, 1) for name in ("w3", "w4")),
    ]
    assert finding.mistake == "wrong-neuron"


@pytest.mark.slow
@pytest.mark.parametrize("beside", [0.2, None])
def test_two_weights_that_start_from_one_cell(beside: float | None, tmp_path: Path) -> None:
    """Where nothing takes the cell beside it the sheet is not praised; else it is meant so."""
    table = Table().changed(["w1", "w2"], "=$T$2", [0])
    cells = {"T2": 0.15} | ({} if beside is None else {"U2": beside})

    report = checked(tmp_path, table, further={"Sheet1": cells})

    assert report.verdict == ("correct" if beside is None else "undecided")
    assert [one.range for one in report.not_judged] == ([] if beside is None else ["F32"])


@pytest.mark.slow
def test_the_first_rate_is_not_that_of_each_row(tmp_path: Path) -> None:
    """Where each row has a rate, an update that takes a cell above their column is wrong."""
    rates = {"δ": "={δ[-1]}*0.9"}
    table = Table(helpers=rates, rate=None, first_line=2).changed("δ", 0.5, [0])
    for name in WEIGHTS:
        update = f"={{{name}[-1]}}-{{δ[-1]}}*{{dE/d{name}[-1]}}"
        table = table.changed(name, update, range(1, 8))
    above = f"{table.address('δ', 0).rstrip('0123456789')}3"
    table = table.changed(
        "w3", f"={{w3[-1]}}-${above.replace('3', '$3')}*{{dE/dw3[-1]}}", range(1, 8)
    )

    report = checked(tmp_path, table, further={"Sheet1": {above: 0.5}})

    assert [place.range for one in report.errors for place in one.places] == [table.range("w3", 1)]
