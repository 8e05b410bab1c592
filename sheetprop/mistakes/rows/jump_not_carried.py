"""SP221: the jump of earlier strides is not carried on through the layers."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import names, put
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case
from sheetprop.rows.architecture import FIELD, JUMP, JUMP_IN

LOST = Case(
    "as if it were 1",
    "takes every layer as if its steps were single pixels",
    "After a stride two values that are neighbours lie several pixels apart in the image. Each "
    "step of the kernel goes that far: {own} needs {before}, the jump that has come together so "
    "far.",
)
STRIDE = Case(
    "the layer's own stride",
    "takes the layer's own stride where {before} belongs",
    "The strides of all layers before multiply: after two layers of stride 2 neighbours lie 4 "
    "pixels apart. The stride of this one layer alone says only what it adds to that.",
)
OWN = Case(
    "its own jump",
    "takes the jump behind the layer where {before} belongs",
    "The kernel moves over what comes in, so its steps are as wide as the jump before the layer. "
    "What the layer's own stride adds is seen only by the layers behind it.",
)

RIGHT_NOW = Case(
    "not yet seen",
    "takes every layer as if its steps were single pixels",
    "No layer before has a stride here, so {own} is right as long as none gets one: then each step "
    "of the kernel goes as far as {before}, the jump that has come together so far.",
    severity="warning",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    for before in (Name(JUMP, -1), Name(JUMP_IN), Name(JUMP_IN, -1)):
        if before in names(subject.tree) and subject.quantity.name in (JUMP, JUMP_IN, FIELD):
            for case, instead in _instead(subject):
                tree = put(subject.tree, before, instead)
                if Name(subject.quantity.name) not in names(tree):
                    blanks = {"own": Name(subject.quantity.name), "before": before}
                    yield Variant(tree, case, blanks, case.name)


def _instead(subject: Subject) -> Iterator[tuple[Case, Expr]]:
    yield LOST, Number(1.0)
    if subject.quantity.name == FIELD:
        yield STRIDE, Name("stride")
        yield OWN, Name(JUMP)
        yield OWN, Name(JUMP_IN) * Name("stride")


JUMP_NOT_CARRIED = Mistake(
    code="SP221",
    name="jump-not-carried",
    summary="the strides of earlier layers are left out of jump or receptive field",
    explanation=(
        "Each stride makes the steps of all later layers longer, so jumps multiply from layer to "
        "layer: j = j′·s. The receptive field grows by (k - 1) steps of the jump before the layer, "
        "not by (k - 1) pixels."
    ),
    wrong="field = field'+(kernel-1)*dilation",
    right="field = field'+(kernel-1)*dilation*jump'",
    cases=(LOST, STRIDE, OWN, RIGHT_NOW),
    rank=44,
    is_of_rows=True,
    variants=_variants,
)
