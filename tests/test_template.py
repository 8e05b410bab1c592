from __future__ import annotations

from pathlib import Path

import pytest

import sheetprop
from sheetprop.errors import SpecError
from sheetprop.front.described import describe
from sheetprop.lessons.kinds.registry import kind_named
from sheetprop.shipped import folder
from sheetprop.spec import Spec
from sheetprop.template import REQUIRED, SECTIONS, any_lesson, load, names
from sheetprop.template_file import parsed
from sheetprop.words import texts_of

CLASSIC = (folder() / "classic.toml").read_text(encoding="utf-8")
SMALLEST = """
[network]
layers = [1, 1]
[data]
inputs = [1]
targets = [0]
weights = [2]
[training]
learning_rates = [1]
iterations = 1
"""


def problem(tmp_path, content):
    """Return the sentence about a template, without path and line at its beginning."""
    path = tmp_path / "lesson.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SpecError) as error:
        load(path)
    sentence = str(error.value)
    assert sentence.startswith(f"{path}: ")
    assert "\n" not in sentence
    assert error.value.source == str(path)
    line = f" (line {error.value.line})" if error.value.line else ""
    assert line in sentence
    return sentence.removeprefix(f"{path}: ").replace(line, "", 1)


def changed(old, new):
    assert CLASSIC.count(old) == 1
    return CLASSIC.replace(old, new)


def test_the_classic_lesson_has_the_values_everyone_uses():
    """Inputs, weights, targets, rates and length are those of the course."""
    spec = load("classic")

    assert spec.name == "classic"
    assert spec.architecture.layers == (2, 2, 2)
    assert spec.inputs == (0.05, 0.10)
    assert spec.targets == (0.01, 0.99)
    assert spec.weights == (0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55)
    assert spec.biases == ()
    assert spec.learning_rates == (0.1, 0.2, 0.5, 0.8, 1, 2)
    assert spec.iterations == 100


def test_mazurs_lesson_has_fixed_shared_biases():
    """One bias per layer, which training leaves alone, and the rate 0.5."""
    spec = load("mazur")

    assert spec.architecture.biases == "shared"
    assert not spec.architecture.train_biases
    assert spec.biases == (0.35, 0.60)
    assert spec.learning_rates == (0.5,)


def test_the_names_begin_with_classic():
    """Every shipped lesson is listed, the default one first."""
    assert names()[0] == "classic"
    assert set(names()) == {path.stem for path in folder().glob("*.toml")}


def test_every_shipped_template_loads_and_is_described():
    """Each has a sentence of its own that says what it is about, and its shape behind it."""
    for name, sentence in describe().items():
        about = any_lesson(name).texts["about"]
        assert about in sentence
        assert "\n" not in sentence
        assert len(about.split()) > 5


def test_a_key_is_named_with_its_line(tmp_path):
    """Of a value that cannot be used, of a key and a section that are none, and of no line."""
    lines = CLASSIC.split("\n")
    path = tmp_path / "lesson.toml"
    slips = ('loss = "mse"', "iteration = 100", "[trainings]", "")
    places = ("loss = ", "iterations = ", "[training]", "iterations = ")
    expected, found = [], []
    for slip, begins in zip(slips, places, strict=True):
        number = next(k for k, line in enumerate(lines) if line.startswith(begins))
        path.write_text("\n".join([*lines[:number], slip, *lines[number + 1 :]]))
        with pytest.raises(SpecError) as error:
            load(path)
        found.append(error.value.line)
        expected.append(number + 1 if slip else None)

    assert expected == found


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("inputs = [0.05, 0.10]", "inputs = (0.05, 0.10)", "a list stands in square brackets"),
        ("layers = [2, 2, 2]", "layers [2, 2, 2]", "a key and its value have = between them"),
        ("iterations = 100", "iterations = 100;", "neither a comma nor a semicolon"),
        ("iterations = 100", "iterations = 1,000", "write 1000, or 1.000 for a decimal one"),
        ("iterations = 100", "iterations =", "nothing stands behind ="),
        ("# Rows of each", "Rows of each", "a remark begins with #"),
    ],
)
def test_a_line_that_is_no_toml_gets_what_was_probably_meant(tmp_path, old, new, hint):
    """Beside what the parser says, which few students understand."""
    assert hint in problem(tmp_path, changed(old, new))


