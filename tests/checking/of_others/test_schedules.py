"""Schedules of learning rates as people lay them out, their settings beside the table."""

from __future__ import annotations

import pytest
from cell_sheets import checked
from slowly import one_in

from sheetprop.checking.report import Report

COSINE = "=$B$3+0.5*($B$2-$B$3)*(1+COS(PI()*D{r}/$B$4))"
ANNEALED = (("lr max", 0.1), ("lr min", 0.001), ("T_max", 20))
WARM = (("Base LR", 0.1), ("Warmup steps", 5))
BOTH = (("peak lr", 0.1), ("warmup steps", 4), ("total steps", 20), ("min lr", 0.01))
REST = "$B$5+($B$2-$B$5)*0.5*(1+COS(PI()*(D{r}-$B$3)/($B$4-$B$3)))"
CYCLE = (("max lr", 0.1), ("start lr", 0.01), ("total steps", 20), ("peak step", 8))
DOWN = "$B$2-($B$2-$B$3)*(D{r}-$B$5)/($B$4-$B$5)"
ONE = f"=IF(D{{r}}<=$B$5,$B$3+($B$2-$B$3)*D{{r}}/$B$5,{DOWN})"
TORCH = (("max_lr", 0.1), ("div_factor", 25), ("final_div_factor", 1e4), ("total_steps", 20))
UP = "$B$2/$B$3+($B$2-$B$2/$B$3)*(1-COS(PI()*D{r}/($B$6*$B$5-1)))/2"
TO_END = "$B$2/$B$3/$B$4+($B$2-$B$2/$B$3/$B$4)"
FALL = f"{TO_END}*(1+COS(PI()*(D{{r}}-$B$6*$B$5+1)/($B$5-$B$6*$B$5)))/2"


def schedule(
    title: str, settings: tuple[tuple[str, float], ...], formula: str, rows: int = 21
) -> Report:
    """Return what is said of a table beside its settings, whose first row is that of its header."""
    lines = [title]
    for k in range(rows + 1):
        name, number = (*settings, *[("", "")] * rows)[k]
        own = f"{k - 1} | {formula.format(r=k + 2)}" if k else "epoch | lr"
        lines.append(f"{name} | {number} || {own}")
    return checked("\n".join(lines))


RIGHT = (
    ("Cosine annealing", ANNEALED, COSINE),
    ("Linear warm-up", WARM, "=$B$2*MIN(1,(D{r}+1)/$B$3)"),
    ("LR", WARM, "=IF(D{r}<$B$3,$B$2*D{r}/$B$3,$B$2)"),
    ("Warm-up + cosine", BOTH, f"=IF(D{{r}}<$B$3,$B$2*D{{r}}/$B$3,{REST})"),
    ("One-cycle policy", CYCLE, ONE),
    ("OneCycleLR", (*TORCH, ("pct_start", 0.3)), f"=IF(D{{r}}<=$B$6*$B$5-1,{UP},{FALL})"),
    ("Polynomial", (("lr0", 1), ("power", 2), ("epochs", 30)), "=$B$2*(1-D{r}/$B$4)^$B$3"),
    (
        "CLR",
        (("base lr", 0.01), ("max lr", 0.1), ("step size", 4)),
        "=$B$2+($B$3-$B$2)*MAX(0,1-ABS(D{r}/$B$4-2*INT(1+D{r}/(2*$B$4))+1))",
    ),
)
WRONG = (
    ("Cosine annealing", ANNEALED, COSINE.replace("0.5*", ""), "missing-factor"),
    ("Cosine annealing", ANNEALED, COSINE.replace("PI()*", ""), "missing-factor"),
    ("Cosine annealing", ANNEALED, COSINE.replace("$B$3+", ""), "missing-term"),
    ("One-cycle policy", CYCLE, ONE.replace("(D{r}-$B$5)", "D{r}"), "missing-term"),
    ("Step decay", (("Initial LR", 1), ("gamma", 0.5), ("step size", 4)), "=$B$2", ""),
)


@pytest.mark.parametrize("right", one_in(4, RIGHT))
def test_a_right_one_is_correct(right: tuple[str, tuple[tuple[str, float], ...], str]) -> None:
    """Also where it warms up, goes through a cycle, or counts from one."""
    report = schedule(*right)

    assert (report.verdict, report.errors) == ("correct", ())


@pytest.mark.parametrize("wrong", one_in(5, WRONG))
def test_a_title_tells_what_is_wrong_in_all_rows(
    wrong: tuple[str, tuple[tuple[str, float], ...], str, str],
) -> None:
    """Where no row is right, nothing else says which schedule it was to be."""
    title, settings, formula, mistake = wrong
    report = schedule(title, settings, formula)

    assert report.errors, report.verdict
    assert {place.range for one in report.errors for place in one.places} == {"E3:E23"}
    assert not mistake or mistake in [one.mistake for one in report.errors]


@pytest.mark.slow
def test_a_branch_that_only_some_rows_take_is_judged_by_what_it_shows() -> None:
    """What warms up for four rows and falls too early is no plain cosine."""
    early = REST.replace("(D{r}-$B$3)/($B$4-$B$3)", "D{r}/$B$4")
    report = schedule("LR", BOTH, f"=IF(D{{r}}<$B$3,$B$2*D{{r}}/$B$3,{early})")

    assert report.verdict != "correct"
