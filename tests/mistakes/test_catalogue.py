"""The catalogue of mistakes: names and codes as promised, and examples that are what they say."""

from __future__ import annotations

import re

import pytest

from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.mistakes import BY_NAME, MISTAKES
from sheetprop.mistakes.base import Mistake, Subject
from sheetprop.mistakes.of_networks import OF_NETWORKS
from sheetprop.mistakes.of_rows import ONLY_OF_ROWS
from sheetprop.notation.excel_parse import CellReference, parse
from sheetprop.spec import Architecture
from sheetprop.tables.points import Points

NETWORK = Network(Architecture())
POINTS = Points(NETWORK)
PROMISED = {
    "SP101": "missing-quantity",
    "SP201": "wrong-sign",
    "SP202": "missing-brackets",
    "SP203": "wrong-neuron",
    "SP204": "wrong-kind",
    "SP205": "missing-factor",
    "SP206": "extra-factor",
    "SP207": "missing-path",
    "SP208": "factor-of-two",
    "SP209": "sigmoid-sign",
    "SP210": "wrong-gradient",
    "SP211": "updated-weight",
    "SP212": "wrong-iteration",
    "SP213": "sliding-rate",
    "SP214": "updated-activation",
    "SP215": "wrong-slope",
    "SP216": "missing-update",
    "SP299": "unexplained",
    "SP301": "typed-number",
    "SP302": "typed-constant",
    "SP303": "broken-pattern",
    "SP304": "stale-value",
    "SP305": "error-value",
}
REWRITES = [mistake for mistake in MISTAKES if mistake.is_rewrite]


def test_names_and_codes_are_those_promised() -> None:
    """Every promised mistake has its code and name; both are there once and in order of code."""
    codes = [mistake.code for mistake in MISTAKES]

    assert {m.code: m.name for m in MISTAKES if m.code in PROMISED} == PROMISED
    assert len(set(codes)) == len(codes) == len(BY_NAME)
    assert codes == sorted(codes)


def test_each_mistake_is_in_the_list_of_its_kind() -> None:
    """What a network is checked for has all that its formulas may be wrong by, and no other."""
    assert [m.name for m in OF_NETWORKS if m.is_of_rows or m.is_of_arrays] == []
    assert [m.name for m in ONLY_OF_ROWS if m.is_rewrite and not m.is_of_rows] == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.name)
def test_every_entry_is_complete(mistake: Mistake) -> None:
    """Each mistake has a clause, an explanation in sentences, and two different examples."""
    assert re.fullmatch(r"SP\d{3}", mistake.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+|rounded|unexplained", mistake.name)
    assert mistake.summary
    assert not mistake.summary.endswith(".")
    assert mistake.explanation.endswith(".")
    assert mistake.wrong
    assert mistake.wrong != mistake.right


def tree_of(example: str) -> tuple[str, Expr] | None:
    """Return the quantity and the tree of an example that is a formula in quantity names.

    ``'`` marks the iteration before and ``[+1]`` the next one.
    """
    found = re.fullmatch(r"(dE/dw\d|a_[ho]\d|[hoEw]\d|E_total) = ([^…#,]+)", example)
    if found is None or " in " in example:
        return None
    leaves: list[Name] = []

    def cell(name: re.Match[str]) -> str:
        shift = -1 if name[2] == "'" else int((name[2] or "[0]")[1:-1])
        leaves.append(Name(name[1], shift))
        return f"ZZ{len(leaves)}"

    pattern = r"(dE/dw\d|a_[ho]\d|[tihowE]\d|E_total|eta)('|\[[+-]\d\])?"
    tree = parse("=" + re.sub(pattern, cell, found[2]))

    def name_of(leaf: Expr) -> Expr | None:
        return leaves[leaf.row - 1] if isinstance(leaf, CellReference) else None

    return found[1], substitute(tree, name_of)


EXAMPLES = {m.name: (tree_of(m.wrong), tree_of(m.right)) for m in MISTAKES}


@pytest.mark.parametrize("name", [n for n, (_, right) in EXAMPLES.items() if right])
def test_right_example_is_right(name: str) -> None:
    """The right example of a mistake computes its quantity."""
    example = EXAMPLES[name][1]
    assert example
    quantity, tree = example
    right = NETWORK.quantities[quantity].tree
    assert right

    assert POINTS.same(tree, right)


@pytest.mark.parametrize("name", [n for n, (wrong, _) in EXAMPLES.items() if wrong])
def test_wrong_example_is_that_mistake(name: str) -> None:
    """The wrong example does not compute its quantity, and is one that the mistake makes."""
    example = EXAMPLES[name][0]
    assert example
    quantity, tree = example
    right = NETWORK.quantities[quantity].tree
    assert right

    assert not POINTS.same(tree, right)
    if BY_NAME[name].is_rewrite:
        subject = Subject(NETWORK.quantities[quantity], NETWORK)
        assert any(POINTS.same(tree, v.tree) for v in BY_NAME[name].variants(subject))


def test_most_examples_are_formulas() -> None:
    """Nearly all mistakes of formulas show their examples as formulas, which these tests hold."""
    held = [n for n, (wrong, right) in EXAMPLES.items() if wrong and right]

    assert len(held) >= 12, held


def test_rewrites_have_ranks_of_their_own() -> None:
    """Which mistake comes first is stated, not left to the order of a list."""
    ranks = [mistake.rank for mistake in REWRITES]

    assert len(set(ranks)) == len(ranks)


@pytest.mark.parametrize(
    "mistake", [m for m in REWRITES if not m.is_of_rows], ids=lambda mistake: mistake.name
)
def test_a_mistake_of_trees_makes_wrong_trees(mistake: Mistake) -> None:
    """Each mistake that is a rewrite makes at least one wrong tree of some quantity."""
    for quantity in NETWORK.quantities.values():
        if quantity.tree is not None:
            for variant in mistake.variants(Subject(quantity, NETWORK)):
                if not POINTS.same(variant.tree, quantity.tree):
                    return
    pytest.fail(f"{mistake.name} makes nothing wrong")


@pytest.mark.parametrize("name", ["a_o1", "dE/dw3", "w1"])
def test_one_change_comes_before_several(name: str) -> None:
    """What is made by several changes can be left alone where one explains a formula."""
    subject = Subject(NETWORK.quantities[name], NETWORK)
    for mistake in REWRITES:
        if not mistake.is_of_rows:
            costs = [variant.cost for variant in mistake.variants(subject)]
            assert [cost == 1 for cost in costs] == sorted((c == 1 for c in costs), reverse=True)
