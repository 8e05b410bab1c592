"""Columns without a header that says anything are named by what they compute."""

from __future__ import annotations

from pathlib import Path

import pytest
from slowly import one_in, slowly
from worksheets import ORDER, RIGHT, Table, checked, in_tables

UNKNOWN = {
    "words nobody foresaw": {"i1": "Eingabe A", "i2": "Eingabe B", "t1": "Ziel A", "t2": "Ziel B"},
    "none over the gradients": {f"dE/dw{k}": "" for k in range(1, 9)},
    "none over some": {"dE/dw5": "", "h1": "netto", "a_o2": "Ausgang", "t1": "soll"},
}


def tables(unknown: str, *, across: bool = False) -> Table:
    return Table(headers=UNKNOWN[unknown], across=across)


@pytest.mark.slow
@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("unknown", UNKNOWN)
def test_nothing_right_is_accused(unknown: str, across: bool, tmp_path: Path) -> None:
    """All columns (or rows, where iterations go across) are found, as if each had its header."""
    report = checked(tmp_path, tables(unknown, across=across))
    whole = checked(tmp_path, Table(across=across))

    assert in_tables(report) == ()
    assert report.verdict == "correct"
    assert report.tables[0].quantities == whole.tables[0].quantities


@pytest.mark.slow
@pytest.mark.parametrize("unknown", one_in(2, UNKNOWN))
@pytest.mark.parametrize("quantity", ["dE/dw3", *slowly(["dE/dw5", "E1"])])
def test_what_is_wrong_is_found(unknown: str, quantity: str, tmp_path: Path) -> None:
    """A mistake in one column is that finding alone, with a header or without."""
    old, new = ("{a_h2}", "{a_h1}") if quantity == "dE/dw3" else ("{a_o1}", "{o1}")
    wrong = RIGHT[quantity].replace(old, new)
    report = checked(tmp_path, tables(unknown).changed(quantity, wrong))

    assert {p.quantity for f in report.errors for p in f.places} == {quantity}
    assert len(report.errors) == 1


@pytest.mark.slow
def test_notes_beside_make_no_form_of_a_row(tmp_path: Path) -> None:
    """Texts that begin with a quantity's name stand below a table with headers nobody foresaw."""
    headers = {name: f"भार {name[1:]}" for name in ORDER if name[0] in "wti"}
    notes = {"A60": "w1 = 0.15", "A61": "∂E1/∂a_o1 = a_o1 - t1"}
    report = checked(tmp_path, Table(headers=headers), further={"Sheet1": notes})

    assert report.verdict == "correct"
    assert report.tables[0].iterations == Table().iterations


@pytest.mark.slow
def test_a_guess_that_explains_nothing_accuses_nobody(tmp_path: Path) -> None:
    """Without any header, a sum that nothing explains may be another table than it seems."""
    bare = Table(headers=dict.fromkeys(RIGHT, "") | {f"{k}{n}": "" for k in "ti" for n in (1, 2)})
    report = checked(tmp_path, bare.changed("h1", "={w1}*{i1}^2+7*{t1}*{w2}"))

    assert not [error for error in report.errors if "h1" in {p.quantity for p in error.places}]


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, 4])
@pytest.mark.parametrize("slip", ["={w3}-{eta}*{dE/dw3[-1]}", 0.2512, None])
def test_an_odd_cell_hides_no_column(slip: str | float | None, step: int, tmp_path: Path) -> None:
    """Without any header, a weight with one odd update is a weight, and the cell is found."""
    right = Table(headers=dict.fromkeys(ORDER, ""), iterations=9)
    report = checked(tmp_path, right.changed("w3", slip, [step]))

    places = [(p.quantity, p.range) for f in in_tables(report) for p in f.places]
    assert report.verdict == ("incomplete" if slip is None else "mistakes")
    assert ("w3", right.address("w3", step)) in places


@pytest.mark.slow
def test_a_neuron_may_give_its_activation_its_name(tmp_path: Path) -> None:
    """Where “H1 in” is the sum, H1 is the activation: that header tells nothing wrong."""
    told = {f"{n}{k}": f"{n.upper()}{k} in" for n in "ho" for k in (1, 2)}
    named = told | {f"a_{n}{k}": f"{n.upper()}{k}" for n in "ho" for k in (1, 2)}
    exchanged = {"h1": "a_h1", "a_h1": "h1"}

    assert checked(tmp_path, Table(headers=named)).findings == ()
    (remark,) = checked(tmp_path, Table(headers=exchanged)).findings
    assert remark.mistake == "mislabelled-column"
    assert {place.quantity for place in remark.places} == {"h1", "a_h1"}
