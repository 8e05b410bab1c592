"""What became of a run, by live formulas over its E_total, each with its value.

Every cell of the summary is a pair: what it shows, and the formula that shows the same in Excel,
LibreOffice and Google Sheets without array formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sheetprop.calculating.run_values import excel_value
from sheetprop.lessons.runs.rate_table import RateRun, RateTable
from sheetprop.maths.expr import Expr, Name, Number, product
from sheetprop.notation.address import column_letters, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Cell, ExcelError, Value

NOTHING = "–"  # stands where an error value would
OUTPUTS, ALL_LAYERS = slice(-1, None), slice(None)

# The criteria, told to the reader by the words compare_…; as text where a formula has them.
_FLAT, _PART, _STILL, _RISE = "0.01", "10", "1E-3", "1E-9"
_MOST_ARGUMENTS = 255  # of a function

VERDICTS = ("overflows", "saturates", "diverges", "oscillates", "converges")
"""What a run may do, in the order in which it is tried; the words for it are verdict_…"""


@dataclass(frozen=True)
class Errors:
    """One run's E_total as the Compare sheet shows it: where it stands, and what it shows.

    The iterations stand in column `counter`, in the same rows `first` to `last`.
    """

    column: int
    counter: int
    first: int
    values: Sequence[float | str]

    @property
    def last(self) -> int:
        """Return the last row."""
        return self.first + len(self.values) - 1

    def cell(self, row: int) -> str:
        """Return one cell; its row is fixed."""
        return f"{column_letters(self.column)}${row}"

    def between(self, first: int, last: int) -> str:
        """Return a range of rows."""
        return f"{self.cell(first)}:{self.cell(last)}"

    @property
    def all(self) -> str:
        """Return the range of all rows."""
        return self.between(self.first, self.last)

    @property
    def numbers(self) -> list[float]:
        """Return the values that are no text."""
        return [value for value in self.values if not isinstance(value, str)]


def shown_errors(table: RateTable, run: RateRun) -> list[float | str]:
    """Return a run's E_total with a dash where it is an error."""
    place = table.place("E_total")
    return [NOTHING if isinstance(v, ExcelError) else v for v in run.rows.column(place)]


def least(errors: Errors) -> Cell:
    """Return the least E_total."""
    formula = f'=IF(COUNT({errors.all})=0,"{NOTHING}",MIN({errors.all}))'
    return Cell(min(errors.numbers, default=NOTHING), formula)


def halved(errors: Errors, words: Words) -> Cell:
    """Return the first iteration with E_total at most half of what it was; a text is above it.

    MIN inside SUMPRODUCT works over a whole range in every program without being typed as an array
    formula: iterations not yet there are moved beyond the last one.
    """
    first = errors.cell(errors.first)
    counter = f"{fixed((errors.first, errors.counter))}:{fixed((errors.last, errors.counter))}"
    search = f"SUMPRODUCT(MIN({counter}+ROWS({counter})*({errors.all}>{first}/2)))"
    found = f"IF(MIN({errors.all})>{first}/2,{words.quoted('compare_not_yet')},{search})"
    return Cell(_halved(errors.values, words), f'=IF(ISNUMBER({first}),{found},"{NOTHING}")')


def _halved(values: Sequence[float | str], words: Words) -> Value:
    first = values[0]
    if isinstance(first, str):
        return NOTHING
    found = (k for k, e in enumerate(values) if not isinstance(e, str) and e <= first / 2)
    return next((float(k) for k in found), words["compare_not_yet"])


def slope(table: RateTable, run: RateRun, layers: slice) -> Cell:
    """Return the least over some layers of the largest slope in the layer, in the last row."""
    chosen = _slopes(table)[layers]
    known = dict(zip(table.network.quantities, run.rows[-1], strict=True))
    values = [
        [excel_value(tree, lambda leaf: known[leaf.name]) for tree in each] for each in chosen
    ]
    numbers = [[v for v in each if not isinstance(v, ExcelError)] for each in values]
    complete = [len(each) for each in numbers] == [len(each) for each in values]
    value = min(max(each) for each in numbers) if complete else NOTHING
    return Cell(value, slope_formula(table, run, layers))


