"""Lessons that are networks with their runs and have a page of their own besides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sheetprop.lessons.kinds.linear.matrices_sheet import matrices_sheet
from sheetprop.lessons.kinds.linear.requirements import check_linear
from sheetprop.lessons.runs.rate_table import RateRun, RateTable
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.spec import Spec
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Sheet

PageOf = Callable[[RateTable, Sequence[RateRun], Chosen, Words], Sheet]


@dataclass(frozen=True, slots=True)
class NetworkKind:
    """A kind by its word: what its network must be, and its page.

    `check` raises `SpecError` for a network that the page cannot be about.
    """

    name: str
    check: Callable[[str, Spec], None]
    page: PageOf


NETWORK_KINDS = (NetworkKind("linear", check_linear, matrices_sheet),)


def network_kind(name: str) -> NetworkKind | None:
    """Return a kind of network, None for the usual one."""
    return next((kind for kind in NETWORK_KINDS if kind.name == name), None)
