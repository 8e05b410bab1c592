"""The questions on Predict: what is asked, what is right, and where the evidence stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sheetprop.lessons.predict.what_if import WhatIf
from sheetprop.lessons.runs.compare_sheet import losses_at
from sheetprop.lessons.runs.rate_table import FIRST, HEAD, RateRun, RateTable
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.lessons.start.start_choice import weights_offered
from sheetprop.lessons.start.start_sheet import Start
from sheetprop.maths.names import gradient_of
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.notation.address import address, fixed, on
from sheetprop.words import Words
from sheetprop.workbooks.page import PREDICT

ANSWER = "{answer}"
"""Stands for the cell of the answer in what is right."""

MOST_UPDATES = 50


@dataclass(frozen=True)
class Question:
    """One question: its key and facts, what is right (a condition with `ANSWER`), its evidence.

    `offered` is the range of what can be answered.
    """

    key: str
    is_right: str
    evidence: str
    offered: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What the questions are made of; `moves` is the range of "falls", "rises" and "stays"."""

    table: RateTable
    runs: Sequence[RateRun]
    start: Start
    chosen: Chosen
    words: Words
    moves: str

    def questions(self, targets: WhatIf | None, dead: WhatIf | None) -> Iterator[Question]:
        """Yield the questions; those about a what-if only where there is room for it."""
        if targets is not None:
            yield self._rises(targets)
        yield self._largest_gradient()
        if dead is not None:
            yield self._dead_input(dead)
        if len(self.runs) > 1 and self.table.iterations > 1:
            yield self._best_rate()

    def _rises(self, targets: WhatIf) -> Question:
        target = self.table.network.targets[0]
        facts = {
            "rate": targets.cell(LEARNING_RATE, is_after=False),
            "target": f"ROUND({targets.cell(target, is_after=False)},6)",
            "step": self.chosen.step,
        }
        right = self._moves("E_total", targets)
        return Question("rises", right, self._leads_to(targets, "E_total"), self.moves, facts)

    def _dead_input(self, dead: WhatIf) -> Question:
        weight = self.table.network.layers[0][0].weights[0]
        facts = {"weight": f'"{weight}"', "rate": dead.cell(LEARNING_RATE, is_after=False)}
        right = self._moves(weight, dead)
        return Question("dead", right, self._leads_to(dead, weight), self.moves, facts)

    def _moves(self, name: str, what_if: WhatIf) -> str:
        """Return whether the answer is what a quantity does; an error is a number too large."""
        before, after = (what_if.cell(name, is_after=is_after) for is_after in (False, True))
        falls, rises, stays = (self.words.quoted(f"predict_{k}") for k in MOVES)
        truth = f"IF({after}<{before},{falls},IF({after}>{before},{rises},{stays}))"
        return f"{ANSWER}=IFERROR({truth},{rises})"

    def _leads_to(self, what_if: WhatIf, name: str) -> str:
        return f"{PREDICT}!{what_if.cell(name, is_after=True)}"

    def _largest_gradient(self) -> Question:
        names = [gradient_of(name) for name in self.table.network.parameters]
        columns = [self.table.column[name] for name in names]
        sheet = self.runs[0].sheet
        heads, values = (
            f"{on(sheet, (row, min(columns)))}:{fixed((row, max(columns)))}"
            for row in (HEAD, FIRST)
        )
        own = f'ABS(INDEX({values},MATCH("∂E/∂"&{ANSWER},{heads},0)))'
        right = f"{own}>=MAX(MAX({values}),-MIN({values}))"
        evidence = f"'{sheet}'!{address(FIRST, min(columns))}"
        return Question("gradient", right, evidence, weights_offered(self.table))

    def _best_rate(self) -> Question:
        step = min(MOST_UPDATES, self.table.iterations - 1)
        rates, losses, evidence = losses_at(len(self.runs), step)
        own = f"INDEX({losses},MATCH({ANSWER},{rates},0))"
        offered = f"{self.start.rates[0]}:{self.start.rates[-1].rpartition('!')[2]}"
        facts = {"step": str(step)}
        return Question("rate", f"{own}<=MIN({losses})", evidence, offered, facts)


MOVES = ("falls", "rises", "stays")
"""What a number may do; the words for it are predict_…"""
