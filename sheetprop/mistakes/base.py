"""What a mistake is: its words, the wrong trees it makes of a right one, the rule that finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sheetprop.maths.expr import Expr, Name
from sheetprop.maths.network import Network, Quantity
from sheetprop.mistakes.finding import Draft, Finding, Place
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.workbooks.sheet import Workbook

T = TypeVar("T")

NOTHING = ""
"""The signature of what nothing explains: never alike, so never joined."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The right formula of one quantity, on which a mistake is tried."""

    quantity: Quantity
    network: Network

    @property
    def tree(self) -> Expr:
        """The quantity's declared tree; a given quantity keeps the value it had before."""
        return self.quantity.tree or Name(self.quantity.name, -1)


@dataclass(frozen=True, slots=True)
class Variant:
    """A wrong tree, what was done to the right one, and how much of it was changed.

    `says` is the phrase, or makes it of the tree: thousands are made, and few are read. The phrase
    completes "the formula …"; `signature` is alike for the same slip in other columns;
    `cost` counts the changes, so that the smallest explanation can be preferred.
    """

    tree: Expr
    says: str | Callable[[Expr], str]
    signature: str
    cost: int = 1

    @property
    def phrase(self) -> str:
        """What the formula does."""
        return self.says if isinstance(self.says, str) else self.says(self.tree)


Variants = Callable[[Subject], Iterator[Variant]]


def _no_variants(subject: Subject) -> Iterator[Variant]:
    """Found in cells and values, not by its tree."""
    del subject
    yield from ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A mistake by name; `phrase` says what the formula does, `signature` is alike for one slip."""

    mistake: Mistake
    phrase: str
    signature: str
    is_right_by_value: bool = False


@dataclass(frozen=True)
class Scene:
    """All that a rule may look at: a workbook, its judged tables, and the catalogue.

    `named` are, for each table, its wrong formulas with what explains them; `file` is the name the
    workbook is reported under.
    """

    judgements: Sequence[Judgement]
    named: Sequence[Sequence[tuple[Wrong, Sequence[Diagnosis]]]]
    workbook: Workbook
    file: str
    mistakes: Sequence[Mistake]
    _known: dict[Callable[[Scene], Any], Any] = field(default_factory=dict, repr=False)

    def once(self, find: Callable[[Scene], T]) -> T:
        """Return what a function finds here, looked for once for all rules that need it."""
        if find not in self._known:
            self._known[find] = find(self)
        found: T = self._known[find]
        return found


Rule = Callable[[Scene], Iterator[Draft]]


def _no_rule(scene: Scene) -> Iterator[Draft]:
    """Found in the trees of formulas."""
    del scene
    yield from ()


@dataclass(frozen=True, slots=True)
class Mistake:
    """One entry of the catalogue.

    `summary` says in a clause what is found; `explanation` tells a student why it is wrong;
    `wrong` and `right` are an example, formulas in quantity names. A mistake of formulas has
    `variants`; what shows elsewhere is found by its `rule`.
    """

    code: str
    name: str
    summary: str
    explanation: str
    wrong: str
    right: str
    variants: Variants = _no_variants
    rule: Rule = _no_rule
    severity: str = "error"

    def found(
        self,
        places: tuple[Place, ...],
        message: str,
        *key: object,
        severity: str | None = None,
        found: str | None = None,
        expected: str | None = None,
        relative_error: float | None = None,
    ) -> Draft:
        """Return the finding of this mistake in some places; `key` is alike for one slip."""
        finding = Finding(
            self.name,
            self.code,
            severity or self.severity,
            places,
            message,
            found,
            expected,
            relative_error,
        )
        return Draft((self.code, *key), finding)
