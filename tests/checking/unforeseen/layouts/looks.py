"""One table with things around it and between its rows, and other looks."""

from __future__ import annotations

from typing import Any

from openpyxl.utils import get_column_letter
from worksheets import ORDER, WEIGHTS

from unforeseen.board import Board
from unforeseen.layouts.tables import STEPS, Formulas, rate, table


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


def means_below(formulas: Formulas) -> Board:
    """Below the table stands the mean of every column, two rows further down its least number."""
    board = rate(table(Board())).standard(formulas)
    board.text(18, 1, "mean")
    board.text(20, 1, "min")
    for column in range(5, len(ORDER) + 1):
        letter = get_column_letter(column)
        board.text(18, column, f"=AVERAGE({letter}11:{letter}16)")
        board.text(20, column, f"=MIN({letter}$11:{letter}$16)")
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


def every_third_row(formulas: Formulas) -> Board:
    """Iterations are three rows apart, nothing between them."""
    return rate(table(Board(), rows=lambda step: 11 + 3 * step)).standard(formulas)
