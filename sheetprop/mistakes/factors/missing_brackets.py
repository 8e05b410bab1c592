"""SP202: without its brackets only the last term of a sum is multiplied."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sheetprop.maths.trees.expr import (
    Call,
    Expr,
    Name,
    Negative,
    Number,
    Product,
    Quotient,
    Sum,
    product,
    total,
)
from sheetprop.maths.trees.walk import nodes, replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.factors.brackets import pairs, read, shown, without, written
from sheetprop.mistakes.words import Case

MOST_PAIRS = 3
"""So many pairs may be lost at once; people forget one kind of bracket, not all."""

SAYS = "lacks brackets: it computes {computed}"
FRACTION = Case(
    "below a fraction line",
    SAYS,
    "On one line a / takes only what stands right behind it, so that 1/1+x is 1 + x. All that "
    "stands below the fraction line of {own} needs brackets around it.",
)
PATHS = Case(
    "around the paths",
    SAYS,
    "A spreadsheet multiplies before it adds, so that only the path next to the factors behind "
    "them is multiplied. The sum of all paths in {own} belongs in brackets.",
)
DIFFERENCE = Case(
    "around a difference",
    SAYS,
    "A spreadsheet multiplies, divides and squares before it subtracts, so that this is done to "
    "only one half of a difference. In {own} each difference belongs in brackets: {right}.",
)
SUM = Case(
    "around a sum",
    SAYS,
    "A spreadsheet multiplies, divides and squares before it adds, so that this is done to only "
    "one term of a sum. In {own} the sum belongs in brackets: {right}.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    """Take brackets out of the formula, and read what is left as a spreadsheet does."""
    line = written(subject.tree)
    found = list(pairs(line))
    inside = {pair.place: (read(pair.line), shown(pair.line)) for pair in found}
    for size in range(1, min(MOST_PAIRS, len(found)) + 1):
        for chosen in combinations(inside, size):
            tree = read(without(line, chosen))
            trees, texts = zip(*(inside[place] for place in chosen), strict=True)
            yield Variant(tree, _case(trees), _blanks(tree, subject), " ".join(texts), size)


def _case(trees: tuple[Expr, ...]) -> Case:
    """Return which brackets were lost, by what stood in them."""
    if any(isinstance(node, Call) and node.function == "EXP" for t in trees for node in nodes(t)):
        return FRACTION
    sums = [tree for tree in trees if isinstance(tree, Sum)]
    return _case_of(*sums)


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    """Put brackets around a sum and as much of the product next to it as may belong to it."""
    for path, node in walk(tree):
        if not isinstance(node, Sum):
            continue
        for right, case in _with_brackets(node):
            changed = replace_at(tree, path, right)
            yield Variant(changed, case, _blanks(tree, subject), case.name)


def _with_brackets(node: Sum) -> Iterator[tuple[Expr, Case]]:
    """Yield a sum with brackets around all its terms, or around some that follow one another."""
    terms = node.terms
    for first, end in combinations(range(len(terms) + 1), 2):
        if end - first > 1 and not (first and isinstance(terms[first], Negative)):
            for inner, case in _bracketed(Sum(terms[first:end])):
                yield total([*terms[:first], inner, *terms[end:]]), case


def _bracketed(node: Sum) -> Iterator[tuple[Expr, Case]]:
    """Yield c·(a + b)·d for c·a + b·d, and c/(a + b) for c/a + b."""
    first, *between, last = node.terms
    for outside, start in _cut_before(first):
        for end, behind in _cut_behind(last):
            if outside or behind:
                inner = Sum((start, *between, end))
                yield product([*outside, inner, *behind]), _case_of(inner)
    if isinstance(first, Quotient):
        yield Quotient(first.numerator, Sum((first.denominator, *node.terms[1:]))), FRACTION
    elif first == Number(1.0):  # 1/1 worked out
        yield Quotient(first, node), FRACTION


def _cut_before(term: Expr) -> Iterator[tuple[list[Expr], Expr]]:
    """Yield the factors of a term that may stand before brackets, and the rest of it."""
    factors = list(term.factors) if isinstance(term, Product) else [term]
    for count in range(len(factors)):
        yield factors[:count], product(factors[count:])


def _cut_behind(term: Expr) -> Iterator[tuple[Expr, list[Expr]]]:
    """Yield the beginning of a term with its sign, and its factors that may stand behind them."""
    plain = term.operand if isinstance(term, Negative) else term
    factors = list(plain.factors) if isinstance(plain, Product) else [plain]
    for count in range(1, len(factors) + 1):
        kept = product(factors[:count])
        yield Negative(kept) if isinstance(term, Negative) else kept, factors[count:]


def _case_of(*inside: Sum) -> Case:
    """Return which kind of sum lost its brackets; what is no sum is told as a difference."""
    terms = [term for one in inside for term in one.terms]
    if any(isinstance(term, Product) for term in terms):
        return PATHS
    has_difference = any(isinstance(term, Negative) for term in terms)
    return SUM if terms and not has_difference else DIFFERENCE


def _blanks(tree: Expr, subject: Subject) -> dict[str, Expr | str]:
    return {"own": Name(subject.quantity.name), "right": subject.tree, "computed": tree}


MISSING_BRACKETS = Mistake(
    code="SP202",
    name="missing-brackets",
    summary="only the last term of a sum is multiplied",
    explanation=(
        "A spreadsheet multiplies and divides before it adds. Both paths that meet at a hidden "
        "neuron must stand in brackets before the sum is multiplied by its slope and its input; "
        "likewise 1/(1+EXP(-h)) is not 1/1+EXP(-h)."
    ),
    wrong="a_h1 = 1/1+EXP(-h1)",
    right="a_h1 = 1/(1+EXP(-h1))",
    cases=(FRACTION, PATHS, DIFFERENCE, SUM),
    rank=20,
    variants=_variants,
    undone=_undone,
)
