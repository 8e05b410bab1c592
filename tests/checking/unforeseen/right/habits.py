"""Right worksheets of people with habits of their own in writing headers and around tables."""

from __future__ import annotations

from typing import Any

from worksheets import ORDER, Table

from unforeseen.board import Board, board_of
from unforeseen.kind import (
    right,
)
from unforeseen.layouts.tables import rate, table


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


for _name, (_sentence, _pattern) in STYLES.items():
    right(name=f"headers-{_name}")(_style(_name, _pattern))
