"""Words of hostile workbooks, put together by chance: references, formulas and headers."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

LONGEST_FORMULA = 8_192
EDGES = ("A1", "$A$1", "XFD1048576", "$XFD$1048576", "A1048576", "XFD1", "A32", "W33", "AZ100")
RANGES = (
    "A:A", "A:XFD", "1:1", "1:1048576", "A1:XFD1048576", "W32:W39", "A1:B2:C3", "B2:A1",
    "A1#", "@A1:A9", "Sheet1!A1:A99", "Sheet1:Sheet9!A1", "[1]Sheet1!A1:B2", "'a''b'!A:A",
    "T[c1]", "T[[#All],[c1]:[c2]]", "T[@c1]", "T[[#This Row],[c1]]", "R1C1:R9C9", "#REF!A1",
    "n0", "n1", "eta", "_xlnm.Print_Area", "A1 B1", "(A1,B2)",
)  # fmt: skip
NUMBERS = (
    "0", "1", "-1", "0.5", "1E308", "1E-324", "1E999", "9" * 400, "0." + "0" * 400 + "1", "1E",
    ".5", "5.", "1E+5", "2^1024", "10%%%", "TRUE", "#N/A", "#DIV/0!", "#GETTING_DATA",
)  # fmt: skip
STRINGS = ('""', '"a"', '""""', '"1"', '"1E5"', '"A1"', '"*a*a*a"', '"\u202e"', '"n0"')
ARRAYS = ("{1,2;3,4}", "{1}", '{"a",TRUE,#N/A}', "{1,2;3}", "{}", "{1;2;3}")
OPERATORS = ("+", "-", "*", "/", "^", "&", "=", "<>", "<", ">=", ":", ",", " ", "~", "!", "\u2212")
LARGE = (
    "SEQUENCE({n})", "SEQUENCE({n},{n})", "REPT({x},{n})", "ROW(1:{n})", "MUNIT({n})",
    "RANDARRAY({n},{n})", "OFFSET({r},0,0,{n},{n})", "OFFSET({r},{x},{x})", "INDIRECT({x})",
    'INDIRECT("R"&{x}&"C"&{n},FALSE)', 'INDIRECT("A1:A"&{n})', "MMULT({r},{r})",
    "MMULT(A:A,1:1)", "MINVERSE({r})", "MDETERM({r})", "TRANSPOSE({r})", "SUMPRODUCT({r},{r})",
    "SUMPRODUCT(({r}<TRANSPOSE({r}))*1)", "FREQUENCY({r},{r})", "LINEST({r},{r})",
    "GROWTH({r},{r})", "CONCAT({r})", "TEXTJOIN({x},TRUE,{r})", "SUBSTITUTE({x},{x},{x})",
    "TEXT({x},REPT({x},{n}))", "SORT({r})", "UNIQUE({r})", "FILTER({r},{r}>0)", "EXPAND(1,{n},{n})",
    "WRAPROWS(SEQUENCE({n}),2)", "HSTACK({r},{r})", "VSTACK({r},{r})", "TOCOL({r})",
    "MAKEARRAY({n},{n},LAMBDA(r,c,r*c))", "REDUCE({x},SEQUENCE({n}),LAMBDA(a,b,{g}))",
    "SCAN({x},SEQUENCE({n}),LAMBDA(a,b,a&a))", "MAP({r},LAMBDA(a,{g}))", "BYROW({r},LAMBDA(a,{g}))",
    "LAMBDA(f,f(f))(LAMBDA(f,f(f)))", "LAMBDA(a,{g})({x})", "LET(a,{x},b,{g},{g})",
    "COUNTIF({r},{x})", "SUMIFS({r},{r},{x})", "MATCH({x},{r},0)", "VLOOKUP({x},{r},{n},0)",
    "XLOOKUP({x},{r},{r})", "INDEX({r},{n},{n})", "AGGREGATE(14,6,{r},{x})", "PERCENTILE({r},{x})",
    "FACT({n})", "COMBIN({n},{n})", "GCD({n},{x})", "BASE({n},2,{n})", "DEC2BIN({x})", "ROMAN({n})",
    "IRR({r})", "RATE({n},1,{x})", "NETWORKDAYS(1,{n})", "WORKDAY(1,{n})", "EDATE({x},{n})",
    "DATE({n},{n},{n})", "ADDRESS({n},{n})", "CELL({x},{r})", "HYPERLINK({x},{x})", "TODAY()",
    "WEBSERVICE({x})", "RTD({x},{x},{x})", 'CALL("kernel32",{x})', "FILTERXML({x},{x})",
    "_xlfn.STDEV.S({r})", "_xlfn._xlws.SORT({r})", "_xlfn.SINGLE({r})", "_xlfn.ANCHORARRAY({r})",
    "BESSELI({x},{n})", "SERIESSUM({x},0,1,{r})", "SUMX2MY2({r},{r})", "MODE.MULT({r})",
)  # fmt: skip
USUAL = (
    "SUM({x},{x})", "IF({x}>{x},{x},{x})", "EXP(-{x})", "1/(1+EXP(-{x}))", "TANH({x})",
    "MAX(0,{x})", "LN({x})", "ROUND({x},{x})", "POWER({x},2)", "AVERAGE({r})", "({x})", "-{x}",
    "{x}%", "@{r}", "IFERROR({x},{x})", "CHOOSE({x},{x},{x})", "AND({x},{x})", "ABS({x})",
    "SQRT({x})", "POW({x},{x})",
)  # fmt: skip
SIZES = ("2", "9", "300", "9999", "1048576", "1E6", "1E9", "-1", "0", "16384", "2^31", "1E308")
BODIES = ("a", "a&a", "a+a", "a*a", "HSTACK(a,a)", "LET(a,a&a,a&a)", "f(a)", "b")
CLOSED_BY = {"(": ")", "SUM(": ")", "IF(1,": ",0)", "LAMBDA(a,": ")", "LET(a,1,": ")"}
REPEATED = (
    *CLOSED_BY, "A1+", "-", "A1^", "1&", "{", "'", '"', "[", "A1:", "A1,", "A1 ", "%", "@", "N0!",
    "T[", "#", "1E", ".", "\u2212", "<", "!", "$A",
)  # fmt: skip

