"""The columns right of a worksheet in which each answer is judged: 1 right, 0 wrong, else nothing.

An empty answer is not judged, nor is one that follows from an empty cell. None of these cells holds
the value that an answer should have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sheetprop.errors import LayoutError
from sheetprop.exercises.answers import Answers, in_row
from sheetprop.exercises.differences import Moves, difference
from sheetprop.exercises.relations import Relation, joined, relation
from sheetprop.lessons.layout import LONGEST_FORMULA, MOST_COLUMNS
from sheetprop.lessons.runs.rate_sheet import CHART_COLUMNS
from sheetprop.lessons.runs.rate_table import FIRST, HEAD, RATE, RateTable
from sheetprop.maths.losses import LOSSES
from sheetprop.maths.trees.walk import names
from sheetprop.notation.address import address, column_letters, column_number, fixed
from sheetprop.workbooks.sheet import Address, Cell

MOST_CHECKS = 300_000
"""Cells that judge; with more, a spreadsheet program takes seconds for every answer typed."""

THIS, BEFORE = "\x01", "\x02"  # stand for row numbers while a formula is a pattern

TOO_LARGE = "1E+100"
"""What is made of larger numbers may be too large for a cell, however right the formula is."""


@dataclass
class Checks:
    """The check columns of a table, from `first` on.

    `column` is the one that judges a quantity, `complete` the one that says whether all answers
    are there up to a row, `helpers` hold moved activations by their names.
    """

    table: RateTable
    answers: Answers
    first: int
    patterns: dict[str, str] = field(default_factory=dict)
    helpers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        moves = Moves(self._cell, self._place_of_helper, self.helpers)
        for name in self.answers:
            self.patterns[name] = self._judging(name, self._relation(name, moves))

    @property
    def column(self) -> dict[str, int]:
        """Return the check column of each answered quantity."""
        return {name: self.first + k for k, name in enumerate(self.answers)}

    @property
    def complete(self) -> int:
        """Return the column that tells whether all answers up to a row are numbers."""
        return self.first + len(self.answers)

    @property
    def last(self) -> int:
        """Return the last column."""
        return self.complete + len(self.helpers)

    def corners(self) -> tuple[Address, Address]:
        """Return the first and the last cell, the headers included."""
        return (HEAD, self.first), (self.table.last, self.last)

    def cells(self) -> dict[Address, Cell]:
        """Return all formulas, without values."""
        found: dict[Address, Cell] = {}
        start = min(self.answers.values())
        for row in range(FIRST, self.table.last + 1):
            step = row - FIRST
            found[row, self.complete] = Cell(formula=self._completeness(row))
            for name in in_row(self.answers, step):
                found[row, self.column[name]] = Cell(formula=filled(self.patterns[name], row))
            for k, text in enumerate(self.helpers.values() if step >= start else (), 1):
                shown = f'=IFERROR({text},"")'
                found[row, self.complete + k] = Cell(formula=filled(shown, row))
        return found

    def missing(self, name: str, step: int) -> str:
        """Return, as a pattern, the condition that a calculated cell follows from empty ones.

        In the first iteration the cell above is a header, which is no 0.
        """
        before = f"{column_letters(self.complete)}{BEFORE}=0"
        needed = [n for n in self._upstream(name) if step >= self.answers[n]]
        if not needed:
            return f"={before}"
        counted, number = count([self._cell(n, 0) for n in needed])
        return f"=OR({before},{counted}<{number})"

    def _completeness(self, row: int) -> str:
        here = [filled(self._cell(name, 0), row) for name in in_row(self.answers, row - FIRST)]
        conditions = [f"{address(row - 1, self.complete)}=1"] if row > FIRST else []
        if here:
            counted, number = count(here)
            conditions.append(f"{counted}={number}")
        return f"=IF(AND({','.join(conditions) or 'TRUE'}),1,0)"

    def _relation(self, name: str, moves: Moves) -> Relation:
        network = self.table.network
        if network.quantities[name].kind in ("gradient", "hidden error"):
            return difference(network, name, moves)
        return relation(network, name, self._cell, fixed(RATE))

    def _judging(self, name: str, tie: Relation) -> str:
        """Return the pattern of a check.

        A text is wrong at once, an error unless one came before it, or numbers so large that what
        is made of them may be none. A number waits for the cells
        it comes from; what cannot be computed there, because it is too large, is not judged.
        """
        answer = self._cell(name, 0)
        counted, number = count(tie.needs)
        waits = f"{counted}<{number}"
        judged = f'IF({waits},"",IFERROR(IF({tie.condition},1,0),""))'
        needed = _ranges(list(dict.fromkeys(tie.needs)))
        spread = f"({joined('MAX', needed)})-({joined('MIN', needed)})"
        came_before = f"IFERROR({spread}>{TOO_LARGE},TRUE)"
        network = self.table.network
        if LOSSES[network.architecture.loss].outputs:  # its errors need a number
            came_before = f"OR({waits},{came_before})"
            if network.quantities[name].kind == "error":
                output = tie.needs[-1]  # the logarithm of 0 is none, however right the formula is
                came_before = f"IFERROR(OR({came_before},{output}*(1-{output})=0),TRUE)"
        wrong = f'IF(ISTEXT({answer}),IF({answer}="","",0),IF({came_before},"",0))'
        return f'=IF(ISBLANK({answer}),"",IF(ISNUMBER({answer}),{judged},{wrong}))'

    def _cell(self, name: str, shift: int) -> str:
        return column_letters(self.table.column[name]) + (BEFORE if shift else THIS)

    def _place_of_helper(self, name: str) -> str:
        column = self.complete + 1 + list(self.helpers).index(name)
        return column_letters(column) + THIS

    def _upstream(self, name: str) -> list[str]:
        """Return the answered quantities of the same iteration that a quantity comes from."""
        found: list[str] = []
        quantities = self.table.network.quantities
        waiting = [name]
        seen = {name}
        while waiting:
            tree = quantities[waiting.pop()].tree
            for leaf in names(tree) if tree is not None else ():
                if leaf.shift == 0 and leaf.name in quantities and leaf.name not in seen:
                    seen.add(leaf.name)
                    waiting.append(leaf.name)
        found += [other for other in quantities if other in seen and other != name]
        return [other for other in found if other in self.answers]


def refuse_large(checks: Checks, sheets: int) -> None:
    """Refuse checks that a spreadsheet cannot hold, or would be slow with.

    Raises:
        LayoutError: there are too many of them, or one is too long.

    """
    table = checks.table
    wanted = (checks.last - checks.first + 1) * table.iterations * sheets
    if wanted > MOST_CHECKS:
        problem = (
            f"{wanted} cells would be needed to check the answers, more than {MOST_CHECKS}; "
            "leave less to the student, or choose fewer iterations or learning rates"
        )
        raise LayoutError(problem, wanted=wanted, limit=MOST_CHECKS)
    patterns = (*checks.patterns.values(), *checks.helpers.values())
    longest = max(len(filled(pattern, table.last)) for pattern in patterns)
    if longest > LONGEST_FORMULA or checks.last + CHART_COLUMNS > MOST_COLUMNS:
        problem = "the checks of so large a network do not fit into a worksheet"
        raise LayoutError(
            f"{problem}; choose smaller layers", wanted=longest, limit=LONGEST_FORMULA
        )


def filled(pattern: str, row: int) -> str:
    """Return a pattern as the formula of a row."""
    return pattern.replace(THIS, str(row)).replace(BEFORE, str(row - 1))


def count(cells: Sequence[str]) -> tuple[str, int]:
    """Return a formula that counts the numbers in some cells, and how many these are.

    Cells side by side are written as a range.
    """
    distinct = list(dict.fromkeys(cells))
    return joined("COUNT", _ranges(distinct)), len(distinct)


def _ranges(cells: Sequence[str]) -> list[str]:
    """Return cells as ranges, row by row."""
    found = [cell for cell in cells if cell.startswith("$")]
    by_row: dict[str, list[int]] = {}
    for cell in cells:
        letters = cell.rstrip(f"0123456789{THIS}{BEFORE}")
        if cell not in found:
            by_row.setdefault(cell.removeprefix(letters), []).append(column_number(letters))
    for row, columns in by_row.items():
        for first, last in _runs(sorted(columns)):
            ends = dict.fromkeys(f"{column_letters(column)}{row}" for column in (first, last))
            found.append(":".join(ends))
    return found


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
