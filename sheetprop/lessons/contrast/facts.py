"""The numbers that the sentences on the sheet are made of, and the sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sheetprop.lessons.contrast.checked import ERROR, VERDICT, Check, column_of
from sheetprop.lessons.contrast.two_runs import APART, LOSS, RIGHT, SIDES, WRONG, TwoRuns
from sheetprop.lessons.start.chosen import short_text
from sheetprop.notation.address import address, fixed
from sheetprop.words import Words
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell

SEEN = 0.5
"""Percent of the first E_total: curves nearer than that look like one."""

_FALLS = 95
"""Percent of the first E_total: of more that is left a curve says that it does not learn, unless
the right one says so, too."""

_LABEL, _VALUE, _TEXT = 18, 21, 22  # columns, right of what a screen shows


@dataclass(frozen=True)
class Facts:
    """The facts beside the sentences, from row `first` on."""

    runs: TwoRuns
    check: Check | None
    words: Words
    first: int

    def put(self, page: Page) -> None:
        """Write each fact with its name and, as a text, in a few digits."""
        page.put((self.first - 1, _LABEL), self.words["mistake_facts"], "caption")
        for row, (key, formula) in enumerate(self._formulas().items(), self.first):
            page.put((row, _LABEL), self.words[f"mistake_fact_{key}"], "caption")
            page.put((row, _VALUE), Cell(None, f'=IFERROR({formula},"–")'), "fact")
            page.put((row, _TEXT), Cell(None, short_text(address(row, _VALUE))), "caption")

    def _formulas(self) -> Mapping[str, str]:
        runs = self.runs
        apart, first = runs.own(APART), address(runs.first, LOSS[RIGHT])
        found = {
            "apart": f"MAX({apart})",
            "percent": f"100*MAX({apart})/{first}",
            "begin": address(runs.first, APART),
            "after": address(runs.first + 1, APART),
            "end": address(runs.last, APART),
            "left": f"100*{address(runs.last, LOSS[WRONG])}/{address(runs.first, LOSS[WRONG])}",
        }
        return found | dict(self._of_check())

    def _of_check(self) -> Iterator[tuple[str, str]]:
        if self.check is None:
            return
        differs = self.words.quoted("gradient_check_differs")
        for side in SIDES:
            errors = self.check.all(column_of(side, ERROR))
            verdicts = self.check.all(column_of(side, VERDICT))
            yield f"error_{side}", f"MAX({errors})"
            yield f"differ_{side}", f"COUNTIF({verdicts},{differs})"

    def _cell(self, key: str, column: int = _TEXT) -> str:
        return fixed((self.first + list(self._formulas()).index(key), column))

    def curves(self) -> str:
        """Return the formula of the sentence on the curves: whether anybody sees the mistake."""
        told = self._told
        facts = {key: self._cell(key) for key in ("apart", "percent", "left")}
        updates = str(self.runs.rows - 1)
        wrong = self.runs.own(LOSS[WRONG])
        left = self._cell("left", _VALUE)
        fell = told("curves_part", percent=facts["percent"], left=facts["left"])
        rose = told("curves_rise", left=facts["left"])
        hidden = told("curves_hide", n=updates, apart=facts["apart"], percent=facts["percent"])
        first, last = (address(row, LOSS[RIGHT]) for row in (self.runs.first, self.runs.last))
        falls = f"OR({left}<={_FALLS},AND({left}<100,{last}>{first}*{_FALLS / 100}))"
        far = f"IF({falls},{fell},{rose})"
        near = f"IF({self._cell('percent', _VALUE)}<{SEEN},{hidden},{far})"
        lost = f"COUNT({wrong})<ROWS({wrong})"
        return f"=IF({lost},{self.words.quoted('mistake_curves_lost')},{near})"

    def difference(self) -> str:
        """Return the formula of the sentence on the difference and its logarithmic axis."""
        facts = {key: self._cell(key) for key in ("begin", "after", "end")}
        n = str(self.runs.rows - 1)
        later = self._told("difference_later", after=facts["after"], n=n, end=facts["end"])
        once = self._told("difference_once", begin=facts["begin"], n=n, end=facts["end"])
        return f"=IF({self._cell('begin', _VALUE)}=0,{later},{once})"

    def gradients(self) -> str:
        """Return the formula of the sentence on the gradient check of both."""
        assert self.check is not None
        keys = ("error_right", "differ_right", "error_wrong", "differ_wrong")
        facts = {key: self._cell(key) for key in keys}
        every = str(len(self.check.parameters))
        shown = self._told("check_shows", all=every, **facts)
        agrees = self._told("check_agrees", all=every, error_wrong=facts["error_wrong"])
        return f"=IF({self._cell('differ_wrong', _VALUE)}=0,{agrees},{shown})"

    def _told(self, key: str, **facts: str) -> str:
        return self.words.formula(f"mistake_{key}", **facts).removeprefix("=")
