"""Right worksheets that a strict reader would accuse."""

from __future__ import annotations

import re
from typing import Any

from worksheets import ARRIVING_1, ARRIVING_2, COMPUTED, GRADIENTS, ORDER, RIGHT, WEIGHTS, Table

from unforeseen.board import Board, board_of
from unforeseen.called_right import _array, _typed
from unforeseen.descent import (
    classic,
    cross_entropy,
    descent,
    mean_of_outputs,
    proof,
    softmax,
)
from unforeseen.kind import KINDS, NOT_JUDGED, Kind, right

UNDECIDED = NOT_JUDGED
SIGMOIDS = ("a_h1", "a_h2", "a_o1", "a_o2")


def with_all(changes: dict[str, str], **options: Any) -> Table:
    table = Table(**options)
    for name, formula in changes.items():
        table = table.changed(name, formula)
    return table


def _digits_kind(digits: int) -> None:
    def make() -> Board:
        return _typed(digits, 2.0, "η = 2")

    sentence = f"All numbers are pasted as values with {digits} digits."
    KINDS.append(
        Kind(f"pasted-with-{digits}-digits", sentence, make, True, UNDECIDED, lambda _: True)
    )


def _pasted_forward(digits: int) -> None:
    def make() -> Board:
        """Weights and activations are pasted with few digits, all else is calculated from them."""
        import tempfile
        from pathlib import Path

        from unforeseen.witness import Calculated

        board = board_of(Table())
        with tempfile.TemporaryDirectory() as folder:
            calculated = Calculated(board, board.save(Path(folder)))
            for name in (*WEIGHTS, *SIGMOIDS):
                for step in range(8):
                    value = calculated.number(name, step)
                    board.set(name, step, float(f"{value:.{digits}g}"))
        return board

    sentence = f"Weights and activations are pasted with {digits} digits, all else is formulas."
    name = f"weights-pasted-with-{digits}-digits"
    KINDS.append(Kind(name, sentence, make, True, UNDECIDED, lambda _: True))


for _count in range(4, 9):
    _digits_kind(_count)
    _pasted_forward(_count)


def _decimals_kind(decimals: int, rate: float, kept: tuple[str, ...]) -> None:
    def make() -> Board:
        board = _typed(17, rate, None)
        for key, place in board.where.items():
            if key[0] not in kept:
                board.set(*key, round(float(board.cells[place]), decimals))  # type: ignore[arg-type]
        board.put("G30", rate)
        board.put("F30", "η =")
        board.where["eta", 0] = ("Sheet1", 30, 7)
        for name in kept:
            board.fill(name, range(8), RIGHT[name])
        return board

    what = "weights and activations" if kept else "all numbers"
    name = f"{decimals}-decimals-of-{what}-rate-{rate:g}".replace(" ", "-")
    sentence = f"{what} are pasted with {decimals} decimals, what else there is are formulas."
    KINDS.append(Kind(name, sentence, make, True, UNDECIDED, lambda _: True))


for _count in range(4, 9):
    for _rate in (0.1, 2.0):
        _decimals_kind(_count, _rate, ())
        _decimals_kind(_count, _rate, (*GRADIENTS, "E1", "E2", "E_total", "h1", "h2", "o1", "o2"))


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


@right()
def euler_typed() -> Board:
    """e is typed as 2.71828 in all activations, which is a remark."""
    changes = {a: f"=1/(1+2.71828^-{{{a[2:]}}})" for a in SIGMOIDS}
    board = board_of(with_all(changes))
    board.where = {k: v for k, v in board.where.items() if k[0] not in SIGMOIDS}
    return board


@right()
def euler_in_a_cell() -> Board:
    """e stands in a cell as =EXP(1)."""
    changes = {a: f"=1/(1+$B$2^-{{{a[2:]}}})" for a in SIGMOIDS}
    return board_of(with_all(changes), further={"A2": "e", "B2": "=EXP(1)"})


@right(UNDECIDED, proof=lambda _: True)
def named_lambda() -> Board:
    """σ is a named LAMBDA."""
    changes = {a: f"=SIGMA({{{a[2:]}}})" for a in SIGMOIDS}
    board = board_of(with_all(changes))
    board.names["SIGMA"] = "_xlfn.LAMBDA(_xlpm.x,1/(1+EXP(-_xlpm.x)))"
    return board


@right(UNDECIDED, proof=lambda _: True)
def let_formula() -> Board:
    """A gradient names its parts by LET."""
    text = "=_xlfn.LET(_xlpm.d,({a_o1}-{t1})*{a_o1}*(1-{a_o1}),_xlpm.d*{a_h1})"
    return board_of(with_all({"dE/dw5": text}))


