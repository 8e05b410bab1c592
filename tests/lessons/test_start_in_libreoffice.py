"""Start, driven in LibreOffice as a person would: what picture, captions and other sheets then say.

Everything is chosen and typed in one session; the values expected are NumPy's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import libreoffice
import pytest

from sheetprop.lessons.layout import layout
from sheetprop.lessons.runs.rate_table import FIRST, RateTable
from sheetprop.maths.network import Network
from sheetprop.maths.trace import run
from sheetprop.template import load
from sheetprop.words import texts_of
from sheetprop.workbooks.writing.write import write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.libreoffice,
    pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not())),
]

ROWS = 8
SPEC = replace(load("classic"), learning_rates=(0.1, 0.5, 2.0), iterations=ROWS)
NETWORK = Network(SPEC.architecture)
WORDS = texts_of("en")
PHASES = ("all", "forward", "error", "backward", "update")
LABELS = ("weights", "gradients", "both")
ONWARD = {"w1": {"w5", "w7"}, "w2": {"w5", "w7"}, "w3": {"w6", "w8"}, "w4": {"w6", "w8"}}
"""The connections behind those into the hidden layer."""

_DRIVER = r"""
path, scenes = arguments
scenes = json.load(open(scenes, encoding="utf-8"))
document = opened(path)
start = document.Sheets.getByIndex(0)
for scene in scenes:
    for row, column, content in scene:
        cell = start.getCellByPosition(column - 1, row - 1)
        if isinstance(content, str):
            cell.setString(content)
        else:
            cell.setValue(content)
    document.calculateAll()
    found = {}
    for sheet in document.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        area = sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)
        found[sheet.Name] = area.getDataArray()
    print(json.dumps(found), flush=True)
document.close(True)
"""


@dataclass(frozen=True)
class Scene:
    """What somebody chooses on Start, and the rates that stand there."""

    step: float = 0.0
    run: int = 1
    phase: str = "all"
    labels: str = "weights"
    path: str = "–"
    rates: tuple[float, ...] = SPEC.learning_rates

    def typed(self) -> Iterator[tuple[str, float | str]]:
        yield "step", self.step
        yield "run", f"run {self.run}"
        yield "phase", WORDS[f"phase_{self.phase}"]
        yield "labels", WORDS[f"diagram_{self.labels}"]
        yield "path of", self.path
        yield from ((f"run {k}", rate) for k, rate in enumerate(self.rates, 1))

    @property
    def rate(self) -> float:
        return self.rates[self.run - 1]

    def value(self, name: str, step: int | None = None) -> float:
        """What NumPy finds for a quantity in the chosen step of the chosen run."""
        at = min(int(self.step), ROWS - 1) if step is None else step
        return float(run(SPEC, [self.rate], ROWS).values[name][0][at])


@dataclass(frozen=True)
class Seen:
    """All values of the workbook after a scene."""

    scene: Scene
    rows: dict[str, list[list[Any]]] = field(repr=False)

    def cell(self, sheet: str, row: int, column: int) -> Any:
        return self.rows[sheet][row - 1][column - 1]

    def beside(self, sheet: str, text: str, away: int = 1, column: int = 1) -> Any:
        (row,) = [r for r in self.rows[sheet] if r[column - 1] == text][:1]
        return row[column - 1 + away]

    def texts(self, sheet: str) -> list[str]:
        return [str(value) for row in self.rows[sheet] for value in row if isinstance(value, str)]


SCENES = {
    **{f"run {k}": Scene(3.0, k) for k in (1, 2, 3)},
    **{f"step {k}": Scene(float(k), 3) for k in (0, 1, ROWS - 1)},
    "past the end": Scene(99.0, 2),
    **{
        f"rate {k}": Scene(2.0, k, rates=_) for k, _ in ((1, (5.0, 0.5, 2.0)), (2, (0.1, 1e3, 2.0)))
    },
    "rate 3": Scene(4.0, 3, rates=(0.1, 0.5, 0.02)),
    **{f"phase {phase}": Scene(2.0, 3, phase) for phase in PHASES},
    **{f"labels {labels}": Scene(2.0, 3, labels=labels) for labels in LABELS},
    **{f"path {weight}": Scene(1.0, 2, path=weight) for weight in NETWORK.weights},
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    folder = tmp_path_factory.mktemp("driven")
    book = layout(SPEC)
    write(book, folder / "book.xlsx")
    cells = book["Start"].cells
    places = {c.value: (row, column + 1) for (row, column), c in cells.items() if column in (1, 5)}
    scenes = [[(*places[text], new) for text, new in s.typed()] for s in SCENES.values()]
    (folder / "scenes.json").write_text(json.dumps(scenes), encoding="utf-8")
    files = [str(folder / "book.xlsx"), str(folder / "scenes.json")]
    found = libreoffice.scripted(_DRIVER, files, folder, 300)
    pairs = zip(SCENES.items(), found, strict=True)
    return {name: Seen(scene, rows) for (name, scene), rows in pairs}


def number_in(text: str) -> float:
    """The number that a label ends with."""
    found = re.findall(r"-?\d+(?:\.\d+)?(?:E[-+]?\d+)?", text)
    return float(found[-1])


@pytest.mark.parametrize("name", SCENES)
def test_every_quantity_follows_the_choice(name: str, seen: dict[str, Seen]) -> None:
    """Data holds NumPy's values of the chosen step and run, whatever else is chosen."""
    one = seen[name]
    for quantity in NETWORK.quantities:
        shown = quantity.replace("dE/d", "∂E/∂")
        expected = pytest.approx(one.scene.value(quantity), rel=1e-9, abs=1e-15)
        assert one.beside("Data", shown) == expected, quantity
    assert one.beside("Data", "η") == one.scene.rate


