"""A trained network becomes a workbook: Draw, a sheet for each layer, and what there is to know."""

from __future__ import annotations

from sheetprop.lessons.mnist.about_sheets import architecture_sheet, log_sheet
from sheetprop.lessons.mnist.draw_sheet import ABOUT, digits_sheet, draw_sheet, image_maps
from sheetprop.lessons.mnist.layer_sheets import layer_sheet
from sheetprop.lessons.mnist.places import kernels_of, maps_of, sheet_names
from sheetprop.lessons.mnist.weights_sheet import weights_sheet
from sheetprop.training.forward import outputs
from sheetprop.training.shipped_networks import Network, shipped_digits
from sheetprop.workbooks.sheet import Workbook


def layout(network: Network, chosen: int = 0) -> Workbook:
    """Return the workbook of a network, with the stored digit `chosen` (from 0) on Draw.

    Every formula has the value that NumPy calculates.
    """
    digits = shipped_digits()
    plan, names = network.plan, sheet_names(network.plan)
    values = outputs(plan, network.weights, digits.images[chosen : chosen + 1] / 255)
    image, maps = image_maps(plan.layers[0].padding), maps_of(plan)
    kernels = kernels_of(plan.steps)
    layers = [
        layer_sheet(step, before, own, place, found[0])
        for step, before, own, place, found in zip(
            plan.steps, [image, *maps[:-1]], maps, kernels, values, strict=True
        )
    ]
    sheets = (
        draw_sheet(image, maps[-1], digits, chosen, values[-1][0]),
        *layers,
        weights_sheet(kernels, network.weights, names),
        architecture_sheet(plan, names),
        log_sheet(network.log),
        digits_sheet(digits),
    )
    return Workbook(sheets, title="A network that reads digits", about=ABOUT)
