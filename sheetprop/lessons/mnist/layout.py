"""A trained network becomes a workbook: Draw, a sheet for each layer, and what there is to know."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sheetprop.lessons.mnist.about_sheets import architecture_sheet, log_sheet
from sheetprop.lessons.mnist.draw_sheet import digits_sheet, draw_sheet, image_maps
from sheetprop.lessons.mnist.layer_sheets import layer_sheet
from sheetprop.lessons.mnist.occlusion_sheet import occlusion_sheet
from sheetprop.lessons.mnist.places import kernels_of, maps_of, sheet_names
from sheetprop.lessons.mnist.weights_sheet import weights_sheet
from sheetprop.training.forward import Weights, outputs
from sheetprop.training.plan import Plan, Step
from sheetprop.training.shipped_networks import (
    BLOCKS,
    Digits,
    TrainedNetwork,
    shipped_digits,
    shipped_mistakes,
    shipped_occlusion,
)
from sheetprop.words import Words
from sheetprop.workbooks.exercise_names import marked
from sheetprop.workbooks.sheet import Sheet, Workbook


def layout(network: TrainedNetwork, words: Words, chosen: int = 0) -> Workbook:
    """Return the workbook of a network, with the stored digit `chosen` (from 0) on Draw.

    Every formula has the value that NumPy calculates. The sheets keep their English names for now.
    """
    sheets = _sheets(network.plan, network.weights, shipped_digits(), chosen, words)
    left, image = shipped_occlusion(network.name), image_maps(network.plan.layers[0].padding)
    sheets.insert(-1, occlusion_sheet(left, image, shipped_digits(), chosen, words))
    sheets.insert(-1, log_sheet(network.log, shipped_mistakes(network.name), words))
    return marked(Workbook(tuple(sheets)), "mnist")


def calculating(plan: Plan, digits: Digits, words: Words) -> Workbook:
    """Return the sheets that calculate for a plan; its weights are all 0."""
    weights = [_nothing(step) for step in plan.steps]
    left = np.zeros((len(digits.labels), BLOCKS, BLOCKS))
    image = image_maps(plan.layers[0].padding)
    covered = occlusion_sheet(left, image, digits, 0, words)
    return Workbook((*_sheets(plan, weights, digits, 0, words), covered))


def _nothing(step: Step) -> Weights | None:
    layer = step.layer
    if layer.kind not in ("conv", "linear"):
        return None
    sides = (layer.kernel, layer.kernel) if layer.kind == "conv" else ()
    return Weights(np.zeros((step.channels, step.channels_in, *sides)), np.zeros(step.channels))


def _sheets(
    plan: Plan, weights: Sequence[Weights | None], digits: Digits, chosen: int, words: Words
) -> list[Sheet]:
    """Return the sheets that calculate, in the order of the workbook."""
    names = sheet_names(plan)
    values = outputs(plan, weights, digits.images[chosen : chosen + 1] / 255)
    image, maps = image_maps(plan.layers[0].padding), maps_of(plan)
    kernels = kernels_of(plan.steps)
    layers = [
        layer_sheet(step, before, own, place, found[0], words)
        for step, before, own, place, found in zip(
            plan.steps, [image, *maps[:-1]], maps, kernels, values, strict=True
        )
    ]
    return [
        draw_sheet(image, maps[-1], digits, chosen, values[-1][0], words),
        *layers,
        weights_sheet(kernels, weights, names, words),
        architecture_sheet(plan, names, words),
        digits_sheet(digits, words),
    ]
