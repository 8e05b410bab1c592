"""The Gradient check sheet: every gradient once more, by central differences of E_total.

For each weight the forward pass is calculated twice, with the weight a little larger and a little
smaller. Nothing there knows the chain rule, so it can tell whether the gradients are right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sheetprop.notation.address import address, column_range, fixed
from sheetprop.notation.text import name_text
from sheetprop.sheets.chosen import Chosen
from sheetprop.sheets.explained import FIRST, open_page, put_heads, put_text
from sheetprop.sheets.moved_weight import PASS, MovedWeight, forward_names, with_step
from sheetprop.sheets.page import GRADIENT_CHECK, Page
from sheetprop.sheets.sheet import Address, Cell, Chart, Series, Sheet
from sheetprop.sheets.start_sheet import Start
from sheetprop.sheets.styles import ChartLook, Look, Validation
from sheetprop.sheets.table import Table
from sheetprop.words import Words

STEP_SIZE = 1e-4
MOST_NEURONS = 24
MOST_CELLS = 2_500
"""So wide a network, and so many cells of forward passes, can still be followed on one sheet."""

RELATIVE, ABSOLUTE = "1E-6", "1E-9"
"""Two slopes agree when they differ by less: as a part of the larger one, or at all."""

ROUNDING = "1E-13"
"""What is nearer is equal: LibreOffice takes such a difference for 0, other programs do not."""

POWERS = range(13)  # of ten, by which h is made smaller in the second table
LONGEST_FORMULA = 8_192
WIDTH = 13.0
HEADS = ("weight", "value", "plus", "minus", "difference", "gradient", "relative", "verdict")
WEIGHT, VALUE, PLUS, MINUS, DIFFERENCE, GRADIENT, RELATIVE_ERROR, VERDICT = range(1, 9)
_STEP_ROW = FIRST + 3
STEP: Address = (_STEP_ROW, VALUE)


@dataclass
class _Writer:
    table: Table
    chosen: Chosen
    words: Words
    page: Page = field(default_factory=Page)
    scientific: list[tuple[Address, Address]] = field(default_factory=list)
    charts: list[tuple[Chart, ChartLook]] = field(default_factory=list)

    @property
    def widths(self) -> dict[int, float]:
        network = self.table.network
        columns = PASS + len(forward_names(network))
        return dict.fromkeys(range(1, max(columns, _TEXT_END + 1)), WIDTH)

    def text(self, row: int, key: str, style: str = "long quiet", **facts: object) -> None:
        put_text(self.page, (row, 1), self.words(key, **facts), style, self.widths, _TEXT_END)

    def number(self, at: Address, formula: str, style: str = "maths value") -> None:
        self.page.put(at, Cell(None, formula), style)


_TEXT_END = 11  # the column in which the lines of text end


def gradient_check_sheet(table: Table, start: Start, chosen: Chosen, words: Words) -> Sheet:
    """Return the sheet that checks the gradients of the chosen step."""
    writer = _Writer(table, chosen, words)
    _opening(writer, start)
    network = table.network
    row = _STEP_ROW
    if sum(len(layer) for layer in network.layers) > MOST_NEURONS:
        writer.text(row, "gradient_check_too_large", most=MOST_NEURONS)
        return _sheet(writer, ())
    page = writer.page
    page.put((_STEP_ROW, 1), "h =", "label")
    page.put(STEP, Cell(STEP_SIZE), "input")
    page.put((_STEP_ROW, PLUS), words["gradient_check_try"], "remark")
    rule = Validation(STEP, STEP, 0.0, words["gradient_check_h"], words["gradient_check_h_rule"])
    shown = _shown(table)
    row = _compared(writer, shown, _STEP_ROW + 3)
    row = _passes(writer, shown, row + 1)
    _sizes(writer, network.layers[-1][0].weights[0], row + 1)
    return _sheet(writer, (rule,))


def _sheet(writer: _Writer, rules: tuple[Validation, ...]) -> Sheet:
    page = writer.page
    look = Look(
        styles=page.styles,
        links=page.links,
        widths=writer.widths,
        merged=tuple(page.merged),
        heights=page.heights,
        charts=tuple(look for _, look in writer.charts),
        validations=rules,
        scientific=tuple(writer.scientific),
        tab="#56B4E9",
        plain_formulas=True,
    )
    charts = tuple(chart for chart, _ in writer.charts)
    return Sheet(GRADIENT_CHECK, page.cells, charts, look=look)


def _opening(writer: _Writer, start: Start) -> None:
    page, words = writer.page, writer.words
    open_page(page, GRADIENT_CHECK, words, (1, 3, 5, 7))
    rate = f"{writer.chosen.value['eta']}"
    said = words.formula("derivation_step", step=writer.chosen.step, rate=rate)
    page.put((FIRST - 1, 1), Cell(None, said), "heading")
    page.put(
        (FIRST - 1, DIFFERENCE), words["derivation_choose"], "link", start.step.replace("$", "")
    )
    writer.text(FIRST, "gradient_check_idea")
    writer.text(FIRST + 1, "gradient_check_why")


def _shown(table: Table) -> Sequence[str]:
    """Return the weights (and biases that learn) whose forward passes there is room for."""
    cells = 2 * (PASS + len(forward_names(table.network)))
    return table.network.parameters[: max(1, MOST_CELLS // cells)]


def _compared(writer: _Writer, shown: Sequence[str], row: int) -> int:
    """Write the table of all weights, and return the first row below it.

    It takes E from the forward passes further down, two rows for each weight.
    """
    page, words = writer.page, writer.words
    put_heads(writer.page, row, [words[f"gradient_check_head_{key}"] for key in HEADS], WIDTH)
    first = row + 1
    is_cut = len(shown) < len(writer.table.network.parameters)
    passes = first + len(shown) + is_cut + 2 + _ABOVE_PASSES
    last_column = PASS + len(forward_names(writer.table.network)) - 1
    for number, name in enumerate(shown):
        at = first + number
        page.put((at, WEIGHT), name, "maths name")
        writer.number((at, VALUE), f"={writer.chosen.value[name]}")
        for column, below in ((PLUS, 0), (MINUS, 1)):
            source = address(passes + 2 * number + below, last_column)
            writer.number((at, column), f"={source}", "maths long")
        _judge(writer, at, name, fixed(STEP))
        verdict = _verdict(words, address(at, RELATIVE_ERROR), _apart(at))
        page.put((at, VERDICT), Cell(None, verdict), "mark")
    last = first + len(shown) - 1
    writer.scientific.append(((first, RELATIVE_ERROR), (last, RELATIVE_ERROR)))
    verdicts = f"{address(first, VERDICT)}:{address(last, VERDICT)}"
    count = f'COUNTIF({verdicts},"{words["gradient_check_agrees"]}")'
    said = words.formula("gradient_check_all", right=count, all=f"ROWS({verdicts})")
    page.put((row - 1, 1), Cell(None, said), "heading")
    row = last + 1
    if is_cut:
        writer.text(row, "gradient_check_first", shown=len(shown))
        row += 1
    writer.text(row, "gradient_check_agrees_when")
    return row + 1


def _judge(writer: _Writer, row: int, name: str, step: str) -> None:
    """Write the difference quotient, the gradient and how far they are apart."""
    plus, minus = address(row, PLUS), address(row, MINUS)
    slope, gradient = address(row, DIFFERENCE), address(row, GRADIENT)
    style = "maths long result"
    writer.number((row, DIFFERENCE), f"=({plus}-{minus})/(2*{step})", style)
    writer.number((row, GRADIENT), f"={writer.chosen.value[f'dE/d{name}']}", style)
    largest = f"MAX(ABS({slope}),ABS({gradient}))"
    is_rounding = f"{_apart(row)}<={ROUNDING}*{largest}"
    error = f"=IF({is_rounding},0,{_apart(row)}/{largest})"
    writer.number((row, RELATIVE_ERROR), error)


def _apart(row: int) -> str:
    return f"ABS({address(row, DIFFERENCE)}-{address(row, GRADIENT)})"


def _verdict(words: Words, relative: str, apart: str) -> str:
    agrees, differs = words["gradient_check_agrees"], words["gradient_check_differs"]
    near = f"OR({relative}<={RELATIVE},{apart}<={ABSOLUTE})"
    return f'=IFERROR(IF({near},"{agrees}","{differs}"),"–")'


def _sizes(writer: _Writer, name: str, row: int) -> None:
    """Write what smaller and smaller h do to one weight."""
    page, words = writer.page, writer.words
    plus, minus = (with_step(writer.table.network, name, sign) for sign in (1, -1))
    formulas = [f.formula(writer.chosen, address(row + 4, WEIGHT)) for f in (plus, minus)]
    if max(map(len, formulas)) > LONGEST_FORMULA:
        return
    page.put((row, 1), words("gradient_check_sizes", weight=name), "heading")
    writer.text(row + 1, "gradient_check_large")
    writer.text(row + 2, "gradient_check_small")
    heads = ["h", *(words[f"gradient_check_head_{key}"] for key in HEADS[1:-1])]
    put_heads(writer.page, row + 3, [*heads, words["gradient_check_head_best"]], WIDTH)
    first, last = row + 4, row + 4 + len(POWERS) - 1
    errors = f"{fixed((first, RELATIVE_ERROR))}:{fixed((last, RELATIVE_ERROR))}"
    for power in POWERS:
        at = first + power
        writer.number((at, WEIGHT), f"=10^-{power}" if power else "=1", "maths small")
        writer.number((at, VALUE), f"={writer.chosen.value[name]}")
        for column, pass_ in ((PLUS, plus), (MINUS, minus)):
            writer.number(
                (at, column), pass_.formula(writer.chosen, address(at, WEIGHT)), "maths long"
            )
        _judge(writer, at, name, address(at, WEIGHT))
        is_least = f"{address(at, RELATIVE_ERROR)}=MIN({errors})"
        best = f'=IFERROR(IF({is_least},"{words["gradient_check_best"]}","–"),"–")'
        page.put((at, VERDICT), Cell(None, best), "mark")
    writer.scientific.append(((first, RELATIVE_ERROR), (last, RELATIVE_ERROR)))
    writer.charts.append(_chart(writer, first, last))


def _chart(writer: _Writer, first: int, last: int) -> tuple[Chart, ChartLook]:
    """Return the picture of the table: the error against h, both in powers of ten."""
    words = writer.words
    series = Series(
        column_range(GRADIENT_CHECK, RELATIVE_ERROR, first, last),
        column_range(GRADIENT_CHECK, WEIGHT, first, last),
    )
    look = ChartLook(
        at=(first - 1, VERDICT + 2),
        size=_CHART_SIZE,
        x_title="h",
        y_title=words["gradient_check_head_relative"],
        description=words["gradient_check_chart"],
    )
    return Chart("line", (series,), words["gradient_check_chart"], logarithmic=True), look


_CHART_SIZE = (384, 280)
_ABOVE_PASSES = 3  # rows: heading, text, heads


def _passes(writer: _Writer, shown: Sequence[str], row: int) -> int:
    """Write two forward passes for each weight, and return the first row below.

    What the weight does not reach stays as it is.
    """
    page, words = writer.page, writer.words
    network = writer.table.network
    page.put((row, 1), words["gradient_check_passes"], "heading")
    writer.text(row + 1, "gradient_check_passes_about")
    names = forward_names(network)
    heads = [words["gradient_check_head_moved"], words["gradient_check_head_value"]]
    put_heads(writer.page, row + 2, [*heads, *map(name_text, names)], WIDTH)
    first = at = row + _ABOVE_PASSES
    for name in shown:
        for sign in (1, -1):
            moved = MovedWeight(network, name, writer.chosen, at)
            page.put((at, 1), f"{name} {'+' if sign > 0 else '-'} h", "maths name")
            step = f"{writer.chosen.value[name]}{'+' if sign > 0 else '-'}{fixed(STEP)}"
            writer.number((at, VALUE), f"={step}", "maths result")
            for column, quantity in enumerate(names, PASS):
                reached = quantity in moved.reached
                style = "maths result" if reached else "maths still"
                style = "maths long result" if quantity == "E_total" else style
                writer.number((at, column), moved.formula(quantity), style)
            at += 1
    writer.scientific.append(((first, VALUE), (at - 1, PASS + len(names) - 1)))
    return at
