"""What is said of a quantity of another neuron, for each place in each kind of formula."""

from __future__ import annotations

from sheetprop.mistakes.words import Case

TAKES = "takes {taken} where {belongs} belongs"

CASES = {
    ("sum", "weight"): Case(
        "a weight in a sum",
        TAKES,
        "{own} adds up what reaches this neuron, each part times the weight of its own "
        "connection: {belongs} {belongs_is}, {taken} {taken_is}.",
    ),
    ("sum", "input"): Case(
        "an input in a sum",
        TAKES,
        "In {own} each weight multiplies what comes in on its own connection; that is {belongs} "
        "here, not {taken}.",
    ),
    ("sum", "activation"): Case(
        "an activation in a sum",
        TAKES,
        "In {own} each weight multiplies what comes in on its own connection; that is {belongs} "
        "here, and {taken} {taken_is}.",
    ),
    ("sum", "bias"): Case("a bias in a sum", TAKES, "{belongs} {belongs_is}; {taken} {taken_is}."),
    ("activation", "sum"): Case(
        "an activation's sum",
        TAKES,
        "{own} is the activation of its own sum, {belongs}; {taken} {taken_is}.",
    ),
    ("error", "target"): Case(
        "an error's target",
        TAKES,
        "{own} compares an output with its own target, {belongs}; {taken} {taken_is}.",
    ),
    ("error", "activation"): Case(
        "an error's output",
        TAKES,
        "{own} compares its own output with what that should be; this is {belongs}, and {taken} "
        "{taken_is}.",
    ),
    ("total error", "error"): Case(
        "the total",
        TAKES,
        "E_total adds the error of each output once; {belongs} {belongs_is}, which is left out "
        "while {taken} counts twice.",
    ),
    ("weight", "weight"): Case(
        "an update's weight",
        TAKES,
        "An update goes on from the weight's own last value, {belongs}. Going on from {taken} it "
        "follows another weight, and what {own} has learned is lost in every iteration.",
    ),
    ("bias", "bias"): Case(
        "an update's bias",
        TAKES,
        "An update goes on from the bias's own last value, {belongs}; from {taken} it follows "
        "another bias.",
    ),
    ("gradient", "target"): Case(
        "a target in a gradient",
        TAKES,
        "The error on the path to {weight} is that of an output against its own target, {belongs}; "
        "{taken} {taken_is}.",
    ),
    ("gradient", "weight"): Case(
        "a weight on the path",
        TAKES,
        "The error comes back over the connection it went forward on: {belongs} {belongs_is}, "
        "{taken} {taken_is}.",
    ),
    ("gradient", "slope"): Case(
        "the slope of the weight's neuron",
        TAKES,
        "{weight} leads into {neuron}, so its gradient has the slope of {belongs}; {taken} "
        "{taken_is}, another neuron. The loss may still fall and hardly differ, but this is not "
        "the slope of E.",
    ),
    ("gradient", "source"): Case(
        "what the weight multiplies",
        TAKES,
        "A gradient ends with what its weight multiplies on the way forward: for {weight} that is "
        "{belongs}, not {taken}.",
    ),
    ("gradient", "path"): Case(
        "a neuron on the path",
        TAKES,
        "The path from the error to {weight} passes through {belongs} here; {taken} {taken_is}, "
        "where it does not pass.",
    ),
}
OTHER = Case(
    "elsewhere",
    TAKES,
    "{own} is made of what belongs to its own neuron: {belongs} {belongs_is}, {taken} {taken_is}.",
)
SEVERAL = Case(
    "several at once",
    "takes {pairs}",
    "The formula reads like one copied from the column of another neuron: what belongs to {other} "
    "does not belong into {own}, and has to be replaced throughout.",
)
COMPUTES = Case(
    "another's formula",
    "computes {other} instead",
    "{own} and {other} belong to different neurons or connections, so their formulas differ; this "
    "is the one of {other}.",
)
COPIED = Case(
    "copied",
    "has the formula of {other}",
    "{own} and {other} belong to different neurons or connections, so their formulas differ; this "
    "one was filled or copied from the column of {other}.",
)

ALL_CASES = (*CASES.values(), OTHER, SEVERAL, COMPUTES, COPIED)
