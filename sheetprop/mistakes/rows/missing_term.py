"""SP219: in a table of rows, a term of a sum is lost."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr, Name, Negative, Sum, total
from sheetprop.maths.trees.walk import replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Blanks, Case

LOST = Case(
    "a term",
    "has lost the term {term}",
    "{own} is {right}: without {term} it is another number in every row where that is not 0.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    if isinstance(subject.lesson, Network):
        return
    for path, node in walk(subject.tree):
        for index, term in enumerate(node.terms if isinstance(node, Sum) else ()):
            assert isinstance(node, Sum)
            rest = [*node.terms[:index], *node.terms[index + 1 :]]
            changed = replace_at(subject.tree, path, total(rest))
            yield Variant(changed, LOST, _blanks(subject, term), f"{len(path)}:{index}")


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    if isinstance(subject.lesson, Network):
        return
    lost = [term for _, node in walk(subject.tree) if isinstance(node, Sum) for term in node.terms]
    for path, node in walk(tree):
        for term in lost:
            changed = replace_at(tree, path, Sum((node, term)))
            yield Variant(changed, LOST, _blanks(subject, term), f"-{term}")


def _blanks(subject: Subject, term: Expr) -> Blanks:
    plain = term.operand if isinstance(term, Negative) else term
    return {"own": Name(subject.quantity.name), "right": subject.tree, "term": plain}


MISSING_TERM = Mistake(
    code="SP219",
    name="missing-term",
    summary="a term of a sum is lost",
    explanation=(
        "A sum without one of its terms is another number in every row where the term is not 0. "
        "Mostly it is a 1 that is forgotten: a kernel of k pixels takes k - 1 steps, and n steps "
        "have n + 1 ends."
    ),
    wrong="size = INT((size'+2*padding-dilation*(kernel-1)-1)/stride)",
    right="size = INT((size'+2*padding-dilation*(kernel-1)-1)/stride)+1",
    cases=(LOST,),
    rank=55,
    is_of_rows=True,
    variants=_variants,
    undone=_undone,
)
