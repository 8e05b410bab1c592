"""What a mistake is: its words, the wrong trees it makes of a right one, the rule that finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from sheetprop.maths.network import Network
from sheetprop.maths.quantity import Lesson, Quantity
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.mistakes.array_formula import ArrayFormula, Made
from sheetprop.mistakes.experiment.first_cells import OddFirst
from sheetprop.mistakes.finding import Draft, Finding, Place
from sheetprop.mistakes.words import Blanks, Case, Where, filled, nowhere
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.workbooks.sheet import Workbook

T = TypeVar("T")

NOTHING = ""
"""The signature of what nothing explains: never alike, so never joined."""

LAST = 1000
"""The rank of what is found in no tree."""

NO_BLANKS: Blanks = {}


class Subject(NamedTuple):
    """The right formula of one quantity, on which a mistake is tried."""

    quantity: Quantity
    lesson: Lesson

    @property
    def network(self) -> Network:
        """The lesson, where it is a network."""
        assert isinstance(self.lesson, Network)
        return self.lesson

    @property
    def targets(self) -> frozenset[str]:
        """What a network should say; other lessons have none."""
        return frozenset(self.network.targets if isinstance(self.lesson, Network) else ())

    @property
    def tree(self) -> Expr:
        """The quantity's declared tree; a given quantity keeps the value it had before."""
        return self.quantity.tree or Name(self.quantity.name, -1)


class Variant(NamedTuple):
    """A tree changed by a mistake, or changed back; what was done, and how much of it.

    `case` and `blanks` say what was done, to be put together when somebody reads it: thousands are
    made, and few are read. `signature` is alike for the same slip in other columns; `cost` counts
    the changes, so that the smallest explanation can be preferred.
    """

    tree: Expr
    case: Case
    blanks: Blanks
    signature: str
    cost: int = 1

    @property
    def phrase(self) -> str:
        """What the wrong formula does, to complete "the formula …"."""
        return filled(self.case.says, self.blanks)

    @property
    def why(self) -> str:
        """Why that is wrong, wherever it stands."""
        return filled(self.case.why, self.blanks)


class Diagnosis(NamedTuple):
    """A mistake by name, in which of its cases; `signature` is alike for one slip."""

    mistake: Mistake
    case: Case
    blanks: Blanks
    signature: str

    @property
    def phrase(self) -> str:
        """What the wrong formula does, to complete "the formula …"."""
        return filled(self.case.says, self.blanks)

    def why(self, where: Where = nowhere) -> str:
        """Return why that is wrong."""
        return filled(self.case.why, self.blanks, where)


@dataclass(frozen=True)
class Scene:
    """All that a rule may look at: a workbook, its judged tables, and the catalogue.

    `named` are, for each table, its wrong formulas with what explains them; `file` is the name the
    workbook is reported under; `odd_firsts` are, for each table, the first numbers that are not as
    its others.
    """

    judgements: Sequence[Judgement]
    named: Sequence[Sequence[tuple[Wrong, Sequence[Diagnosis]]]]
    workbook: Workbook
    file: str
    mistakes: tuple[Mistake, ...]
    odd_firsts: Sequence[Sequence[OddFirst]] = ()
    _known: dict[Callable[[Scene], Any], Any] = field(default_factory=dict, repr=False)

    def once(self, find: Callable[[Scene], T]) -> T:
        """Return what a function finds here, looked for once for all rules that need it."""
        if find not in self._known:
            self._known[find] = find(self)
        found: T = self._known[find]
        return found


def _makes_nothing(subject: Subject) -> Iterator[Variant]:
    """Found in cells and values, not by its tree."""
    del subject
    yield from ()


def _undoes_nothing(tree: Expr, subject: Subject) -> Iterator[Variant]:
    """Known by what it makes of the right tree alone."""
    del tree, subject
    yield from ()


def _makes_nothing_of_arrays(formula: ArrayFormula) -> Made:
    """Made in no formula over arrays."""
    del formula
    yield from ()


def _sees_nothing(judgement: Judgement, wrong: Wrong) -> Diagnosis | None:
    """Known by its tree, wherever that stands."""
    del judgement, wrong
    return None


def _finds_nothing(scene: Scene) -> Iterator[Draft]:
    """Found in the formulas of quantities."""
    del scene
    yield from ()


@dataclass(frozen=True, slots=True, eq=False)
class Mistake:
    """One entry of the catalogue, found in one or more of five ways.

    `variants` gives the wrong trees it makes of a right one, those of one change before all
    others; `undone` a wrong tree with one such mistake put right, in whatever form it is written.
    `seen` tells it of a wrong formula whose cells have to be looked at. `rule` finds it in what is
    no formula of a quantity. `in_arrays` gives the wrong formulas it makes of the right one of a
    cell in a block filled alike.

    `summary` says in a clause what is found; `explanation` tells what is wrong with it, whoever
    made it, and each of `cases` tells it of one way to make it. `wrong` and `right` are an example,
    formulas in quantity names. Of two mistakes that explain a formula equally well the one of
    lesser `rank` is told; `least_cost` is that of its smallest variant. One that
    `is_of_rows` is made in no network.
    """

    code: str
    name: str
    summary: str
    explanation: str
    wrong: str
    right: str
    cases: tuple[Case, ...]
    severity: str = "error"
    rank: int = LAST
    least_cost: int = 1
    is_of_rows: bool = False
    variants: Callable[[Subject], Iterator[Variant]] = _makes_nothing
    undone: Callable[[Expr, Subject], Iterator[Variant]] = _undoes_nothing
    seen: Callable[[Judgement, Wrong], Diagnosis | None] = _sees_nothing
    rule: Callable[[Scene], Iterator[Draft]] = _finds_nothing
    in_arrays: Callable[[ArrayFormula], Made] = _makes_nothing_of_arrays

    @property
    def is_of_arrays(self) -> bool:
        """Whether it is made in formulas over arrays."""
        return self.in_arrays is not _makes_nothing_of_arrays

    @property
    def is_rewrite(self) -> bool:
        """Whether it makes wrong trees."""
        return self.variants is not _makes_nothing

    def found(
        self,
        case: Case,
        places: tuple[Place, ...],
        blanks: Blanks = NO_BLANKS,
        *key: object,
        where: Where = nowhere,
        message: str | None = None,
        found: str | None = None,
        expected: str | None = None,
        relative_error: float | None = None,
    ) -> Draft:
        """Return the finding of this mistake in some places; `key` is alike for one slip.

        `where` gives the cells of quantities named in the explanation; without a `message` the
        case's own sentence is said.
        """
        finding = Finding(
            self.name,
            self.code,
            case.severity or self.severity,
            places,
            message or filled(case.says, blanks),
            found,
            expected,
            relative_error,
            filled(case.why, blanks, where),
        )
        return Draft((self.code, *key), finding)
