"""A formula as a tree of operators over untouched pieces of text, to reorder what may be."""

from __future__ import annotations

import re
from random import Random

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")
    |(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)
    |(?P<name>(?:'(?:[^']|'')+'!)?[$\w.!:\[\]@#]+)
    |(?P<sign>[-+*/^%(),&=<>{};]))""",
    re.X,
)
Node = tuple  # type: ignore[type-arg]
"""("leaf", text), ("call", name, arguments…), (operator, left, right), ("neg", node) …"""


class NotReadError(ValueError):
    """The formula has something this small grammar does not know."""


def tokens(formula: str) -> list[str]:
    """Return the pieces of a formula behind its equals sign."""
    found, at = [], 1
    while at < len(formula.rstrip()):
        match = _TOKEN.match(formula, at)
        if match is None or match["sign"] in ("{", "}", ";", "&", "=", "<", ">"):
            raise NotReadError(formula)
        found.append(match.group().strip())
        at = match.end()
    return found


class _Reader:
    def __init__(self, pieces: list[str]) -> None:
        self.pieces, self.at = pieces, 0

    @property
    def next(self) -> str:
        return self.pieces[self.at] if self.at < len(self.pieces) else ""

    def take(self) -> str:
        self.at += 1
        return self.pieces[self.at - 1]

    def left_to_right(self, signs: str, part: str) -> Node:
        node = getattr(self, part)()
        while self.next and self.next in signs:
            node = (self.take(), node, getattr(self, part)())
        return node  # type: ignore[no-any-return]

    def sum(self) -> Node:
        return self.left_to_right("+-", "product")

    def product(self) -> Node:
        return self.left_to_right("*/", "power")

    def power(self) -> Node:
        return self.left_to_right("^", "signed")

    def signed(self) -> Node:
        if self.next in ("-", "+"):
            return ("neg" if self.take() == "-" else "pos", self.signed())
        node = self.atom()
        while self.next == "%":
            self.take()
            node = ("percent", node)
        return node

    def atom(self) -> Node:
        piece = self.take() if self.next else ")"
        if piece == "(":
            node = self.sum()
            self.take()
            return ("group", node)
        if piece in "+-*/^%),":
            raise NotReadError(piece)
        if self.next != "(":
            return ("leaf", piece)
        self.take()
        arguments = []
        while self.next and self.next != ")":
            arguments.append(self.sum())
            if self.next == ",":
                self.take()
        self.take()
        return ("call", piece, *arguments)


def read(formula: str) -> Node:
    """Return the tree of a formula.

    Raises:
        NotReadError: it holds more than sums, products, powers and calls.

    """
    reader = _Reader(tokens(formula))
    try:
        node = reader.sum()
    except IndexError:
        raise NotReadError(formula) from None
    if reader.next:
        raise NotReadError(formula)
    return node


def written(node: Node) -> str:
    """Return the text of a tree, without the equals sign."""
    match node:
        case ("leaf", text):
            return str(text)
        case ("group", inner):
            return f"({written(inner)})"
        case ("neg", inner):
            return f"-{written(inner)}"
        case ("pos", inner):
            return f"+{written(inner)}"
        case ("percent", inner):
            return f"{written(inner)}%"
        case ("call", name, *arguments):
            return f"{name}({','.join(map(written, arguments))})"
        case (sign, left, right):
            return f"{written(left)}{sign}{written(right)}"
    raise NotReadError(str(node))


def reordered(node: Node, draw: Random) -> Node:
    """Return the same with factors and terms in another order."""
    if node[0] in ("leaf",):
        return node
    if node[0] == "call":
        return ("call", node[1], *(reordered(one, draw) for one in node[2:]))
    if node[0] in ("group", "neg", "pos", "percent"):
        return (node[0], reordered(node[1], draw))
    for signs in ("*", "+"):
        if node[0] == signs:
            parts = [reordered(one, draw) for one in _chain(node, signs)]
            return _chained(_mixed(parts, draw, signs), signs)
    return (node[0], reordered(node[1], draw), reordered(node[2], draw))


def _chain(node: Node, sign: str) -> list[Node]:
    return [*_chain(node[1], sign), node[2]] if node[0] == sign else [node]


def _mixed(parts: list[Node], draw: Random, sign: str) -> list[Node]:
    """Return the parts in another order, one that ends in a quotient or difference first."""
    kept = [one for one in parts if one[0] in ("/", "-")]
    rest = [one for one in parts if one not in kept]
    draw.shuffle(rest)
    del sign
    return [*kept, *rest]


def _chained(parts: list[Node], sign: str) -> Node:
    node = parts[0]
    for part in parts[1:]:
        node = (sign, node, part)
    return node
