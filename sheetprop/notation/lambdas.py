"""Functions of a workbook's own, defined names that are a LAMBDA: their calls are written out.

``SIGMA`` defined as ``LAMBDA(x,1/(1+EXP(-x)))`` makes ``=SIGMA(I32)`` ``=(1/(1+EXP(-(I32))))``.
A function may be called where it stands, ``=LAMBDA(x,1/(1+EXP(-x)))(I32)``. Files write
``_xlfn.LAMBDA(_xlpm.x,…)``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from sheetprop.lazily.patterns import pattern

MOST_CALLS = 100
"""Functions may call functions; in a circle they never end."""

LONGEST = 8192
"""Characters of a formula; one that grows beyond stays as it is."""

KEYWORD = "lambda"
CALLED = f"{KEYWORD}("

PREFIX = pattern(r"_xl(?:fn|pm|ws)\.", re.IGNORECASE)
NAME = pattern(r"[^\W\d][\w.]{0,254}")
TEXT_OR_NAME = pattern(r'"(?:[^"]|"")*"|(?<![\w.!$])[^\W\d][\w.]{0,254}')


class Lambda(NamedTuple):
    """A function: the names of what it takes, and the formula that it stands for."""

    parameters: tuple[str, ...]
    body: str

    def called(self, arguments: list[str]) -> str | None:
        """Return what a call stands for, None where it does not fit."""
        if len(arguments) != len(self.parameters):
            return None
        given = dict(zip(self.parameters, arguments, strict=True))

        def put(found: re.Match[str]) -> str:
            argument = given.get(found[0].casefold())
            return found[0] if argument is None else f"({argument})"

        return f"({TEXT_OR_NAME.sub(put, self.body)})"


def lambdas_in(names: Mapping[str, str]) -> dict[str, Lambda]:
    """Return the functions among defined names, by name in small letters."""
    found = {}
    for name, text in names.items():
        plain = PREFIX.sub("", text).strip().removeprefix("=").strip()
        inside = _inside(plain, len(KEYWORD)) if plain.casefold().startswith(CALLED) else None
        function = _lambda(inside[0]) if inside and inside[1] == len(plain) else None
        if function is not None:
            found[name.casefold()] = function
    return found


def _lambda(inside: str) -> Lambda | None:
    """Return the function that the brackets behind LAMBDA define, if it takes anything."""
    parts = split(inside)
    takes = [part.strip().casefold() for part in parts[:-1]]
    if not takes or not all(NAME.fullmatch(one) for one in takes):
        return None
    return Lambda(tuple(takes), parts[-1].strip())


def calls_where_it_stands(formula: str) -> bool:
    """Whether a formula may define a function and call it at once."""
    return ")(" in formula and CALLED in formula.casefold()


def expanded(formula: str, lambdas: Mapping[str, Lambda]) -> str:
    """Return a formula with the calls of some functions written out, itself where that fails."""
    new = PREFIX.sub("", formula)
    for _ in range(MOST_CALLS):
        once = _once(new, lambdas)
        if once is None:
            return new if new != PREFIX.sub("", formula) else formula
        if len(once) > LONGEST:
            break
        new = once
    return formula


def _once(formula: str, lambdas: Mapping[str, Lambda]) -> str | None:
    """Return a formula with its first call written out, None where it has none."""
    for match in TEXT_OR_NAME.finditer(formula):
        function, end = lambdas.get(match[0].casefold()), match.end()
        if match[0].casefold() == KEYWORD:
            own = _inside(formula, end)
            function, end = (_lambda(own[0]), own[1]) if own else (None, end)
        inside = _inside(formula, end) if function is not None else None
        if function is None or inside is None:
            continue
        put = function.called(split(inside[0]))
        if put is not None:
            return formula[: match.start()] + put + formula[inside[1] :]
    return None


def _inside(text: str, start: int) -> tuple[str, int] | None:
    """Return what stands in the brackets that open at `start`, and where they end."""
    if text[start : start + 1] != "(":
        return None
    depth, is_text = 0, False
    for index in range(start, len(text)):
        sign = text[index]
        if sign == '"':
            is_text = not is_text
        if is_text:
            continue
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return text[start + 1 : index], index + 1
    return None


def split(text: str) -> list[str]:
    """Return arguments, which commas separate outside of brackets and texts."""
    found, depth, is_text, begin = [], 0, False, 0
    for index, sign in enumerate(text):
        if sign == '"':
            is_text = not is_text
        elif not is_text and sign in "({":
            depth += 1
        elif not is_text and sign in ")}":
            depth -= 1
        elif sign == "," and depth == 0 and not is_text:
            found.append(text[begin:index])
            begin = index + 1
    return [*found, text[begin:]]
