"""The lesson descent, against PyTorch and against NumPy that knows none of its formulas."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import libreoffice
import numpy as np
import pytest

from sheetprop.checking.check import check_workbook
from sheetprop.lessons.kinds.descent.content import Descent
from sheetprop.lessons.kinds.descent.places import NetworkPlaces
from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.optimizers.places import START
from sheetprop.lessons.kinds.optimizers.schedules import SCHEDULES
from sheetprop.lessons.kinds.registry import workbook_of
from sheetprop.rows.optimizer_trees import OPTIMIZERS, WEIGHTS
from sheetprop.template import any_lesson
from sheetprop.words import texts_of
from sheetprop.workbooks.sheet import Workbook
from sheetprop.workbooks.writing.write import write

EXACT = 1e-12
pytestmark = pytest.mark.slow


def shipped(steps: int = 12, schedule: str = "constant") -> Descent:
    lesson = any_lesson("descent")
    assert isinstance(lesson, KindLesson)
    found: Descent = lesson.content
    return replace(found, found=replace(found.found, steps=steps, schedule=schedule))


def made(found: Descent, variant: str = "worked", language: str = "en") -> Workbook:
    texts = {**texts_of("en"), **texts_of(language)}
    return workbook_of(KindLesson("descent", "mine", found, texts), variant)


def run_in(book: Workbook, found: Descent, optimizer: str) -> np.ndarray:
    """Return the weights and the loss in each row of a sheet: an array of steps + 1 by 9."""
    places, sheet = NetworkPlaces(found.found), book[OPTIMIZERS[optimizer]]
    at = [places.column(optimizer, name) for name in (*WEIGHTS, "L")]
    rows = range(START, places.last + 1)
    return np.array([[sheet.cells[row, column].value for column in at] for row in rows])


def with_torch(found: Descent, optimizer: str, torch: Any) -> np.ndarray:
    """Return weights and loss of each step by autograd and torch.optim, in double precision."""
    s, rate, steps = found.found.settings, found.found.rates[optimizer], found.found.steps
    betas, eps = (s["beta1"], s["beta2"]), s["epsilon"]
    makers = {
        "sgd": lambda p: torch.optim.SGD(p, rate),
        "momentum": lambda p: torch.optim.SGD(p, rate, momentum=s["mu"]),
        "nesterov": lambda p: torch.optim.SGD(p, rate, momentum=s["mu"], nesterov=True),
        "rmsprop": lambda p: torch.optim.RMSprop(p, rate, alpha=s["alpha"], eps=eps),
        "adam": lambda p: torch.optim.Adam(p, rate, betas=betas, eps=eps),
        "adamw": lambda p: torch.optim.AdamW(
            p, rate, betas=betas, eps=eps, weight_decay=s["lambda"]
        ),
    }
    plans = {
        "constant": lambda o: torch.optim.lr_scheduler.LambdaLR(o, lambda _: 1.0),
        "cosine": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(
            o, steps, rate * s["lowest"]
        ),
    }
    x, t = (torch.tensor(values, dtype=torch.float64) for values in (found.inputs, found.targets))
    p = torch.tensor(found.found.start, dtype=torch.float64, requires_grad=True)
    own = makers[optimizer]([p])
    plan = plans[found.found.schedule](own)
    rows = []
    for step in range(steps + 1):
        hidden = torch.sigmoid(p[:4].reshape(2, 2) @ x)
        loss = ((torch.sigmoid(p[4:].reshape(2, 2) @ hidden) - t) ** 2).sum() / 2
        rows.append([*p.tolist(), loss.item()])
        if step < steps:
            own.zero_grad()
            loss.backward()
            own.step()
            plan.step()
    return np.array(rows)


@pytest.mark.parametrize("schedule", ["constant", "cosine"])
def test_every_step_is_what_pytorch_does(schedule: str) -> None:
    """Weights and loss of every optimizer are those of torch.optim, to its rounding."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    assert schedule in SCHEDULES
    found = shipped(20, schedule)
    book = made(found)
    for optimizer in OPTIMIZERS:
        expected = with_torch(found, optimizer, torch)
        assert run_in(book, found, optimizer) == pytest.approx(expected, rel=EXACT, abs=EXACT)


def test_gradient_descent_is_what_numpy_does() -> None:
    """Without PyTorch, too: SGD by matrices, and the published loss of the classic start."""
    found = shipped()
    first, second = (np.array(found.found.start).reshape(2, 2, 2)[k] for k in (0, 1))
    x, t = np.array(found.inputs), np.array(found.targets)
    own = run_in(made(found), found, "sgd")
    for row in own:
        hidden = 1 / (1 + np.exp(-first @ x))
        out = 1 / (1 + np.exp(-second @ hidden))
        expected = [*first.ravel(), *second.ravel(), ((out - t) ** 2).sum() / 2]
        assert row == pytest.approx(expected, rel=EXACT)
        back = (out - t) * out * (1 - out)
        behind = second.T @ back * hidden * (1 - hidden)
        second = second - found.found.rates["sgd"] * np.outer(back, hidden)
        first = first - found.found.rates["sgd"] * np.outer(behind, x)
    assert own[0, -1] == pytest.approx(0.24251985734837728, rel=EXACT)


@pytest.mark.skipif(libreoffice.why_not() is not None, reason="LibreOffice is not there")
def test_libreoffice_comes_to_the_same(tmp_path: Path) -> None:
    """Every formula gives there what is stored, to 1e-12."""
    book = made(shipped(), language="de")
    write(book, tmp_path / "descent.xlsx")
    (values,) = libreoffice.recalculated([tmp_path / "descent.xlsx"], tmp_path)
    for sheet in book.sheets:
        for at, cell in sheet.cells.items():
            if cell.formula is not None and isinstance(cell.value, float):
                assert values[sheet.name][at] == pytest.approx(cell.value, rel=EXACT, abs=EXACT)


@pytest.mark.parametrize("variant", ["worked", "blank", "faded", "solution"])
def test_check_knows_it_and_accuses_nobody(variant: str) -> None:
    """Each variant is right, or still to be filled in; each optimizer is a table."""
    report = check_workbook(made(shipped(), variant), "descent")

    assert report.verdict == ("incomplete" if variant in ("blank", "faded") else "correct")
    assert [table.sheet for table in report.tables] == [*OPTIMIZERS.values()]
    assert report.findings == ()
