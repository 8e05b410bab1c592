"""A last row that holds nothing but the weights just updated: it is judged like any other."""

from __future__ import annotations

from pathlib import Path

from worksheets import ORDER, WEIGHTS, Table, checked, in_tables

LAST = Table().iterations - 1


def ending_with_weights() -> Table:
    table = Table()
    for name in ORDER:
        if name not in WEIGHTS:
            table = table.changed(name, None, [LAST])
    return table


def test_weights_alone_at_the_end(tmp_path: Path) -> None:
    """Nothing is missing beside them, and an update among them that goes up is found."""
    right = checked(tmp_path, ending_with_weights())
    assert (right.verdict, in_tables(right)) == ("correct", ())

    up = ending_with_weights().changed("w5", "={w5[-1]}+{eta}*{dE/dw5[-1]}", [LAST])
    (found,) = in_tables(checked(tmp_path, up))
    assert [place.quantity for place in found.places] == ["w5"]
