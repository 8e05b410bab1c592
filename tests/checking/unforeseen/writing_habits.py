"""Right worksheets of people with habits of their own in writing headers, numbers and formulas."""

from __future__ import annotations

from typing import Any

from worksheets import COMPUTED, GRADIENTS, ORDER, RIGHT, WEIGHTS, Table

from unforeseen.accused import with_all
from unforeseen.board import Board, board_of
from unforeseen.descent import classic, descent, proof
from unforeseen.kind import NOT_JUDGED, right
from unforeseen.layouts import rate, table


def _headers(pattern: dict[str, str]) -> dict[str, str]:
    """Return headers by kind of quantity; {} is its number."""
    found = {}
    for name in ORDER:
        kind = name if name == "E_total" else name.rstrip("0123456789")
        if kind in pattern:
            found[name] = pattern[kind].replace("{}", name[len(kind) :])
    return found


STYLES: dict[str, tuple[str, dict[str, str]]] = {
    "words": (
        "Headers in words: Input 1, Weight 1, Net hidden 1, Out hidden 1.",
        {
            "i": "Input {}",
            "t": "Target {}",
            "w": "Weight {}",
            "h": "Net hidden {}",
            "a_h": "Out hidden {}",
            "o": "Net output {}",
            "a_o": "Out output {}",
            "E": "Error {}",
            "E_total": "Total error",
            "dE/dw": "Gradient of weight {}",
        },
    ),
    "latex": (
        "Headers in LaTeX.",
        {
            "i": "$i_{}$",
            "t": "$t_{}$",
            "w": "$w_{}$",
            "h": "$h_{}$",
            "a_h": "$a_{h{}}$",
            "o": "$o_{}$",
            "a_o": "$a_{o{}}$",
            "E": "$E_{}$",
            "E_total": "$E_{total}$",
            "dE/dw": "$\\partial E/\\partial w_{}$",
        },
    ),
    "capitals": (
        "Headers in capitals.",
        {
            "i": "I{}",
            "t": "T{}",
            "w": "W{}",
            "h": "H{}",
            "a_h": "OUT_H{}",
            "o": "O{}",
            "a_o": "OUT_O{}",
            "E": "E{}",
            "E_total": "E_TOTAL",
            "dE/dw": "DE/DW{}",
        },
    ),
    "formulas": (
        "Headers that give the formula as well.",
        {
            "a_h": "a_h{} = σ(h{})",
            "a_o": "a_o{} = σ(o{})",
            "E": "E{} = ½(t{} - a_o{})²",
            "E_total": "E_total = E1 + E2",
        },
    ),
    "lines": (
        "Headers broken into two lines.",
        {"dE/dw": "∂E/\n∂w{}", "a_h": "a\nh{}", "a_o": "a\no{}", "E_total": "E\ntotal"},
    ),
    "spanish": (
        "Headers in Spanish.",
        {
            "i": "entrada {}",
            "t": "objetivo {}",
            "w": "peso {}",
            "h": "suma h{}",
            "a_h": "salida h{}",
            "o": "suma o{}",
            "a_o": "salida o{}",
            "E": "error {}",
            "E_total": "error total",
            "dE/dw": "∂E/∂peso {}",
        },
    ),
    "chinese": (
        "Headers in Chinese.",
        {
            "i": "输入{}",
            "t": "目标{}",
            "w": "权重{}",
            "h": "隐藏层净输入{}",
            "a_h": "隐藏层输出{}",
            "o": "输出层净输入{}",
            "a_o": "输出{}",
            "E": "误差{}",
            "E_total": "总误差",
            "dE/dw": "∂E/∂权重{}",
        },
    ),
    "theta": (
        "Weights are θ, gradients ∇θ.",
        {"w": "θ{}", "dE/dw": "∇θ{}", "a_o": "ŷ{}", "t": "y{}", "E_total": "J"},
    ),
    "arrows": (
        "Headers that tell where a weight leads.",
        {"w": "w{} (→)", "dE/dw": "dE/dw{} (backprop)", "a_h": "a_h{} (hidden)"},
    ),
    "numbers": ("Headers are the numbers of the columns.", {}),
}


def _style(name: str, pattern: dict[str, str]) -> Any:
    def make() -> Board:
        headers: Any = _headers(pattern)
        if name == "numbers":
            headers = {n: str(k) for k, n in enumerate(ORDER, 1)}
        return rate(table(Board(), headers=headers)).standard()

    make.__doc__ = STYLES[name][0]
    return make


for _name, (_sentence, _pattern) in STYLES.items():
    right(name=f"headers-{_name}")(_style(_name, _pattern))


@right()
def formulas_with_spaces() -> Board:
    """Formulas with spaces, line breaks, plus signs and needless brackets."""
    changes = {n: RIGHT[n].replace("*", " * ").replace("=", "=+(", 1) + " )" for n in COMPUTED}
    return board_of(with_all(changes))


@right()
def powers_and_roots() -> Board:
    """Squares as POWER, products as PRODUCT, halves as /2."""
    changes = {
        "E1": "=POWER({t1}-{a_o1},2)/2",
        "E2": "=SQRT(({t2}-{a_o2})^4)/2",
        "dE/dw5": "=PRODUCT({a_o1}-{t1},{a_o1},1-{a_o1},{a_h1})",
        "h1": "=SUMPRODUCT({i1}:{i2},{w1}:{w2})",
    }
    return board_of(with_all(changes))