@pytest.mark.parametrize("name", SCENES)
def test_captions_say_what_is_shown(name: str, seen: dict[str, Seen]) -> None:
    """Title of the picture, E_total, Derivation, the run's sheet and Compare name step and rate."""
    one = seen[name]
    scene = one.scene
    step, rate = min(int(scene.step), ROWS - 1), f"{scene.rate:g}"
    title = next(text for text in one.texts("Start") if "E_total = " in text)
    told = title.removeprefix("There is no step 99 in this run. ")

    assert told.startswith(f"Step {step} with η = {rate}: E_total = ")
    assert told.endswith("" if scene.phase == "all" else WORDS[f"phase_{scene.phase}_title"])
    assert ("There is no step" in title) == (scene.step >= ROWS)
    assert one.beside("Start", "E_total") == pytest.approx(scene.value("E_total"), rel=1e-9)
    assert one.beside("Start", "run", 2) == f"η = {rate}"
    remark = "none such: 7 shown" if scene.step >= ROWS else "0 is the start"
    assert one.beside("Start", "step", 2) == remark
    assert f"Step {step} of the run with η = {rate}" in one.texts("Derivation")
    sheet = f"η={SPEC.learning_rates[scene.run - 1]:g}"
    still = "" if sheet == f"η={rate}" else f" (the sheet is still called {sheet})"
    assert f"Gradient descent with η = {rate}{still}" in one.texts(sheet)
    assert one.beside("Compare", sheet) == scene.rate


@pytest.mark.parametrize("name", SCENES)
def test_runs_and_gradients_follow_typed_rates(name: str, seen: dict[str, Seen]) -> None:
    """Each rate sheet holds NumPy's last row for the rate typed on Start; all gradients agree."""
    one = seen[name]
    table = RateTable(NETWORK, ROWS)
    for place, rate in enumerate(one.scene.rates):
        losses = run(SPEC, [rate], ROWS).values["E_total"][0]
        sheet = f"η={SPEC.learning_rates[place]:g}"
        last = one.cell(sheet, FIRST + ROWS - 1, table.column["E_total"])
        assert last == pytest.approx(float(losses[-1]), rel=1e-9)
    assert "differs" not in one.texts("Gradient check")


@pytest.mark.parametrize("phase", PHASES)
def test_the_picture_shows_the_phase(phase: str, seen: dict[str, Seen]) -> None:
    """An output is filled by activation, error, δ or nothing, as connections show what they do."""
    one = seen[f"phase {phase}"]
    scene = one.scene
    target, output = scene.value("t1"), scene.value("a_o1")
    delta = (output - target) * output * (1 - output)
    fills = {"error": output - target, "backward": delta, "update": 0.0}

    assert one.beside("Data", "phase", column=13) == 1 + PHASES.index(phase)
    assert one.beside("Data", "a_o1", 1, 16) == pytest.approx(delta, rel=1e-9)
    filled = one.beside("Data", "a_o1", 3, 16)
    assert filled == pytest.approx(fills.get(phase, output), rel=1e-9)
    shown = {"backward": 2, "update": 2, "error": 0}.get(phase, 1)
    assert one.beside("Data", "lines show", column=13) == shown


@pytest.mark.parametrize("labels", LABELS)
def test_labels_tell_weights_or_gradients(labels: str, seen: dict[str, Seen]) -> None:
    """The first label of the picture ends with the weight, or with its gradient."""
    one = seen[f"labels {labels}"]
    text = str(one.cell("Data", 4, 5))
    name = "w1" if labels == "weights" else "dE/dw1"

    assert number_in(text) == pytest.approx(one.scene.value(name), rel=1e-2)


@pytest.mark.parametrize("weight", NETWORK.weights)
def test_a_path_goes_through_the_picture_and_on_slope(weight: str, seen: dict[str, Seen]) -> None:
    """The chosen weight's connections are lit, and Slope shows its slope and its next value."""
    one = seen[f"path {weight}"]
    lit = {w for k, w in enumerate(NETWORK.weights) if one.cell("Data", 4 + k, 34)}

    assert lit == {weight} | ONWARD.get(weight, set())
    assert one.beside("Slope", "weight") == weight
    slope = one.beside("Slope", "∂E/∂w, the slope there")
    assert slope == pytest.approx(one.scene.value(f"dE/d{weight}"), rel=1e-9)
    after = one.beside("Slope", "its value after the step")
    assert after == pytest.approx(one.scene.value(weight, 2), rel=1e-9)