@pytest.mark.parametrize("name", names())
def test_every_shipped_template_is_complete(name):
    """Each names every key there is, if only in a comment, so that an author sees them all."""
    content = (folder() / f"{name}.toml").read_text(encoding="utf-8")
    found = any_lesson(name)
    own = SECTIONS if isinstance(found, Spec) else kind_named(found.kind).sections
    for section, keys in {**own, "texts": {}}.items():
        assert f"[{section}]" in content
        for key in ("title", "introduction") if section == "texts" else keys:
            named = f"\n{key} = " in content or f"\n# {key} = " in content
            assert named or section == "texts"


def test_a_template_of_ones_own_needs_only_what_has_no_default(tmp_path):
    """What may be left out takes the values of the classic lesson; whole numbers are numbers."""
    path = tmp_path / "tiny.toml"
    path.write_text(SMALLEST)
    spec = load(str(path))

    assert spec.name == "tiny"
    assert spec.architecture.hidden_activation == "sigmoid"
    assert spec.weights == (2.0,)
    assert isinstance(spec.weights[0], float)
    assert spec.texts == texts_of("en")


def test_a_template_is_found_in_the_current_folder(tmp_path, monkeypatch):
    """A relative path is taken from where the person is."""
    monkeypatch.chdir(tmp_path)
    Path("lesson.toml").write_text(SMALLEST)
    assert load("lesson.toml").name == "lesson"
    Path("lesson.toml").rename("lesson")
    assert load("lesson").name == "lesson"


def test_line_ends_and_marks_of_other_systems_do_not_matter(tmp_path):
    """Files from Windows, with a byte order mark and two signs per line end, are read."""
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALLEST.replace("\n", "\r\n").encode())
    assert load(path).inputs == (1.0,)


@pytest.mark.parametrize("name", REQUIRED)
def test_what_is_missing_is_named(tmp_path, name):
    """A key without a default cannot be left out."""
    key = name.partition(".")[2]
    kept = [line for line in SMALLEST.splitlines() if not line.startswith(f"{key} =")]
    assert problem(tmp_path, "\n".join(kept)) == f"{name}: is missing"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "layers = [2, 2, 2]",
            "layer = [2, 2, 2]",
            (
                'network.layer: is no key of [network]; allowed are "layers", "hidden_activation", '
                '"output_activation", "loss", "biases" or "train_biases" (did you mean "layers"?)'
            ),
        ),
        (
            "[training]",
            "[trainning]",
            (
                'trainning: is no section of a template; allowed are "network", "data", '
                '"training", "class" or "texts" (did you mean "training"?)'
            ),
        ),
        (
            'hidden_activation = "sigmoid"',
            'hidden_activation = "Sigmoid"',
            (
                'network.hidden_activation: must be "sigmoid", "tanh", "relu", "identity", '
                '"leaky relu", "softplus", "elu", "silu" or "gelu", '
                'not "Sigmoid" (did you mean "sigmoid"?)'
            ),
        ),
        (
            'biases = "none"',
            "biases = false",
            'network.biases: must be "none", "shared" or "each", not false',
        ),
        (
            "train_biases = true",
            'train_biases = "yes"',
            'network.train_biases: must be true or false, not "yes"',
        ),
        (
            "layers = [2, 2, 2]",
            "layers = [2]",
            "network.layers: must name at least inputs and outputs, as in [2, 2, 2], not [2]",
        ),
        (
            "layers = [2, 2, 2]",
            "layers = [2, 2.0, 2]",
            "network.layers: number 2 of the list must be a whole number of at least 1, not 2.0",
        ),
        (
            "0.40, 0.45, 0.50, 0.55]",
            "0.40, 0.45, 0.50]",
            (
                "data.weights: must hold 8 weights, not 7: "
                "2·2 into the hidden neurons + 2·2 into the outputs"
            ),
        ),
        (
            "layers = [2, 2, 2]",
            "layers = [2, 3, 4, 2]",
            (
                "data.weights: must hold 26 weights, not 8: "
                "2·3 into hidden layer 1 + 3·4 into hidden layer 2 + 4·2 into the outputs"
            ),
        ),
        (
            "layers = [2, 2, 2]",
            "layers = [3, 2, 2]",
            "data.inputs: must hold 3 inputs, not 2: the first of network.layers",
        ),
        (
            "targets = [0.01, 0.99]",
            "targets = [0.01]",
            "data.targets: must hold 2 targets, not 1: the last of network.layers",
        ),
        (
            'biases = "none"',
            'biases = "each"',
            "data.biases: must hold 4 biases, not 0: 2 for the hidden neurons + 2 for the outputs",
        ),
        (
            "biases = []",
            "biases = [0.1]",
            'data.biases: must hold 0 biases, not 1: network.biases is "none"',
        ),
        (
            "inputs = [0.05, 0.10]",
            "inputs = [0.05, nan]",
            "data.inputs: number 2 of the list must be a finite number, not nan",
        ),
        (
            "inputs = [0.05, 0.10]",
            "inputs = [0.05, true]",
            "data.inputs: number 2 of the list must be a finite number, not true",
        ),
        (
            "inputs = [0.05, 0.10]",
            'inputs = "0.05, 0.10"',
            'data.inputs: must be a list of numbers in [ ], not "0.05, 0.10"',
        ),
        (
            "learning_rates = [0.1, 0.2, 0.5, 0.8, 1, 2]",
            "learning_rates = [0.1, 0]",
            "training.learning_rates: must be greater than 0, not 0",
        ),
        (
            "learning_rates = [0.1, 0.2, 0.5, 0.8, 1, 2]",
            "learning_rates = []",
            "training.learning_rates: must hold at least one number",
        ),
        (
            "learning_rates = [0.1, 0.2, 0.5, 0.8, 1, 2]",
            "learning_rates = [0.1, 0.10]",
            "training.learning_rates: must not hold 0.1 twice",
        ),
        (
            "iterations = 100",
            "iterations = 0",
            "training.iterations: must be a whole number of at least 1, not 0",
        ),
        (
            'title = "Backpropagation step by step"',
            "title = 3",
            "texts.title: must be a text in quotation marks, not 3",
        ),
    ],
)
def test_what_cannot_be_used_is_one_sentence(tmp_path, old, new, expected):
    """The sentence names the key, what is allowed, and the word that was probably meant."""
    assert problem(tmp_path, changed(old, new)) == expected


