"""The lesson optimizers, against NumPy that knows none of its formulas, and against PyTorch."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import libreoffice
import numpy as np
import pytest
from template_slips import hold_to_sentence

import sheetprop
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.optimizers.content import Optimizers
from sheetprop.lessons.kinds.optimizers.places import FIRST, HEAD, START, Places
from sheetprop.lessons.kinds.optimizers.schedules import SCHEDULES
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.rows.optimizer_trees import OPTIMIZERS, columns
from sheetprop.template import any_lesson
from sheetprop.words import texts_of
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Workbook
from sheetprop.workbooks.writing.write import write

EXACT = 1e-12


def shipped() -> Optimizers:
    lesson = any_lesson("optimizers")
    assert isinstance(lesson, KindLesson)
    found: Optimizers = lesson.content
    return found


def others(schedule: str) -> Optimizers:
    """Return a lesson in which no setting is that of the template."""
    settings = {"mu": 0.7, "alpha": 0.95, "beta1": 0.8, "beta2": 0.97, "epsilon": 1e-3}
    settings |= {"lambda": 0.3, "size": 5.0, "gamma": 0.6, "lowest": 0.1, "warm": 0.35}
    settings |= {"div": 10.0, "final": 100.0}
    rates = dict(zip(OPTIMIZERS, (0.15, 0.05, 0.04, 0.2, 0.3, 0.25), strict=True))
    x, y = (-1.0, 0.5, 2.0), (2.0, -0.3, 1.1)
    return Optimizers(x, y, (2.0, -3.0), 22, schedule, rates, settings)


def made(found: Optimizers, variant: str = "worked", language: str = "en") -> Workbook:
    texts = {**texts_of("en"), **texts_of(language)}
    return workbook_of(KindLesson("optimizers", "mine", found, texts), variant)


def run_in(book: Workbook, found: Optimizers, optimizer: str) -> np.ndarray:
    """Return w, b and L in each row of an optimizer's sheet: an array of steps + 1 by 3."""
    places, sheet = Places(found), book[OPTIMIZERS[optimizer]]
    at = [places.column(optimizer, name) for name in ("w", "b", "L")]
    rows = range(START, places.last + 1)
    return np.array([[sheet.cells[row, column].value for column in at] for row in rows])