def _carried(pattern: str) -> Board:
    table = Table()
    for name in ("i1", "i2", "t1", "t2"):
        table = table.changed(name, pattern.replace("{}", f"{{{name}[-1]}}"), range(1, 8))
    return board_of(table)


@right()
def inputs_times_one() -> Board:
    """Inputs and targets are carried on by =A49*1."""
    return _carried("={}*1")


@right()
def inputs_by_if() -> Board:
    """Inputs and targets are carried on by IF."""
    return _carried('=IF({}="","",{})')


@right()
def inputs_by_if_else() -> Board:
    """Inputs and targets are carried on by IF(cell>0,cell,cell)."""
    return _carried("=IF({}>0,{},{})")


@right()
def first_weight_elsewhere() -> Board:
    """First weights stand on another sheet, and the second row refers there."""
    board = board_of(Table())
    for number, weight in enumerate(WEIGHTS):
        board.put(f"A{2 + number}", weight, "Start")
        board.put(f"B{2 + number}", board.values[weight], "Start")
        board.set(weight, 0, f"=Start!B{2 + number}")
        formula = f"=Start!B{2 + number}-{{eta}}*{{dE/d{weight}[-1]}}"
        board.set(weight, 1, formula)
    return board


@right()
def sum_over_a_note() -> Board:
    """E_total is the SUM of three columns, the middle one holding a note."""
    names = (*ORDER[: ORDER.index("E2")], "note", *ORDER[ORDER.index("E2") :])
    board = board_of(
        with_all({"E_total": "=SUM({E1}:{E2})"}, order=names, helpers={"note": '="ok"'})
    )
    board.fill("note", range(8), "fine")
    return board


def _by_lookup(text: str, name: str = "dE/dw5") -> Board:
    formula = RIGHT[name].replace("{a_h1}", text)
    return board_of(with_all({name: formula}))


@right(UNDECIDED)
def index_of_one_cell() -> Board:
    """∂E/∂w5 takes a_h1 by INDEX."""
    return _by_lookup("INDEX($J$32:{a_h1},ROW()-31)")


@right()
def index_of_its_row() -> Board:
    """∂E/∂w5 takes a_h1 by INDEX of its own row."""
    return _by_lookup("INDEX({i1}:{a_h2},1,8)")


@right(UNDECIDED)
def offset_of_one_cell() -> Board:
    """∂E/∂w5 takes a_h1 by OFFSET of h1."""
    return _by_lookup("OFFSET({h1},0,1)")


@right(UNDECIDED)
def choose_of_one_cell() -> Board:
    """∂E/∂w5 takes a_h1 by CHOOSE."""
    return _by_lookup("CHOOSE(1,{a_h1},{a_h2})")


@right(UNDECIDED)
def offsets_in_all_updates() -> Board:
    """Every update takes weight and gradient of the row above by OFFSET."""
    changes = {w: f"=OFFSET({{t1[-1]}},0,COLUMN()-1)-{{eta}}*{{dE/d{w}[-1]}}" for w in WEIGHTS}
    return board_of(with_all(changes))


@right(UNDECIDED)
def indirect_in_one_column() -> Board:
    """∂E/∂w5 takes a_h1 by INDIRECT."""
    return _by_lookup('INDIRECT("J"&ROW())')


@right()
def one_guarded_cell() -> Board:
    """Single cells are guarded by IFERROR, N and IF."""
    board = board_of(Table())
    board.set("w5", 3, f"=IFERROR({RIGHT['w5'][1:]},0)")
    board.set("dE/dw1", 4, f"=N({RIGHT['dE/dw1'][1:]})")
    board.set("a_h1", 2, f"=IF(ISNUMBER({{h1}}),{RIGHT['a_h1'][1:]},0)")
    board.set("E1", 5, f'=IF({{t1}}="","",{RIGHT["E1"][1:]})')
    return board


@right()
def guarded_columns() -> Board:
    """Every column is guarded by IF(first cell empty, "", …)."""
    changes = {n: f'=IF({{i1}}="","",{RIGHT[n][1:]})' for n in (*COMPUTED, *WEIGHTS)}
    return board_of(with_all(changes))


@right()
def in_arrays() -> Board:
    """h1 and h2 are array formulas of each row."""
    board = board_of(Table())
    for step in range(8):
        row = 32 + step
        board.finish.append(_array(f"I{row}", f"=SUM(E{row}:F{row}*C{row}:D{row})"))
        board.finish.append(_array(f"K{row}", f"=SUM(G{row}:H{row}*C{row}:D{row})"))
    return board


