"""Wrong worksheets that a hasty reader would call right."""

from __future__ import annotations

from typing import Any

from worksheets import COMPUTED, GRADIENTS, ORDER, RIGHT, WEIGHTS, Table

from unforeseen.board import Board, board_of
from unforeseen.kind import BLANKS, FOUND, NOTICED, cells, wrong
from unforeseen.layouts import rate, table
from unforeseen.twins import CLASS_MISTAKE

SLIP = {name: CLASS_MISTAKE[name] for name in ("dE/dw3", "dE/dw4")}


def slipped(table: Table | None = None) -> Table:
    """Return a table with the class mistake in ∂E/∂w3 and ∂E/∂w4."""
    table = table or Table()
    for name, formula in SLIP.items():
        table = table.changed(name, formula)
    return table


def with_inputs_at(references: dict[str, str]) -> Table:
    table = slipped()
    for name, reference in references.items():
        table = table.changed(name, f"={reference}", range(8))
    return table


@wrong()
def inputs_on_a_plain_sheet() -> Board:
    """Inputs stand on a sheet Data whose name needs no quotes, and ∂E/∂w3, ∂E/∂w4 take a_h1."""
    board = board_of(with_inputs_at({"i1": "Data!A2", "i2": "Data!B2"}))
    for where, content in {"A1": "i1", "B1": "i2", "A2": 0.05, "B2": 0.1}.items():
        board.put(where, content, "Data")
    return board


@wrong()
def inputs_on_a_quoted_sheet() -> Board:
    """The same where the sheet's name needs quotes."""
    board = board_of(with_inputs_at({"i1": "'My data'!$A$2", "i2": "'My data'!$B$2"}))
    for where, content in {"A1": "i1", "B1": "i2", "A2": 0.05, "B2": 0.1}.items():
        board.put(where, content, "My data")
    return board


@wrong()
def inputs_behind_names() -> Board:
    """Inputs are defined names of cells on another sheet, and ∂E/∂w3, ∂E/∂w4 take a_h1."""
    board = board_of(with_inputs_at({"i1": "first_input", "i2": "second_input"}))
    board.put("A2", 0.05, "Data")
    board.put("B2", 0.1, "Data")
    board.names |= {"first_input": "Data!$A$2", "second_input": "Data!$B$2"}
    return board


@wrong()
def weights_on_another_sheet() -> Board:
    """First weights stand on a sheet Start, and ∂E/∂w3, ∂E/∂w4 take a_h1."""
    table = slipped()
    for number, weight in enumerate(WEIGHTS):
        table = table.changed(weight, f"=Start!$B${2 + number}", (0,))
    board = board_of(table)
    for number, weight in enumerate(WEIGHTS):
        board.put(f"A{2 + number}", weight, "Start")
        board.put(f"B{2 + number}", board.values[weight], "Start")
    return board


def _with_gap(note: str | None) -> Board:
    """Return a table whose columns were filled straight through a row that holds no numbers."""
    board = board_of(Table())
    for name in ORDER:
        board.set(name, 3, None)
        board.where.pop((name, 3))
    if note:
        board.put("A35", note)
    return board


@wrong(proof=lambda _: True, at=cells(" ".join(WEIGHTS), range(4, 5)))
def filled_through_a_blank_row() -> Board:
    """One row is blank, and the update below it starts from its empty cells: weights 0."""
    return _with_gap(None)


@wrong(proof=lambda _: True, at=cells(" ".join(WEIGHTS), range(4, 5)))
def filled_through_a_note() -> Board:
    """One row holds a note, and the update below it starts from its empty cells: weights 0."""
    return _with_gap("from here on faster")


@wrong(proof="as typed")
def targets_from_the_row_above() -> Board:
    """Targets change by row, and E1 takes that of the row above."""
    board = board_of(Table().changed("E1", "=0.5*({t1[-1]}-{a_o1})^2", range(1, 8)))
    for step in range(8):
        board.set("t1", step, round(0.05 + 0.11 * step, 2))
    return board


@wrong(proof="as typed")
def gradient_with_target_from_above() -> Board:
    """Targets change by row, and ∂E/∂w5 takes that of the row above."""
    formula = RIGHT["dE/dw5"].replace("{t1}", "{t1[-1]}")
    board = board_of(Table().changed("dE/dw5", formula, range(1, 8)))
    for step in range(8):
        board.set("t1", step, round(0.05 + 0.11 * step, 2))
    return board


@wrong(proof="as typed")
def inputs_fixed_to_one_row() -> Board:
    """Inputs change by row, and h1 takes those of the first row."""
    board = board_of(Table().changed("h1", "={w1}*{i1@0}+{w2}*{i2@0}"))
    for step in range(8):
        board.set("i1", step, round(0.05 + 0.03 * step, 2))
    return board


