"""A learning rate that stands labelled beside a table, where no formula shows which it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheetprop.lazily.patterns import pattern
from sheetprop.tables.table import Rate, Table
from sheetprop.workbooks.sheet import Address, Sheet
from sheetprop.workbooks.sweeps import constants, has_number

_WORDS = (
    r"learning[\s_-]*rate|lern(?:rate|schrittweite)|taux\s+d['’]apprentissage"
    r"|tasa\s+de\s+aprendizaje|taxa\s+de\s+aprendizado|taxa\s+de\s+aprendizagem"
    r"|tasso\s+di\s+apprendimento|leersnelheid|öğrenme\s+oranı|скорость\s+обучения|学习率|学習率"
    r"|सीखने\s+की\s+दर"
)
LABEL = pattern(
    rf"\s{{0,20}}(?:η|ƞ|𝜂|eta|α|alpha|l\.?r\.?|{_WORDS})\s*(?:\((?:η|eta|lr)\))?\s*[:=]?\s*"
    r"(?P<number>[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e-?\d+)?)?\s*",
    re.IGNORECASE,
)
"""A text that names the learning rate and nothing else, perhaps with its number."""


def stated_rate(sheet: Sheet, table: Table) -> Rate | None:
    """Return the rate that a label states, above a table rather than below it; None without one.

    One that heads a list of numbers, such as the losses of a run, is its rate rather than any's.
    """
    stated = [(_heads_list(sheet, at), _distance(table, at), rate) for at, rate in _stated(sheet)]
    return min(stated, key=lambda one: one[:2], default=(True, (True, 0), None))[2]


def _heads_list(sheet: Sheet, label: Address) -> bool:
    """Whether numbers stand below a label, one below the other."""
    row, column = label
    return all(has_number(sheet.cells, (row + down, column)) for down in (1, 2))


def _stated(sheet: Sheet) -> Iterator[tuple[Address, Rate]]:
    for (row, column), cell in sorted(constants(sheet.cells)):
        match = LABEL.fullmatch(cell.value) if isinstance(cell.value, str) else None
        if match is None:
            continue
        if match["number"]:
            yield (row, column), Rate(float(match["number"].replace(",", ".")))
            continue
        for beside in ((row, column + 1), (row + 1, column)):
            content = sheet.cells.get(beside)
            value = content.value if content else None
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield (row, column), Rate(float(value), (sheet.name, beside))
                break


def _distance(table: Table, label: Address) -> tuple[bool, int]:
    away = table.header - table.place_of(label)
    return away < 0, abs(away)
