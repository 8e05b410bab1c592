"""Header texts: every way people write a quantity is read, and nothing else is."""

from __future__ import annotations

import pytest

from sheetprop.maths.network import Network
from sheetprop.spec import Architecture
from sheetprop.tables.headers import quantity_named

READ = {
    "t1": ["t1", "t1 ", "T1", "t_1", "t₁", "y1", "Target 1", "target_1", "t1 ( output of out_o1)"],
    "t2": ["t2", "t2(target)", "y2"],
    "i1": ["i1", "x1", "I1", "i_1", "input1", "Input 1", "i₁", "x1 (input)"],
    "w5": ["w5", "W5", "w_5", "w₅", "weight5", "w5 "],
    "b1": ["b1", "bias1", "b_1"],
    "h1": ["h1", "H1", "h_1", "net_h1", "z_h1", "neth1", "h1 = w1*i1 + w2*i2", "h1=w1i1+w2i2"],
    "o2": ["o2", "O2", "net_o2", "o_2", "o2 = w7*a_h1 + w8*a_h2"],
    "a_h1": [
        *("a_h1", "A_h1", "ah1", "out_h1", "act_h1", "outh1", "σ(h1)", "sigmoid(h1)", "a(h1)"),
        *("out_h1 = σ(h1)", "a_h1 = σ(h1)", "a_h1 = 1/(1+exp(-h1))", "a_{h1}", "𝑎_ℎ1"),
    ],
    "a_o1": ["a_o1", "a_O1", "a_01", "out_o1", "act_o1", "σ(o1)", "ao1", "out_o1 = σ(o1)"],
    "a_o2": ["a_02", "out_02", "a_o2 "],
    "E1": ["E1", "e1", "E_1", "E_o1", "Error 1", "E1 = ½ * (t1 - a_o1)²"],
    "E_total": [
        *("E_total", "E_Total", "Etotal", "E_tot", "E_Tot", "E_T", "E_t", "E Total", "E"),
        "E total ",
        *("E = E1+E2", "E_total = E1 + E2", "Total Error", "Loss", "total loss", "error"),
    ],
    "dE/dw1": [
        *("∂E/∂w1", "𝜕E/𝜕w1", "∂E/∂W1", "dE/dw1", "Edw1", "E∂w1", "dw1", "∂Ew1", "∂E∂W1"),
        "Etotaldw1",
        *("ðE/ðw1", "ðE_t/ðw1", "δE/δw1", "δE_tot/δw1", "ӘE/Әw1", "𝟃E/𝟃w1", "dE_total / dw1"),
        *("∂(E_total)/∂w1", "∂E_T/∂w1", "∂E_total/∂w1", "∂E_total/∂w1 = …", "∂E/∂w_1", "∂E / ∂w₁"),
        *("∂E_t/∂w1", "∂Etot/∂w1", "dL/dw1", "E/∂w1"),
    ],
    "dE/dw8": ["∂E/∂w8", "E∂w8", "𝜕E/𝜕w8"],
    "iteration": ["iteration", "Iterations", "Epoch", "epochs", "step", "Iter", "S.No", "#"],
}
IN_OTHER_WORDS = {
    "t1": [
        "Zielwert 1",
        "Cible 1",
        "Objetivo 1",
        "Alvo 1",
        "Цель 1",
        "目标1",
        "लक्ष्य 1",
        "target_o1",
    ],
    "i2": ["Eingabe 2", "Entrée 2", "Entrada 2", "Вход 2", "输入2", "इनपुट 2", "Girdi 2"],
    "w3": ["Gewicht w3", "Gewicht 3", "Poids w3", "Peso 3", "Вес w3", "权重3", "重み3", "भार w3"],
    "h1": ["Netto h1", "Somme h1", "Сумма h1", "Hidden_Net_1", "隐藏层净输入1"],
    "a_o2": ["Ausgabe o2", "Sortie o2", "Salida o2", "Saída o2", "Выход o2"],
    "E2": ["Fehler 2", "Erreur 2", "Erro 2", "Ошибка 2", "误差2", "오차2", "त्रुटि 2"],
    "E_total": [
        "Gesamtfehler",
        "Erreur totale",
        "Общая ошибка",
        "总误差",
        "कुल त्रुटि",
        "MSE",
        "誤差",
    ],
    "dE/dw5": [
        "Ableitung nach w5",
        "Gradiente w5",
        "Градиент w5",
        "梯度w5",
        "勾配5",
        "∂E/∂poids5",
        "dE/dвес5",
    ],
    "iteration": ["Schritt", "Itération", "Época", "Шаг", "迭代", "चरण"],
}
NOT_READ = [
    *("a_h1*(1-a_h1)", "a_o2 (1 - a_o2)"),
    *("", " ", "h1 and h2", "inputs", "weights", "Hidden layer", "η", "η =", "Learning rate", "LR"),
    *("∂E1/∂a_o1 = a_o1 - t1", "∂E1/∂a_o1", "∂a_o1/∂o1 = a_o1*(1-a_o1)", "∂o1/∂w5 = a_h1"),
    *("∂E_total/∂a_o1", "∂E1/∂w5", "w1 and w2 are weights", "w1 is the first weight", "0.15"),
    *("the error falls from 0.24 to 0.01", "t1, t2", "w1, w2, w3", "h", "w", "a_h", "a1b2", "hw1"),
    *("σ", "σ(x) = 1/(1+exp(-x))", "σ′(h1)", "δ_o1", "E1 + E2", "η·∂E/∂w1", "new w1", "E1 E2"),
    *(
        "Error Graph",
        "Error vs iterations",
        "Loss curve",
        "Total",
        "Sum",
        "Output",
        "Layer 1",
        "A1",
    ),
    "The target t1 is 0.01 and the target t2 is 0.99",
]


