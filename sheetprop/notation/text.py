"""Trees written as mathematics in Unicode: ``½(t₁ - a_o₁)²`` as a course writes it on a page.

Names stay as students know them (``a_h1``, ``∂E/∂w1``); only numbers, powers and products change.
"""

from __future__ import annotations

from sheetprop.lazily.patterns import pattern
from sheetprop.maths.trees.expr import (
    Call,
    Expr,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    product,
    total,
)
from sheetprop.maths.trees.walk import substitute
from sheetprop.notation.excel_write import COMPARISONS, number

ADD, MULTIPLY, POWER, ATOM = range(4)
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SYMBOLS = {"eta": "η", "mu": "μ", "lambda": "λ"}
_DERIVATIVE = pattern(r"d([\w@]{1,99})/d([\w@]{1,99})")
_SAMPLE = pattern(r"@(\d{1,9})")
_MARKED = pattern(r"[\ue000-\uf8ff]")
_FIRST_MARK = 0xE000  # characters for private use, which stand in no text

MOST_TERMS = 6
"""Terms of a sum that are written out where it is shortened."""


def name_text(name: str, shift: int = 0) -> str:
    """Return a quantity's name as mathematics: ``∂E/∂w1``, ``η``; ``′`` marks the one before.

    ``h1⁽²⁾`` is that of the second sample.
    """
    text = _SYMBOLS.get(name, name)
    if "/" in text:
        text = _DERIVATIVE.sub(r"∂\1/∂\2", text)
    if "@" in text:
        text = _SAMPLE.sub(lambda found: f"⁽{found[1].translate(_SUPERSCRIPTS)}⁾", text)
    return text + ("′" if shift == -1 else f"[{shift:+d}]" if shift else "")


def to_text(expr: Expr) -> str:
    """Return a tree as one line of mathematics."""
    return _write(expr)[0]


def pieces(expr: Expr) -> list[str | Name]:
    """Return the same line cut at its names, for something else to stand in their places."""
    found: list[Name] = []

    def marked(leaf: Expr) -> Expr | None:
        if not isinstance(leaf, Name) or leaf == ELLIPSIS:
            return None
        found.append(leaf)
        return Name(chr(_FIRST_MARK + len(found) - 1))

    text = to_text(substitute(expr, marked))
    names = (found[ord(mark) - _FIRST_MARK] for mark in _MARKED.findall(text))
    between = iter(_MARKED.split(text))
    return [next(between), *(part for name in names for part in (name, next(between)))]


ELLIPSIS = Name("…")
_WHERE = "WHERE"  # a function of nothing but mathematics: 1 where a condition holds, else 0
_OPPOSITES = {"GT": "LE", "LE": "GT", "LT": "GE", "GE": "LT", "EQ": "NE", "NE": "EQ"}


def without_cases(expr: Expr) -> Expr:
    """Return a tree in which ``if(h1 > 0, 1, 0)`` is ``[h1 > 0]``: 1 where that holds, else 0."""
    children = tuple(map(without_cases, expr.children))
    changed = expr.with_children(children) if children else expr
    if not (isinstance(changed, Call) and changed.function == "IF"):
        return changed
    condition, yes, no = changed.arguments
    if not (isinstance(condition, Call) and condition.function in _OPPOSITES):
        return changed
    other = Call(_OPPOSITES[condition.function], condition.arguments)
    parts = [_only_where(value, where) for value, where in ((yes, condition), (no, other))]
    return total([part for part in parts if part is not None])


def _only_where(value: Expr, condition: Expr) -> Expr | None:
    """Return a value times 1 where a condition holds; None for 0."""
    where = Call(_WHERE, (condition,))
    if isinstance(value, Number) and value.value in (0, 1):
        return where if value.value else None
    return product([value, where])


def shortened(expr: Expr) -> Expr:
    """Return a tree whose long sums have … for what is between their first and last terms."""
    children = tuple(map(shortened, expr.children))
    if isinstance(expr, Sum) and len(children) > MOST_TERMS:
        return Sum((*children[: MOST_TERMS // 2], ELLIPSIS, children[-1]))
    return expr.with_children(children) if children else expr


def _write(expr: Expr) -> tuple[str, int]:
    match expr:
        case Number(value):
            return ("½", ATOM) if value == 0.5 else (number(value), ATOM if value >= 0 else ADD)
        case Name(name, shift):
            return name_text(name, shift), ATOM
        case Negative(operand):
            return "-" + _bracketed(operand, ATOM), ADD
        case Sum(terms):
            return _sum(terms), ADD
        case Product(factors):
            return " · ".join(_bracketed(factor, MULTIPLY) for factor in factors), MULTIPLY
        case Quotient(numerator, denominator):
            return f"{_bracketed(numerator, MULTIPLY)}/{_bracketed(denominator, ATOM)}", MULTIPLY
        case Power(base, Number(value)) if value == int(value):
            return _bracketed(base, ATOM) + str(int(value)).translate(_SUPERSCRIPTS), POWER
        case Power(base, exponent):
            return f"{_bracketed(base, ATOM)}^{_bracketed(exponent, ATOM)}", POWER
        case Call():
            return _call(expr)
    return str(expr), ATOM


def _call(expr: Call) -> tuple[str, int]:
    texts = list(map(to_text, expr.arguments))
    match expr.function:
        case "SQRT":
            return f"√{_bracketed(expr.arguments[0], ATOM)}", ATOM
        case "PI":
            return "π", ATOM
        case "WHERE":
            sign = texts[0].replace("<=", "≤").replace(">=", "≥").replace("<>", "≠")
            return f"[{sign}]", ATOM
        case function if function in COMPARISONS:
            return f" {COMPARISONS[function]} ".join(texts), ADD
    return f"{expr.function.lower()}({', '.join(texts)})", ATOM


def _bracketed(expr: Expr, least: int) -> str:
    text, binding = _write(expr)
    return text if binding >= least else f"({text})"


def _sum(terms: tuple[Expr, ...]) -> str:
    text = _bracketed(terms[0], ADD)
    for term in terms[1:]:
        sign, part = (" - ", term.operand) if isinstance(term, Negative) else (" + ", term)
        text += sign + _bracketed(part, MULTIPLY)
    return text
