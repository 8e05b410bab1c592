"""SP261: each number of a window meets the wrong number of the kernel."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Expr, Product, total
from sheetprop.maths.trees.walk import flatten
from sheetprop.mistakes.array_formula import NO_BLANKS, ArrayFormula, Made, without_relu
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case
from sheetprop.notation.excel_parse import CellReference

FLIPPED = Case(
    "flipped",
    "multiplies the window by the kernel turned by 180°: the kernel is flipped",
    "A layer lays the kernel over the window as it is: the first number meets the first, the last "
    "the last. Turned by 180° it is what mathematics calls a convolution, and what goes backwards "
    "to the image; the other cells do not turn it.",
)
TRANSPOSED = Case(
    "transposed",
    "multiplies the window by the kernel with rows and columns exchanged",
    "A layer lays the kernel over the window as it is: its first row meets the first row of the "
    "window. Here its first column does.",
)
EVERYWHERE = Case(
    "everywhere",
    "the kernel is turned by 180° in every cell",
    "That is what mathematics calls a convolution. The layers of networks lay the kernel over the "
    "image as it is; with learned kernels both come to the same.",
    "note",
)

Cells = list[CellReference]


def _made(formula: ArrayFormula) -> Made:
    if formula.tree is None:
        return
    inner, around = without_relu(flatten(formula.tree))
    terms = getattr(inner, "terms", (inner,))
    pairs = [_pair(one, formula) for one in terms]
    kernel = [pair[1] for pair in pairs if pair]
    if len(kernel) < 2:
        return
    for case, turned in ((FLIPPED, _flipped(kernel)), (TRANSPOSED, _transposed(kernel))):
        if turned is not None:
            others = iter(turned)
            changed = [
                Product((pair[0], next(others))) if pair else one
                for pair, one in zip(pairs, terms, strict=True)
            ]
            yield formula.written(around(total(changed))), case, NO_BLANKS


def _pair(term: Expr, formula: ArrayFormula) -> tuple[CellReference, CellReference] | None:
    """Return what moves and what stays of a product of two cells."""
    match term:
        case Product((CellReference() as one, CellReference() as other)):
            return (other, one) if _stays(one, formula) else (one, other)
    return None


def _stays(cell: CellReference, formula: ArrayFormula) -> bool:
    sheet = (cell.sheet or formula.sheet).casefold()
    return any(
        not formula.moves(k)
        and area.sheet.casefold() == sheet
        and cell.row in area.rows
        and cell.column in area.columns
        for k, area in enumerate(formula.areas)
    )


def _kernels(cells: Cells) -> Iterator[Cells]:
    """Yield the cells of each kernel: those of other channels stand apart, or follow in order."""
    own: Cells = []
    for cell in cells:
        if own and not _follows(own, cell):
            yield own
            own = []
        own.append(cell)
    yield own


def _follows(own: Cells, cell: CellReference) -> bool:
    last, first = own[-1], own[0]
    beside = (cell.row, cell.column) == (last.row, last.column + 1)
    below = (cell.row, cell.column) == (last.row + 1, first.column)
    return cell.sheet == last.sheet and (beside or below)


def _flipped(cells: Cells) -> Cells:
    return [cell for own in _kernels(cells) for cell in reversed(own)]


def _transposed(cells: Cells) -> Cells | None:
    found: Cells = []
    for own in _kernels(cells):
        side = round(len(own) ** 0.5)
        if side < 2 or side * side != len(own):
            return None
        found += [own[side * c + r] for r in range(side) for c in range(side)]
    return found


FLIPPED_KERNEL = Mistake(
    code="SP261",
    name="flipped-kernel",
    summary="the window meets the kernel turned by 180°, or with rows and columns exchanged",
    explanation=(
        "Each number of the window is multiplied by the number of the kernel in the same place. "
        "Turned or exchanged, the kernel looks for another pattern; with one that is alike from "
        "all sides nothing shows it."
    ),
    wrong="=B2*$H$4+C2*$G$4+B3*$H$3+C3*$G$3, with the kernel in G3:H4",
    right="=SUMPRODUCT(B2:C3,$G$3:$H$4)",
    cases=(FLIPPED, TRANSPOSED, EVERYWHERE),
    rank=230,
    in_arrays=_made,
)
