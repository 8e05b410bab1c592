"""The formulas of a worksheet: the declared trees, by way of helper columns or without columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from random import Random

from sheetprop.maths.network import Network
from sheetprop.maths.neurons import Neuron
from sheetprop.maths.quantity import LEARNING_RATE, PREVIOUS
from sheetprop.maths.trees.expr import Call, Expr, Name, Number, product, total
from sheetprop.maths.trees.walk import substitute, walk


@dataclass(frozen=True)
class Formulas:
    """One tree for each quantity and helper column; `helpers` gives the helpers' headers.

    `rewritten` are the quantities that use a helper.
    """

    trees: Mapping[str, Expr]
    helpers: Mapping[str, str] = field(default_factory=dict)

    def without(self, absent: Collection[str]) -> Formulas:
        """Return the formulas of a worksheet that has no column for some quantities."""
        trees = dict(self.trees)
        for name in absent:
            behind = trees.pop(name)
            trees = {other: inlined(tree, name, behind) for other, tree in trees.items()}
        return Formulas(trees, self.helpers)


def shifted(tree: Expr, by: int) -> Expr:
    """Return what a tree says, said of another iteration."""

    def moved(leaf: Expr) -> Expr | None:
        if isinstance(leaf, Name) and leaf.name != LEARNING_RATE:
            return Name(leaf.name, leaf.shift + by)
        return None

    return substitute(tree, moved)


def inlined(tree: Expr, name: str, behind: Expr) -> Expr:
    """Return a tree with one quantity written out."""

    def written(leaf: Expr) -> Expr | None:
        if isinstance(leaf, Name) and leaf.name == name:
            return shifted(behind, leaf.shift)
        return None

    return substitute(tree, written)


def plain(network: Network) -> Formulas:
    """Return the declared trees."""
    return Formulas({n: q.tree for n, q in network.quantities.items() if q.tree is not None})


def drawn_formulas(network: Network, draw: Random) -> tuple[Formulas, str]:
    """Draw whether and which helper columns there are; the second of the pair names them."""
    if draw.random() < 0.65:
        return plain(network), "none"
    kind = draw.choice([k for k in HELPERS if k != "arriving" or not network.states_hidden_errors])
    helpers, headers, changed = HELPERS[kind](network, draw)
    trees = dict(plain(network).trees) | changed | helpers
    return Formulas(trees, {name: headers[name] for name in helpers}), kind


def with_foreign(formulas: Formulas, network: Network, draw: Random) -> Formulas:
    """Return the formulas with a column or two that the task does not ask for, now and then."""
    if draw.random() >= 0.15:
        return formulas
    a, t = Name(network.layers[-1][0].output), Name(network.targets[0])
    columns: dict[str, Expr] = {
        "|t - a|": Call("ABS", (t - a,)),
        "t1-a_o1": t - a,
        "prediction": a,
        "class": Call("IF", (Call("GT", (a, Number(0.5))), Number(1.0), Number(0.0))),
        "10*E": Number(10.0) * Name("E_total"),
    }
    chosen = draw.sample(sorted(columns), draw.choice((1, 1, 2)))
    trees = {f"foreign {text}": columns[text] for text in chosen}
    headers = {f"foreign {text}": text for text in chosen}
    return Formulas(dict(formulas.trees) | trees, dict(formulas.helpers) | headers)


Made = tuple[dict[str, Expr], dict[str, str], dict[str, Expr]]
"""The helpers' trees, their headers, and the quantities written with them."""


def _neurons(network: Network) -> list[Neuron]:
    return [neuron for layer in network.layers for neuron in layer]


def _deltas(network: Network, draw: Random) -> Made:
    """Columns of δ = ∂E/∂z, of the outputs or of all neurons."""
    pattern = draw.choice(("δ_{}", "delta_{}", "Delta {}", "δ{}", "∂E/∂{}", "err_{}"))
    of_all = draw.random() < 0.5
    chosen = _neurons(network) if of_all else list(network.layers[-1])
    delta = {neuron.label: f"delta {neuron.label}" for neuron in chosen}
    helpers: dict[str, Expr] = {}
    for neuron in chosen:
        arriving = _arriving(network, neuron, delta)
        helpers[delta[neuron.label]] = product([arriving, *neuron.slope()])
    headers = {delta[label]: pattern.format(label) for label in delta}
    return helpers, headers, _gradients(network, delta)


def _arriving(network: Network, neuron: Neuron, delta: Mapping[str, str]) -> Expr:
    if neuron in network.layers[-1]:
        return network.arriving_error(neuron)
    if network.states_hidden_errors:
        return Name(f"dE/d{neuron.output}")
    following = network.layers[neuron.layer]
    if not all(after.label in delta for after in following):
        return network.arriving_error(neuron)
    paths = [
        Name(delta[after.label]) * Name(after.weights[after.sources.index(neuron.output)])
        for after in following
    ]
    return total(list(paths))


