"""Sizes and parameters of layers are those that PyTorch has."""

from __future__ import annotations

import random

import pytest

from sheetprop.lessons.kinds.architecture.columns import COLUMNS, IMAGE
from sheetprop.lessons.kinds.architecture.layers import Architecture, Layer
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.template import any_lesson
from sheetprop.words import texts_of

pytestmark = pytest.mark.slow

NAMES = ("architecture", "digits", "padded-point", "shared-norm", "whole-digit")


def drawn(chance: random.Random) -> Architecture:
    """Return a network of random layers that fit."""
    layers = []
    for _ in range(6):
        kind = chance.choice(("convolution", "convolution", "max pooling", "batch normalisation"))
        if kind == "convolution":
            groups, out = chance.choice((1, 2)), chance.choice((4, 6, 10))
            numbers = (chance.choice((1, 2, 3)), chance.choice((1, 2)), chance.choice((0, 1)))
            bias, dilation = chance.random() < 0.5, chance.choice((1, 2))
            layers.append(Layer(kind, *numbers, dilation, groups, out, bias))
        else:
            layers.append(Layer(kind, 2, 2) if kind == "max pooling" else Layer(kind))
    layers.append(Layer("fully connected", 0, channels=10, bias=True))
    return Architecture(211, 2, 10, 1000, tuple(layers), {})


def counted(found: Architecture) -> list[tuple[int, int]]:
    """Return size and parameters behind each layer, as PyTorch runs and counts them."""
    torch = pytest.importorskip("torch")
    values = torch.zeros(1, found.channels, found.image, found.image)
    told, made = [], []
    for one in found.layers:
        channels, steps = values.shape[1], (one.kernel, one.stride, one.padding)
        if one.layer == "convolution":
            layer = torch.nn.Conv2d(
                channels, one.channels, *steps, one.dilation, one.groups, bias=one.bias
            )
        elif one.layer == "fully connected":
            layer = torch.nn.Linear(values[0].numel(), one.channels, bias=one.bias)
            values = values.flatten(1)
        elif one.layer == "batch normalisation":
            layer = made[one.again - 1] if one.again else torch.nn.BatchNorm2d(channels).eval()
        else:
            average = one.layer == "average pooling"
            layer = (torch.nn.AvgPool2d if average else torch.nn.MaxPool2d)(*steps)
        values = values if one.unused else layer(values)
        size = values.shape[2] if values.dim() == 4 else 1
        own = () if layer in made else layer.parameters()
        told.append((size, sum(weights.numel() for weights in own)))
        made.append(layer)
    return told


def shown(found: Architecture) -> list[tuple[object, ...]]:
    """Return size and parameters as the workbook calculates them."""
    lesson = KindLesson("architecture", "mine", found, texts_of("en"))
    cells = workbook_of(lesson, "worked").sheets[0].cells
    rows = range(IMAGE + 1, IMAGE + 1 + len(found.layers))
    columns = [COLUMNS[name] for name in ("size", "parameters")]
    return [tuple(cells[row, column].value for column in columns) for row in rows]


@pytest.mark.parametrize("name", NAMES)
def test_shipped_networks_are_those_of_torch(name: str) -> None:
    """Row by row, size and parameters are what PyTorch's layers have."""
    lesson = any_lesson(name)
    assert isinstance(lesson, KindLesson)

    assert shown(lesson.content) == counted(lesson.content)


def test_random_networks_are_those_of_torch() -> None:
    """Whatever strides, padding, dilation, groups and biases a network has."""
    chance = random.Random(12)
    for _ in range(12):
        found = drawn(chance)
        assert shown(found) == counted(found)