@right()
def dollars_everywhere() -> Board:
    """Every reference has dollars: each row was typed by hand."""
    board = board_of(Table())
    for name in (*COMPUTED, *WEIGHTS):
        for step in range(8):
            content = board.cells[board.where[name, step]]
            if isinstance(content, str):
                import re

                board.cells[board.where[name, step]] = re.sub(
                    r"(?<![$\w])([A-Z]{1,2})(\d+)", r"$\1$\2", content
                )
    return board


@right()
def counted_from_one() -> Board:
    """A first column counts “Iter 1”, “Iter 2” in words."""
    board = board_of(Table(first_line=2))
    board.put("A31", "Epoch")
    for step in range(8):
        board.text(32 + step, 1, f"Iter {step + 1}")
    return board


@right()
def counted_by_formula() -> Board:
    """A first column counts by =A32+1."""
    board = board_of(Table(first_line=2, rate_cell=(30, 8)))
    board.put("A31", "#")
    for step in range(8):
        board.text(32 + step, 1, f"=A{31 + step}+1" if step else 0)
    return board


@right()
def with_theory() -> Board:
    """The rules are written out above the table, with a drawing made of cells."""
    further = {
        "A1": "Backpropagation",
        "A3": "h1 = w1*i1 + w2*i2",
        "A4": "a_h1 = σ(h1)",
        "A5": "E_total = E1 + E2",
        "A6": "∂E/∂w5 = (a_o1 - t1)*a_o1*(1 - a_o1)*a_h1",
        "K3": "i1",
        "M3": "w1 = 0.15",
        "O3": "h1",
        "K5": "i2",
        "M5": "w4 = 0.3",
        "O5": "h2",
    }
    return board_of(Table(), further=further)


@right()
def log_of_the_loss() -> Board:
    """Further columns: log of E, accuracy, distance to the target."""
    helpers = {
        "log10 E": "=LOG10({E_total})",
        "|t1-a|": "=ABS({t1}-{a_o1})",
        "ok?": "=IF({E1}<0.01,1,0)",
    }
    return board_of(Table(helpers=helpers))


@right()
def gradient_check_beside() -> Board:
    """∂E/∂w8 is calculated once more by differences in columns beside."""
    up = "0.5*({t2}-1/(1+EXP(-({w7}*{a_h1}+({w8}+0.0001)*{a_h2}))))^2"
    down = up.replace("+0.0001", "-0.0001")
    return board_of(Table(helpers={"check w8": f"=({up}-{down})/0.0002"}))


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
def long_run() -> Board:
    """Five hundred iterations."""
    return board_of(Table(iterations=500))


@right()
def comments_and_colours() -> Board:
    """Comments, colours, frozen panes, column widths, protection."""
    board = board_of(Table())

    def look(book: Any) -> None:
        from openpyxl.comments import Comment
        from openpyxl.styles import PatternFill

        page = book["Sheet1"]
        page["J33"].comment = Comment("σ(h1)", "me")
        page["J33"].fill = PatternFill("solid", fgColor="FFFF00")
        page.freeze_panes = "E32"
        page.column_dimensions["Z"].width = 40
        page.protection.sheet = True

    board.finish.append(look)
    return board


@right()
def two_runs_in_one_sheet() -> Board:
    """Two tables side by side; the right one takes inputs and first weights of the left one."""
    other = Table(first_line=35, rate=0.5, rate_cell=(30, 45))
    left = Table()
    for name in ("t1", "t2", "i1", "i2"):
        for step in range(8):
            other = other.changed(name, f"={left.address(name, step)}", (step,))
    for weight in WEIGHTS:
        other = other.changed(weight, f"={left.address(weight, 0)}", (0,))
    return board_of(left, other)


@right(NOT_JUDGED, proof="as typed")
def first_rows_pasted() -> Board:
    """The first three rows are pasted as numbers with all digits."""
    from unforeseen.called_right import _typed

    other, board = _typed(17), board_of(Table())
    for name in ORDER:
        for step in range(3):
            board.set(name, step, other.cells[other.where[name, step]])
    return board


@right()
def inputs_by_chain() -> Board:
    """Inputs come by way of two other sheets."""
    table = Table()
    for number, name in enumerate(("i1", "i2", "t1", "t2")):
        table = table.changed(name, f"=Problem!B{2 + number}", range(8))
    board = board_of(table)
    for number, name in enumerate(("i1", "i2", "t1", "t2")):
        board.put(f"A{2 + number}", name, "Problem")
        board.put(f"B{2 + number}", f"='Raw data'!D{5 + number}", "Problem")
        board.put(f"D{5 + number}", board.values[name], "Raw data")
        for step in range(8):
            board.where.pop((name, step))
        board.where[name, 0] = ("Raw data", 5 + number, 4)
    return board


@right()
def inputs_only_elsewhere() -> Board:
    """Formulas take inputs and targets from another sheet; the table has no columns for them."""
    board = table(Board(), names=tuple(n for n in ORDER if n[0] not in "it"))
    for number, name in enumerate(("i1", "i2", "t1", "t2")):
        board.put(f"A{2 + number}", name, "Problem")
        board.at(name, 0, 2 + number, 2, "Problem")
    return rate(board).standard()
