"""Tables of the layers of a network for an image of 28 pixels, which may be oddly designed."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.workbooks.sheet import Cell, Sheet, Value, Workbook

HEADERS = ("layer", "kernel", "stride", "padding", "channels", "output size", "RF", "jump")
Layer = tuple[str, int, int, int, int]
Beside = Sequence[tuple[str, Value]]
FINE: tuple[Layer, ...] = (
    ("conv1", 3, 1, 1, 16),
    ("bn1", 1, 1, 0, 16),
    ("pool1", 2, 2, 0, 16),
    ("conv2", 3, 1, 1, 10),
    ("bn2", 1, 1, 0, 10),
)


def changed(step: int, layer: Layer) -> list[Layer]:
    """Return the sound network with another layer in one place."""
    return [layer if k == step else one for k, one in enumerate(FINE)]


def network(
    layers: Sequence[Layer], beside: Beside = (), total: Value = None, *, biased: bool = False
) -> Workbook:
    """Return a table of layers with what is said below it, and a total of the parameters."""
    rows: list[Sequence[Value]] = [
        (*HEADERS, "parameters", *(["bias"] if biased else [])),
        ("image", None, None, None, 1, 28, 1, 1),
    ]
    for row, layer in enumerate(layers, 3):
        size = f"=INT((F{row - 1}+2*D{row}-B{row})/C{row})+1"
        field = f"=G{row - 1}+(B{row}-1)*H{row - 1}"
        counted = {
            "c": f"=B{row}^2*E{row - 1}*E{row}" + (f"+E{row}*J{row}" if biased else ""),
            "b": f"=2*E{row}",
            "p": 0,
        }[layer[0][0]]
        bias = [int(layer[0][0] == "c")] if biased else []
        rows.append((*layer, size, field, f"=H{row - 1}*C{row}", counted, *bias))
    if total is not None:
        rows.append(("total parameters", *[None] * 7, total))
    return written([*rows, (), (), *beside])


def written(rows: Sequence[Sequence[Value]]) -> Workbook:
    """Return a workbook of rows that begin in A1; texts that begin with = are formulas."""
    cells = {
        (row, column): Cell(None, value)
        if isinstance(value, str) and value.startswith("=")
        else Cell(value)
        for row, values in enumerate(rows, 1)
        for column, value in enumerate(values, 1)
        if value is not None
    }
    return Workbook((Sheet("Network", cells),))


def typed(size: int) -> Workbook:
    """Return a printed table that ends in a 1×1 convolution of 7 pixels across, with its size."""
    return written(
        [
            ("layer", "kernel", "stride", "padding", "channels", "output size", "parameters"),
            ("input", None, None, None, 1, 28, None),
            ("conv1", 3, 1, 1, 16, 28, 144),
            ("pool", 2, 2, 0, 16, 14, 0),
            ("pool", 2, 2, 0, 16, 7, 0),
            ("conv2", 1, 1, 0, 10, size, 160),
        ]
    )