def test_a_number_too_large_for_a_spreadsheet_is_refused(tmp_path):
    """A whole number beyond the largest float is not finite."""
    content = changed("inputs = [0.05, 0.10]", f"inputs = [1, 1{'0' * 400}]")
    assert "number 2 of the list must be a finite number, not 1000" in problem(tmp_path, content)


def test_cross_entropy_needs_outputs_and_targets_between_0_and_1(tmp_path):
    """Its logarithms are undefined elsewhere, so the lesson would show errors only."""
    content = changed('loss = "half squared error"', 'loss = "cross-entropy"')
    tanh = content.replace('output_activation = "sigmoid"', 'output_activation = "tanh"')
    outside = content.replace("targets = [0.01, 0.99]", "targets = [0.01, 1.5]")

    assert problem(tmp_path, tanh).startswith("network.output_activation: must be")
    assert problem(tmp_path, outside).startswith("data.targets: must lie between 0 and 1")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[network]\nlayers = 2 2", "is no valid TOML: "),
        ("[network]\n\nlayers = [2,", "the list that begins in line 3 has no ] at its end"),
        ("[network]\n\nlayers = '2", "line 3"),
        ("network = 3", "network: must be a section that begins with [network]"),
        ("layers = [2, 2, 2]", "layers: is no section of a template"),
        ("", "network.layers: is missing"),
        (b"[network]\nlayers = '\xe4'", "is not UTF-8 (line 2); save it as UTF-8"),
        (b"PK\x03\x04 and more", "is a workbook or an archive"),
        (b"\0\1\2", "is a binary file"),
        (b"#" * ((1 << 20) + 1), "is larger than 1 MB"),
        ("a = " + "[" * 100_000, "nested too deeply"),
        ("a = 1" + "0" * 5000, "is no valid TOML"),
    ],
    ids=range(12),
)
def test_a_file_that_is_no_template_is_one_sentence(tmp_path, content, expected):
    """Whatever stands in the file, the sentence says what is wrong and, where it can, the line."""
    assert expected in problem(tmp_path, content)


def test_a_syntax_error_names_its_line(tmp_path):
    """The line of the mistake is in the sentence."""
    assert "line 2" in problem(tmp_path, "[network]\nlayers = = 2")


