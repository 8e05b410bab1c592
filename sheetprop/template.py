"""Templates: a lesson's TOML file found, read, checked strictly and turned into a `Spec`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sheetprop import validate
from sheetprop.caller import argument
from sheetprop.errors import SpecError
from sheetprop.maths.units import ACTIVATIONS, LOSSES
from sheetprop.shipped import folder
from sheetprop.spec import Architecture, Spec
from sheetprop.validate import Reader, listed, suggestion
from sheetprop.words import ENGLISH, languages, texts_of

LARGEST_FILE = 1 << 20
"""Bytes; a template is a short text, and a larger file is something else."""

SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "network": {
        "layers": validate.layers,
        "hidden_activation": validate.one_of(ACTIVATIONS),
        "output_activation": validate.one_of(ACTIVATIONS),
        "loss": validate.one_of(LOSSES),
        "biases": validate.one_of(("none", "shared", "each")),
        "train_biases": validate.flag,
    },
    "data": {
        "inputs": validate.numbers,
        "targets": validate.numbers,
        "weights": validate.numbers,
        "biases": validate.numbers,
    },
    "training": {
        "learning_rates": validate.distinct_learning_rates,
        "iterations": validate.whole_number,
    },
    "texts": {},
}
"""Every key of a template with what reads its value; `readers` adds those of the texts."""

REQUIRED = (
    "network.layers",
    "data.inputs",
    "data.targets",
    "data.weights",
    "training.learning_rates",
    "training.iterations",
)


def names() -> list[str]:
    """Return the names of the shipped templates, ``classic`` first."""
    found = (path.stem for path in folder().glob("*.toml"))
    return sorted(found, key=lambda name: (name != "classic", name))


def describe() -> dict[str, str]:
    """Return one line about each shipped template: its title, and the shape of its network."""
    return {name: _description(load(name)) for name in names()}


def _description(spec: Spec) -> str:
    shape = spec.architecture
    sizes = "-".join(str(size) for size in shape.layers)
    activations = dict.fromkeys((shape.hidden_activation, shape.output_activation))
    biases = {"none": "no biases", "shared": "a bias per layer", "each": "a bias per neuron"}
    facts = (sizes, "/".join(activations), shape.loss, biases[shape.biases])
    return f"{spec.texts.get('title', spec.name)} ({', '.join(facts)})"


def load(template: str | Path, language: str | None = None) -> Spec:
    """Return the lesson of a template: the name of a shipped one, or the path of a TOML file.

    Its texts are in `language`, in that of the template when left out.

    Raises:
        SpecError: there is no such template or language, or something in the template cannot be
            used; the sentence names the file as it was given, the key, and what is allowed.

    """
    source = str(template)
    path = _find(template)
    if language is not None:
        with validate.blaming(argument("language"), None):
            validate.one_of(languages())(language)
    values = _values(source, _parse(source, _text(source, path)))
    return _spec(source, path.stem, values, language)


def _find(template: str | Path) -> Path:
    known = names()
    if template in known:
        return folder() / f"{template}.toml"
    if not template:
        raise SpecError('""', None, f"is no template; the names are {', '.join(known)}")
    path = Path(template)
    if isinstance(template, Path) or len(path.parts) > 1 or path.suffix == ".toml":
        return path
    with suppress(OSError, ValueError):  # a text that no file can be called
        if path.exists():
            return path
    problem = f"there is no template of this name{suggestion(template, known)}"
    choice = f"the names are {', '.join(known)}; a file of your own is named by its path"
    raise SpecError(template, None, f"{problem}; {choice}")


def _text(source: str, path: Path) -> str:
    content = _content(source, path)
    if len(content) > LARGEST_FILE:
        raise SpecError(source, None, "is larger than 1 MB, so it is no template")
    if content.startswith(b"PK\x03\x04"):
        raise SpecError(source, None, "is a workbook or an archive; a template is a TOML text file")
    if b"\0" in content:
        raise SpecError(source, None, "is a binary file; a template is a TOML text file in UTF-8")
    try:
        return content.decode("utf-8-sig")  # some editors put a mark before the text
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SpecError(source, None, f"is not UTF-8 (line {line}); save it as UTF-8") from None


def _content(source: str, path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise SpecError(source, None, "there is no such file") from None
    except IsADirectoryError:
        raise SpecError(source, None, "is a folder; name a TOML file in it") from None
    except (OSError, ValueError) as error:  # ValueError: a path that no file can have
        reason = getattr(error, "strerror", None) or error
        raise SpecError(source, None, f"cannot be read ({reason})") from None


def _parse(source: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise SpecError(source, None, "has lists nested too deeply for a template") from None
    except ValueError as error:
        end = f"at line {text.rstrip().count(chr(10)) + 1}, the end of the file"
        problem = str(error).replace("at end of document", end)
        raise SpecError(source, None, f"is no valid TOML: {problem}") from None


def _values(source: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return every value by its full key, such as ``network.layers``."""
    values = {}
    for section, content in document.items():
        if section not in SECTIONS:
            allowed = f"is no section of a template; allowed are {listed(SECTIONS)}"
            raise SpecError(source, section, allowed + suggestion(section, SECTIONS))
        if not isinstance(content, dict):
            raise SpecError(source, section, f"must be a section that begins with [{section}]")
        for key, value in content.items():
            values[f"{section}.{key}"] = _value(source, section, key, value)
    for name in REQUIRED:
        if name not in values:
            raise SpecError(source, name, "is missing")
    return values