def _gradients(network: Network, delta: Mapping[str, str]) -> dict[str, Expr]:
    """Return the gradients that deltas make short."""
    found: dict[str, Expr] = {}
    for name in network.parameters:
        terms = []
        for neuron in _neurons(network):
            if name not in (*neuron.weights, neuron.bias):
                continue
            factors = [*_delta(network, neuron, delta)]
            if name in neuron.weights:
                factors.append(Name(neuron.sources[neuron.weights.index(name)]))
            terms.append(product(factors))
        found[f"dE/d{name}"] = total(terms)
    return found


def _delta(network: Network, neuron: Neuron, delta: Mapping[str, str]) -> list[Expr]:
    if neuron.label in delta:
        return [Name(delta[neuron.label])]
    return [_arriving(network, neuron, delta), *neuron.slope()]


def _slopes(network: Network, draw: Random) -> Made:
    """Columns of the slopes σ′ of all neurons."""
    pattern = draw.choice(("σ′({})", "σ'({})", "slope_{}", "da/dz {}", "f'({})", "a_{}*(1-a_{})"))
    slope = {n.label: f"slope {n.label}" for n in _neurons(network) if n.slope()}
    helpers = {slope[n.label]: n.slope()[0] for n in _neurons(network) if n.label in slope}
    by_tree = {tree: Name(name) for name, tree in helpers.items()}
    changed = {}
    for name in network.parameters:
        tree = network.quantities[f"dE/d{name}"].tree
        assert tree is not None
        changed[f"dE/d{name}"] = _with_slopes(tree, by_tree)
    return helpers, {slope[label]: pattern.replace("{}", label) for label in slope}, changed


def _with_slopes(tree: Expr, by_tree: Mapping[Expr, Expr]) -> Expr:
    """Return a tree with slopes, which products hold as two factors, as single columns."""
    children = tuple(_with_slopes(child, by_tree) for child in tree.children)
    tree = tree.with_children(children) if children else tree
    for slope, name in by_tree.items():
        if tree == slope:
            return name
        wanted = slope.children
        places = [k for k, child in enumerate(tree.children) if child in wanted]
        is_product = type(tree) is type(slope) and len(wanted) == 2
        if is_product and [tree.children[k] for k in places] == list(wanted):
            rest = [c for k, c in enumerate(tree.children) if k not in places]
            tree = product([*rest[: places[0]], name, *rest[places[0] :]])
    return tree


def _arrivals(network: Network, draw: Random) -> Made:
    """Columns of ∂E/∂a of the hidden neurons, or of each path to them."""
    pattern = draw.choice(("∂E/∂a_{}", "dE/da_{}", "∂E_total/∂out_{}", "error at {}", "∂E/∂{}out"))
    by_path = draw.random() < 0.4
    helpers: dict[str, Expr] = {}
    headers: dict[str, str] = {}
    changed: dict[str, Expr] = {}
    for neuron in network.layers[0]:
        name = f"arriving {neuron.label}"
        helpers[name], headers[name] = network.arriving_error(neuron), pattern.format(neuron.label)
        terms = helpers[name].children
        if by_path and len(network.layers[-1]) > 1:
            paths = {f"path {k} {neuron.label}": term for k, term in enumerate(terms, 1)}
            headers |= {p: f"∂E{k}/∂a_{neuron.label}" for k, p in enumerate(paths, 1)}
            helpers = {k: v for k, v in helpers.items() if k != name} | paths
            helpers[name] = total([Name(path) for path in paths])
        for weight, source in zip(neuron.weights, neuron.sources, strict=True):
            factors = [Name(name), *neuron.slope(), Name(source)]
            changed[f"dE/d{weight}"] = product(list(factors))
    return helpers, headers, changed


def _changes(network: Network, draw: Random) -> Made:
    """Columns of Δw = -η·∂E/∂w, or of the new weights, at the end of the row."""
    is_new = draw.random() < 0.5
    pattern = draw.choice(
        ("new {}", "{}_new", "{}'", "updated {}") if is_new else ("Δ{}", "η·∂E/∂{}", "change of {}")
    )
    helpers: dict[str, Expr] = {}
    changed: dict[str, Expr] = {}
    for name in network.parameters:
        step = Name(LEARNING_RATE) * Name(f"dE/d{name}")
        helper = f"change {name}"
        helpers[helper] = Name(name) - step if is_new else -step
        changed[name] = Name(helper, PREVIOUS)
        if not is_new:
            changed[name] = Name(name, PREVIOUS) + changed[name]
    return helpers, {f"change {n}": pattern.format(n) for n in network.parameters}, changed


HELPERS: Mapping[str, Callable[[Network, Random], Made]] = {
    "deltas": _deltas,
    "slopes": _slopes,
    "arriving": _arrivals,
    "changes": _changes,
}


def mentions(tree: Expr) -> set[Name]:
    """Return the quantities and helpers in a tree."""
    return {node for _, node in walk(tree) if isinstance(node, Name)}