def test_a_misspelt_name_leads_to_the_right_one():
    """The name that was probably meant and all others are in the sentence, after what was typed."""
    with pytest.raises(SpecError) as error:
        load("Clasic")
    assert str(error.value) == (
        'Clasic: there is no template of this name (did you mean "classic"?); '
        f"the names are {', '.join(names())}; a file of your own is named by its path"
    )


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("nosuch.toml", "nosuch.toml: there is no such file"),
        ("no/such", "no/such: there is no such file"),
        (".", "."),
        ("", '"": is no template; the names are '),
        ("a\0b.toml", "cannot be read"),
        ("x" * 5000, "there is no template of this name"),
        ("x" * 5000 + ".toml", "cannot be read"),
    ],
    ids=range(7),
)
def test_a_path_that_leads_nowhere_is_one_sentence(template, expected):
    """A missing file, a folder or an impossible path is named as it was typed."""
    with pytest.raises(SpecError, match=r"^[^\n]*$") as error:
        load(template)
    assert expected in str(error.value)


def test_a_folder_is_no_template(tmp_path):
    """The sentence asks for a file in it."""
    with pytest.raises(SpecError, match="is a folder; name a TOML file in it"):
        load(tmp_path)


NEW = [
    (
        "inputs = [0.05, 0.10]",
        "inputs = [0,5, 0,10]",
        (
            "data.inputs: must hold 2 inputs, not 4: the first of network.layers "
            "(decimal numbers have a point: write 0.5)"
        ),
    ),
    (
        "inputs = [0.05, 0.10]",
        "inputs = [0,05, 0,10]",
        (
            "is no valid TOML: Unclosed array (at line {line}, column 14) "
            "(decimal numbers have a point: write 0.05)"
        ),
    ),
    (
        "inputs = [0.05, 0.10]",
        "inputs = [0.05, 0.10",
        "is no valid TOML: the list that begins in line {line} has no ] at its end",
    ),
    (
        "inputs = [0.05, 0.10]",
        "inputs = 0,05",
        (
            "is no valid TOML: Expected newline or end of document after a statement "
            "(at line {line}, column 11) (decimal numbers have a point: write 0.05)"
        ),
    ),
    (
        'loss = "half squared error"',
        'loss = "mse"',
        (
            'network.loss: must be "half squared error", "squared error", "mean squared error", '
            '"cross-entropy" or "categorical cross-entropy", not "mse" '
            '(did you mean "mean squared error"?)'
        ),
    ),
    (
        "weights = [0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55]",
        "weights = [[0.15, 0.20], [0.25, 0.30], [0.40, 0.45], [0.50, 0.55]]",
        (
            "data.weights: must be one list without inner ones, neuron after neuron: "
            "[0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55]"
        ),
    ),
    (
        "inputs = [0.05, 0.10]",
        "inputs = [[0.05, 0.10], [0.1, 0.2]]",
        "data.targets: must hold as many samples as data.inputs, 2, not 1",
    ),
    (
        "inputs = [0.05, 0.10]",
        "inputs = [[0.05, 0.10], 3]",
        "data.inputs: number 1 of the list must be a finite number, not [0.05, 0.1]",
    ),
    (
        "momentum = 0\n",
        "momentum = 1\n",
        "training.momentum: must be at least 0 and less than 1, not 1",
    ),
    (
        'samples = "batch"',
        'samples = "all"',
        'training.samples: must be "batch" or "in turn", not "all"',
    ),
    (
        "\n# seed = 7\n",
        "\nseed = 7\n",
        "data.seed: must not stand beside data.weights: weights are either given or drawn",
    ),
    (
        'hidden_activation = "sigmoid"',
        'hidden_activation = ["tanh", "relu"]',
        (
            "network.hidden_activation: must be one word, or a list of 1, "
            "one for each hidden layer, not 2 words"
        ),
    ),
    (
        'output_activation = "sigmoid"',
        'output_activation = "softmax"',
        'network.loss: must be "cross-entropy" when network.output_activation is "softmax"',
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), NEW, ids=range(len(NEW)))
def test_what_people_write_instead_is_understood(tmp_path, old, new, expected):
    """Decimal commas, forgotten brackets, usual abbreviations: the sentence says what to write."""
    line = CLASSIC[: CLASSIC.index(old)].count("\n") + 1
    assert problem(tmp_path, changed(old, new)) == expected.replace("{line}", str(line))


def test_targets_of_softmax_are_shares(tmp_path):
    """They add up to 1: else the declared gradient is not the slope of the error."""
    content = changed('output_activation = "sigmoid"', 'output_activation = "softmax"')
    content = content.replace('loss = "half squared error"', 'loss = "cross-entropy"')
    expected = 'data.targets: must add up to 1 when network.output_activation is "softmax", not 0.9'

    assert problem(tmp_path, content.replace("[0.01, 0.99]", "[0.4, 0.5]")) == expected
    path = tmp_path / "lesson.toml"
    path.write_text(content, encoding="utf-8")
    assert load(path).architecture.loss == "categorical cross-entropy"


