"""Further layouts, of people who like spreadsheets and people who do not."""

from __future__ import annotations

from typing import Any

from worksheets import GRADIENTS, ORDER, WEIGHTS

from unforeseen.board import Board
from unforeseen.layouts import STEPS, Formulas, rate, table

FORWARD = tuple(name for name in ORDER if name not in GRADIENTS)
CROSSED = {
    "w1": "w11",
    "w2": "w12",
    "w3": "w21",
    "w4": "w22",
    "w5": "v11",
    "w6": "v12",
    "w7": "v21",
    "w8": "v22",
    "dE/dw1": "∂E/∂w11",
    "dE/dw2": "∂E/∂w12",
    "dE/dw3": "∂E/∂w21",
    "dE/dw4": "∂E/∂w22",
    "dE/dw5": "∂E/∂v11",
    "dE/dw6": "∂E/∂v12",
    "dE/dw7": "∂E/∂v21",
    "dE/dw8": "∂E/∂v22",
    "i1": "x1",
    "i2": "x2",
    "t1": "y1",
    "t2": "y2",
    "a_o1": "ŷ1",
    "a_o2": "ŷ2",
    "h1": "z1",
    "h2": "z2",
    "a_h1": "a1",
    "a_h2": "a2",
    "o1": "z3",
    "o2": "z4",
    "E1": "L1",
    "E2": "L2",
    "E_total": "L",
}


def crossed_names(formulas: Formulas) -> Board:
    """Weights are w11 … w22 and v11 … v22, sums z, activations a, predictions ŷ, loss L."""
    return rate(table(Board(), headers=CROSSED)).standard(formulas)


def no_headers(formulas: Formulas) -> Board:
    """A table without any header."""
    return rate(table(Board(), headers=lambda _: "")).standard(formulas)


def start_block(formulas: Formulas) -> Board:
    """Inputs, targets and first weights stand labelled above; the first row takes them there."""
    board = rate(table(Board(), header=20), 18)
    board.standard(formulas)
    for number, name in enumerate(("i1", "i2", "t1", "t2", *WEIGHTS)):
        board.text(2 + number, 1, f"{name} =")
        board.text(2 + number, 2, board.values[name])
        for step in range(STEPS if name not in WEIGHTS else 1):
            board.set(name, step, f"=$B${2 + number}")
            board.where[name, step] = ("Sheet1", *board.where[name, step][1:])
    for number, name in enumerate(("i1", "i2", "t1", "t2", *WEIGHTS)):
        board.where[f"first {name}", 0] = ("Sheet1", 2 + number, 2)
    return board


def given_once(formulas: Formulas) -> Board:
    """Inputs and targets stand once, above the table, which has no columns for them."""
    board = Board()
    for number, name in enumerate(("i1", "i2", "t1", "t2")):
        board.text(2, 1 + 2 * number, name)
        board.at(name, 0, 2, 2 + 2 * number)
    table(board, names=tuple(n for n in ORDER if n[0] not in "it"))
    return rate(board).standard(formulas)


def rate_in_column(formulas: Formulas) -> Board:
    """Each row has its own cell for η, and updates take it from the row above."""
    board = table(Board(), names=("eta", *ORDER), headers={"eta": "η"})
    other = {w: formulas[w].replace("{eta}", "{eta[-1]}") for w in WEIGHTS}
    board.standard(dict(formulas) | other)
    return board


def group_titles(formulas: Formulas) -> Board:
    """Merged titles of groups stand over the headers, units below them."""
    board = rate(table(Board(), rows=lambda step: 12 + step))
    for column, text in ((1, "Targets"), (3, "Inputs"), (5, "Hidden"), (24, "Gradients")):
        board.text(9, column, text)
    for column in range(1, 32):
        board.text(11, column, "[–]")

    def merge(book: Any) -> None:
        book["Sheet1"].merge_cells("E9:L9")
        book["Sheet1"].merge_cells("X9:AE9")

    board.finish.append(merge)
    return board.standard(formulas)


