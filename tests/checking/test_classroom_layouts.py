"""Layouts of classrooms: samples below one another, tables below one another, rows of updates."""

from __future__ import annotations

import pytest
from cell_sheets import checked, samples


@pytest.mark.slow
def test_samples_below_one_another_share_their_weights() -> None:
    """Formulas tell what belongs to which sample; a gradient that leaves one out is found."""
    assert checked(samples()).verdict == "correct"

    (found,) = checked(samples("=SUMPRODUCT(K5:K5,G5:G5)")).errors
    assert (found.mistake, found.places[0].range) == ("missing-path", "H8")


def test_a_total_may_be_the_mean_where_gradients_are_sums() -> None:
    """What is shown of several samples is not accused, and not called right either."""
    assert checked(samples(total="=AVERAGE(J5:J6)")).verdict == "undecided"


STACKED = """
Lernrate | 0.5
Eingabe 1 | Eingabe 2 | Zielwert 1 | Zielwert 2 | {weights}
{given}
{given_again}

Netto h1 | Netto h2 | Ausgabe h1 | Ausgabe h2 | Netto o1 | Netto o2 | Ausgabe o1 | Ausgabe o2 |\
 Fehler 1 | Fehler 2 | Gesamtfehler
{forward}

{gradients}
{backward}
"""
FORWARD = (
    "=E{r}*A{r}+F{r}*B{r} | =G{r}*A{r}+H{r}*B{r} | =1/(1+EXP(-A{s})) | =1/(1+EXP(-B{s}))"
    " | =I{r}*C{s}+J{r}*D{s} | =K{r}*C{s}+L{r}*D{s} | =1/(1+EXP(-E{s})) | =1/(1+EXP(-F{s}))"
    " | =0.5*(C{r}-G{s})^2 | =0.5*(D{r}-H{s})^2 | =I{s}+J{s}"
)
ONE, TWO = "(G{s}-C{r})*G{s}*(1-G{s})", "(H{s}-D{r})*H{s}*(1-H{s})"
BACK = [
    f"({ONE}*I{{r}}+{TWO}*K{{r}})*C{{s}}*(1-C{{s}})",
    f"({ONE}*J{{r}}+{TWO}*L{{r}})*D{{s}}*(1-D{{s}})",
]
BACKWARD = [f"={back}*{own}{{r}}" for back in BACK for own in "AB"]
BACKWARD += [f"={output}*{own}{{s}}" for output in (ONE, TWO) for own in "CD"]


def stacked(backward: list[str]) -> str:
    """Return two iterations in German: weights, sums and gradients in tables of their own."""
    numbers = "0.05 | 0.1 | 0.01 | 0.99"
    updates = [f"={c}3-$B$1*{g}11" for c, g in zip("EFGHIJKL", "ABCDEFGH", strict=True)]
    pairs = [{"r": 3, "s": 7}, {"r": 4, "s": 8}]
    return STACKED.format(
        weights=" | ".join(f"Gewicht w{n}" for n in range(1, 9)),
        given=f"{numbers} | .15 | .2 | .25 | .3 | .4 | .45 | .5 | .55".replace(" .", " 0."),
        given_again=" | ".join([numbers, *updates]),
        forward="\n".join(FORWARD.format(**pair) for pair in pairs),
        gradients=" | ".join(f"Ableitung nach w{n}" for n in range(1, 9)),
        backward="\n".join(" | ".join(backward).format(**pair) for pair in pairs),
    )


@pytest.mark.slow
def test_tables_below_one_another_are_one() -> None:
    """Their parts are judged side by side, in any language, and a slip is found in its cells."""
    right = checked(stacked(BACKWARD))
    slip = BACKWARD[3].replace("D{s}*(1-D{s})", "C{s}*(1-C{s})")
    (found,) = checked(stacked([*BACKWARD[:3], slip, *BACKWARD[4:]])).errors

    assert (right.verdict, right.tables[0].iterations) == ("correct", 2)
    assert (found.mistake, [one.range for one in found.places]) == ("wrong-neuron", ["D11:D12"])