@wrong(proof="as typed")
def gradient_with_fixed_input() -> Board:
    """Inputs alternate between two samples, and ∂E/∂w1 takes that of the first row."""
    formula = RIGHT["dE/dw1"].replace("{i1}", "{i1@0}")
    board = board_of(Table().changed("dE/dw1", formula))
    for step in range(8):
        board.set("i1", step, 0.05 if step % 2 else 0.7)
    return board


@wrong(proof=lambda _: True, at=cells("w1", range(1)))
def text_in_the_first_weight() -> Board:
    """The first w1 is a text, and #VALUE! stands everywhere."""
    board = board_of(Table())
    board.set("w1", 0, "0,15")
    return board


@wrong(NOTICED, proof=lambda _: True, at=cells("w1", range(1)))
def blank_first_weight() -> Board:
    """The first w1 is empty."""
    board = board_of(Table())
    board.set("w1", 0, None)
    return board


@wrong(BLANKS | NOTICED, proof=lambda _: True, at=cells("eta", range(1)))
def blank_rate() -> Board:
    """The cell of η is empty, so that nothing is learnt."""
    board = board_of(Table())
    board.set("eta", 0, None)
    return board


@wrong()
def sign_within_if() -> Board:
    """Updates are guarded by IF(x="","",…) and add the gradient."""
    table = Table()
    for weight in WEIGHTS:
        inner = f"{{{weight}[-1]}}+{{eta}}*{{dE/d{weight}[-1]}}"
        table = table.changed(weight, f'=IF({{{weight}[-1]}}="","",{inner})')
    return board_of(table)


@wrong()
def sign_within_offset() -> Board:
    """The update of w5 takes the row above by OFFSET and adds the gradient."""
    formula = "=OFFSET({t1[-1]},0,12)+{eta}*{dE/dw5[-1]}"
    return board_of(Table().changed("w5", formula))


@wrong()
def sign_within_iferror() -> Board:
    """Gradients are guarded by IFERROR, one of them of t - a."""
    formula = RIGHT["dE/dw6"].replace("{a_o1}-{t1}", "{t1}-{a_o1}")
    return board_of(Table().changed("dE/dw6", f'=IFERROR({formula[1:]},"")'))


@wrong()
def sign_in_one_array() -> Board:
    """The gradients of w5 and w6 are one array formula, with t - a."""
    forward = [name for name in ORDER if name not in ("h1", "a_h1", "h2", "a_h2")]
    order = (*forward[:8], "h1", "h2", "a_h1", "a_h2", *forward[8:])
    board = board_of(Table(order=order))
    for step in range(8):
        row = 32 + step
        for name in ("dE/dw5", "dE/dw6"):
            board.set(name, step, None)
        text = f"=(A{row}-R{row})*R{row}*(1-R{row})*K{row}:L{row}"
        board.finish.append(_array(f"AB{row}:AC{row}", text))
    return board


def _array(area: str, formula: str) -> Any:
    def write(book: Any) -> None:
        from openpyxl.worksheet.formula import ArrayFormula

        book["Sheet1"][area.partition(":")[0]] = ArrayFormula(area, formula)

    return write


@wrong()
def sign_in_array_cells() -> Board:
    """Each ∂E/∂w5 is an array formula of its own, with t - a."""
    board = board_of(Table())
    for step in range(8):
        row = 32 + step
        text = f"=(A{row}-R{row})*R{row}*(1-R{row})*J{row}"
        board.finish.append(_array(f"AB{row}", text))
    return board


def _typed(digits: int, rate: float = 2.0, shown: object = None, other: float = 1.0) -> Board:
    """Return a table in which every number is typed, `other` times the rate in its updates."""
    import tempfile
    from pathlib import Path

    from unforeseen.witness import Calculated

    board = board_of(Table(rate=rate * other))
    with tempfile.TemporaryDirectory() as folder:
        calculated = Calculated(board, board.save(Path(folder)))
        for key in list(board.where):
            value = calculated.number(*key)
            board.set(*key, float(f"{value:.{digits}g}"))
    board.set("eta", 0, None)
    board.where.pop(("eta", 0))
    board.put("F30", None)
    if shown is not None:
        board.put("F30", shown)  # type: ignore[arg-type]
    return board


@wrong(NOTICED, proof=lambda _: True, at=cells(" ".join(WEIGHTS), range(1, 8)))
def typed_with_another_rate() -> Board:
    """“η = 0.5” stands above a table of numbers that was calculated with 0.4."""
    return _typed(15, 0.4, "η = 0.5")


