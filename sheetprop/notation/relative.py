"""A formula as it reads in other cells: what filling it down or across would write.

``=A2-$C$2`` in row 2 and ``=A3-$C$2`` in row 3 are one relative formula. A file may keep only the
first of them, and telling whether two cells say the same is quicker by text than by parsing both.
Moving changes every relative reference and nothing else, so the text stays what the person typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sheetprop.notation.address import COLUMNS, ROWS, column_letters, column_number

# Text and quoted sheet names are matched first, so that nothing inside them is taken for a
# reference; LOG10( is a function, and AB1!C2 begins with a sheet.
REFERENCE = re.compile(
    r"""
    "(?:[^"]|"")*" | '(?:[^']|'')*' | \[[^\]]{0,255}\]
    | (?<![\w.$\\]) (?P<fixed_column>\$?) (?P<column>[A-Za-z]{1,3}) (?P<fixed_row>\$?)
      (?P<row>[1-9]\d{0,6}) (?![\w.(!])
    | (?<![\w.$\\]) (?P<fixed_from>\$?) (?P<from>[A-Za-z]{1,3}) : (?P<fixed_to>\$?)
      (?P<to>[A-Za-z]{1,3}) (?![\w.(!])
    | (?<![\w.$:\\]) (?P<fixed_top>\$?) (?P<top>[1-9]\d{0,6}) : (?P<fixed_bottom>\$?)
      (?P<bottom>[1-9]\d{0,6}) (?![\w.(!])
    """,
    re.VERBOSE,
)


# A reference's halves: (the text in front, the number, whether a row, whether it moves).
Half = tuple[str, int, bool, bool]


class RelativeFormula:
    """A formula written at one cell, taken apart once and then moved as often as needed.

    Filling goes along a line, mostly down a column, so what a column fixes is put together once.
    """

    def __init__(self, formula: str, row: int, column: int) -> None:
        self.formula = formula
        self.row = row
        self.column = column
        self.parts: list[str | Half] = list(parts_of(formula))
        self._across(column)

    def at(self, row: int, column: int) -> str:
        """Return the formula as it reads in another cell; past the edge it wraps, as Excel does."""
        if column != self._in_column:
            self._across(column)
        down = row - self.row - 1
        if self._one_row:  # all references that move lie in one row, as they mostly do
            return str((self._rows[0] + down) % ROWS + 1).join(self._texts)
        pieces = [
            text + str((r + down) % ROWS + 1)
            for text, r in zip(self._texts, self._rows, strict=False)
        ]
        return "".join(pieces) + self._texts[-1]

    def below(self, column: int) -> tuple[Sequence[str], int] | None:
        """Return the texts that a row's number joins to the formula in the rows below its own.

        With them comes how much larger that number is than the row; None where references lie in
        several rows.
        """
        if column != self._in_column:
            self._across(column)
        return (self._texts, self._rows[0] - self.row) if self._one_row else None

    @property
    def pattern(self) -> tuple[str | Half, ...]:
        """The formula by how far away its references lie: alike for all cells of one fill."""
        return tuple(
            part
            if isinstance(part, str) or not part[3]
            else (part[0], part[1] - (self.row if part[2] else self.column), part[2], part[3])
            for part in self.parts
        )

    def offsets(self, *, of_rows: bool) -> set[int]:
        """Return how many rows (or columns) away lie the references that move with the formula."""
        own = self.row if of_rows else self.column
        halves = (part for part in self.parts if not isinstance(part, str))
        return {half[1] - own for half in halves if half[2] is of_rows and half[3]}

    def _across(self, column: int) -> None:
        """Put together the texts between the rows that move, as they read in a column."""
        right = column - self.column
        texts: list[str] = [""]
        rows: list[int] = []
        for part in self.parts:
            if isinstance(part, str):
                texts[-1] += part
            elif not part[2]:
                shift = right if part[3] else 0
                texts[-1] += part[0] + column_letters((part[1] - 1 + shift) % COLUMNS + 1)
            elif part[3]:
                texts[-1] += part[0]
                texts.append("")
                rows.append(part[1])
            else:
                texts[-1] += f"{part[0]}{part[1]}"
        self._in_column, self._texts, self._rows = column, texts, rows
        self._one_row = len(set(rows)) == 1


def is_one_formula(texts: Iterable[str | None], cells: Sequence[tuple[int, int]]) -> bool:
    """Whether the texts in cells are the first of them, as it reads in each of the cells."""
    first, *others = texts
    if first is None:
        return False
    filled = RelativeFormula(first, *cells[0])
    return all(text == filled.at(*cell) for text, cell in zip(others, cells[1:], strict=True))


def references(formula: str) -> list[tuple[int, int]]:
    """Return the cells, (row, column), that a formula mentions; of ranges both corners."""
    found = (match for match in REFERENCE.finditer(formula) if match["row"])
    return [(int(match["row"]), column_number(match["column"])) for match in found]


def references_within(formula: str, sheet: str) -> list[tuple[int, int]]:
    """Return the cells of its own sheet that a formula mentions; of ranges both corners."""
    if "!" not in formula:
        return references(formula)
    own = f"{sheet}!".casefold(), "'{}'!".format(sheet.replace("'", "''")).casefold()
    found, is_here = [], True
    for match in REFERENCE.finditer(formula):
        before = formula[: match.start()].casefold()
        if not before.endswith(":"):  # the other corner is on the same sheet
            is_here = not before.endswith("!") or before.endswith(own)
        if match["row"] and is_here:
            found.append((int(match["row"]), column_number(match["column"])))
    return found


def turned(formula: str) -> str:
    """Return a formula with rows and columns of its references exchanged: ``$A3`` is ``C$1``."""
    return REFERENCE.sub(_turned, formula)


def _turned(match: re.Match[str]) -> str:
    if not match["row"]:
        return match[0]
    column = f"{match['fixed_row']}{column_letters(int(match['row']))}"
    return f"{column}{match['fixed_column']}{column_number(match['column'])}"


def parts_of(formula: str) -> list[str | Half]:
    """Return the formula cut into plain text and the halves of its references."""
    parts: list[str | Half] = []
    end = 0
    for match in REFERENCE.finditer(formula):
        halves = halves_of(match.groupdict(""))
        if halves:
            parts += [formula[end : match.start()], *halves]
            end = match.end()
    return [*parts, formula[end:]]


def halves_of(groups: dict[str, str]) -> list[str | Half]:
    """Return the parts of one reference: a cell, whole columns or whole rows; nothing for text."""
    if groups["row"]:
        column = column_half(groups["fixed_column"], groups["column"])
        return [column, row_half(groups["fixed_row"], groups["row"])]
    if groups["from"]:
        first, last = groups["from"], groups["to"]
        return [
            column_half(groups["fixed_from"], first),
            ":",
            column_half(groups["fixed_to"], last),
        ]
    if groups["top"]:
        top, bottom = groups["top"], groups["bottom"]
        return [row_half(groups["fixed_top"], top), ":", row_half(groups["fixed_bottom"], bottom)]
    return []


def column_half(fixed: str, letters: str) -> Half:
    """Return the column of a reference."""
    return (fixed, column_number(letters), False, not fixed)


def row_half(fixed: str, digits: str) -> Half:
    """Return the row of a reference."""
    return (fixed, int(digits), True, not fixed)
