"""Right gradients by way of columns for their factors, or multiplied out."""

from __future__ import annotations

import re

from worksheets import ARRIVING_1, ARRIVING_2, GRADIENTS, ORDER, RIGHT, WEIGHTS, Table

from unforeseen.board import Board, board_of
from unforeseen.descent import (
    classic,
    descent,
    proof,
)
from unforeseen.helping import with_all
from unforeseen.kind import (
    NOT_JUDGED,
    right,
)


@right()
def chain_of_three() -> Board:
    """Each output gradient is ∂E/∂a times ∂a/∂o times ∂o/∂w, every factor in a column."""
    helpers, changes = {}, {}
    for k in "12":
        helpers[f"∂E/∂a_o{k}"] = f"=-({{t{k}}}-{{a_o{k}}})"
        helpers[f"∂a_o{k}/∂o{k}"] = f"={{a_o{k}}}*(1-{{a_o{k}}})"
    for number, weight in enumerate(WEIGHTS[4:]):
        k, h = 1 + number // 2, 1 + number % 2
        changes[f"dE/d{weight}"] = f"={{∂E/∂a_o{k}}}*{{∂a_o{k}/∂o{k}}}*{{a_h{h}}}"
    return board_of(with_all(changes, helpers=helpers))


@right()
def paths_in_columns() -> Board:
    """∂E/∂a_h are sums of columns for each path; ∂E1/∂a_h1 and so on."""
    helpers, changes = {}, {}
    for h, (first, second) in {"1": ("w5", "w7"), "2": ("w6", "w8")}.items():
        helpers[f"∂E1/∂a_h{h}"] = f"=({{a_o1}}-{{t1}})*{{a_o1}}*(1-{{a_o1}})*{{{first}}}"
        helpers[f"∂E2/∂a_h{h}"] = f"=({{a_o2}}-{{t2}})*{{a_o2}}*(1-{{a_o2}})*{{{second}}}"
        helpers[f"∂E/∂a_h{h}"] = f"={{∂E1/∂a_h{h}}}+{{∂E2/∂a_h{h}}}"
    for number, weight in enumerate(WEIGHTS[:4]):
        h, i = 1 + number // 2, 1 + number % 2
        changes[f"dE/d{weight}"] = f"={{∂E/∂a_h{h}}}*{{a_h{h}}}*(1-{{a_h{h}}})*{{i{i}}}"
    return board_of(with_all(changes, helpers=helpers))


@right()
def expanded_products() -> Board:
    """Hidden gradients are multiplied out, a - a² for the slope."""
    changes = {}
    for number, arriving in ((1, ARRIVING_1), (3, ARRIVING_2)):
        inner = arriving[1:-1]
        k = 1 + number // 2
        slope = f"({{a_h{k}}}-{{a_h{k}}}^2)"
        for j in (0, 1):
            terms = re.split(r"\+(?=\(\{a_o2)", inner)
            text = "+".join(f"{term}*{slope}*{{i{1 + j}}}" for term in terms)
            changes[f"dE/dw{number + j}"] = f"={text}"
    return board_of(with_all(changes))


@right()
def gradients_of_others() -> Board:
    """∂E/∂w2 is ∂E/∂w1 times i2 over i1, ∂E/∂w6 likewise."""
    return board_of(
        with_all({"dE/dw2": "={dE/dw1}/{i1}*{i2}", "dE/dw6": "={dE/dw5}/{a_h1}*{a_h2}"})
    )


@right(NOT_JUDGED | {"incomplete"}, proof=proof(descent(classic, WEIGHTS)))
def no_sums() -> Board:
    """No columns h and o: activations take weights and inputs themselves."""
    order = tuple(n for n in ORDER if n not in ("h1", "h2", "o1", "o2"))
    changes = {f"a_{n}": f"=1/(1+EXP(-({RIGHT[n][1:]})))" for n in ("h1", "h2", "o1", "o2")}
    return board_of(with_all(changes, order=order))


@right(NOT_JUDGED | {"incomplete"}, proof=proof(descent(classic, WEIGHTS)))
def no_gradients() -> Board:
    """No columns for gradients: updates hold the whole derivative."""
    order = tuple(n for n in ORDER if n not in GRADIENTS)
    changes = {
        w: f"={{{w}[-1]}}-{{eta}}*" + RIGHT[f"dE/d{w}"][1:].replace("}", "[-1]}") for w in WEIGHTS
    }
    return board_of(with_all(changes, order=order))


@right()
def gradient_check_beside() -> Board:
    """∂E/∂w8 is calculated once more by differences in columns beside."""
    up = "0.5*({t2}-1/(1+EXP(-({w7}*{a_h1}+({w8}+0.0001)*{a_h2}))))^2"
    down = up.replace("+0.0001", "-0.0001")
    return board_of(Table(helpers={"check w8": f"=({up}-{down})/0.0002"}))


@right()
def log_of_the_loss() -> Board:
    """Further columns: log of E, accuracy, distance to the target."""
    helpers = {
        "log10 E": "=LOG10({E_total})",
        "|t1-a|": "=ABS({t1}-{a_o1})",
        "ok?": "=IF({E1}<0.01,1,0)",
    }
    return board_of(Table(helpers=helpers))