ALIKE = {"a": "\u0430", "w": "\uff57", "h": "\u04bb", "i": "\u0456", "o": "\u03bf", "E": "\u0415"}
"""Letters of other scripts that look as those of the names of quantities."""


def reference(chance: random.Random) -> str:
    """Return a reference to a cell or to a range."""
    return chance.choice(EDGES if chance.random() < 0.5 else RANGES)


def formula(chance: random.Random, depth: int = 3) -> str:
    """Return a formula without its ``=``; sometimes one operator or bracket many times over."""
    if depth == 3 and chance.random() < 0.08:
        return _repeated(chance)
    kind = chance.random()
    if depth <= 0 or kind < 0.15:
        return _leaf(chance)
    if kind < 0.35:
        sign = chance.choice(OPERATORS)
        return f"{formula(chance, depth - 1)}{sign}{formula(chance, depth - 1)}"
    shape = chance.choice(USUAL if kind < 0.65 else LARGE)
    while "{" in shape:
        before, _, rest = shape.partition("{")
        which, _, after = rest.partition("}")
        shape = before + _piece(which, chance, depth) + after
    return shape[:LONGEST_FORMULA]


def _piece(which: str, chance: random.Random, depth: int) -> str:
    """Return what stands for a letter: a size, a reference, a body, any formula."""
    if which == "n":
        return chance.choice(SIZES)
    if which == "r":
        return reference(chance)
    if which == "g":
        return chance.choice(BODIES)
    return formula(chance, depth - 1).replace("{", "(").replace("}", ")")


def _leaf(chance: random.Random) -> str:
    kind: Sequence[str] = chance.choice((EDGES, EDGES, RANGES, NUMBERS, STRINGS, ARRAYS))
    return chance.choice(kind)


def _repeated(chance: random.Random) -> str:
    """Return as much of one thing as a formula may hold, or somewhat more."""
    piece = chance.choice(REPEATED)
    count = chance.choice((60, 1_000, LONGEST_FORMULA)) // len(piece) + 1
    is_closed = chance.random() < 0.7
    return piece * count + "A1" + CLOSED_BY.get(piece, "") * (count if is_closed else 0)


def header(chance: random.Random) -> str:
    """Return a text that is a header of a training run, or nearly."""
    return chance.choice(HEADERS)(chance)


def _weight(chance: random.Random) -> str:
    a, b = chance.choice((2, 16, 17, 999, 10**9)), chance.choice((1, 2, 8, 10**30))
    return chance.choice(
        (f"w{a}", f"w_{a}_{b}", f"w_h{a}_i{b}", f"w{a}{b}", f"w1[{a},{b}]", f"W({a};{b})")
    )


def _neuron(chance: random.Random) -> str:
    kinds = ("i", "h", "o", "a_h", "a_o", "t", "E", "b")
    return f"{chance.choice(kinds)}{chance.choice((1, 2, 16))}"


def _gradient(chance: random.Random) -> str:
    signs = ("\u2202E/\u2202", "dE/d", "d E / d ", "dE_total/d", "\u2207", "\u03b4")
    return chance.choice(signs) + _weight(chance)


def _known(chance: random.Random) -> str:
    return chance.choice(
        ("E_total", "\u03b7", "lr", "Learning rate = 0.1", "Iteration", "epoch", "train_loss",
         "val_acc", "m", "v", "m_hat", "\u03b21", "kernel", "stride", "16-16-8", "2-2-2", "0-0",
         "784-128-10", "-".join(["9"] * 500))
    )  # fmt: skip


def _alike(chance: random.Random) -> str:
    return "".join(ALIKE.get(sign, sign) for sign in _neuron(chance))


def _long(chance: random.Random) -> str:
    count = chance.choice((1, 30, 400))
    return chance.choice(
        ("w1" + "\u0301" * count + "\u202e", "w" + "1" * 9 * count, "=" * count + "w1*i1+w2*i2",
         "(a_h1*" * count, "\u2202E/\u2202w1 = (a_o1-t1)*a_o1*(1-a_o1)*" + "w5/" * count,
         " ".join(["lr", "0.1"] * count))
    )  # fmt: skip


HEADERS: Sequence[Callable[[random.Random], str]] = (
    _neuron, _neuron, _weight, _gradient, _known, _known, _alike, _long,
)  # fmt: skip


def xml(text: str) -> str:
    """Return a text as XML holds it; signs that XML has no room for become others."""
    return escape("".join(sign if sign >= " " or sign in "\t\n" else "?" for sign in text))
