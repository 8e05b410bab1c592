"""Why no worksheet was found in a workbook: what there is, where, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sheetprop.checking.cells.kinds import is_judged
from sheetprop.checking.finding.split_headers import named_cells
from sheetprop.checking.finding.turned import turned_over
from sheetprop.lazily.patterns import pattern
from sheetprop.maths.names import kind
from sheetprop.notation.address import address, column_letters
from sheetprop.workbooks.exercise_names import LESSON_NAME, kind_in
from sheetprop.workbooks.sheet import Sheet, Workbook
from sheetprop.workbooks.sweeps import has_number

FEW = 4
"""So many different quantities side by side are meant as headers."""

FEWEST_LINES, LONGEST_LINE = 2, 160
_SHAPE, _GAP = pattern(r"\d\s?[x×X,]\s?\d"), pattern(r"\||\s\s")

BELOW = 4
"""So many lines below a header are looked at for numbers."""

MOST_TOLD, MOST_NAMES = 3, 6

NEEDED = {
    "input": "inputs (i1, i2)",
    "target": "targets (t1, t2)",
    "weight": "weights (w1 …)",
    "sum": "sums (h1, o1 …)",
    "activation": "activations (a_h1, a_o1 …)",
    "error": "errors (E1, E_total)",
    "gradient": "gradients (∂E/∂w1 …)",
}
"""What a worksheet has side by side, by the kind of quantity."""

NOTHING = (
    "no row of headers names the quantities of backpropagation "
    "(t1, i1, w1, h1, a_h1, …, E_total, ∂E/∂w1); check that each column has its name above it"
)
NO_NETWORK = (
    "the columns found do not form a network: inputs i, weights w, sums h and o, "
    "activations a_h and a_o and targets t must fit together"
)


UNNAMED = (
    "and no text names a single quantity (w1, h1, a_h1, ∂E/∂w1 …); "
    "what is judged stands in a cell of its own, with its name beside or above it"
)


class HeaderLine(NamedTuple):
    """Names of quantities in one row, or in one column where iterations would go `across`."""

    sheet: str
    line: int
    across: bool
    names: tuple[str, ...]
    is_filled: bool

    @property
    def where(self) -> str:
        """Where it stands."""
        line = f"column {column_letters(self.line)}" if self.across else f"row {self.line}"
        return f"{line} of {self.sheet}"

    @property
    def what(self) -> str:
        """Which names it has, a few of many."""
        shown = ", ".join(self.names[:MOST_NAMES])
        more = len(self.names) - MOST_NAMES
        return f"{shown} and {more} more" if more > 0 else shown


def why_another_lesson(workbook: Workbook) -> str | None:
    """Return why a workbook is not judged that says it is a lesson of another kind, or None."""
    kind = kind_in(workbook.names)
    if kind is None:
        return None
    missing = "but its table is not there any more" if is_judged(kind) else "which is not judged"
    return (
        f'this is a workbook of the lesson "{kind}" (it has the name {LESSON_NAME}{kind}), '
        f"{missing}"
    )


def why_not_recognised(workbook: Workbook, has_tables: bool) -> str:
    """Return what was found instead of a worksheet, and what is missing."""
    if has_tables:
        return NO_NETWORK
    if not any(sheet.cells for sheet in workbook.sheets):
        return "the workbook has no cells"
    found = sorted(_header_lines(workbook), key=lambda line: -len(line.names))
    if not found:
        return _matrices(workbook) or _whole_lines(workbook) or NOTHING
    best = found[0]
    if not best.is_filled:
        side = "right of" if best.across else "below"
        return f"there are headers in {best.where} ({best.what}), but no numbers {side} them"
    return _what_lacks(found)


def _matrices(workbook: Workbook) -> str | None:
    """Return where whole matrices are multiplied, None where that is done nowhere."""
    places = [
        f"{cell.array or address(*at)} of {sheet.name}"
        for sheet in workbook.sheets
        for at, cell in sorted(sheet.cells.items())
        if cell.formula is not None and "MMULT(" in cell.formula.upper()
    ]
    if not places:
        return None
    more = f" and {len(places) - MOST_TOLD} more places" if len(places) > MOST_TOLD else ""
    return f"whole matrices are multiplied in {', '.join(places[:MOST_TOLD])}{more}, {UNNAMED}"


def _whole_lines(workbook: Workbook) -> str | None:
    """Return where lines of a table of layers stand in one cell each, None where there are none."""
    for sheet in workbook.sheets:
        by_column: dict[int, list[int]] = {}
        for (row, column), cell in sheet.cells.items():
            text = cell.value if cell.formula is None else None
            if isinstance(text, str) and len(text) < LONGEST_LINE and _is_line(text):
                by_column.setdefault(column, []).append(row)
        for column, rows in by_column.items():
            if len(rows) >= FEWEST_LINES:
                first, last = (address(row, column) for row in (min(rows), max(rows)))
                return (
                    f"whole lines of a table of layers stand in {first}:{last} of {sheet.name}: "
                    "split them, so that each shape and each number has a cell of its own"
                )
    return None


def _is_line(text: str) -> bool:
    """Whether a text has a shape, and behind it another or a number."""
    shape = _SHAPE.search(text)
    gap = _GAP.search(text, shape.end()) if shape and "|" not in text[: shape.start()] else None
    behind = text[gap.end() :] if gap else ""
    return "=" not in behind and any(sign.isdigit() for sign in behind)


def _what_lacks(found: Sequence[HeaderLine]) -> str:
    best = found[0]
    kinds = {kind(name) for name in best.names}
    lacking = [text for own, text in NEEDED.items() if own not in kinds]
    others = [line for line in found[1:] if line.sheet != best.sheet or line.line != best.line]
    told = f"the headers in {best.where} ({best.what})"
    told += f" lack {_listed(lacking)}" if lacking else " name too few quantities"
    if others:
        where = _listed([f"{one.where} ({one.what})" for one in others[: MOST_TOLD - 1]])
        told += f"; there are others in {where}"
    return f"{told}: one iteration of the network belongs side by side in one row"


def _listed(texts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))


def _header_lines(workbook: Workbook) -> Iterator[HeaderLine]:
    for sheet in workbook.sheets:
        yield from _lines_of(sheet, across=False)
        yield from _lines_of(turned_over(sheet), across=True)


def _lines_of(sheet: Sheet, *, across: bool) -> Iterator[HeaderLine]:
    by_line: dict[int, dict[str, int]] = {}
    for (line, place), name, _ in named_cells(sheet):
        by_line.setdefault(line, {}).setdefault(name, place)
    for line, names in by_line.items():
        known = [name for name in names if kind(name) in NEEDED]
        if len(known) >= FEW and len(set(map(kind, known))) > 1:
            cells = [(line + k, place) for place in names.values() for k in range(1, BELOW + 1)]
            is_filled = any(has_number(sheet.cells, cell) for cell in cells)
            yield HeaderLine(sheet.name, line, across, tuple(known), is_filled)
