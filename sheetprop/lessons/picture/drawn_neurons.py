"""The neurons of the picture: filled by what the phase is about, named with their numbers.

A chart's marker cannot change its colour, so that there is a series of markers for each shade, in
which a neuron of another shade stands far outside the picture.
"""

from __future__ import annotations

from collections.abc import Mapping

from sheetprop.lessons.parts.drawing import RADIUS, Drawing
from sheetprop.lessons.picture.picture import Picture, here
from sheetprop.lessons.picture.shown import Shown, place, put_fact
from sheetprop.lessons.start.chosen import Chosen, short_text
from sheetprop.lessons.start.data_columns import FIRST, HEAD, NEURONS
from sheetprop.maths.network import Network
from sheetprop.maths.neurons import Neuron
from sheetprop.maths.trees.expr import Expr, Name, product, total
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import number, to_excel
from sheetprop.notation.text import name_text
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import Stroke
from sheetprop.workbooks.sheet import Cell
from sheetprop.workbooks.styles import FILLS, INK, QUIET

DELTA = "δ_{}"
_NAME, _DELTA, _DELTA_TEXT, _FILL, _SHADE, _Y, _SHADES = range(NEURONS, NEURONS + 7)
_BLUES = ("#EFF5FA", "#CFE2F1", "#A3CBE7", "#74B3DC")
_ORANGES = ("#FCEFE6", "#F8D6BE", "#F1B78D", "#E8965D")
_PARTS = ("0.25", "0.5", "0.75")
_OUTSIDE = "-999"
_SIZE = int(RADIUS * 2 * 72 / 96)  # points
_LABEL = Stroke(INK, width=0, label="center")
_NOTE = Stroke(INK, width=0, label="right")
_TWO_LINES = 28  # points
SERIES = 1 + len(_BLUES) + len(_ORANGES)
"""Series of markers."""


def put_neurons(
    picture: Picture, drawing: Drawing, chosen: Chosen, shown: Shown, words: Words
) -> None:
    """Write what fills each neuron, and draw all of them with their labels."""
    page, names = picture.page, list(drawing.neurons)
    heads = ("data_neuron", "data_delta", "data_shown", "data_filled_by", "data_shade", "data_y")
    for column, key in zip(range(_NAME, _SHADES), heads, strict=True):
        page.put((HEAD, column), words[key], "head")
    rows = range(FIRST, FIRST + len(names))
    row_of = dict(zip(names, rows, strict=True))
    deltas = _deltas(drawing.network)
    for name, row in row_of.items():
        page.put((row, _NAME), name_text(name), "name")
        _put_delta(picture, chosen, row, deltas.get(name), row_of)
        _put_fill(picture, drawing, chosen, shown, row, name)
    values = f"{fixed((rows[0], _FILL))}:{fixed((rows[-1], _FILL))}"
    largest = f"MAX(MAX({values}),-MIN({values}))"
    whole = f"IF({shown.phase}<=2,MAX(1,{largest}),{largest})"
    put_fact(page, "largest neuron", f"={whole}", words)
    _draw_markers(picture, list(rows))
    _draw_labels(picture, drawing, chosen, shown, row_of)


def _deltas(network: Network) -> Mapping[str, Expr]:
    """Return ∂E/∂z of each neuron from those of the layer after it, by its activation's name."""
    found: dict[str, Expr] = {}
    for layer in reversed(network.layers):
        for neuron in layer:
            found[neuron.output] = _delta(network, neuron)
    return found


def _delta(network: Network, neuron: Neuron) -> Expr:
    if network.is_output(neuron):
        slopes = [network.arriving_error(neuron), *neuron.slope()]
        return network.delta(neuron) or product(slopes)
    after = network.layers[neuron.layer]
    paths: list[Expr] = [
        Name(DELTA.format(n.output)) * Name(n.weights[n.sources.index(neuron.output)])
        for n in after
    ]
    return product([total(paths), *neuron.slope()])


