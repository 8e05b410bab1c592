"""Tables of softmax as people lay them out: with a temperature, stable or not, with a loss."""

from __future__ import annotations

from random import Random

from handmade.cell_sheets import CellSheet, Page
from sheetprop.checking.cells.one_row import without_defaults
from sheetprop.checking.cells.shares import trees_of
from sheetprop.maths.trees.simplified import simplified

HEADERS = {
    "z": ("z", "logit", "logits", "score"),
    "u": ("z/T", "scaled", "z / temp"),
    "d": ("z - max", "shifted", "z-max(z)"),
    "e": ("exp", "e^z", "exp(z)", "exp(z - max)"),
    "a": ("softmax", "p", "probability", "a", "softmax(z)", "prob"),
    "t": ("y", "target", "t", "one-hot", "y_true"),
    "l": ("-y ln p", "loss", "CE", "-t·ln a"),
    "dL/da": ("dL/da", "∂L/∂p"),
    "g": ("∂L/∂z by the matrix", "J·∂L/∂a"),
    "dL/dz": ("dL/dz", "p - y", "a - t", "gradient", "∂L/∂z"),
}
SUMS = {"e": "S", "a": "A", "l": "L", "t": "t"}
LABELS = ("sum", "Σ", "total", "Sum", "summe")


def temperature(chance: Random) -> CellSheet:
    """Draw how many values there are, which columns, and the numbers."""
    count = chance.randrange(2, 6)
    has_loss, is_shifted = chance.random() < 0.7, chance.random() < 0.5
    columns = [
        "z",
        *_some(chance, ("u", 0.25)),
        *(["d"] if is_shifted and chance.random() < 0.6 else []),
    ]
    columns += ["e", "a"]
    if has_loss:
        columns += ["t", *_some(chance, ("l", 0.7)), "dL/dz"]
        if chance.random() < 0.25:
            columns.insert(-1, "dL/da")
            columns[-1:-1] = [*(f"slope{j}" for j in range(1, count + 1)), "g"]
    has_temperature = "u" in columns or chance.random() < 0.5
    page = Page.drawn(chance)
    if has_temperature:
        page.line(chance.choice(("T", "temperature", "temp", "τ")), "T")
        page.row += chance.choice((0, 1))
    sums = chance.random() < 0.6
    _fill(page, columns, count, chance, sums=sums)
    defaults = {"c": 0.0} | ({} if has_temperature else {"T": 1.0})
    trees = {
        name: tree and simplified(without_defaults(tree, defaults))
        for name, tree in trees_of(count, is_shifted=is_shifted).items()
        if name in page.cells or tree is not None
    }
    return CellSheet("temperature", trees, _values(chance, count), page.cells, page.texts)


def _some(chance: Random, *options: tuple[str, float]) -> list[str]:
    return [name for name, share in options if chance.random() < share]


def _fill(page: Page, columns: list[str], count: int, chance: Random, *, sums: bool) -> None:
    """Put headers, a row for each value, and the row of sums."""
    top, left = page.row, page.column + 1
    spelt = {name: chance.choice(own) for name, own in HEADERS.items()}
    letter = spelt["a"][0] if spelt["a"] in ("p", "a") else "a"
    for k, name in enumerate(columns):
        is_slope = name.startswith("slope")
        page.texts[top, left + k] = f"d{letter}/dz{name[5:]}" if is_slope else spelt[name]
        for number in range(1, count + 1):
            own = f"da{number}/dz{name[5:]}" if is_slope else f"{name}{number}"
            page.cells[own] = top + number, left + k
    for number in range(1, count + 1):
        page.texts[top + number, page.column] = chance.choice(("class {}", "{}.", "k{}")).format(
            number
        )
    if sums:
        page.texts[top + count + 1, page.column] = chance.choice(LABELS)
        for name, once in SUMS.items():
            if name in columns and chance.random() < 0.7:
                page.cells[once] = top + count + 1, left + columns.index(name)


def _values(chance: Random, count: int) -> dict[str, float]:
    hot = chance.randrange(1, count + 1)
    values = {f"t{k}": float(k == hot) for k in range(1, count + 1)}
    if chance.random() < 0.2:
        parts = [chance.uniform(0.2, 1) for _ in range(count)]
        values = {f"t{k}": part / sum(parts) for k, part in enumerate(parts, 1)}
    values |= {f"z{k}": round(chance.uniform(-2, 3), 1) + 0.03 * k for k in range(1, count + 1)}
    return values | {"T": chance.choice((0.5, 2.0, 3.0, 1.5))}
