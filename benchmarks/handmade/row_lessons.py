"""Tables of lessons in rows as people may lay them out: which columns, headers and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from sheetprop.maths.trees.expr import Expr
from sheetprop.rows.activations import ACTIVATION_TABLE, UNITS, key, slope_key
from sheetprop.rows.architecture import ARCHITECTURE
from sheetprop.rows.row_lesson import RowLesson
from sheetprop.rows.training_log import TRAINING_LOG
from sheetprop.rows.vanishing import UNITS as THROUGH
from sheetprop.rows.vanishing import VANISHING, gradient_of, value_of

Row = dict[str, float]


@dataclass(frozen=True)
class Drawn:
    """A table: its columns, what stands once, its given numbers by row, and its first row.

    Given quantities may have `formulas` of their own, and what is `typed` has no cell: its number
    stands in every formula that takes it. What is computed `at_once` has formulas in the first row,
    too, from nothing before it.
    """

    lesson: RowLesson
    columns: tuple[str, ...]
    once: Mapping[str, float]
    given: tuple[Row, ...]
    start: Row | None
    spelt: Mapping[str, tuple[str, ...]]
    labels: tuple[str, ...] = ()
    formulas: Mapping[str, Expr] = field(default_factory=dict)
    typed: Mapping[str, float] = field(default_factory=dict)
    at_once: frozenset[str] = frozenset()


def _some(chance: Random, names: tuple[str, ...], least: int = 1) -> list[str]:
    count = chance.randrange(least, len(names) + 1)
    return sorted(chance.sample(names, count), key=names.index)


LAYERS = {
    "kernel": ("Kernel", "kernel size", "k", "K", "Filter size", "ksize"),
    "stride": ("Stride", "s", "stride", "S"),
    "padding": ("Padding", "p", "pad", "P"),
    "dilation": ("Dilation", "d", "dilation rate"),
    "channels": ("Channels", "out channels", "C_out", "Output Channels", "#filters"),
    "bias": ("bias", "use bias", "Bias"),
    "size": ("Output size", "n_out", "out", "size", "output_size"),
    "jump": ("Jump", "j_out", "jump out", "j"),
    "field": ("Receptive field", "RF", "r_out", "Receptive Field", "r"),
    "parameters": ("Params", "#Params", "parameters", "Number of parameters"),
}


def architecture(chance: Random) -> Drawn:
    """Draw a network of convolutions."""
    given = ["kernel", "stride", *(n for n in ("padding", "dilation") if chance.random() < 0.6)]
    computed = _some(chance, ("size", "jump", "field", "parameters"), 2)
    if "field" in computed and "jump" not in computed:
        computed.insert(computed.index("field"), "jump")
    if "parameters" in computed:
        given += ["channels", *(["bias"] if chance.random() < 0.6 else [])]
    image = float(chance.choice((28, 32, 56, 224)))
    start = {"size": image, "jump": 1.0, "field": 1.0, "channels": float(chance.choice((1, 3)))}
    draws: dict[str, Callable[[], float]] = {
        "kernel": lambda: chance.choice((1, 2, 3, 5)),
        "stride": lambda: chance.choice((1, 1, 1, 2)),
        "padding": lambda: chance.choice((0, 1, 2)),
        "dilation": lambda: chance.choice((1, 1, 2)),
        "channels": lambda: chance.choice((4, 8, 10, 16)),
        "bias": lambda: chance.choice((0, 1)),
    }
    rows = []
    size = image
    for _ in range(chance.randrange(4, 9)):
        row = {name: float(draws[name]()) for name in given}
        reach = row.get("dilation", 1) * (row["kernel"] - 1)
        room = size + 2 * row.get("padding", 0) - reach - 1
        if room < 0:
            row |= {"kernel": 1.0, "stride": 1.0}
            room = size + 2 * row.get("padding", 0) - 1
        size = room // row["stride"] + 1
        rows.append(row)
    labels = tuple(f"conv{k}" for k in range(1, len(rows) + 1))
    columns = (*given, *computed)
    start = {name: value for name, value in start.items() if name in columns}
    return Drawn(ARCHITECTURE, columns, {}, tuple(rows), start, LAYERS, ("input", *labels))


FUNCTIONS = {
    "x": ("x", "input", "Input", "Eingabe"),
    "w": ("w", "weight", "Weight"),
    "z": ("z", "w*x", "weighted input", "sum"),
    "identity": ("identity", "linear", "Identity"),
    "relu": ("ReLU", "relu", "ReLU(z)"),
    "leaky_relu": ("Leaky ReLU", "LeakyReLU", "leaky relu"),
    "sigmoid": ("sigmoid", "σ(z)", "Sigmoid", "logistic"),
    "tanh": ("tanh", "Tanh", "tanh(z)"),
    "elu": ("ELU", "elu"),
    "gelu": ("GELU", "gelu"),
    "silu": ("SiLU", "swish", "Swish"),
    "softplus": ("softplus", "Softplus"),
}


def activations(chance: Random) -> Drawn:
    """Draw a table of some functions, with slopes of some."""
    units = chance.sample(UNITS, chance.randrange(2, 7))
    sloped = [unit for unit in units if chance.random() < 0.6]
    spelt = dict(FUNCTIONS)
    for unit in units:
        own = FUNCTIONS[key(unit)][0]
        spelt[slope_key(unit)] = (f"{own}'", f"{own} derivative", f"d{own}", f"slope of {own}")
    columns = ("x", "z", *map(key, units), *map(slope_key, sloped))
    rows = tuple({"x": round(chance.uniform(-5, 5), 3)} for _ in range(chance.randrange(6, 15)))
    weight = round(chance.uniform(0.3, 1.4), 3)
    return Drawn(ACTIVATION_TABLE, columns, {"w": weight}, rows, None, spelt)


def sigmoid(chance: Random) -> Drawn:
    """Draw a table of the sigmoid and its slope alone, of weighted inputs or of plain ones."""
    spelt = dict(FUNCTIONS)
    spelt["sigmoid_slope"] = ("σ'", "σ′(x)", "sigmoid derivative", "slope", "Ableitung", "dσ/dx")
    is_weighted = chance.random() < 0.4
    names = ("x", *(("z",) if is_weighted else ()), "sigmoid")
    columns = (*names, "sigmoid_slope") if chance.random() < 0.8 else names
    start, by = chance.uniform(-6, -2), chance.choice((0.25, 0.5, 0.8))
    rows = tuple({"x": round(start + by * k, 3)} for k in range(chance.randrange(6, 20)))
    once = {"w": round(chance.uniform(0.3, 1.4), 3)} if is_weighted else {}
    return Drawn(ACTIVATION_TABLE, columns, once, rows, None, spelt)


def vanishing(chance: Random) -> Drawn:
    """Draw layers of some functions, with what is left of the gradient."""
    units = chance.sample(THROUGH, chance.randrange(1, 5))
    spelt = {"w": ("w", "weight", "Weight")}
    columns = []
    for unit in units:
        columns += [value_of(unit.name), gradient_of(unit.name)]
        spelt[value_of(unit.name)] = (f"a {unit.name}", f"a_{unit.name}", unit.name)
        spelt[gradient_of(unit.name)] = (
            f"grad {unit.name}",
            f"g_{unit.name}",
            f"{unit.name} gradient",
        )
    if chance.random() < 0.4:
        columns.append("bound")
        spelt["bound"] = ("bound", "Bound")
    start = {name: 1.0 if name.startswith("g") or name == "bound" else 0.8 for name in columns}
    rows = tuple({} for _ in range(chance.randrange(6, 20)))
    labels = tuple(map(str, range(len(rows) + 1)))
    weight = round(chance.uniform(0.5, 1.5), 2)
    return Drawn(VANISHING, tuple(columns), {"w": weight}, rows, start, spelt, labels)


EPOCHS = {
    "epoch": ("Epoch", "epoch", "Ep", "#Epoch"),
    "train_loss": ("Train Loss", "train_loss", "Training loss"),
    "train_accuracy": ("Train Accuracy (%)", "train_acc", "Training accuracy", "Train Acc"),
    "test_loss": ("Test Loss", "val_loss", "Validation loss"),
    "test_accuracy": ("Test Accuracy (%)", "val_acc", "Test Acc", "Validation accuracy"),
    "target": ("target", "Target accuracy", "Goal"),
    "gap": ("Gap", "gap", "Generalization gap", "Overfit"),
    "best": ("Best so far", "best", "Running max"),
    "best_epoch": ("Best epoch so far", "Epoch of best", "best at epoch"),
    "above": ("Above target in a row", "streak", "epochs in a row"),
}


def training_log(chance: Random) -> Drawn:
    """Draw epochs that get better, with columns that follow."""
    computed = _some(chance, ("gap", "best", "best_epoch", "above"))
    if "best_epoch" in computed and "best" not in computed:
        computed.insert(computed.index("best_epoch"), "best")
    losses = [name for name in ("train_loss", "test_loss") if chance.random() < 0.5]
    factor = chance.choice((1.0, 100.0))
    rows = []
    level = 0.9
    for epoch in range(chance.randrange(8, 20)):
        level += (0.997 - level) * 0.3
        row = {"epoch": float(epoch + 1)}
        row |= {name: round(2.5 * (1 - level) * chance.uniform(0.8, 1.2), 4) for name in losses}
        for name in ("train_accuracy", "test_accuracy"):
            row[name] = round(factor * min(0.999, level + chance.uniform(-0.006, 0.002)), 5)
        rows.append(row)
    columns = ("epoch", *losses, "train_accuracy", "test_accuracy", *computed)
    once = {"target": 0.985 * factor} if "above" in computed else {}
    return Drawn(TRAINING_LOG, columns, once, tuple(rows), None, EPOCHS)
