"""A sheet in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from sheetprop.workbooks.sheet import Address, Cell

START, SLOPE, COMPARE, DATA = "Start", "Slope", "Compare", "Data"
DERIVATION, GRADIENT_CHECK, LEARNING_RATES = "Derivation", "Gradient check", "Learning rates"
MISTAKE, PREDICT = "Mistake", "Predict"
LAYERS, MATRICES = "Layers", "Matrices"
OPTIMIZERS, SCHEDULES = "Optimizers", "Schedules"
SOFTMAX, JACOBIAN = "Softmax", "Jacobian"
ACTIVATION_SHEET, DEPTH_SHEET = "Activations", "Depth"
NETWORK = "Network"
OVERVIEW = "Overview"
"""The names of sheets that other sheets refer to."""

READING_SHEETS = (
    *("Draw", "Digits", "Weights", "Architecture", "Occlusion", "Training log", "Unfolded"),
    *("Conv", "Pool", "Average", "Linear"),
)
"""Those of a network that reads digits; layers of one kind have a number more."""

ALL_SHEETS = (
    START,
    PREDICT,
    DERIVATION,
    GRADIENT_CHECK,
    LEARNING_RATES,
    SLOPE,
    MISTAKE,
    COMPARE,
    DATA,
    LAYERS,
    MATRICES,
    OPTIMIZERS,
    SCHEDULES,
    SOFTMAX,
    JACOBIAN,
    ACTIVATION_SHEET,
    DEPTH_SHEET,
    NETWORK,
    OVERVIEW,
    *READING_SHEETS,
)

HEADING, TITLE = 18.0, 30.0
"""Points of a row with a heading: scripts with marks above their letters need that."""

_HEIGHTS = {"heading": HEADING, "title": TITLE}


@dataclass
class Page:
    """Cells with their styles and links, merged cells, and heights of rows."""

    cells: dict[Address, Cell] = field(default_factory=dict)
    styles: dict[Address, str] = field(default_factory=dict)
    links: dict[Address, str] = field(default_factory=dict)
    merged: list[tuple[Address, Address]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)

    def put(self, at: Address, cell: Cell | str, style: str, link: str | None = None) -> None:
        """Write a cell, or a text, in a style; `link` is the place a click on it goes to."""
        self.cells[at] = Cell(cell) if isinstance(cell, str) else cell
        self.styles[at] = style
        if style in _HEIGHTS:
            self.heights.setdefault(at[0], _HEIGHTS[style])
        if link is not None:
            self.links[at] = link
