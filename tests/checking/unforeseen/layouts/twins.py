"""The layouts made right, and each made wrong in three ways."""

from __future__ import annotations

from collections.abc import Callable

from worksheets import ARRIVING_1, RIGHT

from unforeseen.board import Board
from unforeseen.helping import CLASS_MISTAKE
from unforeseen.kind import (
    ACCEPTED,
    BLANKS,
    FOUND,
    KINDS,
    NOT_JUDGED,
    NOTICED,
    Kind,
)
from unforeseen.layouts import blocks, looks, tables
from unforeseen.layouts.tables import (
    Formulas,
)

WRONG_PATH = RIGHT | {"dE/dw4": f"={ARRIVING_1}*{{a_h2}}*(1-{{a_h2}})*{{i2}}"}


WRONG_SIGN = RIGHT | {"w6": "={w6[-1]}+{eta}*{dE/dw6[-1]}"}


SLIPS: tuple[tuple[str, Formulas], ...] = (
    ("the class mistake", CLASS_MISTAKE),
    ("a wrong path", WRONG_PATH),
    ("a wrong sign", WRONG_SIGN),
)


USUAL = (
    *(tables.plain, tables.long_list, tables.gradients_elsewhere, tables.gradients_below),
    *(tables.crossed_names, tables.no_headers, tables.start_block, tables.given_once),
    *(tables.rate_in_column, looks.group_titles, looks.totals_below, looks.new_weights_right),
    *(looks.structured, looks.named_columns, looks.second_header, looks.blank_rows),
    *(looks.note_rows, looks.output_first, blocks.split_in_two, looks.german),
    *(looks.hidden_lines, looks.far_away, looks.shown_digits, looks.every_third_row),
    *(looks.means_below, tables.beside_another_run, tables.headers_of_two_runs),
    *(blocks.label_rows_below, blocks.label_rows_on_sheets),
    *(blocks.sheet_per_layer, blocks.weights_table, blocks.data_elsewhere, blocks.turned_sheets),
)
FAR = (
    *(tables.newest_on_top, tables.two_rows, blocks.blocks_below, blocks.blocks_beside),
    *(blocks.sheet_per_iteration, blocks.matrices, blocks.row_per_neuron),
    *(blocks.unlabelled_form, blocks.stairs, blocks.snake),
)
"""Layouts that may be said not to be recognised."""


def _register(layout: Callable[[Formulas], Board], number: int, *, is_usual: bool) -> None:
    name = layout.__name__.replace("_", "-")
    sentence = (layout.__doc__ or "").partition("\n")[0]
    answers = ACCEPTED if is_usual else NOT_JUDGED
    found = FOUND if is_usual else NOTICED
    KINDS.append(Kind(name, sentence, lambda: layout(RIGHT), True, answers))
    slip, formulas = SLIPS[number % len(SLIPS)]
    wrong = f"{sentence[:-1]}, with {slip}."
    KINDS.append(Kind(f"{name}-with-slip", wrong, lambda: layout(formulas), False, found))
    blank = f"{sentence[:-1]}, with one empty cell."
    least = BLANKS if is_usual else NOTICED
    KINDS.append(Kind(f"{name}-with-blank", blank, lambda: _emptied(layout), False, least))
    typed = f"{sentence[:-1]}, with one number 1 % off."
    KINDS.append(Kind(f"{name}-with-number", typed, lambda: _typed_one(layout), False, found))


def _emptied(layout: Callable[[Formulas], Board]) -> Board:
    board = layout(RIGHT)
    step = board.steps("E2")[len(board.steps("E2")) // 2]
    board.set("E2", step, None)
    return board


def _typed_one(layout: Callable[[Formulas], Board]) -> Board:
    board = layout(RIGHT)
    board.set("dE/dw7", board.steps("dE/dw7")[-1], 0.0311)
    return board


for _number, _layout in enumerate(USUAL):
    _register(_layout, _number, is_usual=True)


for _number, _layout in enumerate(FAR):
    _register(_layout, _number, is_usual=False)
