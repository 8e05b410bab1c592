"""SP225: the biases of a layer are counted wrong, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Expr, Name, Number, Sum, total
from sheetprop.maths.trees.walk import names, replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case

BIAS, CHANNELS = Name("bias"), Name("channels")
WHY = "A layer has one bias for each of its output channels, whatever comes in: {terms}."
NONE = Case("none", "leaves out the biases", WHY)
ONE = Case("one", "counts one bias for the whole layer", WHY)
INCOMING = Case("for what comes in", "counts a bias for each channel that comes in", WHY)
EVERY = Case("for every weight", "counts a bias for each kernel", WHY)
RIGHT_NOW = Case(
    "not yet seen",
    "leaves out the biases",
    "This layer has none, so {own} is right as long as that stays: otherwise it needs {terms}.",
    severity="warning",
)
ALWAYS = Case(
    "always",
    "counts biases whether the layer has them or not",
    "A layer has biases where its column says so; before a batch normalisation they are mostly "
    "left out, since it would take them away again.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    for path, node in walk(subject.tree):
        if not isinstance(node, Sum) or not any(BIAS in names(term) for term in node.terms):
            continue
        rest = [term for term in node.terms if BIAS not in names(term)]
        (biases,) = (term for term in node.terms if BIAS in names(term))
        for case, instead in _instead():
            terms = [*rest, *([instead] if instead is not None else [])]
            changed = replace_at(subject.tree, path, total(terms))
            blanks = {"terms": biases, "own": Name(subject.quantity.name)}
            yield Variant(changed, case, blanks, case.name)


def _instead() -> Iterator[tuple[Case, Expr | None]]:
    before = (Name("channels", -1), Name("channels_in"))
    yield NONE, None
    yield ONE, BIAS
    yield ONE, Number(1.0)
    yield ALWAYS, CHANNELS
    yield from ((INCOMING, BIAS * one) for one in before)
    yield from ((EVERY, BIAS * one * CHANNELS) for one in before)


MISCOUNTED_BIAS = Mistake(
    code="SP225",
    name="miscounted-bias",
    summary="the biases of a layer counted wrong, or not at all",
    explanation=(
        "A layer has one bias for each of its output channels: kernel² · channels in · channels "
        "out weights, and channels out biases."
    ),
    wrong="parameters = kernel^2*channels'/groups*channels+bias*channels'",
    right="parameters = kernel^2*channels'/groups*channels+bias*channels",
    cases=(NONE, ONE, INCOMING, EVERY, ALWAYS, RIGHT_NOW),
    rank=43,
    is_of_rows=True,
    variants=_variants,
)
