"""Formulas that people wrote out as text: ``a_h1 = σ(h1) = 1/(1+exp(-h1))`` read as trees.

People write the same formula in many ways: ``½`` or ``1/2`` or ``0.5``; ``²``, ``^2`` or a 2 that
lost its superscript; ∂ as ð, δ or d; products with and without a sign. What cannot be read with
confidence has no tree; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sheetprop.maths.trees.expr import (
    Call,
    Expr,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)
from sheetprop.notation.text_tokens import FUNCTIONS, NameOf, tokens_of, unclear

DEEPEST = 40
"""So many brackets may stand within one another."""


@dataclass(frozen=True, slots=True)
class Derivative(Expr):
    """∂ of a tree by a quantity, as the text writes it: ∂(E1+E2)/∂w5, dE/dw5."""

    of: Expr
    by: Name


class Style(NamedTuple):
    """How a text is read where there are two ways; the default is how most people mean it.

    With `tight`, factors without a sign between them belong together: 1/2(x) is 1/(2·x). With
    `lost_signs`, a quantity over a quantity is a derivative whose ∂ got lost. Without
    `lost_powers`, the 2 of (x)2 is a factor, as it reads, and no exponent that was not raised.
    """

    tight: bool = False
    lost_signs: bool = False
    lost_powers: bool = True


AS_WRITTEN = Style()


def parse_text(side: str, name_of: NameOf, style: Style = AS_WRITTEN) -> Expr:
    """Return the tree of one side; σ is `Call("SIGMOID")`, ∂ a `Derivative`.

    Raises:
        FormulaSyntaxError: it is no formula, or not clear enough to be read.

    """
    return _Parser(side, name_of, style).whole()


class _Parser:
    """Recursive descent over the words, numbers and signs of one side."""

    def __init__(self, side: str, name_of: NameOf, style: Style) -> None:
        self.side = side
        self.name_of = name_of
        self.style = style
        self.tokens = tokens_of(side, name_of)
        self.position = 0
        self.depth = 0

    @property
    def next(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self, token: str) -> bool:
        """Step over a token if it comes next."""
        if self.next != token:
            return False
        self.position += 1
        return True

    def expect(self, token: str) -> None:
        if not self.take(token):
            raise unclear(self.side, self.next or "the end")

    def whole(self) -> Expr:
        tree = self.sum()
        if self.next:
            raise unclear(self.side, self.next)
        return tree

    def sum(self) -> Expr:
        terms = [self.product()]
        while self.next in ("+", "-"):
            sign = self.tokens[self.position]
            self.position += 1
            term = self.product()
            terms.append(term if sign == "+" else Negative(term))
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def product(self) -> Expr:
        tree = self.factor()
        while True:
            if self.take("*"):
                tree = Product((tree, self.factor()))
            elif self.take("/"):
                tree = self._over(tree)
            elif self._is_joined():
                tree = Product((tree, self.factor()))
            else:
                return tree

    def _over(self, tree: Expr) -> Expr:
        """Return what a slash makes: ``x/∂y`` is a derivative that lost its first sign."""
        last = tree.factors[-1] if isinstance(tree, Product) else tree
        if self.next == "∂" or (self.style.lost_signs and self._names_follow(last)):
            below = Derivative(last, self._variable())
        else:
            return Quotient(tree, self.factor())
        return Product((*tree.factors[:-1], below)) if isinstance(tree, Product) else below

    def _names_follow(self, last: Expr) -> bool:
        return not isinstance(last, Number) and self.name_of(self.next) is not None

    def _is_joined(self) -> bool:
        """Whether a factor follows without a sign: ``a(1-a)``, ``½(t-a)``, ``(t-a)w5``."""
        before = self.tokens[self.position - 1]
        if self.next == "(":
            return before not in "+-*/^(∂"
        return before == ")" and self.next[:1].isalpha()

    def factor(self) -> Expr:
        is_negative = self._signs()
        tree = self.power()
        while self.style.tight and self._is_joined():
            tree = Product((tree, self.power()))
        return Negative(tree) if is_negative else tree

    def _signs(self) -> bool:
        """Step over the signs in front of a factor; tell whether they make it negative."""
        is_negative = False
        while self.next in ("+", "-"):
            is_negative ^= self.next == "-"
            self.position += 1
        return is_negative

    def power(self) -> Expr:
        base = self.atom()
        if self.take("^"):
            return Power(base, self._exponent())
        closed = self.tokens[self.position - 1] == ")"
        if closed and self.take("2"):  # (t1-a_o1)2, perhaps copied from where the 2 was raised
            two = Number(2.0)
            return Power(base, two) if self.style.lost_powers else Product((base, two))
        return base

    def _exponent(self) -> Expr:
        is_negative = self._signs()
        return Negative(self.atom()) if is_negative else self.atom()

    def atom(self) -> Expr:
        word = self.next
        self.position += 1
        self.depth += 1
        if self.depth > DEEPEST:
            raise unclear(self.side, "the end of the brackets")
        try:
            return self._atom(word)
        finally:
            self.depth -= 1

    def _atom(self, word: str) -> Expr:
        if word == "(":
            inner = self.sum()
            self.expect(")")
            return inner
        if word == "∂":
            return self._derivative()
        name = self.name_of(word)
        if name and not (word == "e" and self.next == "^"):
            return Name(name)
        if word[:1].isdigit() or word[:1] == ".":
            return Number(float(word))
        if word[:1].isalpha():
            return self._function(word)
        raise unclear(self.side, word or "the end")

    def _function(self, word: str) -> Expr:
        if word in ("e", "E"):
            self.expect("^")
            return Call("EXP", (self._exponent(),))
        self.expect("(")
        argument = self.sum()
        self.expect(")")
        return Call(FUNCTIONS.get(word.lower(), "SIGMOID"), (argument,))

    def _derivative(self) -> Expr:
        of = self.atom()
        self.expect("/")
        return Derivative(of, self._variable())

    def _variable(self) -> Name:
        self.take("∂")
        bracketed = self.take("(")
        name = self.name_of(self.next)
        if name is None:
            raise unclear(self.side, self.next or "the end")
        self.position += 1
        if bracketed:
            self.expect(")")
        return Name(name)
