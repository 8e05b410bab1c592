"""An iteration of a network as two Python functions: from what is given, and from the one before.

A quantity is a variable there: v and its number in this iteration, p and its number in the one
before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.code import code_of, defined
from sheetprop.maths.trees.evaluate import EXACT
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.workbooks.number_rows import Row

Values = tuple[float, ...]
Forward: TypeAlias = Callable[[Row], Values]
"""Gives every quantity of an iteration from those given first in it."""

Update: TypeAlias = Callable[[Row, float], Values]
"""Gives what is given first from the iteration before and the learning rate."""


def compiled(network: Network) -> tuple[Forward, Update]:
    """Return the code of a network."""
    number = {name: k for k, name in enumerate(network.quantities)}
    given = [name for name, q in network.quantities.items() if q.is_given_first]
    text = "\n".join([*_forward(network, given, number), *_update(network, given, number)])
    scope = defined(text, EXACT)
    return scope["forward"], scope["update"]


def _forward(network: Network, given: list[str], number: Mapping[str, int]) -> Iterator[str]:
    yield "def forward(given):"
    yield f" {_tuple(f'v{number[name]}' for name in given)}=given"
    for name in network.order:
        tree = network.quantities[name].tree
        if name not in given and tree is not None:
            yield f" v{number[name]}={_code(tree, number)}"
    # Adding 0.0 turns -0.0 into 0.0.
    yield f" return {_tuple(f'v{k}+0.0' for k in range(len(number)))}"


def _update(network: Network, given: list[str], number: Mapping[str, int]) -> Iterator[str]:
    yield f"def update(before,{LEARNING_RATE}):"
    yield f" {_tuple(f'p{k}' for k in range(len(number)))}=before"
    for name in network.order:
        if name in given:
            tree = network.quantities[name].tree
            same = f"p{number[name]}"
            yield f" v{number[name]}={same if tree is None else _code(tree, number)}"
    yield f" return {_tuple(f'v{number[name]}' for name in given)}"


def _code(tree: Expr, number: Mapping[str, int]) -> str:
    def variable(leaf: Expr) -> str:
        assert isinstance(leaf, Name)
        if leaf.name == LEARNING_RATE:
            return LEARNING_RATE
        return f"{'p' if leaf.shift else 'v'}{number[leaf.name]}"

    return code_of(tree, variable, EXACT)


def _tuple(parts: Iterable[str]) -> str:
    return f"({','.join(parts)},)"
