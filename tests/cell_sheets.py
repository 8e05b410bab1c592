"""Sheets of circuits, softmax and Jacobian matrices as people lay them out, written as texts."""

from __future__ import annotations

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

LABELS = """
Backprop through a circuit
x | -2
y | 5
z | -4
q = x*y | =B2*B3
f = q+max(q,z) | =B5+MAX(B5,B4)
df/df | 1
df/dq | =B7+B7*IF(B5>=B4,1,0)
df/dz | =B7*IF(B5>=B4,0,1)
df/dx | =B8*B3
df/dy | =B8*B2
"""
ACROSS = """
x|y|z|q|f = (x+y)·z|∂f/∂z|∂f/∂q|∂f/∂x|∂f/∂y
-2|5|-4|=A2+B2|=D2*C2|=D2|=C2|=G2|=G2
"""
NEURON = """
node | forward | backward
w0 | 2 | =C8*B3
x0 | -1 | =C8*B2
w1 | -3 | =C9*B5
x1 | -2 | =C9*B4
w2 | -3 | =C11
|
a = w0*x0 | =B2*B3 | =C10
b = w1*x1 | =B4*B5 | =C10
c = a+b | =B8+B9 | =C11
d = c+w2 | =B10+B6 | =C12*B12*(1-B12)
s = σ(d) | =1/(1+EXP(-B11)) | 1
"""
SOFTMAX = """
T | 2
class | logit | exp(z/T) | softmax | y | -y ln p | dL/dz
a | 2 | =EXP(B3/$B$1) | =C3/SUM($C$3:$C$5) | 1 | =-E3*LN(D3) | =(D3-E3)/$B$1
b | 1 | =EXP(B4/$B$1) | =C4/SUM($C$3:$C$5) | 0 | =-E4*LN(D4) | =(D4-E4)/$B$1
c | 0.1 | =EXP(B5/$B$1) | =C5/SUM($C$3:$C$5) | 0 | =-E5*LN(D5) | =(D5-E5)/$B$1
sum ||=SUM(C3:C5) | =SUM(D3:D5) || =SUM(F3:F5)
"""
STABLE = """
z | 2 | 1 | 0.1
exp(z - max) | =EXP(B1-MAX($B$1:$D$1)) | =EXP(C1-MAX($B$1:$D$1)) | =EXP(D1-MAX($B$1:$D$1))
p | =B2/SUM($B$2:$D$2) | =C2/SUM($B$2:$D$2) | =D2/SUM($B$2:$D$2)
t | 1 | 0 | 0
p - t | =B3-B4 | =C3-C4 | =D3-D4
"""
POLAR = """
Polar coordinates
r | 2
t | 0.6
x = r cos t | =B2*COS(B3)
y = r sin t | =B2*SIN(B3)
Jacobian | r | t
x | =COS(B3) | =-B2*SIN(B3)
y | =SIN(B3) | =B2*COS(B3)
det J | =B7*C8-C7*B8
area factor | =ABS(B9)
"""
CHAIN = """
x | 1.5
y | 0.5
u1 = x y | =B1*B2
u2 = x + y² | =B1+B2^2
f1 = sin(u1) + u2 | =SIN(B3)+B4
f2 = u1 u2 | =B3*B4
∂f/∂u | u1 | u2
f1 | =COS(B3) | 1
f2 | =B4 | =B3
∂u/∂x | x | y
u1 | =B2 | =B1
u2 | 1 | =2*B2
∂f/∂x | x | y
f1 | =B8*B11+C8*B12 | =B8*C11+C8*C12
f2 | =B9*B11+C9*B12 | =B9*C11+C9*C12
area factor | =ABS(B14*C15-C14*B15)
"""
BARE = """
x | 1.5
y | -0.5
f1 = x² y | =B1^2*B2
f2 = 5x + sin y | =5*B1+SIN(B2)
J
=2*B1*B2 | =B1^2
5 | =COS(B2)
determinant | =A6*B7-B6*A7
"""
UNTOLD = """
x | 1.5
y | 0.5
h | =B1*B2+1
f | =1/(1+EXP(-B3))
E | =0.5*(B4-1)^2
dE/df | =B4-1
dE/dh | =B6*B4*(1-B4)
dE/dx | =B7*B2
"""
SHEETS = {
    "gates": (LABELS, ACROSS, NEURON),
    "temperature": (SOFTMAX, STABLE),
    "jacobian": (POLAR, CHAIN, BARE),
}
EPOCH = """
η | 0.5 | | | | | | | | | | |
w11 | w12 | w21 | w22 | b1 | b2 | v1 | v2 | c | | | |
0.5 | -0.4 | 0.3 | 0.8 | 0.1 | -0.2 | 0.6 | -0.7 | 0.05 | | | |
in | in | goal | net | net | out | out | net | out | error | δ | δ | δ
{rows}
 | | | | | | | | | =SUM(J5:J6)
=SUMPRODUCT(L5:L6,A5:A6) | =SUMPRODUCT(M5:M6,A5:A6) | =SUMPRODUCT(L5:L6,B5:B6) |\
 =SUMPRODUCT(M5:M6,B5:B6) | =SUM(L5:L6) | =SUM(M5:M6) | =SUMPRODUCT(K5:K6,F5:F6) |\
 {last} | =SUM(K5:K6)
=A3-$B$1*A8 | =B3-$B$1*B8 | =C3-$B$1*C8 | =D3-$B$1*D8 | =E3-$B$1*E8 | =F3-$B$1*F8 |\
 =G3-$B$1*G8 | =H3-$B$1*H8 | =I3-$B$1*I8
"""
OF_SAMPLE = (
    "{x} | {y} | {t} | =A{r}*$A$3+B{r}*$C$3+$E$3 | =A{r}*$B$3+B{r}*$D$3+$F$3"
    " | =1/(1+EXP(-D{r})) | =1/(1+EXP(-E{r})) | =F{r}*$G$3+G{r}*$H$3+$I$3 | =1/(1+EXP(-H{r}))"
    " | =0.5*(C{r}-I{r})^2 | =(I{r}-C{r})*I{r}*(1-I{r}) | =K{r}*$G$3*F{r}*(1-F{r})"
    " | =K{r}*$H$3*G{r}*(1-G{r})"
)