def test_an_activation_for_each_layer(tmp_path):
    """A list has one word for each hidden layer; one word stands for all of them."""
    content = SMALLEST.replace("[1, 1]", "[1, 1, 1, 1]").replace("[2]", "[2, 1, 3]")
    path = tmp_path / "lesson.toml"
    path.write_text(content.replace("[data]", 'hidden_activation = ["relu", "tanh"]\n[data]'))
    shape = load(path).architecture

    assert shape.activation_of_layers == ("relu", "tanh", "sigmoid")
    path.write_text(content.replace("[data]", 'hidden_activation = ["tanh", "tanh"]\n[data]'))
    assert load(path).architecture.activations == ()
    assert load(path).architecture.hidden_activation == "tanh"


def test_weights_drawn_from_a_seed_are_the_same_each_time(tmp_path):
    """The same seed gives the same weights, another one others; biases begin at 0."""
    content = SMALLEST.replace("[1, 1]", '[1, 4, 1]\nbiases = "each"')
    path = tmp_path / "lesson.toml"
    found = []
    for seed in (7, 7, 8):
        path.write_text(content.replace("weights = [2]", f"seed = {seed}"))
        found.append(load(path))

    assert found[0].weights == found[1].weights != found[2].weights
    assert found[0].weights == (-0.39, -0.76, 0.33, -0.94, 0.08, -0.29, -0.97, 0.02)
    assert found[0].biases == (0.0,) * 5


def test_several_samples_at_once_or_in_turn():
    """A batch is seen whole in every iteration, samples in turn one after the other."""
    batch, turns = load("xor"), load("softmax")

    assert (batch.architecture.samples, batch.turns, batch.in_turn) == (4, 1, False)
    assert batch.start()["i2@2"] == 1.0
    assert batch.start()["t1@4"] == 0.0
    assert (turns.architecture.samples, turns.turns, turns.in_turn) == (1, 3, True)
    assert [turns.start(k)["i1"] for k in range(4)] == [0.9, 0.1, -0.7, 0.9]


@pytest.mark.parametrize(
    ("name", "iteration", "rate", "expected"),
    [
        ("class", 0, 2, 0.014181377937891659),
        ("class", 67, 2, 2.0923623350964516e-06),
        ("mazur", 1, 0.5, 0.2910277736931028),
    ],
)
def test_a_lesson_has_its_published_figures(name, iteration, rate, expected):
    """E_total as the course, or the example's author, gives it."""
    total = sheetprop.trace(name, learning_rates=[rate], iterations=iteration + 1)["E_total"]

    assert total.iloc[-1] == pytest.approx(expected, rel=1e-12)


SLIPS = {
    "inputs = [0,05, 0,10]": "line 1, column 14) (decimal numbers have a point: write 0.05)",
    "a = 1\ninputs = 0.05, 0.10]": "line 2, column 14) (the list has no [ at its beginning)",
    "a = 1\n[data\nb = [2": "the section in line 2 has no ] at its end: write [data]",
    'a = 1\nloss = "mse': '(a text has no " at its end)',
    "loss = squared error": 'write "squared error"',
    "train_biases = True": "true and false are written in small letters",
    "inputs = [0.05; 0.10]": "the numbers of a list have a comma between them",
    "inputs = [0.05 0.10]": "the numbers of a list have a comma between them",
    "inputs = [.05, .10]": "a number begins with a digit: write 0.05",
    "inputs = [1/20]": "a fraction is written as a decimal number",
    "inputs = [−0.5]": "the sign of a negative number",
    "loss = “mse”": "straight quotation marks",
    "momentum = 90%": "a percentage is written as a decimal number",
    "inputs: [0.1]": "a key and its value have = between them",
    "layers = 2-2-2": "several numbers stand in [ ], with commas between",
    "inputs = 0.05, 0.10": "several numbers stand in [ ], with commas between",
    "a = 1\na = 2": "a stands in the file twice",
}


@pytest.mark.parametrize("text", SLIPS)
def test_a_line_that_is_no_toml_is_answered_with_what_to_write(text: str) -> None:
    """The sentence names the line and what was probably meant."""
    with pytest.raises(SpecError) as caught:
        parsed("mine.toml", text)

    assert SLIPS[text] in str(caught.value)
