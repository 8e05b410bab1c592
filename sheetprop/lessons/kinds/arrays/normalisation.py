"""The lesson normalisation: four ways on one tensor, what evaluation does, and a trap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetprop.calculating.calculated import calculated
from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.arrays.grids import ArraySheet, coloured
from sheetprop.lessons.kinds.arrays.normalising import BATCH, WAYS, Way, evaluating, trees, way_of
from sheetprop.lessons.kinds.arrays.trap import TRAP_SECTION, Trap, trap_sheet
from sheetprop.lessons.kinds.kind import Kind
from sheetprop.notation.address import quoted
from sheetprop.validate import Problem, Reader, each, number, numbers, part, whole_number
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Sheet, Workbook

MOST = 16
"""Rows or columns of the tensor."""

Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Normalisation:
    """A tensor as a row for each place of each example, and what is learned or arrives with it."""

    x: Rows
    arriving: Rows
    examples: int
    groups: int
    gamma: tuple[float, ...]
    beta: tuple[float, ...]
    running_mean: tuple[float, ...]
    running_variance: tuple[float, ...]
    momentum: float
    epsilon: float
    trap: Trap

    @property
    def places(self) -> int:
        """Return how many places an example has."""
        return len(self.x) // self.examples


def rows(value: object) -> Rows:
    """Return rows of numbers, equally long."""
    found = tuple(each(lambda row: tuple(numbers(row)), value, "rows"))
    if not found or len({len(row) for row in found}) != 1 or not found[0]:
        raise Problem("must be rows of equally many numbers")
    if max(len(found), len(found[0])) > MOST:
        raise Problem(f"must have at most {MOST} rows and columns")
    return found


SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "normalisation": {
        "x": rows,
        "examples": whole_number,
        "groups": whole_number,
        "gamma": numbers,
        "beta": numbers,
        "running_mean": numbers,
        "running_variance": numbers,
        "momentum": part,
        "epsilon": number,
        "arriving": rows,
    },
    "trap": TRAP_SECTION,
}
REQUIRED = tuple(f"{section}.{key}" for section, keys in SECTIONS.items() for key in keys)


def read(source: str, values: Mapping[str, Any]) -> Normalisation:
    """Return the lesson of a template's values by their full keys.

    Raises:
        SpecError: what belongs to each channel, or to each example, is not as many.

    """
    own: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
    for key, value in values.items():
        section, _, name = key.partition(".")
        if section in own:
            own[section][name] = value
    found = Normalisation(**own["normalisation"], trap=Trap(**own["trap"]))
    channels = len(found.x[0])
    for name in ("gamma", "beta", "running_mean", "running_variance"):
        if len(getattr(found, name)) != channels:
            problem = f"must hold {channels} numbers, one for each channel"
            raise SpecError(source, f"normalisation.{name}", problem)
    if len(found.arriving) != len(found.x) or len(found.arriving[0]) != channels:
        problem = f"must be {len(found.x)} rows of {channels} numbers, as x is"
        raise SpecError(source, "normalisation.arriving", problem)
    for name, of, count in (("examples", "rows", len(found.x)), ("groups", "columns", channels)):
        if count % getattr(found, name):
            problem = f"must divide the {count} {of} of x, not be {getattr(found, name)}"
            raise SpecError(source, f"normalisation.{name}", problem)
    return found


def describe(found: Normalisation) -> str:
    """Return the shape of the tensor in a few words."""
    return f"{found.examples}×{found.places}×{len(found.x[0])}, {len(WAYS)} ways"


def layout(found: Normalisation, words: Words, variant: str) -> Workbook:
    """Return the workbook: a sheet for each way of normalising, and the trap."""
    made = _ways(found, words, variant)
    sheets = calculated(sheets_of(found, words, variant))
    pairs = zip(sheets, made.values(), strict=False)
    return Workbook((*(coloured(sheet, one) for sheet, one in pairs), sheets[-1]))


def sheets_of(found: Normalisation, words: Words, variant: str) -> tuple[Sheet, ...]:
    """Return all sheets, whose formulas have no values yet."""
    ways = (one.sheet() for one in _ways(found, words, variant).values())
    return (*ways, trap_sheet(found.trap, found.epsilon, words, variant))


def _ways(found: Normalisation, words: Words, variant: str) -> dict[str, ArraySheet]:
    made: dict[str, ArraySheet] = {}
    for name in WAYS:
        made[name] = _sheet(found, name, words, variant, made.get(BATCH))
    return made


def _sheet(
    found: Normalisation, name: str, words: Words, variant: str, first: ArraySheet | None
) -> ArraySheet:
    """Return the sheet of a way; the tensor is typed on the first."""
    channels = len(found.x[0])
    way = way_of(name, found.examples, found.places, channels, found.groups)
    single = frozenset({"epsilon", "momentum"})
    own = ArraySheet(words[f"normalisation_sheet_{name}"], words, variant, single)
    about = f"{words[f'normalisation_about_{name}']} {words['normalisation_about']}"
    if first is None:
        about = f"{' '.join(words.get('introduction', '').split())} {about}".strip()
    sizes = words(
        "normalisation_sizes",
        examples=found.examples,
        places=found.places,
        channels=channels,
        groups=found.groups,
    )
    own.open(words[f"normalisation_title_{name}"], about, sizes)
    _put_given(own, found, name, first)
    for array, its in trees(way).items():
        _put_array(own, array, way, found)
        own.calculated(own.grids[array], its)
    if first is None:
        _put_evaluation(own, way, found)
    return own


def _put_given(own: ArraySheet, found: Normalisation, name: str, first: ArraySheet | None) -> None:
    channels = _channels(own, found)
    arrays: dict[str, tuple[list[str], list[str], Rows]] = {
        "x": (_places(own, found), channels, found.x),
        "gamma": ([""], channels, (found.gamma,)),
        "beta": ([""], channels, (found.beta,)),
        "epsilon": ([""], [""], ((found.epsilon,),)),
        "dy": (_places(own, found), channels, found.arriving),
    }
    if name == BATCH:
        arrays["running mean"] = [""], channels, (found.running_mean,)
        arrays["running variance"] = [""], channels, (found.running_variance,)
        arrays["momentum"] = [""], [""], ((found.momentum,),)
    for array, (names, columns, given) in arrays.items():
        grid = own.place(array, _title(own, array), names, columns)
        if first is None:
            own.typed(grid, given)
        else:
            own.linked(grid, quoted(first.name), first.grids[array])


def _put_array(own: ArraySheet, array: str, way: Way, found: Normalisation) -> None:
    """Write the heading of a calculated array: of groups, of channels or of elements."""
    if array in ("dgamma", "dbeta", "new mean", "new variance"):
        names, columns = [""], _channels(own, found)
    elif array in ("mean", "variance", "mean dn", "mean dn n"):
        names = [own.words("normalisation_group", number=k + 1) for k in range(way.down)]
        columns = [str(k + 1) for k in range(way.across)]
        names = names if way.down > 1 else [""]
    else:
        names, columns = _places(own, found), _channels(own, found)
    own.place(array, _title(own, array), names, columns)


def _put_evaluation(own: ArraySheet, way: Way, found: Normalisation) -> None:
    for array, its in evaluating(way).items():
        _put_array(own, array, way, found)
        own.calculated(own.grids[array], its)


def _title(own: ArraySheet, array: str) -> str:
    return own.words[f"normalisation_{array.replace(' ', '_')}"]


def _places(own: ArraySheet, found: Normalisation) -> list[str]:
    """Return the names of the rows: which example, which place."""
    each_ = [(e, p) for e in range(found.examples) for p in range(found.places)]
    return [own.words("normalisation_place", example=e + 1, place=p + 1) for e, p in each_]


def _channels(own: ArraySheet, found: Normalisation) -> list[str]:
    return [own.words("normalisation_channel", number=c + 1) for c in range(len(found.x[0]))]


NORMALISATION = Kind("normalisation", SECTIONS, REQUIRED, read, describe, layout)
"""Batch, layer, group and instance normalisation, forward and backward."""
