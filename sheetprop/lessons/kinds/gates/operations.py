"""What a gate does: its value, and its slope by each of its inputs, as declared trees.

Slopes are written as a textbook has them: that of exp by its own output, for instance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sheetprop.maths.trees.expr import Call, Expr, Number
from sheetprop.maths.trees.functions import (
    above,
    at_least,
    choice,
    cos,
    exp,
    largest,
    ln,
    sin,
    sqrt,
    tanh,
)
from sheetprop.notation.excel_write import number

ONE = Number(1)
DISTRIBUTES, SWAPS, ROUTES, SCALES, PASSES = "distributes", "swaps", "routes", "scales", "passes"
"""What gates do to the gradient that comes back to them."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A kind of gate: the sign drawn in it, and its trees.

    `value` makes its output of its inputs; `slopes` the slope by each input, of the inputs and the
    output.
    """

    sign: str
    does: str
    value: Callable[..., Expr]
    slopes: Callable[[tuple[Expr, ...], Expr], tuple[Expr, ...]]


def _least(a: Expr, b: Expr) -> Expr:
    return Call("MIN", (a, b))


def _routed(first: Expr) -> tuple[Expr, ...]:
    return choice(first, 1, 0), choice(first, 0, 1)


OF_TWO: Mapping[str, Operation] = {
    "+": Operation("+", DISTRIBUTES, lambda a, b: a + b, lambda *_: (ONE, ONE)),
    "-": Operation("−", DISTRIBUTES, lambda a, b: a - b, lambda *_: (ONE, Number(-1))),
    "*": Operation("×", SWAPS, lambda a, b: a * b, lambda x, _: (x[1], x[0])),
    "/": Operation("÷", SCALES, lambda a, b: a / b, lambda x, out: (1 / x[1], -(out / x[1]))),
    "max": Operation("max", ROUTES, largest, lambda x, _: _routed(at_least(x[0], x[1]))),
    "min": Operation("min", ROUTES, _least, lambda x, _: _routed(at_least(x[1], x[0]))),
}
"""Gates of two wires, by what an expression has for them."""

OF_ONE: Mapping[str, Operation] = {
    "neg": Operation("×−1", SCALES, lambda a: -a, lambda *_: (Number(-1),)),
    "exp": Operation("exp", SCALES, exp, lambda _, out: (out,)),
    "ln": Operation("ln", SCALES, ln, lambda x, _: (1 / x[0],)),
    "sqrt": Operation("√", SCALES, sqrt, lambda _, out: (1 / (2 * out),)),
    "tanh": Operation("tanh", SCALES, tanh, lambda _, out: (1 - out**2,)),
    "sin": Operation("sin", SCALES, sin, lambda x, _: (cos(x[0]),)),
    "cos": Operation("cos", SCALES, cos, lambda x, _: (-sin(x[0]),)),
    "sigmoid": Operation(
        "σ", SCALES, lambda a: 1 / (1 + exp(-a)), lambda _, out: (out * (1 - out),)
    ),
    "relu": Operation(
        "relu", ROUTES, lambda a: largest(0, a), lambda x, _: (choice(above(x[0], 0), 1, 0),)
    ),
}
"""Gates of one wire, by their functions."""


def with_constant(sign: str, constant: float, *, first: bool) -> Operation:
    """Return the gate of one wire and a number, which stands `first` in the expression."""
    c, text = Number(constant), number(abs(constant)).replace("-", "−")
    minus = "−" if constant < 0 else ""
    match sign, first:
        case "+", _:
            name = f"−{text}" if constant < 0 else f"+{text}"
            return Operation(name, PASSES, lambda a: a + c, lambda *_: (ONE,))
        case "-", False:
            name = f"+{text}" if constant < 0 else f"−{text}"
            return Operation(name, PASSES, lambda a: a - c, lambda *_: (ONE,))
        case "-", True:
            name = f"{minus}{text}−x"
            return Operation(name, SCALES, lambda a: c - a, lambda *_: (Number(-1),))
        case "*", _:
            return Operation(f"×{minus}{text}", SCALES, lambda a: c * a, lambda *_: (c,))
        case "/", False:
            return Operation(f"÷{minus}{text}", SCALES, lambda a: a / c, lambda *_: (1 / c,))
        case "/", True:
            name = f"{minus}{text}/x"
            return Operation(name, SCALES, lambda a: c / a, lambda x, out: (-(out / x[0]),))
    two, binary = OF_TWO[sign], (lambda a: OF_TWO[sign].value(*((c, a) if first else (a, c))))
    place = 1 if first else 0
    slopes = two.slopes
    return Operation(
        f"{sign} {minus}{text}",
        two.does,
        binary,
        lambda x, out: (slopes((c, x[0]) if first else (x[0], c), out)[place],),
    )


def power(exponent: float) -> Operation:
    """Return the gate that raises its input to a power."""
    text = {2.0: "x²", 3.0: "x³"}.get(exponent, f"x^{number(exponent)}")
    return Operation(
        text,
        SCALES,
        lambda a: a ** Number(exponent),
        lambda x, _: (
            (Number(2) * x[0],) if exponent == 2 else (exponent * x[0] ** Number(exponent - 1),)
        ),
    )
