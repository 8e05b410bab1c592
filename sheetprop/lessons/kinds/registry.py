"""The kinds of lessons there are; one more is one more entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

from sheetprop.caller import argument
from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.architecture.architecture import ARCHITECTURE
from sheetprop.lessons.kinds.arrays.attention import ATTENTION
from sheetprop.lessons.kinds.arrays.dropout import DROPOUT
from sheetprop.lessons.kinds.arrays.normalisation import NORMALISATION
from sheetprop.lessons.kinds.descent.descent import DESCENT
from sheetprop.lessons.kinds.digit_sum.digit_sum import DIGIT_SUM
from sheetprop.lessons.kinds.fading import with_answers_named
from sheetprop.lessons.kinds.gates.gates import GATES
from sheetprop.lessons.kinds.jacobian.jacobian import JACOBIANS
from sheetprop.lessons.kinds.kind import BLANK, FADED, Kind, KindLesson
from sheetprop.lessons.kinds.logs.logs import TRAINING_LOGS
from sheetprop.lessons.kinds.maps.maps import MAPS
from sheetprop.lessons.kinds.optimizers.optimizers import OPTIMIZERS
from sheetprop.lessons.kinds.tables.activations import ACTIVATION_KIND
from sheetprop.lessons.kinds.tables.vanishing import VANISHING_KIND
from sheetprop.lessons.kinds.temperature.temperature import TEMPERATURES
from sheetprop.lessons.kinds.trained import MNIST
from sheetprop.lessons.parts.paper import on_paper
from sheetprop.lessons.parts.sheet_names import with_names_of
from sheetprop.validate import blaming, one_of
from sheetprop.words import Words
from sheetprop.workbooks.exercise_names import marked
from sheetprop.workbooks.sheet import Workbook

NETWORK = "network"
"""The word of the usual lesson: a network and its runs, one worksheet for each learning rate."""

KINDS: tuple[Kind, ...] = (
    ARCHITECTURE,
    ACTIVATION_KIND,
    VANISHING_KIND,
    OPTIMIZERS,
    DESCENT,
    GATES,
    TEMPERATURES,
    JACOBIANS,
    MAPS,
    NORMALISATION,
    DROPOUT,
    ATTENTION,
    TRAINING_LOGS,
    MNIST,
    DIGIT_SUM,
)


def kind_named(name: str) -> Kind | None:
    """Return a kind of lesson, None for a network."""
    return next((kind for kind in KINDS if kind.name == name), None)


def workbook_of(lesson: KindLesson, variant: str) -> Workbook:
    """Return the workbook of a lesson, marked with its kind.

    Raises:
        SpecError: lessons of the kind have no such variant.

    """
    kind = kind_named(lesson.kind)
    if kind is None:
        raise ValueError(f"there is no kind of lesson {lesson.kind!r}")
    refuse_variant(lesson, variant)
    words = Words(lesson.texts)
    made = marked(kind.layout(lesson.content, words, variant), kind.name)
    if variant in (BLANK, FADED):
        made = with_answers_named(made)
    printed = replace(made, sheets=tuple(on_paper(sheet) for sheet in made.sheets))
    named = with_names_of(printed, words)
    return replace(named, title=words["title"], about=lesson.texts.get("about", words["title"]))


def refuse_variant(lesson: KindLesson, variant: str, others: tuple[str, ...] = ()) -> None:
    """Refuse a variant that lessons of the kind do not have; `others` are made of the worked one.

    Raises:
        SpecError: lessons of the kind have no such variant.

    """
    kind = kind_named(lesson.kind)
    if kind is not None:
        with blaming(argument("variant"), None):
            one_of((*kind.variants, *others))(variant)


def of_shipped_network(
    lesson: KindLesson, network: str | None, *, unfolded: bool = False
) -> KindLesson:
    """Return a lesson about another of its kind's networks, or with batch normalisation shown.

    Raises:
        SpecError: the kind has no such network, or none at all.

    """
    chosen: dict[str, object] = {} if network is None else {"network": network}
    chosen |= {"unfolded": True} if unfolded else {}
    if not chosen:
        return lesson
    kind = kind_named(lesson.kind)
    if kind is None or not kind.networks:
        refuse_network(lesson.name, next(iter(chosen)))
    if network is not None:
        with blaming(argument("network"), None):
            one_of(kind.networks)(network)
    name = "-".join(filter(None, (lesson.name, network, "unfolded" if unfolded else None)))
    return replace(lesson, name=name, content=replace(lesson.content, **chosen))


def refuse_network(name: str, option: str = "network") -> NoReturn:
    """Refuse to choose a network, or how it is shown, for a lesson that shows none."""
    having = " or ".join(kind.name for kind in KINDS if kind.networks)
    problem = f"is for {having} only, and {name} is none; leave it out"
    raise SpecError(argument(option), None, problem)


def refuse_options(lesson: KindLesson, options: Mapping[str, object]) -> None:
    """Refuse what only a network has, such as learning rates.

    Raises:
        SpecError: one of the options is given.

    """
    for name, value in options.items():
        if value is not None:
            problem = f'does not go with {lesson.name}: a lesson of the kind "{lesson.kind}"'
            raise SpecError(argument(name), None, f"{problem} has no runs")