@pytest.mark.parametrize(("text", "name"), [(t, n) for n, ts in READ.items() for t in ts])
def test_read_as_the_quantity(text: str, name: str) -> None:
    """Each spelling seen in worksheets names its quantity."""
    assert quantity_named(text) == name


@pytest.mark.parametrize(("name", "texts"), IN_OTHER_WORDS.items())
def test_read_in_other_languages(name: str, texts: list[str]) -> None:
    """A header in the words of other languages names its quantity as well."""
    assert dict.fromkeys(texts, name) == {text: quantity_named(text) for text in texts}


@pytest.mark.parametrize("text", NOT_READ)
def test_not_read_as_a_quantity(text: str) -> None:
    """Sentences, theory, labels and other derivatives name no quantity."""
    assert quantity_named(text) is None


@pytest.mark.parametrize("value", [None, 1, 0.15, True, 1.5, "1", "x" * 301])
def test_what_is_no_text_of_a_header(value: object) -> None:
    """Numbers, truth values, nothing, and very long texts name no quantity."""
    assert quantity_named(value) is None


@pytest.mark.parametrize("shape", [(2, 2, 2), (3, 4, 2), (2, 3, 2, 2)])
@pytest.mark.parametrize("change", [str, str.upper, lambda t: t.replace("_", " "), "  {} ".format])
def test_own_names_are_read(shape: tuple[int, ...], change: object) -> None:
    """The names this package writes are read, in capitals and with blanks as well."""
    assert callable(change)
    for name in Network(Architecture(shape, biases="each")).quantities:
        assert quantity_named(change(name)) == name


@pytest.mark.parametrize("sign", "∂𝜕𝛛𝝏ðδ𝟃ӘәΔ∆d")
@pytest.mark.parametrize("error", ["E", "E_total", "E_tot", "E_T", "Etotal", "E Total"])
def test_every_sign_of_a_derivative(sign: str, error: str) -> None:
    """Whatever stands for ∂, the gradient is read."""
    assert quantity_named(f"{sign}{error}/{sign}w3") == "dE/dw3"
