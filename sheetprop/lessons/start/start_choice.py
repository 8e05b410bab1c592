"""The cells of Start that choose what is shown: a step, a run, what the picture tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.lessons.start.start_blocks import run_name
from sheetprop.notation.address import fixed, on
from sheetprop.words import Words
from sheetprop.workbooks.page import DATA, START, Page
from sheetprop.workbooks.sheet import Address, Cell
from sheetprop.workbooks.styles import Validation

MOST_RUNS = 100
"""Runs that can be chosen: a formula that names more would become too long."""

LABELS = ("diagram_weights", "diagram_gradients", "diagram_both")
"""The words for what labels of connections may tell; they stand on the sheet Data."""

LABELS_AT: Address = (4, 20)
LINES = ("step", "run", "labels", "loss")
"""What stands below the heading, a row each."""


@dataclass(frozen=True)
class Choice:
    """Where the cells that choose stand, and beside them those that say what came of it.

    A run is chosen by its name, which stands beside its rate: a rate may be typed anew, or twice.
    """

    row: int

    def at(self, line: str) -> Address:
        """Return the cell of a line."""
        return self.row + 1 + LINES.index(line), 2

    def beside(self, line: str) -> Address:
        """Return the cell right of it."""
        return self.at(line)[0], 3

    def cell(self, line: str) -> str:
        """Return the cell of a line as other sheets write it."""
        return on(START, self.at(line))

    @property
    def link(self) -> str:
        """Return where a link to the choice leads."""
        return self.cell("step").replace("$", "")

    @property
    def end(self) -> int:
        """Return the first row below, after an empty one."""
        return self.row + len(LINES) + 2


def put_choice(
    page: Page, choice: Choice, table: RateTable, sheet: str, runs: Sequence[Address], words: Words
) -> list[Validation]:
    """Write the cells that choose, each with a list to pick from.

    `sheet` is one whose iterations can be chosen, `runs` are the cells with the runs' names.
    """
    page.put((choice.row, 1), words["start_choice"], "heading")
    sources = (
        ("step", 0.0, table.range_on(sheet, None)),
        ("run", run_name(1, words), names_of(runs)),
        ("labels", words[LABELS[0]], f"{on(DATA, LABELS_AT)}:{fixed(_last_label())}"),
    )
    found = []
    for key, value, source in sources:
        at = choice.at(key)
        page.put((at[0], 1), words[f"start_{key}"], "name")
        page.put(at, Cell(value), "input")
        found.append(Validation(at, at, None, words[f"start_{key}"], words["start_pick"], source))
    page.put(choice.beside("labels"), words["start_labels_means"], "remark")
    page.put((choice.at("loss")[0], 1), "E_total", "name")
    page.put(choice.beside("loss"), words["start_loss_means"], "remark")
    return found


def names_of(runs: Sequence[Address]) -> str:
    """Return the range with the names of the runs that can be chosen."""
    offered = runs[:MOST_RUNS]
    return f"{on(START, offered[0])}:{fixed(offered[-1])}"


def _last_label() -> Address:
    return LABELS_AT[0] + len(LABELS) - 1, LABELS_AT[1]


def put_chosen_facts(
    page: Page, choice: Choice, step: str, rate: str, loss: str, words: Words
) -> None:
    """Write what came of the choice: the run's rate, E_total, and whether there is such a step."""
    other = words.formula("start_step_other", step=step).removeprefix("=")
    said = f"=IF({fixed(choice.at('step'))}={step},{words.quoted('start_step_means')},{other})"
    page.put(choice.beside("step"), Cell(None, said), "remark")
    page.put(choice.beside("run"), Cell(None, f'="η = "&{rate}'), "remark")
    page.put(choice.at("loss"), Cell(None, f"={loss}"), "number result")
