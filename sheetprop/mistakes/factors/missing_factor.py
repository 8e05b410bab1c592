"""SP205: a factor of a product is lost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr, Name, Negative, Number, Product, product
from sheetprop.maths.trees.walk import Path, names, replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.factors.places import places_of_terms
from sheetprop.mistakes.roles import own_neuron, parameter_of, role_of
from sheetprop.mistakes.trees import node_at
from sheetprop.mistakes.words import Case, bracketed

MOST_LOST = 3
"""So many factors may be lost at once: an error and both factors of a slope."""

SAYS = "has lost the factor {factor}"
SLOPE = Case(
    "the slope",
    SAYS,
    "{weight} reaches the error through the activation of {neuron}, so its gradient has the slope "
    "of that activation as a factor, both parts of it: {factor} is missing here.",
)
ERROR = Case(
    "the error",
    SAYS,
    "A gradient begins with how far the output is from its target. Without {factor} {own} is the "
    "same whether the network is right or wrong.",
)
SOURCE = Case(
    "what the weight multiplies",
    SAYS,
    "A gradient ends with what its weight multiplies on the way forward: the larger {factor}, the "
    "more {weight} matters.",
)
WEIGHT = Case(
    "a weight on the path",
    SAYS,
    "The error comes back over the connections it went forward on, and {factor} is the weight of "
    "one of them: it tells how much of the error {neuron} has to answer for.",
)
PATH = Case(
    "a link of the path",
    SAYS,
    "The chain rule multiplies one factor for each link of the path from the error to {weight}. "
    "Without {factor} a link is missing.",
)
RATE = Case(
    "the learning rate",
    SAYS,
    "η tells how far each update goes. Without it {own} changes by another amount, whatever "
    "learning rate the worksheet states.",
)
IN_SUM = Case(
    "in a sum",
    SAYS,
    "Each term of {own} is a weight times what comes in on its connection; without {factor} only "
    "the other of the two is left.",
)
ELSEWHERE = Case("elsewhere", SAYS, "{own} is {right}: {factor} belongs to it.")
EVERY_PATH = Case(
    "in every path",
    "has lost the factor {factor} in every path",
    "The chain rule multiplies one factor for each link of a path, and {own} adds up several "
    "paths. Each of them lacks a link of the kind of {factor}.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    """Lose factors of one product, or the same in every path; one before several."""
    yield from sorted(_lost(subject), key=lambda variant: variant.cost)


def _lost(subject: Subject) -> Iterator[Variant]:
    tree = subject.tree
    products = [(path, node) for path, node in walk(tree) if isinstance(node, Product)]
    for path, node in products:
        for size in range(1, min(MOST_LOST, len(node.factors) - 1) + 1):
            for lost in combinations(range(len(node.factors)), size):
                if not any(isinstance(node.factors[index], Number) for index in lost):
                    changed = replace_at(tree, path, _without(node, lost))
                    factors = [node.factors[index] for index in lost]
                    yield _told(changed, factors, f"{len(path)}:{lost}", subject)
    yield from _in_every_path(subject, products)


def _without(node: Product, lost: tuple[int, ...]) -> Expr:
    kept = [factor for index, factor in enumerate(node.factors) if index not in lost]
    return product(kept) if kept else Number(1.0)


def _in_every_path(subject: Subject, products: list[tuple[Path, Product]]) -> Iterator[Variant]:
    """Lose the same factors in every path that meets at a hidden neuron."""
    parallel = [(path, node) for path, node in products if len(path) == 2]
    if len(parallel) < 2:
        return
    shortest = min(len(node.factors) for _, node in parallel)
    for size in (1, 2):
        for lost in combinations(range(shortest), size):
            changed = subject.tree
            for path, node in parallel:
                changed = replace_at(changed, path, _without(node, lost))
            factors = [parallel[0][1].factors[index] for index in lost]
            blanks = _blanks(factors, subject)
            yield Variant(changed, EVERY_PATH, blanks, f"all:{lost}", size)


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    missing = _missing(subject)
    for path in places_of_terms(tree):
        node = node_at(tree, path)
        if isinstance(_plain(node), Number):
            continue  # the 1 of 1 - a is no product
        for factor in missing:
            inner = (
                Negative(product([node.operand, factor]))
                if isinstance(node, Negative)
                else product([node, factor])
            )
            changed = replace_at(tree, path, inner)
            yield _told(changed, [factor], f"-{bracketed(factor)}", subject)


def _plain(node: Expr) -> Expr:
    return node.operand if isinstance(node, Negative) else node


def _missing(subject: Subject) -> list[Expr]:
    """Return the factors a formula can lack."""
    if not isinstance(subject.lesson, Network):
        return list(names(subject.tree))
    network = subject.network
    kinds = ("input", "weight", "activation")
    quantities = network.quantities.values()
    single: list[Expr] = [Name(q.name) for q in quantities if q.kind in kinds]
    activations = [Name(q.name) for q in quantities if q.kind == "activation"]
    one_minus: list[Expr] = [1 - a for a in activations]
    slopes: list[Expr] = [a * (1 - a) for a in activations]
    errors: list[Expr] = [
        Name(neuron.output) - Name(target)
        for one in network.passes
        for neuron, target in zip(one.layers[-1], one.targets, strict=True)
    ]
    return [*single, *one_minus, *slopes, *errors]


def _told(tree: Expr, factors: list[Expr], signature: str, subject: Subject) -> Variant:
    case = _case(factors, subject)
    return Variant(tree, case, _blanks(factors, subject), signature, len(factors))


def _blanks(factors: list[Expr], subject: Subject) -> dict[str, Expr | str]:
    return {
        "own": Name(subject.quantity.name),
        "right": subject.tree,
        "weight": Name(parameter_of(subject)),
        "neuron": own_neuron(subject),
        "factor": Product(tuple(factors)) if len(factors) > 1 else factors[0],
    }


def _case(factors: list[Expr], subject: Subject) -> Case:
    mentioned = {name.name for factor in factors for name in names(factor)}
    roles = {role_of(name, subject) for name in mentioned}
    if subject.quantity.is_given_first:
        return RATE if roles == {"rate"} else ELSEWHERE
    if subject.quantity.kind == "sum":
        return IN_SUM
    if subject.quantity.kind not in ("gradient", "hidden error"):
        return ELSEWHERE
    if "target" in roles:
        return ERROR
    single = {"slope": SLOPE, "source": SOURCE, "weight": WEIGHT}
    return single.get(roles.pop(), PATH) if len(roles) == 1 else PATH


MISSING_FACTOR = Mistake(
    code="SP205",
    name="missing-factor",
    summary="a factor is lost (σ′, the input, the error term)",
    explanation=(
        "The chain rule multiplies one factor for every link of the path: error · slope of the "
        "activation · what the weight is multiplied with. Leave one out and the rest is no "
        "derivative of E."
    ),
    wrong="dE/dw5 = (a_o1-t1)*a_h1",
    right="dE/dw5 = (a_o1-t1)*a_o1*(1-a_o1)*a_h1",
    cases=(SLOPE, ERROR, SOURCE, WEIGHT, PATH, RATE, IN_SUM, ELSEWHERE, EVERY_PATH),
    rank=50,
    variants=_variants,
    undone=_undone,
)
