"""Of helpers that sum up helpers, the one with the slip is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from worksheets import Table, checked, in_tables

SHARES = {
    "via 1": "=({a_o1}-{t1})*{w5}",
    "via 2": "=({a_o2}-{t2})*{w7}",
    "at h1": "={via 1}+{via 2}",
    "via 3": "=({a_o1}-{t1})*{w6}",
    "via 4": "=({a_o2}-{t2})*{w8}",
    "at h2": "={via 3}+{via 4}",
}


def _table() -> Table:
    """Return a run with cross-entropy, whose hidden gradients take sums of helpers."""
    table = Table(iterations=6, helpers=SHARES)
    for k in (1, 2):
        loss = f"=-({{t{k}}}*LN({{a_o{k}}})+(1-{{t{k}}})*LN(1-{{a_o{k}}}))"
        table = table.changed(f"E{k}", loss)
        for j in (1, 2):
            hidden = f"={{at h{k}}}*{{a_h{k}}}*(1-{{a_h{k}}})*{{i{j}}}"
            output = f"=({{a_o{k}}}-{{t{k}}})*{{a_h{j}}}"
            table = table.changed(f"dE/dw{2 * k + j - 2}", hidden)
            table = table.changed(f"dE/dw{2 * k + j + 2}", output)
    return table


@pytest.mark.slow
@pytest.mark.parametrize(("slip", "content"), [("via 4", "={w8}"), ("at h2", "={via 3}+{via 2}")])
def test_the_helper_with_the_slip_is_named(tmp_path: Path, slip: str, content: str) -> None:
    """Not the sum of it and another one, which says what the sum for the next neuron says."""
    assert checked(tmp_path, _table()).verdict == "correct"
    table = _table().changed(slip, content)
    found = in_tables(checked(tmp_path, table))

    assert [one.severity for one in found] == ["error"]
    assert table.range(slip) in {place.range for place in found[0].places}
