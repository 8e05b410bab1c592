"""What a header's text names: ``out_h1 = σ(h1)`` is a_h1, ``𝜕E/𝜕w3`` is dE/dw3.

People write the same quantity in dozens of ways: other letters for the same thing, look-alikes
(∂ as ð, δ or d; a zero for the letter o), capitals, blanks, subscripts, the formula behind it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from sheetprop.lazily.patterns import pattern
from sheetprop.maths.names import MOMENTUM, WEIGHT_DECAY, of_sample
from sheetprop.rows.plain_text import plain

_SAMPLE = pattern(r"(?:@\s*([0-9]+)|⁽([⁰¹²³⁴-⁹]+)⁾)\s*$")
_SIDE_NOTE = pattern(r"\(.{0,300}\)\s{0,9}$")

_E_TOTAL = r"(?:e|error|loss|l|cost|j|c)(?:t|tot|total)?"

# The same words in other languages, as `plain` leaves them.
_STEPS = (
    "schritt|epoche|durchgang|it[ée]ration|[ée]tape|[ée]poque|iteraci[oó]n|itera[cç][aã]o|[eé]poca"
    "|iterazione|stap|iteratie|krok|adım|шаг|эпоха|итерация|迭代|轮次|回数|反復|चरण"
)
_INPUTS = "eingabe|eingang|entr[ée]e|entrada|ingresso|invoer|wejście|girdi|вход|输入|入力|입력|इनपुट"
_TARGETS = (
    "target|tgt|desired|ziel|zielwert|soll|sollwert|cible|objetivo|alvo|obiettivo|doel|hedef|цель"
    "|目标|目標|목표|लक्ष्य"
)
_WEIGHTS = "weight|gewicht|poids|peso|waga|ağırlık|вес|权重|重み|가중치|भार"
_BIASES = "bias|biais|sesgo|vi[eé]s|смещение|偏置|バイアス|बायस"
_SUMS = "netto|nettoeingabe|summe|somme|neta|suma|soma|somma|som|сумма|净输入|योग"
_OUTPUTS = (
    "ausgabe|aktivierung|sortie|salida|sa[ií]da|uscita|uitvoer|wyjście|çıktı|выход|激活|输出|出力"
    "|सक्रियण|आउटपुट"
)
_ERRORS = "err|fehler|erreur|erro|errore|fout|błąd|hata|ошибка|误差|誤差|오차|त्रुटि"
_TOTALS = (
    "mse|gesamtfehler|erreurtotale|errortotal|errototal|erroretotale|totalefout|toplamhata"
    "|общаяошибка|总误差|全誤差|कुलत्रुटि"
)
_GRADIENTS = (
    "gradiente|gradiënt|gradyan|градиент|梯度|勾配|기울기|प्रवणता|ableitung|ableitungnach"
    "|d[ée]riv[ée]e|afgeleide"
)

_W = rf"(?:w|{_WEIGHTS})"
_ACTIVATED = rf"(?:a|act|activation|out|output|sigma|sig|sigmoid|s|{_OUTPUTS})"
_PATTERNS: tuple[tuple[str, str], ...] = (
    (rf"(?:iterations?|iter|epochs?|steps?|sno|no|n|#|{_STEPS})", "iteration"),
    (rf"(?:t|y|(?:{_TARGETS})o?)(\d+)", "t{}"),
    (rf"(?:i|x|in|input|{_INPUTS})(\d+)", "i{}"),
    (rf"(?:w|(?:{_WEIGHTS})w?)(\d+)", "w{}"),
    (rf"(?:b|{_BIASES})(\d+)", "b{}"),
    (rf"(?:b|{_BIASES})h([1-9])", "b1{}"),  # as b1_2: the first layer's
    (rf"(?:b|{_BIASES})o([1-9])", "b2{}"),
    (rf"d{_E_TOTAL}/d?(?:b|{_BIASES})h([1-9])", "dE/db1{}"),
    (rf"d{_E_TOTAL}/d?(?:b|{_BIASES})o([1-9])", "dE/db2{}"),
    (rf"(?:net|z|in|sum|{_SUMS})?\(?h(\d+)\)?", "h{}"),
    (rf"(?:net|z|in|sum|{_SUMS})?\(?o(\d+)\)?", "o{}"),
    (r"(?:net|z|sum)\(?0(\d+)\)?", "o{}"),
    (r"(?:hiddennet|隐藏层净?输入|隠れ層入力)(\d+)", "h{}"),
    (r"(?:outputnet|输出层净?输入|出力層入力)(\d+)", "o{}"),
    (r"(?:hiddenout|隐藏层输出|隠れ層出力)(\d+)", "a_h{}"),
    (rf"{_ACTIVATED}\(?h(\d+)\)?", "a_h{}"),
    (rf"{_ACTIVATED}\(?[o0](\d+)\)?", "a_o{}"),
    (rf"(?:e|error|loss|{_ERRORS})\(?o?(\d+)\)?", "E{}"),
    (rf"(?:e|error|loss|cost|{_ERRORS})(?:t|tot|total|sum)?", "E_total"),
    (rf"(?:total|sum)(?:e|error|loss|cost)|{_TOTALS}", "E_total"),
    (rf"(?:d\(?{_E_TOTAL}\)?|{_E_TOTAL}|{_E_TOTAL}/)/?d/?\(?{_W}(\d+)\)?", "dE/dw{}"),
    (rf"(?:d\(?{_E_TOTAL}\)?|{_E_TOTAL}|{_E_TOTAL}/)/?d/?\(?b(\d+)\)?", "dE/db{}"),
    (rf"d?{_E_TOTAL}/{_W}(\d+)", "dE/dw{}"),
    (rf"(?:{_GRADIENTS})(\d+)", "dE/dw{}"),
    (rf"d?{_E_TOTAL}/b(\d+)", "dE/db{}"),
    (rf"(?:d|grad|gradient|d/d|{_GRADIENTS})e?w(\d+)", "dE/dw{}"),
    (rf"(?:d|grad|gradient|d/d|{_GRADIENTS})e?b(\d+)", "dE/db{}"),
    (rf"d\(?{_E_TOTAL}\)?/?d\(?{_ACTIVATED}\(?h(\d+)\)*", "dE/da_h{}"),
    (r"v(?:elocity)?\(?w(\d+)\)?", "v_w{}"),
    (r"v(?:elocity)?\(?b(\d+)\)?", "v_b{}"),
    (r"mu|momentum", MOMENTUM),
    (r"lambda|weightdecay", WEIGHT_DECAY),
)

_ANY = pattern("|".join(f"({written})" for written, _ in _PATTERNS))
"""All of them at once: most texts of a sheet name no quantity, and one look tells."""


def _by_group() -> Iterator[tuple[int, str]]:
    """Yield the number of each pattern's group in all of them, and what it names."""
    number = 1
    for _, name in _PATTERNS:
        yield number, name
        number += 1 + ("{}" in name)  # behind it is the group of its digits


