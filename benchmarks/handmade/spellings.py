"""How people spell the quantities: the same thing under dozens of headers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

SPELLINGS: dict[str, tuple[str, ...]] = {
    "t": ("t{n}", "T{n}", "t_{n}", "target{n}", "Target {n}", "t{s}", "t{n} ", "y{n}", "T_{n}"),
    "i": ("i{n}", "I{n}", "i_{n}", "x{n}", "input{n}", "Input {n}", "i{s}", "in{n}", "X_{n}"),
    "w": ("w{n}", "W{n}", "w_{n}", "w{s}", "weight{n}", "Weight {n}", " w{n}", "W_{n}", "𝑤{n}"),
    "b": ("b{n}", "B{n}", "b_{n}", "bias{n}", "Bias {n}", "b{s}"),
    "h": (
        *("h{n}", "H{n}", "h_{n}", "net_h{n}", "net h{n}", "z_h{n}", "h{s}", "zh{n}", "in_h{n}"),
        *("h{n} = Σ w·i", "sum_h{n}", "netH{n}", "h{n} (sum)"),
    ),
    "a_h": (
        *("a_h{n}", "out_h{n}", "act_h{n}", "a_H{n}", "σ(h{n})", "ah{n}", "a_h{s}", "Out_H{n}"),
        *("out_h{n} = σ(h{n})", "a_h{n} = σ(h{n})", "a_h{n}=sigmoid(h{n})", "sigmoid(h{n})"),
        *("out h{n}", "act(h{n})", "output_h{n}", "a(h{n})", "a-h{n}"),
    ),
    "o": ("o{n}", "O{n}", "o_{n}", "net_o{n}", "net o{n}", "z_o{n}", "o{s}", "zo{n}", "net_0{n}"),
    "a_o": (
        *("a_o{n}", "out_o{n}", "act_o{n}", "a_O{n}", "a_0{n}", "σ(o{n})", "ao{n}", "out_0{n}"),
        *("a_o{n} = σ(o{n})", "out_o{n} = σ(o{n})", "Out_O{n}", "sigmoid(o{n})", "output_o{n}"),
    ),
    "E": (
        *("E{n}", "E_{n}", "e{n}", "Error{n}", "Error {n}", "E_o{n}", "Loss{n}", "E{s}"),
        *("E{n} = ½(t{n}-a_o{n})²", "E{n}=1/2*(t{n}-a_o{n})^2", "error_{n}"),
    ),
    "E_total": (
        *("E_total", "E_tot", "E_Total", "Etotal", "E_T", "E_t", "E Total", "E = E1+E2", "E"),
        *("E_TOTAL", "Total Error", "Error total", "total_error", "Etot", "E_total = E1 + E2"),
        *("Loss", "Total E", "E(total)", "Total Loss", "Error"),
    ),
    "dE/dw": (
        *("∂E/∂w{n}", "E∂w{n}", "∂E_total/∂w{n}", "∂E_T/∂w{n}", "dE/dw{n}", "Edw{n}", "dw{n}"),
        *("∂Ew{n}", "∂E∂W{n}", "Etotaldw{n}", "ðE/ðw{n}", "𝟃E/𝟃w{n}", "ӘE/Әw{n}", "δE/δw{n}"),
        *("∂E_t/∂w{n}", "∂E/∂w_{n}", "∂E/∂w{s}", "𝜕E/𝜕w{n}", "dE_total/dw{n}", "dE/dW{n}"),
        *("∂E / ∂w{n}", "∂E_tot/∂w{n}", "∂(E_total)/∂w{n}", "dEdw{n}", "∂Etotal/∂w{n}"),
        *("grad w{n}", "gradient_w{n}", "∂E/\n∂w{n}", "dE_dw{n}", "∂w{n}", "d(E)/d(w{n})"),
        *("∂E/∂w{n} = δ·a", "∂L/∂w{n}", "ⅾE/ⅾw{n}", "dE/d w{n}", "∂E_total/w{n}", "∂ET/∂w{n}"),
    ),
}
SPELLINGS["dE/db"] = tuple(
    text.replace("w", "b").replace("W", "B") for text in SPELLINGS["dE/dw"] if "𝑤" not in text
)
SPELLINGS["dE/da_h"] = ("∂E/∂a_h{n}", "dE/da_h{n}", "∂E_total/∂out_h{n}", "∂E/∂a_H{n}")

ITERATION = ("Iteration", "iter", "Epoch", "#", "n", "No.", "Step", "S.No", "iterations", "Iter.")
RATE_LABELS = (
    *("η =", "η", "Learning Rate", "LR", "lr =", "Learning rate:", "learning rate =", "ƞ =", "ɳ"),
    *("ɲ =", "ͷ =", "ⴄ", "n =", "N", "α =", "h", "LR=", "Learning Rate (η)", "eta"),
)
RATE_HEADERS = ("η", "LR", "Learning Rate", "eta", "lr", "learning rate")

_NUMBERED = re.compile(r"(.*?)(\d+)$")


def kind_of(name: str) -> tuple[str, str]:
    """Return a quantity's kind and number as texts: ("dE/dw", "3"), ("E_total", "")."""
    found = _NUMBERED.fullmatch(name)
    return (found[1], found[2]) if found else (name, "")


def drawn_headers(
    names: Iterable[str], draw: Random, *, with_formulas: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """Draw the header of each quantity, and return as well which spelling was taken by kind.

    People are consistent: one spelling for each kind, with an exception here and there. Headers
    that state a formula are those of the classic network.
    """
    names = list(names)
    is_plain = draw.random() < 0.25
    spellings = {
        kind: [text for text in options if with_formulas or "=" not in text]
        for kind, options in SPELLINGS.items()
    }
    chosen = {
        kind: options[0] if is_plain else draw.choice(options)
        for kind, options in spellings.items()
    }
    headers = {}
    for name in names:
        kind, number = kind_of(name)
        is_exception = not is_plain and draw.random() < 0.03
        pattern = draw.choice(spellings[kind]) if is_exception else chosen[kind]
        headers[name] = spelled(pattern, number)
    used = {kind for kind, _ in map(kind_of, names)}
    return headers, {kind: text for kind, text in chosen.items() if kind in used}


def spelled(pattern: str, number: str) -> str:
    """Return a header with its number, plain or as subscript."""
    return pattern.format(n=number, s=number.translate(SUBSCRIPTS))