def totals_below(formulas: Formulas) -> Board:
    """Below the table stand the least and the mean of the losses, beside it a test of the end."""
    board = rate(table(Board())).standard(formulas)
    board.text(18, 22, "min")
    board.text(18, 23, "=MIN(W11:W16)")
    board.text(19, 23, "=AVERAGE(W11:W16)")
    board.text(10, 33, "stop?")
    for step in range(STEPS):
        board.text(11 + step, 33, f'=IF(W{11 + step}<0.001,"stop","go on")')
    return board


def new_weights_right(formulas: Formulas) -> Board:
    """The new weights are calculated right of the gradients; the next row copies them."""
    board = rate(table(Board()))
    board.standard(formulas)
    for number, weight in enumerate(WEIGHTS):
        board.text(10, 33 + number, f"{weight} new")
        for step in range(STEPS):
            board.where["helper", step] = ("Sheet1", 11 + step, 33 + number)
            shifted = formulas[weight].replace("[-1]", "")
            board.set("helper", step, shifted)
            if step:
                letter = ("AG", "AH", "AI", "AJ", "AK", "AL", "AM", "AN")[number]
                board.set(weight, step, f"={letter}{10 + step}")
    board.where = {key: place for key, place in board.where.items() if key[0] != "helper"}
    return board


def structured(formulas: Formulas) -> Board:
    """The table is an Excel table named Run; formulas of a row use structured references."""
    board = rate(table(Board(), headers={n: n.replace("/", "_") for n in ORDER}))
    board.standard({n: f for n, f in formulas.items() if n in WEIGHTS})
    for name, template in formulas.items():
        if name not in WEIGHTS:
            text = template
            for other in ORDER:
                text = text.replace(f"{{{other}}}", f"Run[[#This Row],[{other.replace('/', '_')}]]")
            board.fill(name, range(STEPS), text)

    def make(book: Any) -> None:
        from openpyxl.worksheet.table import Table

        book["Sheet1"].add_table(Table(displayName="Run", ref="A10:AE16"))

    board.finish.append(make)
    headers = [name.replace("/", "_") for name in ORDER]
    board.tables.append(("Sheet1", "Run", (10, 1, 16, 31), headers))
    return board


def named_columns(formulas: Formulas) -> Board:
    """Inputs, targets and η have names, and formulas use these."""
    board = rate(table(Board()))
    named = {"i1": "x_1", "i2": "x_2", "t1": "goal_1", "t2": "goal_2", "eta": "lrate"}
    other = dict(formulas)
    for name, text in named.items():
        other = {n: f.replace(f"{{{name}}}", text) for n, f in other.items()}
        _, row, column = board.place(name, 0)
        board.names[text] = f"Sheet1!${chr(64 + column)}${row}"
    return board.standard(other)


def second_header(formulas: Formulas) -> Board:
    """The header is written again in the middle of the table, for printing."""
    board = rate(table(Board(), rows=lambda step: 11 + step + (step > 2)))
    for column in range(1, 32):
        board.text(14, column, ORDER[column - 1])
    return board.standard(formulas)