def samples(last: str = "=SUMPRODUCT(K5:K6,G5:G6)", total: str = "=SUM(J5:J6)") -> str:
    """Return one epoch over two samples; `last` is the gradient of v2."""
    pairs = ((0, 1, 1), (1, 1, 0))
    rows = "\n".join(OF_SAMPLE.format(x=x, y=y, t=t, r=r) for r, (x, y, t) in enumerate(pairs, 5))
    return EPOCH.format(rows=rows, last=last).replace("=SUM(J5:J6)", total)


def written(text: str) -> Workbook:
    """Return a workbook of one sheet: a line for each row, with | between cells."""
    cells: dict[Address, Cell] = {}
    for row, line in enumerate(text.strip().splitlines(), 1):
        for column, content in enumerate(map(str.strip, line.split("|")), 1):
            if content:
                cells[row, column] = _cell(content)
    return Workbook((Sheet("Sheet1", cells),))


def _cell(content: str) -> Cell:
    if content.startswith("="):
        return Cell(None, content)
    try:
        return Cell(float(content))
    except ValueError:
        return Cell(content)


def checked(text: str, old: str = "", new: str = "") -> Report:
    """Return the report of such a sheet, with one formula changed."""
    assert old in text
    return check_workbook(written(text.replace(old, new, 1)), "sheet")


def right_and_slipped(text: str, right: str, wrong: str) -> tuple[str, set[str]]:
    """Return the verdict of a sheet as it is, and the cells of errors with one formula changed."""
    slipped = checked(text, right, wrong)
    return checked(text).verdict, {place.range for one in slipped.errors for place in one.places}
