"""Circuits as a template says them: expressions with the values of their inputs, read as gates."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.gates.circuit import OUTPUT, Circuit, Gate
from sheetprop.lessons.kinds.gates.operations import OF_ONE, OF_TWO, Operation, power, with_constant
from sheetprop.maths.trees.evaluate import EXACT, evaluate
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.validate import Problem, Reader, number, shown, suggestion, text

MOST_CIRCUITS, MOST_GATES, MOST_INPUTS, LONGEST = 6, 30, 12, 300
_SIGNS: Mapping[type, str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_OTHERS = {"log": "ln", "σ": "sigmoid"}
FUNCTIONS = ("exp", "ln", "sqrt", "tanh", "sigmoid", "relu", "sin", "cos", "max", "min")
_NAME = re.compile(r"[^\W\d_]\w{0,11}")
_GATE = re.compile(r"g\d+")


@dataclass(frozen=True, slots=True)
class Circuits:
    """The circuits of one lesson, a sheet each."""

    circuits: tuple[Circuit, ...]


def circuits(value: object) -> tuple[Circuit, ...]:
    """Return the circuits of a list of expressions with their inputs."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_CIRCUITS:
        raise Problem(f"must be a list of 1 to {MOST_CIRCUITS} circuits in [ ], not {shown(value)}")
    found = []
    for place, row in enumerate(value, 1):
        try:
            found.append(_circuit(row))
        except Problem as problem:
            raise Problem(f"number {place} of the list {problem}") from None
    return tuple(found)


def _circuit(row: object) -> Circuit:
    if not isinstance(row, dict) or set(row) != {"expression", "inputs"}:
        example = '{ expression = "x*y", inputs = { x = 2, y = 3 } }'
        raise Problem(f"must be such as {example}, not {shown(row)}")
    own = inputs(row["inputs"])
    try:
        written = text(row["expression"])
    except Problem as problem:
        raise Problem(f"has an expression that {problem}") from None
    return circuit(written, own)


def inputs(value: object) -> dict[str, float]:
    """Return the inputs of an expression with their values."""
    if not isinstance(value, dict) or not 0 < len(value) <= MOST_INPUTS:
        raise Problem(f"must have 1 to {MOST_INPUTS} inputs such as {{ x = 2 }}")
    found = {}
    for name, one in value.items():
        if not _NAME.fullmatch(name) or _GATE.fullmatch(name) or name in (OUTPUT, *FUNCTIONS):
            raise Problem(
                f"must not call an input {shown(name)}: that is no name, or has a meaning"
            )
        try:
            found[name] = number(one)
        except Problem as problem:
            raise Problem(f"has a {name} that {problem}") from None
    return found


def circuit(written: str, inputs: Mapping[str, float]) -> Circuit:
    """Return the circuit of an expression.

    Raises:
        Problem: it is none, is too long, has an input without a value, or does not use one.

    """
    reading = _Reading(inputs, FUNCTIONS)
    last = reading.wire(_parsed(written))
    if not reading.gates or isinstance(last, float):
        raise Problem(f"must have an expression with at least one gate, not {shown(written)}")
    unused = [name for name in inputs if name not in reading.used]
    if unused:
        raise Problem(f"has an input {unused[0]} that its expression does not use")
    gates = [replace(g, name=OUTPUT) if g.name == last else g for g in reading.gates]
    return Circuit(written, dict(inputs), tuple(gates))


def expression(written: str, inputs: Iterable[str], functions: Sequence[str]) -> Expr:
    """Return the tree of an expression of some inputs and functions.

    Raises:
        Problem: it cannot be read.

    """
    reading = _Reading(dict.fromkeys(inputs, 0.0), functions)
    last = reading.wire(_parsed(written))
    if isinstance(last, float):
        raise Problem(f"must have an input in it, not {shown(written)}")
    if not reading.gates:
        return Name(last)
    gates = [replace(g, name=OUTPUT) if g.name == last else g for g in reading.gates]
    return Circuit(written, {}, tuple(gates)).whole


