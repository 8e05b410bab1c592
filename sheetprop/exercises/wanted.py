"""What somebody asks for: which exercise, which formulas are left to the student."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sheetprop.caller import argument
from sheetprop.errors import SpecError
from sheetprop.maths.names import parameter_of
from sheetprop.maths.network import Network
from sheetprop.spec import Spec
from sheetprop.validate import blaming, listed, one_of, shown, suggestion, whole_number

WORKED, BLANK, FADED, BUGS, SOLUTION = "worked", "blank", "faded", "find-the-bug", "solution"
SMALLEST = "smallest"
VARIANTS = (WORKED, SMALLEST, BLANK, FADED, BUGS, SOLUTION)

FORWARD, OUTPUT, HIDDEN, UPDATE, ALL = "forward", "output", "hidden", "update", "all"
PARTS = (FORWARD, OUTPUT, HIDDEN, UPDATE)
"""The formulas that may be left to the student, in the order in which they are learned."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One exercise: its variant, the parts left to the student, and what find-the-bug needs.

    A worked workbook may show a mistake, by its name or code.
    """

    variant: str = WORKED
    parts: tuple[str, ...] = ()
    mistakes: int = 1
    seed: int = 0
    with_mistake: str | None = None


def wanted(
    variant: str = WORKED,
    hide: Sequence[str] | str | None = None,
    mistakes: int | None = None,
    seed: int | None = None,
    with_mistake: str | None = None,
    *,
    has_solution: bool = False,
) -> Wanted:
    """Return what is asked for.

    Raises:
        SpecError: there is no such variant or part, or an option belongs to another variant.

    """
    with blaming(argument("variant"), None):
        variant = one_of(VARIANTS)(variant)
    hide = [hide] if isinstance(hide, str) else hide
    _only_with("hide", hide is not None, variant, (BLANK, SOLUTION))
    _only_with("mistakes", mistakes is not None, variant, (BUGS,))
    _only_with("seed", seed is not None, variant, (BUGS,), or_with=argument("roster"))
    _only_with("with_mistake", with_mistake is not None, variant, (WORKED,))
    _only_with("solution", has_solution, variant, (SMALLEST, BLANK, FADED, BUGS))
    with blaming(argument("mistakes"), None):
        count = whole_number(1 if mistakes is None else mistakes)
    with blaming(argument("seed"), None):
        number = whole_number(0 if seed is None else seed, least=0)
    return Wanted(variant, _parts(hide), count, number, with_mistake)


MOST_ROWS = 8
ROWS_OF_SMALLEST = 4
_SHORT = (SMALLEST, BLANK, FADED, SOLUTION)


def short_enough(spec: Spec, asked: Wanted, *, keeps_rates: bool, keeps_rows: bool) -> Spec:
    """Return the lesson with as much of it as somebody fills in by hand: one rate, a few rows.

    What is asked for in so many words is kept. Of several rates the middle one is taken.
    """
    if asked.variant not in _SHORT:
        return spec
    rates, rows = spec.learning_rates, spec.iterations
    if not keeps_rates:
        rates = (rates[(len(rates) - 1) // 2],)
    if not keeps_rows:
        rows = min(rows, ROWS_OF_SMALLEST if asked.variant == SMALLEST else MOST_ROWS)
    return replace(spec, learning_rates=rates, iterations=rows)


def _only_with(
    option: str, is_given: bool, variant: str, variants: Sequence[str], or_with: str = ""
) -> None:
    if is_given and variant not in variants:
        texts = [*(argument("variant", name) for name in variants), *filter(None, [or_with])]
        last = " or ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))
        raise SpecError(argument(option), None, f"goes only with {last}")


def _parts(hide: Sequence[str] | None) -> tuple[str, ...]:
    chosen = list(PARTS) if hide is None else list(hide)
    if not chosen:
        raise SpecError(argument("hide"), None, f"must be followed by {listed((*PARTS, ALL))}")
    for part in chosen:
        if part not in (*PARTS, ALL):
            near = suggestion(part, (*PARTS, ALL))
            problem = f"must be {listed((*PARTS, ALL))}, not {shown(part)}{near}"
            raise SpecError(argument("hide"), None, problem)
    return tuple(part for part in PARTS if part in chosen or ALL in chosen)


def part_of(network: Network, name: str) -> str | None:
    """Return the part a quantity's formula belongs to; None for what is only given."""
    quantity = network.quantities[name]
    if quantity.tree is None:
        return None
    if quantity.is_given_first:
        return UPDATE
    if quantity.kind == "hidden error":
        return HIDDEN
    if quantity.kind == "gradient":
        last = network.layers[-1]
        parameter = parameter_of(name)
        return OUTPUT if any(parameter in (*n.weights, n.bias) for n in last) else HIDDEN
    return FORWARD
