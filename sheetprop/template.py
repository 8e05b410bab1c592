"""Templates: a lesson's TOML file found, read, checked strictly and turned into a `Spec`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sheetprop import validate
from sheetprop.caller import argument
from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.network_kinds import NETWORK_KINDS, network_kind
from sheetprop.lessons.kinds.registry import KINDS, NETWORK, kind_named
from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.losses import LOSSES
from sheetprop.shipped import folder
from sheetprop.spec import Spec
from sheetprop.template_file import line_of, parsed, text_of
from sheetprop.template_spec import BATCH, IN_TURN, spec_of
from sheetprop.validate import Reader, listed, suggestion
from sheetprop.words import ENGLISH, languages, texts_of

ACTIVATION_NAMES = validate.Words(
    ACTIVATIONS, {"linear": "identity", "none": "identity", "logistic": "sigmoid"}
)
OUTPUT_NAMES = validate.Words(ACTIVATIONS, ACTIVATION_NAMES.others, also=("softmax",))
LOSS_NAMES = validate.Words(
    LOSSES,
    {
        "mse": "mean squared error",
        "sse": "squared error",
        "half mse": "half squared error",
        "log loss": "cross-entropy",
        "bce": "cross-entropy",
        "cce": "categorical cross-entropy",
    },
)

SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "network": {
        "layers": validate.layers,
        "hidden_activation": validate.one_or_more(validate.one_of(ACTIVATION_NAMES)),
        "output_activation": validate.one_of(OUTPUT_NAMES),
        "loss": validate.one_of(LOSS_NAMES),
        "biases": validate.one_of(("none", "shared", "each")),
        "train_biases": validate.flag,
    },
    "data": {
        "inputs": validate.samples,
        "targets": validate.samples,
        "weights": validate.one_list,
        "biases": validate.one_list,
        "seed": validate.seed,
    },
    "training": {
        "learning_rates": validate.distinct_learning_rates,
        "iterations": validate.whole_number,
        "samples": validate.one_of((BATCH, IN_TURN)),
        "momentum": validate.part,
        "weight_decay": validate.part,
    },
    "class": {
        "inputs": validate.limits,
        "targets": validate.limits,
        "weights": validate.limits,
        "biases": validate.limits,
        "rate_factor": validate.positive_limits,
    },
    "texts": {},
}
"""Every key of a template with what reads its value; `readers` adds those of the texts."""

REQUIRED = (
    "network.layers",
    "data.inputs",
    "data.targets",
    "training.learning_rates",
    "training.iterations",
)


KIND_NAMES = (NETWORK, *(kind.name for kind in NETWORK_KINDS), *(kind.name for kind in KINDS))
"""What may stand behind ``lesson =`` at the top of a template."""


def names() -> list[str]:
    """Return the names of the shipped templates, ``classic`` first."""
    found = (path.stem for path in folder().glob("*.toml"))
    return sorted(found, key=lambda name: (name != "classic", name))


def load(template: str | Path, language: str | None = None) -> Spec:
    """Return the network of a template: the name of a shipped one, or the path of a TOML file.

    Its texts are in `language`, in that of the template when left out.

    Raises:
        SpecError: as `any_lesson`; or the template is a lesson of another kind.

    """
    found = any_lesson(template, language)
    if isinstance(found, Spec):
        return found
    problem = f'is "{found.kind}", which has no runs; name the template of a network'
    raise SpecError(str(template), "lesson", problem)


def any_lesson(template: str | Path, language: str | None = None) -> Spec | KindLesson:
    """Return the lesson of a template: a network, or what a lesson of another kind holds.

    Raises:
        SpecError: there is no such template or language, or something in the template cannot be
            used; the sentence names the file as it was given, the key, and what is allowed.

    """
    source = str(template)
    path = _find(template)
    if language is not None:
        with validate.blaming(argument("language"), None):
            validate.one_of(languages())(language)
    text = text_of(source, path)
    try:
        return _read(source, path, text, language)
    except SpecError as error:
        if error.source != source or error.key is None:
            raise
        raise SpecError(source, error.key, error.problem, line_of(text, error.key)) from None


def _read(source: str, path: Path, text: str, language: str | None) -> Spec | KindLesson:
    document = parsed(source, text)
    with validate.blaming(source, "lesson"):
        word = validate.one_of(KIND_NAMES)(document.pop("lesson", NETWORK))
    kind = kind_named(word)
    if kind is None:
        values = _values(source, document, SECTIONS, REQUIRED)
        spec = spec_of(source, path.stem, values, _texts(values, language), text)
        if network := network_kind(word):
            network.check(source, spec)
        return replace(spec, lesson=word)
    values = _values(source, document, {**kind.sections, "texts": {}}, kind.required)
    if kind.languages and language is not None:
        with validate.blaming(argument("language"), None):
            validate.one_of(kind.languages)(language)
    texts = MappingProxyType(_texts(values, language))
    return KindLesson(kind.name, path.stem, kind.read(source, values), texts)


def lesson(
    template: Spec | str | Path,
    learning_rates: Sequence[float] | None = None,
    iterations: int | None = None,
    language: str | None = None,
) -> Spec:
    """Return the lesson of a template with other rates, length or language where they are given.

    Raises:
        SpecError: one of them cannot be used.

    """
    found = template if isinstance(template, Spec) else load(template, language)
    if learning_rates is not None:
        with validate.blaming(argument("learning_rates"), None):
            rates = validate.learning_rates(learning_rates)
        found = replace(found, learning_rates=tuple(dict.fromkeys(rates)))
    if iterations is not None:
        with validate.blaming(argument("iterations"), None):
            found = replace(found, iterations=validate.whole_number(iterations))
    return found


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


Sections = Mapping[str, Mapping[str, Reader]]


def _values(
    source: str, document: Mapping[str, Any], sections: Sections, required: Collection[str]
) -> dict[str, Any]:
    """Return every value by its full key, such as ``network.layers``."""
    values = {}
    for section, content in document.items():
        if section not in sections:
            allowed = f"is no section of a template; allowed are {listed(sections)}"
            raise SpecError(source, section, allowed + suggestion(section, ["lesson", *sections]))
        if not isinstance(content, dict):
            raise SpecError(source, section, f"must be a section that begins with [{section}]")
        for key, value in content.items():
            values[f"{section}.{key}"] = _value(source, section, key, value, sections)
    for name in required:
        if name not in values:
            raise SpecError(source, name, "is missing")
    return values


def _value(source: str, section: str, key: str, value: object, sections: Sections) -> Any:
    allowed = readers(section, sections)
    if key not in allowed:
        known = f"allowed are {listed(allowed)}"
        if section == "texts":  # too many for a sentence
            known = f"all keys stand in {folder() / 'languages' / 'en.toml'}"
        problem = f"is no key of [{section}]; {known}"
        raise SpecError(source, f"{section}.{key}", problem + suggestion(key, allowed))
    with validate.blaming(source, f"{section}.{key}"):
        return allowed[key](value)


def readers(section: str, sections: Sections = SECTIONS) -> Mapping[str, Reader]:
    """Return the keys of a section with what reads their values.

    In ``[texts]`` these are the texts of a workbook, its language, a sentence about it for
    the list of templates, and a table of texts for each other language: ``[texts.de]``.
    """
    if section != "texts":
        return sections[section]
    texts = dict.fromkeys(texts_of(ENGLISH), validate.text)
    translated = dict.fromkeys(languages(), validate.table_of(texts))
    own = {"language": validate.one_of(languages()), "about": validate.text}
    return {**own, **texts, **translated}


def _texts(values: Mapping[str, Any], language: str | None) -> dict[str, str]:
    """Return all texts in one language: the lesson's, else the shipped ones, else its others."""
    own = {name.partition(".")[2]: v for name, v in values.items() if name.startswith("texts.")}
    written = own.get("language", ENGLISH)
    language = language or written
    plain = {key: text for key, text in own.items() if key in texts_of(ENGLISH)}
    shipped = texts_of(language)
    before, after = (shipped, plain) if language == written else (plain, shipped)
    about = {"about": own["about"]} if "about" in own else {}
    return {**texts_of(ENGLISH), **before, **after, **own.get(language, {}), **about}