def factors(found: Optimizers) -> list[float]:
    """Return the factor of the learning rate in each update, as the schedules' papers say it."""
    s, steps = found.settings, found.steps

    def wave(first: float, last: float, part: float) -> float:
        return last + (first - last) / 2 * (1 + math.cos(math.pi * part))

    peak = s["warm"] * steps - 1
    one_cycle = [
        wave(1 / s["div"], 1, k / peak)
        if k <= peak
        else wave(1, 1 / s["div"] / s["final"], (k - peak) / (steps - 1 - peak))
        for k in range(steps)
    ]
    return {
        "constant": [1.0] * steps,
        "step": [s["gamma"] ** (k // s["size"]) for k in range(steps)],
        "cosine": [wave(1, s["lowest"], k / steps) for k in range(steps)],
        "one cycle": one_cycle,
    }[found.schedule]


def witnessed(found: Optimizers, optimizer: str) -> np.ndarray:
    """Return w, b and L of each step by arrays: the parameters and their moments are vectors."""
    s, matrix = found.settings, np.column_stack([found.x, np.ones(len(found.x))])
    y, p = np.array(found.y), np.array(found.start)
    m, v = np.zeros(2), np.zeros(2)
    rows = []
    for t, factor in enumerate([0.0, *factors(found)]):
        if t:
            rate = factor * found.rates[optimizer]
            g = matrix.T @ (matrix @ p - y) / len(y)
            if optimizer == "rmsprop":
                v = s["alpha"] * v + (1 - s["alpha"]) * g * g
                p = p - rate * g / (np.sqrt(v) + s["epsilon"])
            elif optimizer in ("adam", "adamw"):
                m = s["beta1"] * m + (1 - s["beta1"]) * g
                v = s["beta2"] * v + (1 - s["beta2"]) * g * g
                p = p * (1 - rate * s["lambda"]) if optimizer == "adamw" else p
                free = np.sqrt(v / (1 - s["beta2"] ** t))
                p = p - rate * (m / (1 - s["beta1"] ** t)) / (free + s["epsilon"])
            else:
                m = (0 if optimizer == "sgd" else s["mu"]) * m + g
                p = p - rate * (g + s["mu"] * m if optimizer == "nesterov" else m)
        rows.append([*p, np.mean((matrix @ p - y) ** 2) / 2])
    return np.array(rows)


@pytest.mark.parametrize(
    "schedule",
    [
        "one cycle",
        *(pytest.param(o, marks=pytest.mark.slow) for o in SCHEDULES if o != "one cycle"),
    ],
)
def test_every_step_is_what_numpy_does(schedule: str) -> None:
    """Whatever the data, the settings and the schedule, w, b and L of every optimizer agree."""
    found = others(schedule)
    book = made(found)
    for optimizer in OPTIMIZERS:
        expected = witnessed(found, optimizer)
        assert run_in(book, found, optimizer) == pytest.approx(expected, rel=EXACT, abs=EXACT)


def test_the_shipped_runs_are_what_numpy_does() -> None:
    """As they stand in the template, and every one of them comes near the best line."""
    found = shipped()
    book = made(found)
    best = np.polyfit(found.x, found.y, 1)
    for optimizer in OPTIMIZERS:
        own = run_in(book, found, optimizer)
        assert own == pytest.approx(witnessed(found, optimizer), rel=EXACT, abs=EXACT)
        assert own[-1, :2] == pytest.approx(best, abs=0.25)


def with_torch(found: Optimizers, optimizer: str, torch: Any) -> np.ndarray:
    """Return w, b and L of each step by torch.optim and its schedulers, in double precision."""
    s, rate, steps = found.settings, found.rates[optimizer], found.steps
    optim, schedulers = torch.optim, torch.optim.lr_scheduler
    betas, eps = (s["beta1"], s["beta2"]), s["epsilon"]
    makers: dict[str, Callable[[Any], Any]] = {
        "sgd": lambda p: optim.SGD(p, rate),
        "momentum": lambda p: optim.SGD(p, rate, momentum=s["mu"]),
        "nesterov": lambda p: optim.SGD(p, rate, momentum=s["mu"], nesterov=True),
        "rmsprop": lambda p: optim.RMSprop(p, rate, alpha=s["alpha"], eps=eps),
        "adam": lambda p: optim.Adam(p, rate, betas=betas, eps=eps),
        "adamw": lambda p: optim.AdamW(p, rate, betas=betas, eps=eps, weight_decay=s["lambda"]),
    }
    one_cycle = {"pct_start": s["warm"], "div_factor": s["div"], "final_div_factor": s["final"]}
    planners: dict[str, Callable[[Any], Any]] = {
        "constant": lambda o: schedulers.LambdaLR(o, lambda _: 1.0),
        "step": lambda o: schedulers.StepLR(o, int(s["size"]), s["gamma"]),
        "cosine": lambda o: schedulers.CosineAnnealingLR(o, steps, rate * s["lowest"]),
        "one cycle": lambda o: schedulers.OneCycleLR(
            o, rate, total_steps=steps, cycle_momentum=False, **one_cycle
        ),
    }
    x, y = (torch.tensor(values, dtype=torch.float64) for values in (found.x, found.y))
    p = torch.tensor(found.start, dtype=torch.float64, requires_grad=True)
    optimizer_of = makers[optimizer]([p])
    plan = planners[found.schedule](optimizer_of)
    rows = []
    for step in range(steps + 1):
        loss = ((p[0] * x + p[1] - y) ** 2).mean() / 2
        rows.append([*p.tolist(), loss.item()])
        if step < steps:
            optimizer_of.zero_grad()
            loss.backward()
            optimizer_of.step()
            plan.step() if step < steps - 1 else None
    return np.array(rows)


@pytest.mark.slow
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_step_is_what_pytorch_does(schedule: str) -> None:
    """The formulas are those of torch.optim, to its rounding, by every schedule."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    for found in (others(schedule), replace(shipped(), schedule=schedule)):
        book = made(found)
        for optimizer in OPTIMIZERS:
            expected = with_torch(found, optimizer, torch)
            assert run_in(book, found, optimizer) == pytest.approx(expected, rel=EXACT, abs=EXACT)


LESSON = """
lesson = "optimizers"
[regression]
x = [1, 2]
y = [1, 3]
start = [0, 0]
[optimizers]
adam = 0.1
"""


@pytest.mark.parametrize(
    ("text", "key", "told"),
    [
        (LESSON.replace("[1, 3]", "[1, 3, 2]"), "regression.y", "must be 2 numbers, one for each"),
        (LESSON.replace("x = [1, 2]", "x = [1, 1]"), "regression.x", "two different numbers"),
        (LESSON.replace("x = [1, 2]", "x = [1]"), "regression.x", "2 to 12 numbers"),
        (LESSON.replace("[0, 0]", "[0]"), "regression.start", "two numbers, w and b"),
        (LESSON.replace("adam = 0.1", "adam = 0"), "optimizers.adam", "greater than 0"),
        (LESSON.replace("adam = 0.1", "adagrad = 1"), "optimizers.adagrad", 'allowed are "sgd"'),
        (LESSON.replace("adam = 0.1", ""), "optimizers", "a learning rate for one of sgd"),
        (LESSON + "[settings]\nsteps = 1000", "settings.steps", "at most 500"),
        (LESSON + '[settings]\nschedule = "cosin"', "settings.schedule", 'did you mean "cosine"'),
        (LESSON + "[settings]\nbeta1 = 1", "settings.beta1", "less than 1"),
        (LESSON + "[settings]\nsteps = 3\nwarm_up = 0.3", "settings.warm_up", "more than one"),
    ],
)
def test_a_slip_in_a_template_gets_a_sentence(
    tmp_path: Path, text: str, key: str, told: str
) -> None:
    """It names the file, the key and what is allowed."""
    hold_to_sentence(tmp_path / "mine.toml", text, key, told)


def test_a_blank_one_has_no_answers_and_no_errors(tmp_path: Path) -> None:
    """All that is calculated is empty, nothing shows an error, and the solution is complete."""
    template, path, solution = (tmp_path / name for name in ("a.toml", "a.xlsx", "b.xlsx"))
    template.write_text(LESSON + "[settings]\nsteps = 4", encoding="utf-8")
    sheetprop.build(template, variant="blank", output=path, solution=solution)
    blank, solved = read(path), read(solution)
    width = len(columns("adam", 2))
    answers = [(START + t, FIRST + k) for t in range(1, 5) for k in range(width)]
    shown = [str(cell.value) for sheet in blank.sheets for cell in sheet.cells.values()]

    assert [at for at in answers if at in blank["Adam"].cells] == []
    assert all(solved["Adam"].cells[at].formula for at in answers)
    assert [text for text in shown if text.startswith("#")] == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "hi"])
def test_every_language_calculates_the_same(language: str) -> None:
    """The chosen schedule has its translated name, and headers stand above every column."""
    found = others("cosine")
    book = made(found, language=language)

    assert run_in(book, found, "adam") == pytest.approx(witnessed(found, "adam"), rel=EXACT)
    assert book["Adam"].cells[HEAD, FIRST].value == "∂L/∂w"


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not()))
def test_libreoffice_comes_to_the_same(tmp_path: Path) -> None:
    """Every value of every cell, numbers to 1e-12 and texts."""
    books = (
        made(shipped()),
        made(others("one cycle"), language="hi"),
        made(shipped(), "blank"),
    )
    paths = [tmp_path / f"{number}.xlsx" for number in range(3)]
    for book, path in zip(books, paths, strict=True):
        write(book, path)
    for book, found in zip(books, libreoffice.recalculated(paths, tmp_path), strict=True):
        for sheet in book.sheets:
            for at, cell in sheet.cells.items():
                if isinstance(cell.value, float):
                    expected = pytest.approx(cell.value, rel=EXACT, abs=EXACT)
                    assert found[sheet.name][at] == expected, (sheet.name, at)
                elif cell.value not in (None, ""):
                    assert found[sheet.name][at] == cell.value, (sheet.name, at)
