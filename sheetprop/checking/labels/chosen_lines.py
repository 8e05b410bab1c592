"""Which of two lines with one name is meant."""

from __future__ import annotations

from collections import Counter

from sheetprop.checking.labels.columns import Entries
from sheetprop.notation.relative import references
from sheetprop.workbooks.sheet import Sheet
from sheetprop.workbooks.sweeps import row

CHANGE = ("Δ", "∆")
"""Δw is a gradient only where no other column is one: else it is what a weight changes by."""


def chosen_lines(sheet: Sheet, entries: Entries, places: tuple[int, ...]) -> dict[str, int]:
    """Return one line for each quantity: of two with one name, that which the formulas use.

    Where they use neither, one that holds something: a title of a section may name a quantity, too.
    """
    named: dict[str, list[int]] = {}
    for line, name, _ in entries:
        named.setdefault(name, []).append(line)
    if all(len(lines) == 1 for lines in named.values()):
        return {name: lines[0] for name, lines in named.items()}
    used: Counter[int] = Counter()
    for line, _, _ in entries:
        for place in places:
            cell = sheet.cells.get((place, line))
            mentioned = references(cell.formula) if cell and cell.formula else []
            within = [found for found in mentioned if found[0] in places]
            used.update({found[1] for found in within} - {line})
    changes = {line for line, _, text in entries if text.strip().startswith(CHANGE)}
    filled = {line for place in places for (_, line), _ in row(sheet.cells, place)}
    return {
        name: max(lines, key=lambda line: (line not in changes, used[line], line in filled))
        for name, lines in named.items()
    }
