"""The workbook of a network with one sheet more: batch normalisation as it was trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheetprop.calculating.calculated import calculated
from sheetprop.lessons.mnist.draw_sheet import image_maps
from sheetprop.lessons.mnist.places import WEIGHTS, kernels_of, maps_of, sheet_names
from sheetprop.lessons.mnist.unfolded_sheet import Normalised, trained_arrays, unfolded_sheet
from sheetprop.lessons.parts.sheet_names import sheet_text
from sheetprop.training.plan import Plan, Step
from sheetprop.training.tensors import Tensors
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Sheet, Workbook


def with_unfolded(workbook: Workbook, plan: Plan, tensors: Tensors, words: Words) -> Workbook:
    """Return the workbook of a network with the sheet Unfolded after its weights."""
    place = next(k for k, sheet in enumerate(workbook.sheets) if sheet.name == WEIGHTS)
    before, after = workbook.sheets[: place + 1], workbook.sheets[place + 1 :]
    made = calculated((*before, unfolded(plan, tensors, words), *after))
    return replace(workbook, sheets=made)


def unfolded(plan: Plan, tensors: Tensors, words: Words) -> Sheet:
    """Return the sheet for the arrays of a run; its formulas have no values yet."""
    maps = maps_of(plan)
    each = zip(
        plan.steps,
        sheet_names(plan),
        kernels_of(plan.steps),
        [image_maps(plan.layers[0].padding), *maps[:-1]],
        maps,
        strict=True,
    )
    return unfolded_sheet(
        [
            Normalised(
                sheet_text(words, name), kernels, before, own, trained_arrays(tensors, step.place)
            )
            for step, name, kernels, before, own in each
            if kernels is not None and step.layer.has_norm
        ],
        words,
    )


def nothing_trained(plan: Plan) -> Mapping[str, NDArray[Any]]:
    """Return arrays of 0 for the layers with batch normalisation."""
    normalised = [step for step in plan.steps if step.layer.has_norm]
    return {name: array for step in normalised for name, array in _zeros(step).items()}


def _zeros(step: Step) -> dict[str, NDArray[Any]]:
    sides = (step.layer.kernel, step.layer.kernel)
    kernel = np.zeros((step.channels, step.channels_in, *sides))
    found: dict[str, NDArray[Any]] = {f"{step.place}.weight": kernel}
    for name in ("weight", "bias", "running_mean", "running_var"):
        found[f"{step.place + 1}.{name}"] = np.zeros(step.channels)
    return found
