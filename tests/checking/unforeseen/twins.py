"""The layouts made right, and each made wrong in three ways."""

from __future__ import annotations

from collections.abc import Callable

from worksheets import ARRIVING_1, RIGHT

from unforeseen import layouts, more_layouts
from unforeseen.board import Board
from unforeseen.kind import ACCEPTED, BLANKS, FOUND, KINDS, NOT_JUDGED, NOTICED, Kind
from unforeseen.layouts import Formulas

CLASS_MISTAKE = RIGHT | {
    "dE/dw3": RIGHT["dE/dw3"].replace("a_h2", "a_h1"),
    "dE/dw4": RIGHT["dE/dw4"].replace("a_h2", "a_h1"),
}
WRONG_PATH = RIGHT | {"dE/dw4": f"={ARRIVING_1}*{{a_h2}}*(1-{{a_h2}})*{{i2}}"}
WRONG_SIGN = RIGHT | {"w6": "={w6[-1]}+{eta}*{dE/dw6[-1]}"}
SLIPS: tuple[tuple[str, Formulas], ...] = (
    ("the class mistake", CLASS_MISTAKE),
    ("a wrong path", WRONG_PATH),
    ("a wrong sign", WRONG_SIGN),
)

USUAL = (
    *(layouts.plain, layouts.long_list, layouts.gradients_elsewhere, layouts.gradients_below),
    *more_layouts.USUAL,
)
FAR = (
    *(layouts.newest_on_top, layouts.two_rows, layouts.blocks_below, layouts.blocks_beside),
    *(layouts.sheet_per_iteration, layouts.sheet_per_layer, layouts.matrices),
    *(layouts.row_per_neuron, layouts.unlabelled_form, *more_layouts.FAR),
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
    KINDS.append(Kind(f"{name}-with-number", typed, lambda: _typed(layout), False, found))


def _emptied(layout: Callable[[Formulas], Board]) -> Board:
    board = layout(RIGHT)
    step = board.steps("E2")[len(board.steps("E2")) // 2]
    board.set("E2", step, None)
    return board


def _typed(layout: Callable[[Formulas], Board]) -> Board:
    board = layout(RIGHT)
    board.set("dE/dw7", board.steps("dE/dw7")[-1], 0.0311)
    return board


for _number, _layout in enumerate(USUAL):
    _register(_layout, _number, is_usual=True)
for _number, _layout in enumerate(FAR):
    _register(_layout, _number, is_usual=False)