def blank_rows(formulas: Formulas) -> Board:
    """After every second iteration a row is left blank; formulas step over it."""
    return rate(table(Board(), rows=lambda step: 11 + step + step // 2)).standard(formulas)


def note_rows(formulas: Formulas) -> Board:
    """A remark stands in a row of its own within the table; formulas step over it."""
    board = rate(table(Board(), rows=lambda step: 11 + step + (step > 2)))
    board.put("A14", "from here on E falls slowly")
    return board.standard(formulas)


def output_first(formulas: Formulas) -> Board:
    """Columns from the output back to the input, as the derivatives are calculated."""
    return rate(table(Board(), names=tuple(reversed(ORDER)))).standard(formulas)


def split_in_two(formulas: Formulas) -> Board:
    """Forward pass and backward pass are two tables side by side, each with iteration numbers."""
    board = table(Board(), names=FORWARD, left=2)
    table(board, names=GRADIENTS, left=28)
    for column in (1, 27):
        board.text(10, column, "Epoch")
        for step in range(STEPS):
            board.text(11 + step, column, step)
    board.text(9, 2, "Forward")
    board.text(9, 28, "Backward")
    return rate(board).standard(formulas)


def weights_table(formulas: Formulas) -> Board:
    """The weights have a sheet of their own, all else stands on another one."""
    board = table(Board("Run"), names=tuple(n for n in ORDER if n not in WEIGHTS))
    table(board, names=WEIGHTS, sheet="Weights")
    return rate(board).standard(formulas)


def german(formulas: Formulas) -> Board:
    """Headers in German."""
    words = {"t": "Ziel ", "i": "Eingabe ", "w": "Gewicht ", "E": "Fehler "}
    headers = {n: words[n[0]] + n[1:] for n in ORDER if n[0] in words and n[1:].isdigit()}
    headers |= {f"h{k}": f"Summe h{k}" for k in "12"} | {f"a_h{k}": f"Ausgabe h{k}" for k in "12"}
    headers |= {f"o{k}": f"Summe o{k}" for k in "12"} | {f"a_o{k}": f"Ausgabe o{k}" for k in "12"}
    headers["E_total"] = "Gesamtfehler"
    return rate(table(Board(), headers=headers), label="Lernrate").standard(formulas)


def hidden_lines(formulas: Formulas) -> Board:
    """Some rows and columns are hidden."""
    board = rate(table(Board())).standard(formulas)

    def hide(book: Any) -> None:
        page = book["Sheet1"]
        for row in (12, 13):
            page.row_dimensions[row].hidden = True
        page.column_dimensions["J"].hidden = True

    board.finish.append(hide)
    return board


def far_away(formulas: Formulas) -> Board:
    """The table begins in row 3000 and column DA."""
    return rate(table(Board(), header=3000, left=105), 2998, 110).standard(formulas)


def shown_digits(formulas: Formulas) -> Board:
    """Cells show two digits, percent and scientific notation; the numbers are whole."""
    board = rate(table(Board())).standard(formulas)

    def look(book: Any) -> None:
        for row in book["Sheet1"].iter_rows(min_row=11, max_row=16):
            for number, cell in enumerate(row):
                cell.number_format = ("0.00", "0%", "0.0E+00", "# ?/?")[number % 4]

    board.finish.append(look)
    return board


def stairs(formulas: Formulas) -> Board:
    """Each group of columns begins a row lower than the one before."""
    board = rate(Board())
    for number, name in enumerate(ORDER):
        lower = number // 8
        board.text(10 + lower, 1 + number, name)
        for step in range(STEPS):
            board.at(name, step, 11 + lower + step, 1 + number)
    return board.standard(formulas)


def every_third_row(formulas: Formulas) -> Board:
    """Iterations are three rows apart, nothing between them."""
    return rate(table(Board(), rows=lambda step: 11 + 3 * step)).standard(formulas)


def snake(formulas: Formulas) -> Board:
    """Three iterations below one another, the next three right of them, headers repeated."""
    board = rate(Board())
    for part in range(2):
        for number, name in enumerate(ORDER):
            board.text(10, 1 + 33 * part + number, name)
            for step in range(3):
                board.at(name, 3 * part + step, 11 + step, 1 + 33 * part + number)
    return board.standard(formulas)


USUAL = (
    *(crossed_names, no_headers, start_block, given_once, rate_in_column, group_titles),
    *(totals_below, new_weights_right, structured, named_columns, second_header, blank_rows),
    *(note_rows, output_first, split_in_two, german, hidden_lines, far_away, shown_digits),
    *(every_third_row,),
)
FAR = (weights_table, stairs, snake)
