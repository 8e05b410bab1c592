"""Training logs as people lay them out, with something claimed of them."""

from __future__ import annotations

from collections.abc import Mapping

from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

TRAIN = (91.2, 95.1, 96.0, 97.4, 98.3, 98.9, 99.2, 99.34, 99.41, 99.52)
TEST = (94.11, 96.32, 97.5, 98.04, 98.77, 98.6, 99.02, 99.31, 99.43, 99.38)
LOSS = (0.31, 0.16, 0.12, 0.09, 0.06, 0.05, 0.04, 0.03, 0.025, 0.021)
HEADS = ("Epoch", "Train Loss", "Train Accuracy (%)", "Test Accuracy (%)")
HEAD = 6

Content = str | float | None


def cell(content: Content) -> Cell:
    """Return a cell with a formula, a text or a number."""
    is_formula = isinstance(content, str) and content.startswith("=")
    return Cell(None, str(content)) if is_formula else Cell(content)


def log(
    further: Mapping[Address, Content],
    *,
    heads: tuple[str, str, str, str] = HEADS,
    first: int = 1,
    factor: float = 1.0,
    across: bool = False,
    sheets: tuple[Sheet, ...] = (),
) -> Workbook:
    """Return a log with further cells; epochs count from `first`, accuracies times `factor`."""
    cells: dict[Address, Cell] = {(HEAD, 1 + k): Cell(text) for k, text in enumerate(heads)}
    for k, (loss, train, test) in enumerate(zip(LOSS, TRAIN, TEST, strict=True)):
        row = (first + k, loss, round(train * factor, 6), round(test * factor, 6))
        cells |= {(HEAD + 1 + k, 1 + c): Cell(value) for c, value in enumerate(row)}
    if across:
        cells = {(column, row): one for (row, column), one in cells.items()}
    cells |= {at: cell(content) for at, content in further.items()}
    return Workbook((Sheet("Log", cells), *sheets))


def layers(parameters: int) -> Sheet:
    """Return a table of layers that come to a number of parameters."""
    heads = ("layer", "kernel", "stride", "padding", "channels", "output size", "params")
    rows = (
        ("image", None, None, None, 1, 28, None),
        ("conv1", 3, 1, 1, 10, "=INT((F2+2*D3-B3)/C3)+1", "=B3^2*E2*E3"),
        ("conv2", 3, 1, 1, parameters // 90 - 1, "=INT((F3+2*D4-B4)/C4)+1", "=B4^2*E3*E4"),
    )
    cells = {(1, 1 + k): Cell(text) for k, text in enumerate(heads)}
    for r, row in enumerate(rows, 2):
        cells |= {(r, 1 + c): cell(content) for c, content in enumerate(row) if content is not None}
    return Sheet("Layers", cells)