_NAMES = dict(_by_group())

_SLOPE = pattern(r"\(\s*1\s*[-–−]")


def quantity_named(text: object) -> str | None:
    """Return the quantity a header names (``a_h1``, ``dE/dw3``, ``iteration``), or None."""
    if not isinstance(text, str) or not 1 <= len(text) <= 300:
        return None
    return _named(text)


@lru_cache(maxsize=32_768)
def _named(text: str) -> str | None:
    """Return what a text names; the same texts are asked about for every table and every file."""
    sample = _SAMPLE.search(text) if "@" in text or "⁾" in text else None
    if sample:
        number = int(unicodedata.normalize("NFKC", sample[1] or sample[2]))
        name = quantity_named(text[: sample.start()])
        return of_sample(name, number) if name and number else None
    before_formula = text.split("=", 1)[0]
    if "(" in before_formula and _SLOPE.search(before_formula):
        return None  # a_h1*(1-a_h1) names a slope, not the activation
    without_note = _SIDE_NOTE.sub("", text) if "(" in text else text
    for attempt in dict.fromkeys((text, before_formula, without_note)):
        name = _match(plain(attempt))
        if name:
            return name
    return None


def _match(plain: str) -> str | None:
    found = _ANY.fullmatch(plain)
    if found is None or found.lastindex is None:
        return None
    name = _NAMES[found.lastindex]
    return name.format(int(found[found.lastindex + 1])) if "{}" in name else name