def _put_delta(
    picture: Picture, chosen: Chosen, row: int, tree: Expr | None, row_of: Mapping[str, int]
) -> None:
    """Write δ of a neuron, and as a short text; an input has none."""

    def cell(leaf: Expr) -> str:
        name = leaf.name if isinstance(leaf, Name) else str(leaf)
        of = name.removeprefix(DELTA.format(""))
        return address(row_of[of], _DELTA) if of != name else here(chosen.value[name])

    formula = "=0" if tree is None else f'=IFERROR({to_excel(tree, cell)[1:]},"–")'
    picture.page.put((row, _DELTA), Cell(None, formula), "formula")
    text = Cell(None, short_text(address(row, _DELTA)))
    picture.page.put((row, _DELTA_TEXT), text, "formula")


def _put_fill(
    picture: Picture, drawing: Drawing, chosen: Chosen, shown: Shown, row: int, name: str
) -> None:
    """Write what fills a neuron, in which shade, and where it stands in the series of each."""
    page = picture.page
    value = here(chosen.value[name])
    outputs = [neuron.output for neuron in drawing.network.layers[-1]]
    error = "0"
    if name in outputs:
        target = drawing.network.passes[0].targets[outputs.index(name)]
        error = f"{value}-{here(chosen.value[target])}"
    kinds = (value, value, error, address(row, _DELTA), "0")
    filled_by = f"=IFERROR(CHOOSE({shown.phase},{','.join(kinds)})*1,0)"
    page.put((row, _FILL), Cell(None, filled_by), "formula")
    page.put((row, _SHADE), Cell(None, _shade(row)), "formula")
    x, y = drawing.neurons[name]
    page.put((row, _Y), Cell(None, f"={number(y)}"), "formula")
    for column, shade in enumerate(_shades(), _SHADES):
        text = f"=IF({address(row, _SHADE)}={shade},{number(x)},{_OUTSIDE})"
        page.put((row, column), Cell(None, text), "formula")


def _shade(row: int) -> str:
    """Return the formula of a shade: 0 for none, from 1 for blue, from -1 for orange."""
    fill, largest = address(row, _FILL), fixed(place("largest neuron"))
    deep = str(len(_BLUES))
    for number_, part in reversed(list(enumerate(_PARTS, 1))):
        deep = f"IF(ABS({fill})<{part}*{largest},{number_},{deep})"
    return f"=IF({fill}=0,0,IF({fill}<0,-1,1)*{deep})"


def _shades() -> dict[int, str]:
    """Return the colours of all shades by their numbers."""
    blues, oranges = (enumerate(colours, 1) for colours in (_BLUES, _ORANGES))
    return {0: FILLS["given"], **dict(blues), **{-k: colour for k, colour in oranges}}


def _draw_markers(picture: Picture, rows: list[int]) -> None:
    for column, colour in enumerate(_shades().values(), _SHADES):
        how = Stroke(QUIET, width=0, marker="circle", size=_SIZE, fill=colour)
        picture.draw_points(column, _Y, rows, how)


def _draw_labels(
    picture: Picture,
    drawing: Drawing,
    chosen: Chosen,
    shown: Shown,
    row_of: Mapping[str, int],
) -> None:
    """Write each neuron's number, and beside the outputs what they should have been."""
    one = drawing.network.passes[0]
    labels = {neuron.output: neuron.label for layer in one.layers for neuron in layer}
    for name, at in drawing.neurons.items():
        own = f'"{name_text(name)}"&CHAR(10)&{here(chosen.shown[name])}'
        delta_name = name_text(DELTA.format(labels.get(name)))
        delta = f'"{delta_name}"&CHAR(10)&{address(row_of[name], _DELTA_TEXT)}'
        texts = dict.fromkeys(("all", "forward", "error", "update"), own)
        texts["backward"] = delta if name in labels else own
        _draw(picture, at, shown.by_phase(texts), _LABEL)
    for neuron, target, error in zip(one.layers[-1], one.targets, one.errors, strict=True):
        x, y = drawing.neurons[neuron.output]
        shown_t, shown_e = (here(chosen.shown[name]) for name in (target, error))
        outcome = f'"{name_text(target)} "&{shown_t}&CHAR(10)&"{name_text(error)} "&{shown_e}'
        texts = {"all": outcome, "error": outcome, "backward": outcome}
        _draw(picture, (x + RADIUS + 4, y), shown.by_phase(texts), _NOTE)


def _draw(picture: Picture, at: tuple[float, float], text: str, how: Stroke) -> None:
    picture.page.heights[picture.row] = _TWO_LINES
    picture.draw_point(at, f"={text}", how)
