"""Samples in rows under one another that share an update by their sum or mean gradient."""

from __future__ import annotations

from pathlib import Path

import pytest
from worksheets import WEIGHTS, Table, checked

MEAN = "={{{w}[-1]}}-{{eta}}*({{dE/d{w}[-1]}}+{{dE/d{w}[-2]}})/2"
SUM = "={{{w}[-1]}}-{{eta}}*({{dE/d{w}[-1]}}+{{dE/d{w}[-2]}})"
CARRIED = "={{{w}[-1]}}"


def shared(update: str) -> Table:
    """Return a table of four pairs of rows: the second keeps the weights, then all are updated."""
    table = Table(iterations=8)
    for name in WEIGHTS:
        table = table.changed(name, CARRIED.format(w=name), [1, 3, 5, 7])
        table = table.changed(name, update.format(w=name), [2, 4, 6])
    samples = {"t1": 0.8, "t2": 0.2, "i1": 0.6, "i2": 0.3}
    for name, value in samples.items():
        table = table.changed(name, value, [1, 3, 5, 7])
    return table


@pytest.mark.parametrize("update", [MEAN, SUM])
def test_the_mean_gradient_of_two_rows_is_right(update: str, tmp_path: Path) -> None:
    """Neither the rows that keep their weights nor the updates are accused."""
    report = checked(tmp_path, shared(update))

    assert (report.verdict, report.errors) == ("correct", ())


def test_a_slip_among_shared_updates_is_found(tmp_path: Path) -> None:
    """One weight that goes up is wrong where all others go down."""
    wrong = MEAN.replace("-{{eta}}", "+{{eta}}").format(w="w3")
    report = checked(tmp_path, shared(MEAN).changed("w3", wrong, [2, 4, 6]))

    assert report.verdict == "mistakes"
    assert {place.quantity for one in report.errors for place in one.places} == {"w3"}


def test_a_weight_that_is_kept_when_all_others_move_is_found(tmp_path: Path) -> None:
    """An update that is left out is no matter of samples."""
    report = checked(tmp_path, shared(MEAN).changed("w5", "={w5[-1]}", [4]))

    assert report.verdict == "mistakes"
    assert [place.range for one in report.errors for place in one.places] == ["M36"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("label", "verdict"), [("learning rate 2", "undecided"), ("x", "mistakes")]
)
def test_a_layer_may_have_a_learning_rate_of_its_own(
    label: str, verdict: str, tmp_path: Path
) -> None:
    """Where its cell is labelled as one, nothing tells that it is not meant."""
    table = Table(iterations=3)
    for name in ("w5", "w6", "w7", "w8"):
        table = table.changed(name, f"={{{name}[-1]}}-$J$30*{{dE/d{name}[-1]}}", [1, 2])
    report = checked(tmp_path, table, further={"Sheet1": {"I30": label, "J30": 0.9}})

    assert report.verdict == verdict


@pytest.mark.slow
def test_a_slip_among_rates_of_a_layer_accuses_no_other_update(tmp_path: Path) -> None:
    """What the others have for a rate is not known, and so not what this one should say."""
    table = Table(iterations=3)
    for name, taken in (("w5", "w5"), ("w6", "w6"), ("w7", "w8"), ("w8", "w8")):
        table = table.changed(name, f"={{{name}[-1]}}-$J$30*{{dE/d{taken}[-1]}}", [1, 2])
    report = checked(tmp_path, table, further={"Sheet1": {"I30": "learning rate 2", "J30": 0.9}})

    assert (report.verdict, report.errors) == ("undecided", ())
    assert "this one says something else" in str(report.not_judged)