@wrong(proof=lambda _: True, at=cells("a_o1", range(3, 4)))
def typed_with_one_number_off() -> Board:
    """A table of numbers, one of them 1 % off."""
    board = _typed(8, 0.5, "η = 0.5")
    board.set("a_o1", 3, float(board.cells[board.where["a_o1", 3]]) * 1.01)  # type: ignore[arg-type]
    return board


@wrong()
def one_digit_far_off() -> Board:
    """One ∂E/∂w8 is typed with one digit, which is 15 % off."""
    board = board_of(Table())
    board.set("dE/dw8", 4, -0.02)
    return board


@wrong()
def one_digit_weight() -> Board:
    """One w5 is typed with one digit."""
    board = board_of(Table())
    board.set("w5", 4, 0.2)
    return board


@wrong()
def rounded_to_no_digit() -> Board:
    """One activation is typed as 1."""
    board = board_of(Table())
    board.set("a_o2", 2, 1.0)
    return board


@wrong(NOTICED, proof=lambda _: True, at=cells(" ".join((*WEIGHTS, *COMPUTED[:11])), range(1, 8)))
def forward_in_row_one_only() -> Board:
    """The forward pass is filled in row 1 only, gradients in five rows, and nothing is updated."""
    board = board_of(Table())
    for step in range(1, 8):
        for name in ORDER:
            if name not in GRADIENTS or step > 4:
                board.set(name, step, None)
    return board


@wrong(BLANKS, proof=lambda _: True, at=cells(" ".join(WEIGHTS), range(1, 8)))
def never_updated() -> Board:
    """Weights stand in the first row only; the rows below have none."""
    board = board_of(Table())
    for weight in WEIGHTS:
        board.fill(weight, range(1, 8), None)
    return board


@wrong()
def weights_copied_down() -> Board:
    """Every row repeats the weights of the first: =E32 filled down."""
    table = Table()
    for weight in WEIGHTS:
        table = table.changed(weight, f"={{{weight}[-1]}}")
    return board_of(table)


@wrong()
def weights_typed_again() -> Board:
    """Every row has the first weights typed again."""
    table = Table()
    for weight, value in zip(WEIGHTS, Table().weights, strict=True):
        table = table.changed(weight, value, range(1, 8))
    return board_of(table)


@wrong(BLANKS, proof=lambda _: True, at=cells("dE/dw4", range(4, 8)))
def half_filled() -> Board:
    """One gradient was filled down half of the way."""
    board = board_of(Table())
    board.fill("dE/dw4", range(4, 8), None)
    return board


@wrong(BLANKS, proof=lambda _: True, at=cells("E_total", range(8)))
def empty_total() -> Board:
    """E_total has a header and nothing below it."""
    board = board_of(Table())
    board.fill("E_total", range(8), None)
    return board


@wrong(FOUND | {"correct"})
def shown_to_digits() -> Board:
    """Every activation is rounded to two digits by ROUND: a remark at least."""
    table = Table()
    for name in ("a_h1", "a_h2", "a_o1", "a_o2"):
        table = table.changed(name, f"=ROUND({RIGHT[name][1:]},2)")
    return board_of(table)


def _inputs_elsewhere(reference: str) -> Board:
    """Return a table without columns for inputs, with the class mistake."""
    board = Board()
    table(board, names=tuple(n for n in ORDER if n[0] != "i"))
    for number, name in enumerate(("i1", "i2")):
        board.put(f"{'AB'[number]}1", name, "Data")
        board.at(name, 0, 2, 1 + number, "Data")
    formulas = dict(RIGHT | SLIP)
    for number, name in enumerate(("i1", "i2")):
        text = reference.format("AB"[number], number + 1)
        formulas = {n: f.replace(f"{{{name}}}", text) for n, f in formulas.items()}
    return rate(board).standard(formulas)


@wrong()
def formulas_take_a_plain_sheet() -> Board:
    """Formulas take inputs as Data!$A$2; the table has no columns for them, and has a slip."""
    return _inputs_elsewhere("Data!${}$2")


@wrong()
def formulas_take_names() -> Board:
    """Formulas take inputs by defined names; the table has no columns for them, and has a slip."""
    board = _inputs_elsewhere("input_{1}")
    board.names |= {"input_1": "Data!$A$2", "input_2": "Data!$B$2"}
    return board


@wrong()
def columns_and_names() -> Board:
    """Inputs have columns, =Data!A2; formulas take the names of those cells, and have a slip."""
    board = _inputs_elsewhere("input_{1}")
    board.names |= {"input_1": "Data!$A$2", "input_2": "Data!$B$2"}
    for column, name in enumerate(("i1", "i2"), 40):
        board.text(10, column, name)
        for step in range(6):
            board.text(11 + step, column, f"=Data!{'AB'[column - 40]}2")
    return board
