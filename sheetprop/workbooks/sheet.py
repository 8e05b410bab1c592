"""What a workbook holds, without a file: the place where making and verifying meet.

Addresses are ``(row, column)``, both counted from 1 as Excel does. A cell's `value` is the number
or text that a reader sees; its `formula` begins with ``=``. Either may be absent: a file written by
a program that does not calculate has formulas without values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple


class ExcelError(str):
    """An error a cell shows, such as ``#NUM!``: a value like any other, told apart from text."""

    __slots__ = ()


class Indexed(str):
    """A typed text of mathematics that shows its indices below the line: a text like any other."""

    __slots__ = ()


Address = tuple[int, int]
Value = float | int | bool | str | None  # ExcelError is a str

EMPTY_NAMES: Mapping[str, str] = MappingProxyType({})


class Cell(NamedTuple):
    """One cell: `value` as stored or None, `formula` with its ``=`` or None.

    `array` is the range an array formula fills (``E1:E3``); only its top-left cell has it.
    A tuple, since millions are made: a frozen dataclass takes twice as long.
    """

    value: Value = None
    formula: str | None = None
    array: str | None = None

    @property
    def is_typed_number(self) -> bool:
        """Whether a number stands here that no formula gives."""
        return self.formula is None and isinstance(self.value, int | float)


EMPTY = Cell()
"""What a sheet holds where it has no cell."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: references such as ``Sheet1!$B$2:$B$9``, without ``=``.

    `name` is a reference or a text (`name_is_reference` tells which); `categories` may be None.
    """

    values: str
    categories: str | None = None
    name: str | None = None
    name_is_reference: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: `kind` is ``line``, ``scatter``, ``bar`` …; the title is a reference or a text."""

    kind: str
    series: tuple[Series, ...]
    title: str | None = None
    title_is_reference: bool = False
    logarithmic: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: its cells by address, its charts in order.

    `look` (styles, widths, places of charts) is for writing only and takes no part in comparing.
    """

    name: str
    cells: Mapping[Address, Cell]
    charts: tuple[Chart, ...] = ()
    hidden: bool = False
    look: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Workbook:
    """All worksheets in order, and the defined names (name → what it refers to, without ``=``).

    `title`, `about` and `properties` (name → text) are what a file says of itself; they are for
    writing only.
    """

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str] = field(default_factory=lambda: EMPTY_NAMES)
    title: str = field(default="", compare=False)
    about: str = field(default="", compare=False)
    properties: Mapping[str, str] = field(default_factory=lambda: EMPTY_NAMES, compare=False)
    _by_name: Mapping[str, Sheet] = field(init=False, compare=False, repr=False)
    _by_folded_name: Mapping[str, Sheet] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Note where each sheet is: a workbook may have thousands, and each is asked for often."""
        by_name = {sheet.name: sheet for sheet in reversed(self.sheets)}
        object.__setattr__(self, "_by_name", by_name)
        by_folded_name = {sheet.name.casefold(): sheet for sheet in self.sheets}
        object.__setattr__(self, "_by_folded_name", by_folded_name)

    def __getitem__(self, name: str) -> Sheet:
        return self._by_name[name]

    def called(self, name: str) -> Sheet | None:
        """Return the sheet that a formula names, in small letters or large ones."""
        return self._by_folded_name.get(name.casefold())