@right()
def chain_of_three() -> Board:
    """Each output gradient is ∂E/∂a times ∂a/∂o times ∂o/∂w, every factor in a column."""
    helpers = {}
    for k in "12":
        helpers[f"∂E/∂a_o{k}"] = f"=-({{t{k}}}-{{a_o{k}}})"
        helpers[f"∂a_o{k}/∂o{k}"] = f"={{a_o{k}}}*(1-{{a_o{k}}})"
    changes = {
        f"dE/dw{5 + n}": f"={{∂E/∂a_o{1 + n // 2}}}*{{∂a_o{1 + n // 2}/∂o{1 + n // 2}}}*{{a_h{1 + n % 2}}}"
        for n in range(4)
    }
    return board_of(with_all(changes, helpers=helpers))


@right()
def paths_in_columns() -> Board:
    """∂E/∂a_h are sums of columns for each path; ∂E1/∂a_h1 and so on."""
    helpers = {}
    for h, (first, second) in {"1": ("w5", "w7"), "2": ("w6", "w8")}.items():
        helpers[f"∂E1/∂a_h{h}"] = f"=({{a_o1}}-{{t1}})*{{a_o1}}*(1-{{a_o1}})*{{{first}}}"
        helpers[f"∂E2/∂a_h{h}"] = f"=({{a_o2}}-{{t2}})*{{a_o2}}*(1-{{a_o2}})*{{{second}}}"
        helpers[f"∂E/∂a_h{h}"] = f"={{∂E1/∂a_h{h}}}+{{∂E2/∂a_h{h}}}"
    changes = {
        f"dE/dw{1 + n}": f"={{∂E/∂a_h{1 + n // 2}}}*{{a_h{1 + n // 2}}}*(1-{{a_h{1 + n // 2}}})*{{i{1 + n % 2}}}"
        for n in range(4)
    }
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


@right(UNDECIDED)
def rate_times_two_cells() -> Board:
    """η is the product of a cell and a factor of one beside it."""
    changes = {w: f"={{{w}[-1]}}-{{eta}}*$I$30*{{dE/d{w}[-1]}}" for w in WEIGHTS}
    return board_of(with_all(changes), further={"H30": "factor", "I30": 1})


@right(UNDECIDED)
def rate_as_percent() -> Board:
    """η is typed in percent, and updates divide it by 100."""
    changes = {w: f"={{{w}[-1]}}-{{eta}}/100*{{dE/d{w}[-1]}}" for w in WEIGHTS}
    board = board_of(with_all(changes, rate=50.0, rate_label="η in %"))
    board.where.pop(("eta", 0))
    return _with_rate(board, 0.5)


def _with_rate(board: Board, rate: float) -> Board:
    """Give the board a cell far away that says what η comes to, for the witness alone."""
    board.cells["Sheet1", 300, 300] = rate
    board.where["eta", 0] = ("Sheet1", 300, 300)
    for weight in WEIGHTS:
        board.where = {k: v for k, v in board.where.items() if k[0] != weight or k[1] == 0}
    return board


@right()
def rate_calculated() -> Board:
    """η is =1/2."""
    board = board_of(Table(rate=0.5))
    board.cells[board.where["eta", 0]] = "=1/2"
    return board


@right()
def targets_true_and_false() -> Board:
    """Targets are 1 and 0, inputs 1 and 0."""
    return board_of(Table(targets=(1.0, 0.0), inputs=(1.0, 0.0)))


@right()
def all_weights_alike() -> Board:
    """All weights begin with 0.5, both inputs and targets are the same."""
    return board_of(Table(weights=(0.5,) * 8, targets=(0.5, 0.5), inputs=(0.1, 0.1)))


@right()
def weights_of_zero() -> Board:
    """All weights begin with 0."""
    return board_of(Table(weights=(0.0,) * 8))


@right(proof="as typed")
def samples_by_row() -> Board:
    """Each row is another sample: inputs and targets vary, weights are trained on."""
    board = board_of(Table())
    for step in range(8):
        for name, value in (("i1", 0.1), ("i2", 0.4), ("t1", 0.05), ("t2", 0.9)):
            board.set(name, step, round(value + 0.06 * (step % 4), 2))
    return board


@right(proof="as typed")
def two_samples_in_turns() -> Board:
    """Two samples take turns."""
    board = board_of(Table())
    for step in range(8):
        first = step % 2 == 0
        for name, value in (("i1", 0.05), ("i2", 0.1), ("t1", 0.01), ("t2", 0.99)):
            board.set(name, step, value if first else round(1 - value, 2))
    return board


@right()
def single_row() -> Board:
    """One iteration only, no update at all."""
    return board_of(Table(iterations=1))


@right()
def two_rows_only() -> Board:
    """Two iterations."""
    return board_of(Table(iterations=2))


@right(answers=UNDECIDED)
def text_numbers() -> Board:
    """First weights are texts of digits, which Excel takes for numbers."""
    board = board_of(Table())
    board.where.pop(("w1", 0))
    row, column = 32, 5
    board.cells["Sheet1", row, column] = "0.15"
    board.where = {k: v for k, v in board.where.items() if k[1] > 50}
    return board
