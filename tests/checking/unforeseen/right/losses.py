"""Right worksheets with other losses, signs and updates than the textbook's."""

from __future__ import annotations

from typing import Any

from worksheets import GRADIENTS, RIGHT, WEIGHTS

from unforeseen.board import Board, board_of
from unforeseen.descent import (
    classic,
    cross_entropy,
    descent,
    mean_of_outputs,
    proof,
    softmax,
)
from unforeseen.helping import UNDECIDED, with_all
from unforeseen.kind import (
    right,
)

MEAN = {
    **{f"E{k}": f"=({{t{k}}}-{{a_o{k}}})^2" for k in "12"},
    "E_total": "=AVERAGE({E1},{E2})",
}


@right(UNDECIDED, proof=proof(descent(mean_of_outputs, WEIGHTS)))
def mean_over_outputs() -> Board:
    """E_total is the mean of the squared errors; the gradients are those of half the sum."""
    return board_of(with_all(MEAN))


@right(UNDECIDED, proof=proof(descent(cross_entropy, WEIGHTS)))
def binary_cross_entropy() -> Board:
    """Cross-entropy of two sigmoid outputs, δ = a - t."""
    changes = {f"E{k}": f"=-({{t{k}}}*LN({{a_o{k}}})+(1-{{t{k}}})*LN(1-{{a_o{k}}}))" for k in "12"}
    return board_of(with_all(changes | _with_deltas("({a_o1}-{t1})", "({a_o2}-{t2})")))


def _with_deltas(first: str, second: str) -> dict[str, str]:
    """Return the gradients' formulas with other deltas of the outputs."""
    found = {}
    for name in GRADIENTS:
        text = RIGHT[name].replace("({a_o1}-{t1})*{a_o1}*(1-{a_o1})", first)
        found[name] = text.replace("({a_o2}-{t2})*{a_o2}*(1-{a_o2})", second)
    return found


@right(UNDECIDED, proof=proof(descent(softmax, WEIGHTS)))
def softmax_outputs() -> Board:
    """Softmax and cross-entropy, targets that sum to one."""
    changes = {f"a_o{k}": f"=EXP({{o{k}}})/(EXP({{o1}})+EXP({{o2}}))" for k in "12"}
    changes |= {f"E{k}": f"=-{{t{k}}}*LN({{a_o{k}}})" for k in "12"}
    changes |= _with_deltas("({a_o1}*({t1}+{t2})-{t1})", "({a_o2}*({t1}+{t2})-{t2})")
    return board_of(with_all(changes, targets=(0.3, 0.7)))


@right(UNDECIDED, proof=lambda _: True)
def softmax_one_hot() -> Board:
    """Softmax and cross-entropy, one target 1 and one 0, δ = p - t."""
    changes = {f"a_o{k}": f"=EXP({{o{k}}})/SUM(EXP({{o1}}),EXP({{o2}}))" for k in "12"}
    changes |= {f"E{k}": f"=-{{t{k}}}*LN({{a_o{k}}})" for k in "12"}
    return board_of(
        with_all(changes | _with_deltas("({a_o1}-{t1})", "({a_o2}-{t2})"), targets=(0.0, 1.0))
    )


NEGATIVE = {
    **{name: f"=-({RIGHT[name][1:]})" for name in GRADIENTS},
    **{w: f"={{{w}[-1]}}+{{eta}}*{{dE/d{w}[-1]}}" for w in WEIGHTS},
}


def _negated(board: Board) -> Board:
    """Return the board with its gradients known as the negative ones."""
    board.where = {
        (f"-{n[4:]}" if n in GRADIENTS else n, step): place
        for (n, step), place in board.where.items()
    }
    return board


@right(UNDECIDED, proof=proof(descent(classic, WEIGHTS)))
def opposite_signs() -> Board:
    """All gradients have the opposite sign, and updates add them."""
    return _negated(board_of(with_all(NEGATIVE)))


@right(UNDECIDED, proof=proof(descent(classic, WEIGHTS)))
def opposite_signs_called_minus() -> Board:
    """The same under headers -∂E/∂w."""
    headers = {name: f"-∂E/∂{name[4:]}" for name in GRADIENTS}
    return _negated(board_of(with_all(NEGATIVE, headers=headers)))


@right(UNDECIDED, proof=proof(descent(classic, WEIGHTS)))
def opposite_signs_of_t_minus_a() -> Board:
    """The same written with t - a, as for the delta rule."""
    changes = {
        n: RIGHT[n].replace("{a_o1}-{t1}", "{t1}-{a_o1}").replace("{a_o2}-{t2}", "{t2}-{a_o2}")
        for n in GRADIENTS
    }
    return _negated(board_of(with_all(NEGATIVE | changes)))


def _momentum(n: dict[str, Any], weight: str) -> None:
    n[f"v {weight}"] = 0.9 * n.get(f"v {weight}", 0) + n["eta"] * n[f"dE/d{weight}"]
    n[weight] -= n[f"v {weight}"]


@right(UNDECIDED, proof=proof(descent(classic, WEIGHTS, _momentum)))
def momentum() -> Board:
    """Updates carry on nine tenths of the last step."""
    changes = {
        w: f"={{{w}[-1]}}-{{eta}}*{{dE/d{w}[-1]}}+0.9*({{{w}[-1]}}-{{{w}[-2]}})" for w in WEIGHTS
    }
    board = board_of(with_all(changes))
    for weight in WEIGHTS:
        board.set(weight, 1, RIGHT[weight])
    return board


@right(UNDECIDED, proof=proof(descent(classic, WEIGHTS, _momentum)))
def momentum_with_columns() -> Board:
    """Velocities have columns of their own right of the gradients; updates subtract them."""
    helpers = {f"v {w}": f"=0.9*{{v {w}[-1]}}+{{eta}}*{{dE/d{w}}}" for w in WEIGHTS}
    board = board_of(with_all({w: f"={{{w}[-1]}}-{{v {w}[-1]}}" for w in WEIGHTS}, helpers=helpers))
    for weight in WEIGHTS:
        board.set(f"v {weight}", 0, f"={{eta}}*{{dE/d{weight}}}")
    return _without(board, [f"v {weight}" for weight in WEIGHTS])


def _decay(n: dict[str, Any], weight: str) -> None:
    n[weight] -= n["eta"] * (n[f"dE/d{weight}"] + 0.01 * n[weight])


@right(UNDECIDED, proof=proof(descent(classic, WEIGHTS, _decay)))
def weight_decay() -> Board:
    """Updates shrink each weight by a hundredth of η as well."""
    changes = {w: f"={{{w}[-1]}}-{{eta}}*({{dE/d{w}[-1]}}+0.01*{{{w}[-1]}})" for w in WEIGHTS}
    return board_of(with_all(changes))


def _slower(n: dict[str, Any], weight: str) -> None:
    n[weight] -= n["eta"] / n["step"] * n[f"dE/d{weight}"]


@right(UNDECIDED, proof=proof(descent(classic, WEIGHTS, _slower)))
def falling_rate() -> Board:
    """η is divided by the number of the iteration, which has a column."""
    changes = {w: f"={{{w}[-1]}}-{{eta}}/{{n[-1]}}*{{dE/d{w}[-1]}}" for w in WEIGHTS}
    board = board_of(with_all(changes, helpers={"n": "={n[-1]}+1"}))
    board.set("n", 0, 1)
    return _without(board, ["n"])


def _without(board: Board, names: list[str]) -> Board:
    """Return a board that does not tell where helpers stand."""
    board.where = {key: place for key, place in board.where.items() if key[0] not in names}
    return board
