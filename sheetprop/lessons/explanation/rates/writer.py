"""The sheet Learning rates in the making."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sheetprop.lessons.explanation.page_parts import put_heads, put_text
from sheetprop.lessons.runs.rate_table import RateRun, RateTable
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.maths.chain_factors import cancels_slope
from sheetprop.maths.names import MOMENTUM, WEIGHT_DECAY
from sheetprop.words import Words
from sheetprop.workbooks.look import Validation
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell

MOST_RUNS = 12
"""Runs in the table; more can be seen on Compare."""

COLUMNS, WIDTH = range(1, 10), 14.0
NOTHING = "–"  # stands for an error value
_LABELS = 19.0  # the width of the column with labels


@dataclass
class Writer:
    """The page, what it is about, and what its look consists of."""

    table: RateTable
    runs: Sequence[RateRun]
    chosen: Chosen
    words: Words
    page: Page = field(default_factory=Page)
    rules: list[Validation] = field(default_factory=list)
    scientific: list[tuple[Address, Address]] = field(default_factory=list)

    @property
    def cancels(self) -> bool:
        """Whether the slope of the outputs cancels in the gradients."""
        return cancels_slope(self.table.network)

    def key(self, key: str) -> str:
        """Return the key of the words that hold for how this network learns, if there are such."""
        settings = self.table.network.settings
        kinds = {
            "in_turn": self.table.turns > 1,
            "momentum": MOMENTUM in settings,
            "decay": WEIGHT_DECAY in settings,
            "cancels": self.cancels,
        }
        own = (f"{key}_{kind}" for kind, holds in kinds.items() if holds)
        return next((name for name in own if name in self.words), key)

    @property
    def widths(self) -> dict[int, float]:
        """The widths of its columns."""
        return dict.fromkeys(COLUMNS, WIDTH) | {1: max(WIDTH, _LABELS)}

    def text(self, row: int, key: str, style: str = "long text", **facts: object) -> int:
        """Write a text, and return the row below."""
        put_text(self.page, (row, 1), self.words(key, **facts), style, self.widths, COLUMNS[-1])
        return row + 1

    def heading(self, row: int, key: str) -> int:
        """Write a heading, and return the row below."""
        self.page.put((row, 1), self.words[key], "heading")
        self.page.heights[row] = 20
        return row + 1

    def heads(self, row: int, texts: Sequence[str]) -> int:
        """Write the heads of columns, and return the row below."""
        put_heads(self.page, row, texts, WIDTH)
        return row + 1

    def number(self, at: Address, formula: str, style: str = "maths value") -> None:
        """Write a formula that gives a number."""
        self.page.put(at, Cell(None, formula), style)
