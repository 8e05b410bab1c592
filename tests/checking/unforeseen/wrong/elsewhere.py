"""Wrong worksheets whose inputs or weights stand on other sheets or behind names."""

from __future__ import annotations

from worksheets import ORDER, RIGHT, WEIGHTS, Table

from unforeseen.board import Board, board_of
from unforeseen.helping import CLASS_MISTAKE
from unforeseen.kind import NOTICED, cells, wrong
from unforeseen.layouts.tables import rate, table

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


@wrong(at=frozenset({("w1", 1)}))
def one_copy_that_is_none() -> Board:
    """A form has new weights and copies of them, one of which takes another weight's gradient."""
    board = Board()
    for number, name in enumerate(ORDER):
        board.text(3 + number, 1, name)
        board.at(name, 0, 3 + number, 2)
    for number, name in enumerate(WEIGHTS):
        board.text(3 + number, 4, f"{name}'")
        board.text(3 + number, 7, f"weight {name[1:]}'")
        board.at(name, 1, 3 + number, 8)
    board.standard(RIGHT | {name: f"=E{3 + number}" for number, name in enumerate(WEIGHTS)})
    rate(board, 1, 2).set("eta", 0, 0.5)
    for number, name in enumerate(WEIGHTS):
        template = RIGHT[name].replace("[-1]", "")
        board.cells[board.sheet, 3 + number, 5] = board.filled(template, name, 0)
    board.set("w1", 1, RIGHT["w1"].replace("dE/dw1", "dE/dw8"))
    return board


@wrong(NOTICED, at=cells("i1 i2", range(8)))
def two_inputs_from_one_cell() -> Board:
    """i1 and i2 come from one cell of another sheet, and nothing takes the one beside it."""
    table = Table()
    for name in ("i1", "i2"):
        table = table.changed(name, "=Data!$A$2", range(8))
    board = board_of(table)
    for where, content in {"A1": "i1", "B1": "i2", "A2": 0.05, "B2": 0.1}.items():
        board.put(where, content, "Data")
    return board


@wrong(NOTICED, at=cells("new_w3", range(7, 8)))
def last_new_weight() -> Board:
    """The new weights stand in columns of their own, and the last of them goes up."""
    update = "={w3}-{eta}*{dE/dw3}"
    table = Table(helpers={"new_w3": update}).changed("w3", "={new_w3[-1]}", range(1, 8))
    board = board_of(table)
    board.set("new_w3", 7, update.replace("-", "+"))
    return board
