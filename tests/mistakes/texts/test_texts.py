"""Formulas written out as text: wrong ones are found and named, right ones never accused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from slowly import one_in
from worksheets import GRADIENTS, RIGHT, Table, checked

from sheetprop.checking.report import Finding

RIGHT_TEXTS = [
    "h1 = w1*i1 + w2*i2",
    "h1=i1*W1+I2*w2",
    "h2 = w3 · i1 + w4 × i2",
    "a_h1 = σ(h1)",
    "out_h1 = sig(h1) = 1/(1 + exp(-h1))",
    "act_o2 = sigmoid(o2) = 1/{1+e^(-o2)}",
    "a_o1 = 1/(1+e^-o1)",
    "a_o1 = 1/(1+e**(-o1))",
    "a_h2 = o(h2) = 1/[1+exp(-h2)]",
    "σ(x) = 1/(1+exp(-x))",
    "d sigmoid(x)/dx = sigmoid(x)*(1-sigmoid(x))",
    "o1 = w5*out_h1 + w6*out_h2",
    "o1 = w5*a_h1 +\tw6*a_h2 ",
    "01 = w5*a_h1 + w6*a_h2",
    "E1 = ½ * (t1 - a_o1)²",
    "E1 = ½(t1-a_01)^2",
    "E2 = 0.5*(t2 - a_o2)**2",
    "E1 = (t1-a_o1)^2/2",
    "E_total = E1 + E2",
    "E = E1+E2",
    "(E_Total = E)",
    "∂E_total/∂w5 = (a_01 - t1) * a_o1 * (1 - a_o1) * a_h1",
    "𝜕E_Total/𝜕w8 = (a_o2 - t2) * [a_o2 * (1 - a_o2)] * a_h2",
    "ðE_t/ðw6 = (a_o1-t1) * (a_o1 *(1-a_01)) * a_h2",
    "δE_total/δw7 = -(t2 – a_o2)*a_o2(1-a_o2)*a_h1",
    "dE_total / dw5 = -1 * (t1 - out_o1) * out_o1 * (1 - out_o1) * out_h1",
    "d E_total / dw5 = d E1/d out_o1 * d out_o1 / d o1 * d o1 /d w5",
    "∂E_total/∂w5 = ∂(E1 + E2)/∂w5 = ∂E1/∂w5 = ∂E1/∂a_o1*∂a_o1/∂o1*∂o1/∂w5",
    "∂E1/∂a_o1 = ∂(½*(t1 - a_o1)²)/∂a_o1 = (t1 - a_o1)*(-1) = a_o1 - t1",
    "∂a_o1/∂o1 = ∂(σ(o1))/∂o1 = σ(o1)(1-σ(o1)) = a_o1*(1 - a_o1)",
    "∂(E_Total)/∂w6 = ∂E1/∂w6 + 0 => ∂E1/∂a_o1 * ∂a_o1/∂o1 * ∂o1/∂w6",
    "∂o1/∂w5 = ∂(w5*a_h1 + w6*a_h2)/∂w5 = a_h1",
    "∂E2/∂w5 = 0",
    "∂E2/∂w5 = 0 (w5 does not depend on E2)",
    "∂E1/∂a_h1 = ∂E1/∂a_o1 * ∂a_o1/o1 * ∂o1/∂a_h1 = (a_o1-t1)*a_o1*(1-a_o1)*w5",
    "∂E_total/∂w1 = ∂E_total/∂a_h1 * ∂a_h1/∂h1 * ∂h1/∂w1",
    "∂E/∂w1 = (∂E1/∂a_h1 + ∂E2/∂a_h1)*a_h1*(1 - a_h1)*i1",
    "∂E_t/∂w3 = ((a_o1-t1)*a_o1*(1-a_o1)*w6 + (a_o2-t2)*a_o2*(1-a_o2)*w8)*a_h2*(1-a_h2)*i1",
    "w1 = w1 - η*∂E/∂w1",
    "w1 = w1 - lr*(∂(E_total)/∂w1)",
    "w1 = 0.15",
    "h1 = 0.15*0.05 + 0.2*0.1 = 0.0275",
    "h1 = w1*0.05 + w2*0.2",
    "∂E/∂w5 = 0.0821",
    "t1 = 0.5",
    "η = 0.5",
    "i1 = Input 1",
    "h1 = Neuron in hidden layer 1",
    "h1 = net_h1",
    "a_h1 = ReLU(h1)",
    "a_h1 = σ(h1) = 1/(1 + exp(-h))",
    "∂a_oi/∂oi = a_oi * (1 - a_oi)",
    "w = w - η*∂E/∂w",
    "C = (a_o1 - t1) * a_o1 * (1-a_o1)",
    "∂E_total/∂w5 = C * a_h1",
    "dE = (dE1 + dE2) / 2",
    "∂E_total/∂w1 = ?",
    "∂E_t/∂w5=(a_o1-t1)*(a_o1*(1-a_o1)*a_h1",
    "E1= 0.5(t1-a_01))²",
    "h2=i1*w3_i2*w4",
    "δo1 = (a_o1 - t1)*a_o1*(1-a_o1)",
    "Chain rule: Assume L = 1/2 * (t - o)^2 and o = g(i). Then ∂L/∂i = ∂L/∂o*∂o/∂i",
    "E1 < E2 = 0.1",
    "y = x",
    "=" * 40,
    "----" * 400 + "h1 = w1",
    "(" * 300 + "h1" + ")" * 300 + " = w1*i1",
    "h1 = " + "-" * 1500 + "w1",
]

WRONG_TEXTS = [
    ("a_h1 = σ(h1) = 1/1+exp(-h1)", "lacks brackets", "a_h1 = 1/(1 + exp(-h1))"),
    ("σ(x) = (1/1+e^(-x))", "lacks brackets", "σ(x) = 1/(1 + exp(-x))"),
    ("h1 = w3*i1 + w4*i2", "takes w3 where w1 belongs and w4", "h1 = w1 · i1 + w2 · i2"),
    ("E2 = 1/2*(t2-a_o2)2", "an exponent is written ^2", "E2 = ½ · (t2 - a_o2)²"),
    ("E2 = 1/2*(t1-a_o2)2", "takes t1 where t2 belongs", "E2 = ½ · (t2 - a_o2)²"),
    ("E1 = (t1 - a_o1)²", "twice what it should be", "E1 = ½ · (t1 - a_o1)²"),
    ("a_h1 = σ(o1)", "takes o1 where h1 belongs", "a_h1 = 1/(1 + exp(-h1))"),
    ("∂E/∂w5 = (t1-a_o1)*a_o1*(1-a_o1)*a_h1", "has t1 - a_o1 where a_o1 - t1 belongs", None),
    ("∂E/∂w5 = (a_o1-t1)*(1-a_o1)*a_h1", "lost the factor a_o1", None),
    ("∂E/∂w6 = (a_o1-t1)*a_o1*(1-a_o1)*a_h2*a_h1", "multiplied by a_h1 once too often", None),
    ("∂E2/∂a_o1 = ∂(½(t2-a_o2)²)/∂a_o2 = a_o2-t2", "E2 does not depend on a_o1", None),
    ("∂E/∂w3 = ∂E/∂a_h2 * ∂a_h2/∂h2 * ∂h1/∂w3", "∂h1/∂w3 is 0", None),
    ("∂E/∂w1 = ∂E/∂a_o1 * ∂a_o1/∂o1 * ∂o1/∂w1", "only one of several paths", None),
    ("∂E/∂w1 = E/a_h1 * a_h1/h1 * h1/w1", "signs ∂ are missing", None),
    ("∂o1/∂w6 = ∂(w5*a_h1 + w6*a_h2)/∂w5", "takes w5 where w6 belongs", "∂o1/∂w6 = a_h2"),
    ("∂E1/∂w5 = ∂E1/∂a_o1 + ∂a_o1/∂o1 + ∂o1/∂w5", "is not", None),
    (
        "dE/dw1 = (a_o1-t1)*a_o1*(1-a_o1)*w5 + (a_o2-t2)*a_o2*(1-a_o2)*w7*a_h1*(1-a_h1)*i1",
        "lacks",
        None,
    ),
    ("w1 = w1 + η*∂E/∂w1", "where w1 - η · ∂E_total/∂w1 belongs", "w1 = w1′ - η · ∂E/∂w1′"),
]


def texts_found(folder: Path, texts: list[str], table: Table | None = None) -> list[Finding]:
    """Return what is found about texts in a column of a worksheet."""
    cells = {
        f"AZ{row}": "'" + text if text[:1] == "=" else text for row, text in enumerate(texts, 1)
    }
    report = checked(folder, table or Table(), further={"Sheet1": cells})
    return [finding for finding in report.findings if finding.code == "SP601"]


@pytest.mark.slow
@pytest.mark.parametrize("text", RIGHT_TEXTS, ids=lambda text: text[:60])
def test_right_and_unclear_texts_are_not_accused(text: str, tmp_path: Path) -> None:
    """A right formula in any spelling, and whatever is not clear, is passed over."""
    assert texts_found(tmp_path, [text]) == []


@pytest.mark.parametrize("wrong", one_in(3, WRONG_TEXTS))
def test_wrong_texts_are_found(wrong: tuple[str, str, str | None], tmp_path: Path) -> None:
    """A wrong formula is quoted with what is wrong in it, and the right one where there is one."""
    text, said, expected = wrong
    (finding,) = texts_found(tmp_path, [text])

    assert (finding.mistake, finding.severity) == ("wrong-text", "warning")
    assert said in finding.message
    assert finding.places[0].range == "AZ1"
    assert expected is None or finding.expected == expected


def test_one_finding_for_each_kind_of_slip(tmp_path: Path) -> None:
    """The same slip in several cells and lines is one finding with all places."""
    lost = [f"a_{z} = 1/1+exp(-{z})" for z in ("h1", "h2", "o1", "o2")]
    findings = texts_found(tmp_path, [*lost, "h1 = w3*i1+w4*i2", "h2 = w1*i1+w2*i2", "E=E1+E2"])

    assert [len(finding.places) for finding in findings] == [4, 2]


def test_each_line_of_a_text_is_read(tmp_path: Path) -> None:
    """A cell with several lines has a formula in each; a slip made twice in it is one place."""
    text = "h1 = w1*i1+w2*i2\na_h1 = 1/1+exp(-h1)\na_h2 = 1/1+exp(-h2)"
    (finding,) = texts_found(tmp_path, [text])

    assert finding.found == "a_h1 = 1/1+exp(-h1)"
    assert [place.range for place in finding.places] == ["AZ1"]


def test_texts_do_not_change_the_verdict(tmp_path: Path) -> None:
    """A wrong text beside right formulas leaves the worksheet correct."""
    report = checked(tmp_path, Table(), further={"Sheet1": {"AZ1": "h1 = w3*i1 + w4*i2"}})

    assert report.verdict == "correct"


def test_a_worksheet_with_another_loss_may_quote_the_lesson(tmp_path: Path) -> None:
    """Where the formulas leave the ½ out, the textbook's text and their own are both right."""
    table = Table().changed("E1", "=({t1}-{a_o1})^2").changed("E2", "=({t2}-{a_o2})^2")
    for name in GRADIENTS:
        table = table.changed(name, "=2*" + RIGHT[name][1:])
    texts = ["E1 = ½(t1-a_o1)²", "E1 = (t1-a_o1)²"]

    assert texts_found(tmp_path, texts, table) == []
    assert len(texts_found(tmp_path, ["E1 = ½(t1-a_o2)²"], table)) == 1


@pytest.mark.slow
def test_many_texts_are_quick(tmp_path: Path) -> None:
    """Repeated texts, as on a sheet for each rate, are read once."""
    start = time.perf_counter()
    texts_found(tmp_path, [*RIGHT_TEXTS[:40]] * 20)

    assert time.perf_counter() - start < 10.0  # a hang, not slowness: other programs may run
