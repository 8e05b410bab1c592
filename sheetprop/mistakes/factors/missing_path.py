"""SP207: a term of a sum is lost: one output's contribution, one input's."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.expr import Number, Sum, replace_at, total, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.notation.text import to_text


def _variants(subject: Subject) -> Iterator[Variant]:
    for path, node in walk(subject.tree):
        if not isinstance(node, Sum) or any(isinstance(term, Number) for term in node.terms):
            continue
        for index, term in enumerate(node.terms):
            kept = [other for k, other in enumerate(node.terms) if k != index]
            changed = replace_at(subject.tree, path, total(kept))
            yield Variant(changed, f"has lost the term {to_text(term)}", f"term {index}")


MISSING_PATH = Mistake(
    code="SP207",
    name="missing-path",
    summary="only one output's contribution is summed",
    explanation=(
        "A hidden neuron reaches E through every output. ∂E/∂a_h1 is the sum over all these "
        "paths; with one of them alone it is the derivative of that output's error only."
    ),
    wrong="dE/dw1 = (a_o1-t1)*a_o1*(1-a_o1)*w5*a_h1*(1-a_h1)*i1",
    right="dE/dw1 = ((a_o1-t1)*a_o1*(1-a_o1)*w5+(a_o2-t2)*a_o2*(1-a_o2)*w7)*a_h1*(1-a_h1)*i1",
    variants=_variants,
)
