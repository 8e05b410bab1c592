"""The cells of Start that choose what is shown: step, run, phase, labels, the path of a weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetprop.lessons.parts.drawing import Drawing
from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.lessons.start.data_columns import FIRST, HEAD, LISTS
from sheetprop.lessons.start.start_blocks import run_name
from sheetprop.notation.address import column_range, fixed, on
from sheetprop.words import Words
from sheetprop.workbooks.look import Validation
from sheetprop.workbooks.page import DATA, START, Page
from sheetprop.workbooks.sheet import Address, Cell

MOST_RUNS = 100
"""Runs that can be chosen: a formula that names more would become too long."""

PHASES = ("all", "forward", "error", "backward", "update")
"""The phases of a step that can be shown alone; the words for them are phase_…"""

LABELS = ("weights", "gradients", "both")
"""What labels of connections may tell; the words for it are diagram_…"""

NO_PATH = "–"
"""Chooses no weight whose path is shown."""

CHOSEN = ("step", "run", "phase", "labels", "path")
_LINES = (*CHOSEN, "loss")
"""What stands below the heading, a row each."""


@dataclass(frozen=True)
class Choice:
    """Where the cells that choose stand, and beside them those that say what came of it.

    A run is chosen by its name, which stands beside its rate: a rate may be typed anew, or twice.
    """

    row: int

    def at(self, line: str) -> Address:
        """Return the cell of a line."""
        return self.row + 1 + _LINES.index(line), 2

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
        return self.row + len(_LINES) + 2


def put_choice(
    page: Page, choice: Choice, table: RateTable, sheet: str, runs: Sequence[Address], words: Words
) -> list[Validation]:
    """Write the cells that choose, each with a list to pick from.

    `sheet` is one whose iterations can be chosen, `runs` are the cells with the runs' names.
    """
    page.put((choice.row, 1), words["start_choice"], "heading")
    lists = {key: column_range(DATA, *place) for key, place in _places(table).items()}
    sources = (
        ("step", 0.0, table.range_on(sheet, None)),
        ("run", run_name(1, words), names_of(runs)),
        ("phase", words["phase_all"], lists["phase"]),
        ("labels", words["diagram_weights"], lists["labels"]),
        ("path", NO_PATH, lists["path"]),
    )
    found = []
    for key, value, source in sources:
        at = choice.at(key)
        page.put((at[0], 1), words[f"start_{key}"], "name")
        page.put(at, Cell(value), "input")
        found.append(Validation(at, at, None, words[f"start_{key}"], words["start_pick"], source))
    phase = "start_phase_means" if Drawing(table.network).is_possible else "start_not_drawn"
    page.put(choice.beside("phase"), words[phase], "remark")
    for key in ("path", "loss"):
        page.put(choice.beside(key), words[f"start_{key}_means"], "remark")
    page.put((choice.at("loss")[0], 1), "E_total", "name")
    return found


def put_lists(page: Page, table: RateTable, words: Words) -> None:
    """Write what can be chosen on the page that becomes the sheet Data."""
    for key, (column, first, _) in _places(table).items():
        page.put((HEAD, column), words[f"start_{key}"], "head")
        for row, text in enumerate(_offered(table, words)[key], first):
            page.put((row, column), text, "formula")


def chosen_place(table: RateTable, choice: Choice, key: str) -> str:
    """Return the formula, without its sign, of the place of what is chosen in its list, from 1."""
    column, first, last = _places(table)[key]
    return (
        f"IFERROR(MATCH({choice.cell(key)},{fixed((first, column))}:{fixed((last, column))},0),1)"
    )


def weights_offered(table: RateTable) -> str:
    """Return the range with the names of all weights and biases that learn."""
    column, first, last = _places(table)["path"]
    return column_range(DATA, column, first + 1, last)


def _offered(table: RateTable, words: Words) -> Mapping[str, Sequence[str]]:
    return {
        "phase": [words[f"phase_{phase}"] for phase in PHASES],
        "labels": [words[f"diagram_{label}"] for label in LABELS],
        "path": [NO_PATH, *table.network.parameters],
    }


def _places(table: RateTable) -> dict[str, tuple[int, int, int]]:
    """Return column, first and last row of each list on Data."""
    lengths = {
        "phase": len(PHASES),
        "labels": len(LABELS),
        "path": 1 + len(table.network.parameters),
    }
    return {
        key: (column, FIRST, FIRST + length - 1)
        for column, (key, length) in enumerate(lengths.items(), LISTS)
    }


def names_of(runs: Sequence[Address]) -> str:
    """Return the range with the names of the runs that can be chosen."""
    offered = runs[:MOST_RUNS]
    return f"{on(START, offered[0])}:{fixed(offered[-1])}"


def put_chosen_facts(
    page: Page,
    choice: Choice,
    runs: str,
    step: str,
    rate: str,
    loss: str,
    labels: str,
    words: Words,
) -> None:
    """Write what came of the choice: the run's rate, E_total, whether there is such a step or run.

    `runs` is the range of the runs' names, `labels` the formula of what is to be said of labels.
    """
    other = words.formula("start_step_other", step=step).removeprefix("=")
    said = f"=IF({fixed(choice.at('step'))}={step},{words.quoted('start_step_means')},{other})"
    page.put(choice.beside("step"), Cell(None, said), "remark")
    none = words.formula("start_run_other", run=f'"{run_name(1, words)}"').removeprefix("=")
    is_there = f"COUNTIF({runs},{fixed(choice.at('run'))})"
    beside_run = f'=IF({is_there},"",{none})&"η = "&{rate}'
    page.put(choice.beside("run"), Cell(None, beside_run), "remark")
    page.put(choice.beside("labels"), Cell(None, labels), "remark")
    page.put(choice.at("loss"), Cell(None, f"={loss}"), "number result")