def slope_formula(table: RateTable, run: RateRun, layers: slice) -> str:
    """Return the formula of `slope`."""

    def reference(leaf: Expr) -> str:
        if not isinstance(leaf, Name):
            raise TypeError(f"no cell stands for {leaf!r}")
        return f"'{run.sheet}'!{column_letters(table.column[leaf.name])}{table.last}"

    texts = [[to_excel(tree, reference)[1:] for tree in each] for each in _slopes(table)[layers]]
    largest = [_nested("MAX", list(dict.fromkeys(each))) for each in texts]
    inner = largest[0] if len(largest) == 1 else _nested("MIN", largest)
    return f'=IFERROR({inner},"{NOTHING}")'


def _slopes(table: RateTable) -> list[list[Expr]]:
    """Return every neuron's declared slope, layer by layer."""
    layers = table.network.layers
    return [[product(neuron.slope() or [Number(1.0)]) for neuron in layer] for layer in layers]


def _nested(function: str, texts: list[str]) -> str:
    """Return MAX or MIN of all texts, nested where there are more than it takes."""
    if len(texts) <= _MOST_ARGUMENTS:
        return f"{function}({','.join(texts)})"
    cuts = range(0, len(texts), _MOST_ARGUMENTS)
    return _nested(function, [_nested(function, texts[k : k + _MOST_ARGUMENTS]) for k in cuts])


def verdict(
    errors: Errors, outputs: tuple[str, Value], flattest: tuple[str, Value], words: Words
) -> Cell:
    """Return what became of the run in a word; two slopes are given by their cells and values."""
    value = words[f"verdict_{_verdict(errors, outputs[1], flattest[1])}"]
    return Cell(value, _verdict_formula(errors, outputs[0], flattest[0], words))


def _verdict(errors: Errors, outputs: Value, flattest: Value) -> str:
    numbers = errors.numbers
    if len(numbers) < len(errors.values):
        return "overflows"
    first, last = numbers[0], numbers[-1]
    still = _is_flat(flattest) and abs(last - numbers[-2:][0]) < first * float(_STILL)
    if last > first / float(_PART) and (_is_flat(outputs) or still):
        return "saturates"
    if last > first:
        return "diverges"
    allowed = first * float(_RISE)
    rises = any(after > before + allowed for before, after in pairwise(numbers))
    return "oscillates" if rises else "converges"


def _is_flat(value: Value) -> bool:
    return isinstance(value, float) and value < float(_FLAT)


def _verdict_formula(errors: Errors, outputs: str, flattest: str, words: Words) -> str:
    first, last = errors.cell(errors.first), errors.cell(errors.last)
    before = errors.cell(max(errors.last - 1, errors.first))
    still = f"AND({flattest}<{_FLAT},ABS({last}-{before})<{first}*{_STILL})"
    conditions = (
        f"COUNT({errors.all})<ROWS({errors.all})",
        f"AND({last}>{first}/{_PART},OR({outputs}<{_FLAT},{still}))",
        f"{last}>{first}",
        _rises(errors),
    )
    texts = [words.quoted(f"verdict_{key}") for key in VERDICTS]
    formula = texts[-1]
    for condition, text in reversed(list(zip(conditions, texts, strict=False))):
        formula = f"IF({condition},{text},{formula})"
    return f"={formula}"


def _rises(errors: Errors) -> str:
    if errors.last == errors.first:
        return "FALSE"
    later = errors.between(errors.first + 1, errors.last)
    earlier = errors.between(errors.first, errors.last - 1)
    return f"SUMPRODUCT(--({later}>{earlier}+{errors.cell(errors.first)}*{_RISE}))>0"
