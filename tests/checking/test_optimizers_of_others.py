"""Runs of optimizers in layouts that differ in what stands where, and what steps count from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cell_sheets import checked

from sheetprop.checking.report import Report
from sheetprop.maths.trees.expr import Name
from sheetprop.rows.optimizers import BESIDE as BESIDE_THEM
from sheetprop.rows.optimizers import on_network
from sheetprop.rows.random_rows import random_rows


def of_adam(count: str, first: int) -> Report:
    """Return what is said of Adam on θ², with the new θ at the end of each row."""
    lines = ["| α | 0.01 | β1 | 0.9 | β2 | 0.999 | ε | 0.00001 |"]
    lines.append("| Iteration | θ | ∇f(θ) | m_t | v_t | m̂ | v̂ | θ new")
    for r in range(3, 10):
        above = ["2", "0", "0"] if r == 3 else [f"=I{r - 1}", f"E{r - 1}", f"F{r - 1}"]
        own = [
            *(str(first + r - 3), above[0], f"=2*C{r}"),
            f"=$E$1*{above[1]}+(1-$E$1)*D{r}",
            f"=$G$1*{above[2]}+(1-$G$1)*D{r}^2",
            f"=E{r}/(1-$E$1^{count.format(r=r)})",
            f"=F{r}/(1-$G$1^{count.format(r=r)})",
            f"=C{r}-$C$1*G{r}/(SQRT(H{r})+$I$1)",
        ]
        lines.append("| " + " | ".join(own))
    return checked("\n".join(lines))


@pytest.mark.parametrize(("count", "first"), [("(B{r}+1)", 0), ("B{r}", 1)])
def test_steps_may_count_from_zero(count: str, first: int) -> None:
    """Then the means are corrected with one more; all but the slope's own function is judged."""
    report = of_adam(count, first)

    assert (report.verdict, report.findings) == ("undecided", ())
    assert [one.range for one in report.not_judged] == ["D3:D9"]


@pytest.mark.slow
def test_a_step_zero_divides_by_zero() -> None:
    """The formula is that of the paper, which counts from 1, and its error is its own."""
    report = of_adam("B{r}", 0)

    assert {place.range for one in report.errors for place in one.places} == {"G3", "H3"}
    assert {one.mistake for one in report.errors} == {"error-value"}


RMSPROP = (
    "lr | 0.1 | rho | 0.9 | eps | 0.001\n"
    "Iter | Weight | Gradient | E[g²] old | E[g²] new | Weight new\n1 | 4 | =2*B3 | 0"
    " | =$D$1*D3+(1-$D$1)*C3^2 | =B3-$B$1/(SQRT(E3)+$F$1)*C3\n"
) + "\n".join(
    f"{r - 2} | =F{r - 1} | =2*B{r} | =E{r - 1} | =$D$1*D{r}+(1-$D$1)*C{r}^2"
    f" | =B{r}-$B$1/(SQRT(E{r})+$F$1)*C{r}"
    for r in range(4, 9)
)
BESIDE = (
    "lr | 0.1 | beta | 0.9\n| SGD || Momentum\nstep | w | grad | w | grad | v\n"
    "0 | 5 | =2*B4 | 5 | =2*D4 | 0\n"
    + "\n".join(
        f"=A{r - 1}+1 | =B{r - 1}-$B$1*C{r - 1} | =2*B{r} | =D{r - 1}-$B$1*F{r} | =2*D{r}"
        f" | =$D$1*F{r - 1}+E{r - 1}"
        for r in range(5, 11)
    )
)
SLIPS = (
    (RMSPROP, "(SQRT(E5)+$F$1)", "SQRT(E5+$F$1)", "F5"),
    (RMSPROP, "=$D$1*D6+(1-$D$1)*C6^2", "=$D$1*D6+C6^2", "E6"),
    (BESIDE, "=$D$1*F6+E6", "=$D$1*F6-E6", "F7"),
    (BESIDE, "=B6-$B$1*C6", "=B6+$B$1*C6", "B7"),
)


LINE = (
    "lr | 0.02 | momentum | 0.9\nEpoch | w_t | b_t | dw | db | vw | vb\n0 | 1 | 2 | | | 0 | 0\n"
    + (
        "\n".join(
            f"{r - 3} | =B{r - 1}-$B$1*F{r} | =C{r - 1}-$B$1*G{r} | =6*(3*B{r - 1}+C{r - 1}-5)"
            f" | =2*(3*B{r - 1}+C{r - 1}-5) | =$D$1*F{r - 1}+D{r} | =$D$1*G{r - 1}+E{r}"
            for r in range(4, 10)
        )
    )
)


@pytest.mark.slow
@pytest.mark.parametrize("slope", ["db", "my slope"])
def test_a_slope_under_another_name_accuses_nothing(slope: str) -> None:
    """What follows from it is left open; under one that is known all of it is right."""
    report = checked(LINE, "db", slope)
    open_ones = {one.range for one in report.not_judged}

    assert (report.verdict, report.errors) == ("undecided", ())
    assert ("G4:G9" in open_ones) == (slope != "db")
    assert [one.mistake for one in checked(LINE, "+E6", "-E6").errors] == ["wrong-sign"]


@pytest.mark.slow
@pytest.mark.parametrize(("text", "old", "new", "cell"), SLIPS)
def test_means_before_and_runs_side_by_side(text: str, old: str, new: str, cell: str) -> None:
    """A mean may have a column of what it was, and two optimizers one header row."""
    assert checked(text).errors == ()
    slipped = checked(text, old, new)

    assert {place.range for one in slipped.errors for place in one.places} == {cell}


def test_what_means_have_been_lets_every_term_count() -> None:
    """With a small ε a step from a mean of 0 would be thousands, and all slopes after it 0."""
    lesson = on_network("rmsprop", BESIDE_THEM)
    stated = (o._replace(default=1e-4) if o.name == "epsilon" else o for o in lesson.stated)
    own = replace(lesson, stated=tuple(stated))
    points = random_rows(own, frozenset(own.by_name) - {"epsilon"})

    assert all(abs(slope) > 1e-9 for slope in points.value(Name("dL/dw1")))
