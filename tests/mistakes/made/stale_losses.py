"""Pasted losses of another rate, and of no run."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

from sheetprop.calculating.run_values import rows
from sheetprop.maths.network import Network
from sheetprop.spec import Architecture
from sheetprop.workbooks.sheet import Workbook

NETWORK = Network(Architecture())
TABLE = Table(rate=0.5, iterations=12)


def losses(rate: float, *, others: bool = False) -> list[float]:
    """Return E_total of the first iterations at a rate; from another weight w1 on, if asked for."""
    names = ("t1", "t2", "i1", "i2", *NETWORK.weights)
    start = dict(zip(names, (0.01, 0.99, 0.05, 0.1, *TABLE.weights), strict=True))
    values = rows(NETWORK, start, rate, 12)
    place = list(NETWORK.quantities).index("E_total")
    found = [float(row[place]) for row in values]
    return [found[0], *(loss * 1.01 for loss in found[1:])] if others else found


def with_pasted(rate: float, numbers: list[float]) -> Workbook:
    """Return a workbook with losses pasted below the name of a rate."""
    cells = {f"AZ{row}": number for row, number in enumerate(numbers, 2)}
    return book(TABLE, further={"Sheet1": {"AZ1": f"LR = {rate:g}", **cells}})


EXAMPLES = [
    Example("of another rate", with_pasted(0.8, losses(0.5)), mended=with_pasted(0.8, losses(0.8))),
    Example(
        "of no run",
        with_pasted(0.8, losses(0.8, others=True)),
        mended=with_pasted(0.8, losses(0.8)),
    ),
]
