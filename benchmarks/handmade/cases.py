"""Cases: one worksheet each, made from a seed, with what is to be found in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from handmade.book_slips import (
    other_start,
    renamed_rate,
    stale_losses,
    wrong_chart,
    wrong_text,
)
from handmade.books import through_a_file, workbook_of
from handmade.cell_slips import (
    absent_column,
    doubled_header,
    empty_column,
    error_value,
    exchanged_headers,
    foreign_function,
    relabelled,
    rounded,
    sliding_rate,
    stale_value,
    typed_cells,
    typed_column,
    typed_constant,
    typed_right,
    typed_row,
    typed_table,
    typed_text,
    wrong_constant,
)
from handmade.drafts import Draft, drawn_draft
from handmade.mixed_slips import in_helper, two_in_one, unexplained
from handmade.slips import (
    FORMULA_MISTAKES,
    Slip,
    formula_slip,
    repeated_slip,
    rows_slip,
    two_slips,
)
from sheetprop.spec import Architecture
from sheetprop.workbooks.sheet import Workbook

IN_CELLS: tuple[Callable[[Draft], list[Slip]], ...] = (
    *(typed_cells, typed_column, typed_right, typed_row, typed_constant, wrong_constant),
    *(error_value, stale_value, sliding_rate, sliding_rate, exchanged_headers, doubled_header),
    *(empty_column, absent_column, relabelled, rounded, foreign_function, typed_text, typed_table),
)
FILE_SHARE = 0.05
MOST_TRIES = 60
SHAPES = {
    "": None,
    "classic": Architecture(),
    "linear": Architecture(hidden_activation="identity", output_activation="identity"),
}
"""What a case trains by the end of its kind; any network where there is none."""


@dataclass(frozen=True)
class Case:
    """A worksheet and what is wrong in it: nothing, where there are no slips."""

    name: str
    draft: Draft
    slips: tuple[Slip, ...]
    kind: str
    workbook: Workbook

    @property
    def groups(self) -> dict[str, str]:
        """What was drawn, by aspect, for telling where check is weak."""
        layout = self.draft.layout
        found = {
            "mistake": self.slips[0].made if self.slips else self.kind,
            "kind": self.kind,
            "shape": self.draft.run.shape,
            "functions": self.draft.run.functions,
            "arrangement": layout.arrangement,
            "direction": "across" if layout.across else "down",
            "order": layout.order,
            "under header": layout.under_header,
            "separators": layout.separators,
            "spacers": str(layout.spacers),
            "rate": layout.rate,
            "given": layout.given,
            "writing": "free" if self.draft.hand.freedom else "textbook",
            "values": str(self.draft.has_values),
        }
        return found | self.draft.groups


def right_case(name: str, shape: Architecture | None) -> Case:
    """Return a right worksheet; in some a header is missing or two are exchanged."""
    draw = Random(name)
    draft = drawn_draft(draw, shape=shape)
    kinds = ("plain",) * 14 + ("header missing", "headers exchanged") * 2 + ("no headers",)
    kind = draw.choice(kinds)
    if kind == "no headers":
        draft.headers |= dict.fromkeys(draft.headers, "")
    if kind == "headers exchanged":
        exchanged_headers(draft)
    if kind == "header missing":
        kind = _without_headers(draft, draw)
    return Case(name, draft, (), kind, _book(draft, draw))


def _without_headers(draft: Draft, draw: Random) -> str:
    names = [n for n in draft.grids[0].lines if n in draft.run.network.quantities]
    for name in draw.sample(names, draw.choice((1, 1, 2))):
        draft.headers[name] = ""
    return "header missing"


def wrong_case(name: str, shape: Architecture | None) -> Case:
    """Return a worksheet with a mistake, drawn so that all mistakes are as frequent."""
    draw = Random(name)
    for _ in range(MOST_TRIES):
        draft = drawn_draft(draw, shape=shape)
        kind, slips = _made(draft, draw)
        if slips:
            return Case(name, draft, tuple(slips), kind, _book(draft, draw))
    raise RuntimeError(f"no mistake could be made in {name}")


def _made(draft: Draft, draw: Random) -> tuple[str, list[Slip]]:
    mistake = draw.choice(FORMULA_MISTAKES)
    chance = draw.random()
    if chance < 0.3:
        return "one column", formula_slip(draft, mistake)
    if chance < 0.38:
        return "several columns", repeated_slip(draft, mistake)
    if chance < 0.46:
        return "some rows", rows_slip(draft, mistake)
    if chance < 0.54:
        return "two mistakes", two_slips(draft, *draw.sample(FORMULA_MISTAKES, 2))
    if chance < 0.84:
        make = draw.choice(IN_CELLS)
    elif chance < 0.95:
        make = draw.choice((two_in_one, in_helper, in_helper, unexplained))
    else:
        make = draw.choice((wrong_chart, renamed_rate, other_start, wrong_text, stale_losses))
    return make.__name__.replace("_", " "), make(draft)


def _book(draft: Draft, draw: Random) -> Workbook:
    workbook = workbook_of(draft)
    if draw.random() >= FILE_SHARE:
        return workbook
    return through_a_file(workbook, draw, keep_values=bool(draft.stored))


def case_named(name: str) -> Case:
    """Return the case with a name such as ``wrong:1:17``, the same one every time.

    It tells what is made and from which seed; ``wrong-classic:1:17`` trains the textbook's network,
    which saves a quick test the other networks' catalogues; ``wrong-linear:1:17`` one without
    activations.
    """
    kind, _, network = name.partition(":")[0].partition("-")
    make = {"right": right_case, "wrong": wrong_case}[kind]
    return make(name, SHAPES[network])