def _parsed(written: str) -> ast.expr:
    if len(written) > LONGEST:
        raise Problem(f"must have an expression of at most {LONGEST} characters")
    try:
        return ast.parse(written.replace("^", "**").strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise Problem(f"has an expression that cannot be read: {shown(written)}") from None


class _Reading:
    """Takes an expression apart into gates, the innermost first."""

    def __init__(self, inputs: Mapping[str, float], functions: Sequence[str]) -> None:
        self.inputs = inputs
        self.functions = functions
        self.used: set[str] = set()
        self.gates: list[Gate] = []

    def wire(self, node: ast.expr) -> str | float:
        """Return the name of the wire on which a part of the expression is, or a number."""
        match node:
            case ast.Constant(value=bool() | str() | bytes() | complex() | None):
                pass
            case ast.Constant(value=value) if value is not Ellipsis:
                return number(value)
            case ast.Name(id=name):
                return self._input(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner = self.wire(operand)
                return -inner if isinstance(inner, float) else self._gate(OF_ONE["neg"], inner)
            case ast.BinOp(left, op, right) if type(op) in _SIGNS:
                return self._of_two(_SIGNS[type(op)], left, right)
            case ast.BinOp(base, ast.Pow(), exponent):
                return self._power(base, exponent)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self._call(_OTHERS.get(name, name), arguments)
        raise Problem(
            f"has an expression with {shown(ast.unparse(node))}, where only numbers, inputs, "
            f"+ - * / ^ and {', '.join(self.functions)} may stand"
        )

    def _input(self, name: str) -> str:
        if name not in self.inputs:
            near = suggestion(name, self.inputs)
            raise Problem(f"has an expression with {name}, which has no value in inputs{near}")
        self.used.add(name)
        return name

    def _of_two(self, sign: str, left: ast.expr, right: ast.expr) -> str | float:
        a, b = self.wire(left), self.wire(right)
        if isinstance(a, str) and isinstance(b, str):
            return self._gate(OF_TWO[sign], a, b)
        if isinstance(a, str) and isinstance(b, float):
            return self._gate(with_constant(sign, self._divisor(sign, b), first=False), a)
        if isinstance(a, float) and isinstance(b, str):
            return self._gate(with_constant(sign, a, first=True), b)
        raise Problem("has an expression with an operation of two numbers; write its result")

    @staticmethod
    def _divisor(sign: str, value: float) -> float:
        if sign == "/" and value == 0:
            raise Problem("has an expression that divides by 0")
        return value

    def _power(self, base: ast.expr, exponent: ast.expr) -> str:
        wire, value = self.wire(base), self.wire(exponent)
        if not isinstance(wire, str) or not isinstance(value, float):
            raise Problem("has an expression with a power that is not of the form x^2")
        return self._gate(power(value), wire)

    def _call(self, name: str, arguments: list[ast.expr]) -> str | float:
        if name not in self.functions:
            known = f"allowed are {', '.join(self.functions)}"
            near = suggestion(name, self.functions)
            raise Problem(f"has an expression with the function {name}; {known}{near}")
        wanted = 2 if name in OF_TWO else 1
        if len(arguments) != wanted:
            raise Problem(f"has an expression with {name} of {len(arguments)}, not of {wanted}")
        if wanted == 2:
            return self._of_two(name, *arguments)
        inner = self.wire(arguments[0])
        if isinstance(inner, float):
            raise Problem(f"has an expression with {name} of a number; write its result")
        return self._gate(OF_ONE[name], inner)

    def _gate(self, operation: Operation, *sources: str) -> str:
        if len(self.gates) == MOST_GATES:
            raise Problem(f"must have an expression of at most {MOST_GATES} gates")
        name = f"g{len(self.gates) + 1}"
        self.gates.append(Gate(name, operation, sources))
        return name


SECTIONS: Mapping[str, Mapping[str, Reader]] = {"gates": {"circuits": circuits}}
REQUIRED = ("gates.circuits",)


def read(source: str, values: Mapping[str, Any]) -> Circuits:
    """Return the circuits of a template's values by their full keys.

    Raises:
        SpecError: a circuit has no value where its inputs are.

    """
    found: tuple[Circuit, ...] = values["gates.circuits"]
    for place, one in enumerate(found, 1):
        if not has_value(one):
            problem = f"number {place} of the list has no value at its inputs"
            raise SpecError(source, "gates.circuits", problem)
    return Circuits(found)


def has_value(one: Circuit) -> bool:
    """Whether every gate has a value for the inputs of the template."""
    functions: dict[str, Callable[..., Any]] = {**EXACT, "MIN": min, "GE": lambda a, b: a >= b}
    known = dict(one.inputs)
    try:
        for gate in one.gates:
            value = evaluate(gate.value, lambda leaf: known[leaf.name], functions)
            known[gate.name] = number(value)
    except (ArithmeticError, ValueError, TypeError):
        return False
    return True


def describe(found: Circuits) -> str:
    """Return the expressions."""
    return ", ".join(one.text for one in found.circuits)
