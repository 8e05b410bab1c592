"""What a block makes of maps, told by its trees: convolution, pooling, products, single cells."""

from __future__ import annotations

from sheetprop.checking.arrays.fills import Block
from sheetprop.checking.arrays.products import products_of
from sheetprop.checking.arrays.readings import (
    POOLING,
    SCALED,
    SINGLE,
    Reading,
    keeps_place,
    slides,
)
from sheetprop.checking.arrays.terms import Terms, terms_of, tree_of, without_activation
from sheetprop.maths.trees.expr import (
    Call,
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)
from sheetprop.notation.excel_parse import CellReference


def reading_of(block: Block) -> Reading | None:
    """Return what a block makes of the cells that it takes; None where that is not known."""
    tree = tree_of(block.formula(block.first))
    if tree is None:
        return None
    return (
        _pooling(block, tree)
        or _single(block, tree)
        or products_of(block, without_activation(tree))
    )


def _pooling(block: Block, tree: Expr) -> Reading | None:
    """Return the reading of windows of which the largest number, or the mean, is taken."""
    if len(block.slots) != 1 or block.slots[0].size == 1:
        return None
    (slot,) = block.slots
    is_mean = _is_mean(terms_of(tree, block.sheet), slot.size)
    is_largest = isinstance(tree, Call) and tree.function in ("MAX", "MIN")
    is_window = min(len(slot.start.rows), len(slot.start.columns)) > 1
    if not is_window or not (is_mean or is_largest):
        return None
    is_alone = block.rows * block.columns == 1  # a mean or a largest number as any other
    return None if is_alone or not slides(block, slot) else Reading(POOLING, is_evident=True)


def _is_mean(terms: Terms | None, count: int) -> bool:
    if terms is None or len(terms) != count:
        return False
    return all(len(k) == 1 and abs(v * count - 1) < 1e-9 for k, v in terms.items())


def _single(block: Block, tree: Expr) -> Reading | None:
    """Return the reading of what is made of the cell in the same place, one by one."""
    moving = [slot for slot in block.slots if block.moves(slot)]
    if not moving or any(slot.size > 1 or not keeps_place(block, slot) for slot in moving):
        return None
    inner = without_activation(tree)
    if isinstance(inner, CellReference):
        return Reading(SINGLE)
    if _is_masked(block, inner):
        return Reading(SCALED if isinstance(inner, Quotient) else SINGLE)
    return Reading(SINGLE) if _is_joined(block, inner) else None


def _is_joined(block: Block, tree: Expr) -> bool:
    """Whether the numbers of several maps are added, or are the legs of what is as long."""
    if isinstance(tree, Call) and tree.function == "SQRT" and len(block.slots) == 2:
        (inner,) = tree.arguments
        terms = terms_of(_with_squares(inner), block.sheet)
        return terms is not None and len(terms) == 2 and all(a == b for a, b in terms)
    terms = terms_of(tree, block.sheet)
    is_sum = terms is not None and all(len(k) == 1 and v == 1 for k, v in terms.items())
    return is_sum and len([slot for slot in block.slots if block.moves(slot)]) > 1


def _with_squares(tree: Expr) -> Expr:
    """Return a sum with its squares as products."""
    terms = tree.terms if isinstance(tree, Sum) else (tree,)
    squares = (
        Product((t.base, t.base)) if isinstance(t, Power) and t.exponent == Number(2.0) else t
        for t in terms
    )
    return Sum(tuple(squares))


def _is_masked(block: Block, tree: Expr) -> bool:
    """Whether a number is multiplied by another, and both are perhaps divided by what is kept."""
    if isinstance(tree, Quotient):
        match tree.denominator:
            case Sum((Number(1.0), Negative(CellReference() | Number()))) | Number():
                return _is_masked(block, tree.numerator)
        return False
    terms = terms_of(tree, block.sheet)
    return terms is not None and len(terms) == 1 and len(next(iter(terms))) == 2
