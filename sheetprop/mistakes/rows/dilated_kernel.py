"""SP222: the width of a dilated kernel as k + (d - 1)*2, which is right for k = 3 alone."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Expr, Name, Number, Product, product
from sheetprop.maths.trees.walk import replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case

KERNEL, DILATION = Name("kernel"), Name("dilation")
FOR_THREE = Case(
    "for three",
    "takes a dilated kernel as k + (d - 1)·2 pixels wide",
    "Dilation puts d - 1 pixels into each of the k - 1 gaps of the kernel, which makes it "
    "(k - 1)·d + 1 wide. With 2 gaps that is k + (d - 1)·2, so this formula is right for k = 3, "
    "and for no other kernel.",
)
RIGHT_NOW = Case(
    "for three, and it is three",
    "takes a dilated kernel as k + (d - 1)·2 pixels wide",
    "Dilation puts d - 1 pixels into each of the k - 1 gaps of the kernel, which makes it "
    "(k - 1)·d + 1 wide. {own} is right here, with 2 gaps or no dilation, and wrong as soon as "
    "another kernel is dilated.",
    severity="warning",
)
PLAIN = Case(
    "as if it were none",
    "leaves out the dilation",
    "Dilation puts d - 1 pixels into each of the k - 1 gaps of the kernel, which makes it "
    "(k - 1)·d + 1 wide; {own} needs {right}.",
)
TIMES = Case(
    "times the kernel",
    "takes a dilated kernel as k·d pixels wide",
    "A kernel of k pixels has k - 1 gaps, and d - 1 pixels go into each: it is (k - 1)·d + 1 wide, "
    "d - 1 less than k·d.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    reach = KERNEL - 1
    for path, node in walk(subject.tree):
        if isinstance(node, Product) and DILATION in node.factors and reach in node.factors:
            rest = [factor for factor in node.factors if factor not in (DILATION, reach)]
            for case, wide in _widths():
                changed = replace_at(subject.tree, path, product([wide, *rest]))
                blanks = {"own": Name(subject.quantity.name), "right": subject.tree}
                yield Variant(changed, case, blanks, case.name)
        gaps = DILATION - 1
        if isinstance(node, Product) and gaps in node.factors and reach in node.factors:
            two = [Number(2.0) if factor == reach else factor for factor in node.factors]
            blanks = {"own": Name(subject.quantity.name), "right": subject.tree}
            changed = replace_at(subject.tree, path, product(two))
            yield Variant(changed, FOR_THREE, blanks, FOR_THREE.name)


def _widths() -> Iterator[tuple[Case, Expr]]:
    """Yield what is taken for the steps of a dilated kernel, (k - 1)·d."""
    yield FOR_THREE, KERNEL + (DILATION - 1) * Number(2.0) - 1
    yield PLAIN, KERNEL - 1
    yield TIMES, KERNEL * DILATION - 1


DILATED_KERNEL = Mistake(
    code="SP222",
    name="dilated-kernel",
    summary="a dilated kernel as k + (d - 1)·2 or k·d wide",
    explanation=(
        "A kernel of k pixels with dilation d is (k - 1)·d + 1 pixels wide. k + (d - 1)·2 is the "
        "same for k = 3 alone."
    ),
    wrong="field = field'+(kernel+(dilation-1)*2-1)*jump'",
    right="field = field'+(kernel-1)*dilation*jump'",
    cases=(FOR_THREE, RIGHT_NOW, PLAIN, TIMES),
    rank=41,
    is_of_rows=True,
    variants=_variants,
)
