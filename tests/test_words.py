from __future__ import annotations

import re

import pytest

from sheetprop.errors import SpecError
from sheetprop.template import load
from sheetprop.words import FIELD, Words, languages, texts_of, words_of

LESSON = """
[network]
layers = [1, 1]
[data]
inputs = [1]
targets = [0]
weights = [2]
[training]
learning_rates = [0.5]
iterations = 3
[texts]
"""
OF_THE_LESSON = {"title", "introduction"}
"""What only a lesson can say."""


def lesson(tmp_path, texts, language=None):
    path = tmp_path / "lesson.toml"
    path.write_text(LESSON + texts, encoding="utf-8")
    return load(path, language).texts


@pytest.mark.parametrize("language", languages())
def test_every_language_says_everything(language):
    """A translation has every text but those of the lesson, each with the same names in braces."""
    english, texts = texts_of("en"), texts_of(language)

    assert set(texts) | OF_THE_LESSON == set(english)
    for key, text in texts.items():
        assert sorted(FIELD.findall(text)) == sorted(FIELD.findall(english[key])), key
        assert not re.search(r"[{}]", FIELD.sub("", text)), key


def test_a_text_becomes_a_formula():
    """Cells stand in the place of names; quotation marks are doubled, as a formula needs them."""
    words = Words(plain='say "{what}" {rate}', rate="{rate}")

    assert words("plain", what="ho", rate=2) == 'say "ho" 2'
    assert words.formula("plain", what="A1", rate="B$2") == '="say """&A1&""" "&B$2'
    assert words.formula("rate", rate="B2") == "=B2"


def test_a_lesson_has_the_last_word(tmp_path):
    """Its own texts take the place of the shipped ones of its language."""
    assert lesson(tmp_path, 'title = "Mine"')["title"] == "Mine"
    assert lesson(tmp_path, "")["rate_title"] == texts_of("en")["rate_title"]
    assert lesson(tmp_path, 'language = "de"')["rate_title"] == texts_of("de")["rate_title"]


def test_a_lesson_may_hold_several_languages(tmp_path):
    """Another language takes the lesson's texts in it, then the shipped ones, then what is left."""
    texts = 'title = "Mine"\nintroduction = "One"\n[texts.de]\ntitle = "Meins"'
    german = lesson(tmp_path, texts, "de")

    assert german["title"] == "Meins"
    assert german["introduction"] == "One"
    assert german["rate_title"] == texts_of("de")["rate_title"]
    assert lesson(tmp_path, texts)["title"] == "Mine"


@pytest.mark.parametrize(
    ("texts", "language", "problem"),
    [
        ("", "xx", "language: must be"),
        ('language = "klingon"', None, "texts.language: must be"),
        ('titel = "Mine"', None, 'did you mean "title"'),
        ('[texts.de]\ntitel = "Meins"', None, 'texts.de: must not hold "titel"'),
        ('de = "Meins"', None, "texts.de: must be a table"),
    ],
)
def test_a_wrong_text_is_named(tmp_path, texts, language, problem):
    """A language or key that does not exist gets one sentence that names it."""
    with pytest.raises(SpecError) as error:
        lesson(tmp_path, texts, language)

    assert problem in str(error.value).replace(f" (line {error.value.line})", "")


def test_one_run_is_not_called_all_runs():
    """What speaks of several has other words where there is one; a formula's names stay."""
    words = words_of(load("mazur"))

    assert words["start_losses"] == "E_total of all runs"
    assert words.of_one()["start_losses"] == "E_total of the run"
    assert words.of_one()["start_rates"] == words["start_rates"]