def _value(source: str, section: str, key: str, value: object) -> Any:
    allowed = readers(section)
    if key not in allowed:
        known = f"allowed are {listed(allowed)}"
        if section == "texts":  # too many for a sentence
            known = f"all keys stand in {folder() / 'languages' / 'en.toml'}"
        problem = f"is no key of [{section}]; {known}"
        raise SpecError(source, f"{section}.{key}", problem + suggestion(key, allowed))
    with validate.blaming(source, f"{section}.{key}"):
        return allowed[key](value)


def readers(section: str) -> Mapping[str, Reader]:
    """Return the keys of a section with what reads their values.

    In ``[texts]`` these are the texts of a workbook, its language, and a table of texts for each
    other language: ``[texts.de]``.
    """
    if section != "texts":
        return SECTIONS[section]
    texts = dict.fromkeys(texts_of(ENGLISH), validate.text)
    translated = dict.fromkeys(languages(), validate.table_of(texts))
    return {"language": validate.one_of(languages()), **texts, **translated}


def _spec(source: str, name: str, values: dict[str, Any], language: str | None) -> Spec:
    by_section: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
    for full_key, value in values.items():
        section, _, key = full_key.partition(".")
        by_section[section][key] = value
    texts = MappingProxyType(_texts(by_section["texts"], language))
    architecture = Architecture(**by_section["network"])
    spec = Spec(name, architecture, **by_section["data"], **by_section["training"], texts=texts)
    _check_sizes(source, spec)
    _check_loss(source, spec)
    return spec


def _texts(own: Mapping[str, Any], language: str | None) -> dict[str, str]:
    """Return all texts in one language: the lesson's, else the shipped ones, else its others."""
    written = own.get("language", ENGLISH)
    language = language or written
    plain = {key: text for key, text in own.items() if key in texts_of(ENGLISH)}
    shipped = texts_of(language)
    before, after = (shipped, plain) if language == written else (plain, shipped)
    return {**texts_of(ENGLISH), **before, **after, **own.get(language, {})}


def _check_sizes(source: str, spec: Spec) -> None:
    shape = spec.architecture
    wanted = {
        "inputs": (spec.inputs, shape.layers[0], "the first of network.layers"),
        "targets": (spec.targets, shape.layers[-1], "the last of network.layers"),
        "weights": (spec.weights, shape.weight_count, _why_weights(shape)),
        "biases": (spec.biases, shape.bias_count, _why_biases(shape)),
    }
    for key, (given, count, why) in wanted.items():
        if len(given) != count:
            noun = key if count != 1 else {"biases": "bias"}.get(key, key[:-1])
            problem = f"must hold {count} {noun}, not {len(given)}: {why}"
            raise SpecError(source, f"data.{key}", problem)


def _why_weights(shape: Architecture) -> str:
    pairs = list(zip(shape.layers, shape.layers[1:], strict=False))
    into = zip(pairs, _layer_names(shape), strict=True)
    return " + ".join(f"{before}·{after} into {name}" for (before, after), name in into)


def _why_biases(shape: Architecture) -> str:
    if shape.biases == "none":
        return 'network.biases is "none"'
    each = shape.layers[1:] if shape.biases == "each" else (1,) * (len(shape.layers) - 1)
    named = zip(each, _layer_names(shape), strict=True)
    return " + ".join(f"{count} for {name}" for count, name in named)


def _layer_names(shape: Architecture) -> list[str]:
    hidden = len(shape.layers) - 2
    names = ["the hidden neurons"] if hidden == 1 else []
    return [*(names or [f"hidden layer {k + 1}" for k in range(hidden)]), "the outputs"]


def _check_loss(source: str, spec: Spec) -> None:
    """Cross-entropy takes the logarithm of outputs, which only the sigmoid keeps within 0 and 1."""
    if spec.architecture.loss != "cross-entropy":
        return
    if spec.architecture.output_activation != "sigmoid":
        problem = 'must be "sigmoid" when network.loss is "cross-entropy"'
        raise SpecError(source, "network.output_activation", problem)
    if not all(0 <= target <= 1 for target in spec.targets):
        problem = 'must lie between 0 and 1 when network.loss is "cross-entropy"'
        raise SpecError(source, "data.targets", problem)
