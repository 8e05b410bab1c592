"""The nine iterations that ship are those of the code, each with one change to the one before."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from training.made_mnist import made_folder

import sheetprop
from sheetprop.training.evaluated import Epoch, csv_text
from sheetprop.training.nine_steps import train as nine_train
from sheetprop.training.nine_steps.iterations import ITERATIONS, Iteration
from sheetprop.training.plan import Layer, Plan, plan_of
from sheetprop.training.recipe import Recipe
from sheetprop.training.shipped_networks import FOLDER, shipped

LOGS = FOLDER / "nine-iterations"


@pytest.mark.parametrize("one", ITERATIONS, ids=lambda one: one.name)
def test_a_log_is_that_of_its_iteration(one: Iteration) -> None:
    """Layers, parameters and recipe are those that the command trains; its table holds its epochs.

    It trained for less than 20 epochs, on 55,000 images, and was tested on 10,000.
    """
    log = json.loads((LOGS / f"{one.name}.json").read_text(encoding="utf-8"))
    epochs = [Epoch(**epoch) for epoch in log["epochs"]]

    assert plan_of(log["layers"]) == one.plan
    assert log["parameters"] == one.plan.parameters
    assert Recipe(**log["recipe"]) == one.recipe
    assert len(epochs) == one.recipe.epochs < 20
    assert (log["training_images"], log["test"]["images"]) == (55_000, 10_000)
    assert (LOGS / f"{one.name}.csv").read_text(encoding="utf-8") == csv_text(epochs)
    assert asdict(epochs[0])["epoch"] == 1


def test_the_network_of_the_last_is_the_one_that_ships() -> None:
    """The log of `course` is that of the last iteration, but for its name."""
    course, last = shipped("course").log, LOGS / f"{ITERATIONS[-1].name}.json"

    assert json.loads(last.read_text(encoding="utf-8")) | {"network": "course"} == course


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de", "hi"])
def test_what_the_workbook_says_of_the_runs_holds(language: str, tmp_path: Path) -> None:
    """Each of the nine has its sheet, and no claim is against its epochs."""
    path = sheetprop.build("nine-iterations", language=language, output=tmp_path / "nine.xlsx")
    (report,) = sheetprop.check(path)

    assert (report.verdict, list(report.findings)) == ("correct", [])
    assert [one.iterations for one in report.tables] == [8] * len(ITERATIONS)


def test_each_iteration_does_what_it_is_called() -> None:
    """Lighter has fewer parameters, normalisation has it after each convolution, and so on."""
    plans = {one.name: one.plan for one in ITERATIONS}
    counts = {name: plan.parameters for name, plan in plans.items()}
    kinds = {name: [layer.kind for layer in plan.layers] for name, plan in plans.items()}

    assert counts["set-up"] > counts["skeleton"] > 20_000 > counts["lighter"]
    assert not any(layer.has_norm for layer in plans["lighter"].layers)
    assert all(layer.has_norm for layer in plans["batch-normalisation"].layers[:-1:2])
    assert not any(layer.dropout for layer in plans["batch-normalisation"].layers)
    assert any(layer.dropout for layer in plans["dropout"].layers)
    assert "gap" not in kinds["dropout"]
    assert kinds["global-average-pooling"][-2:] == ["gap", "linear"]
    assert counts["global-average-pooling"] < counts["dropout"] / 2
    assert counts["global-average-pooling"] < counts["capacity"] < 8_000
    assert kinds["capacity"].index("maxpool") < kinds["place-of-the-pool"].index("maxpool")
    last, before = ITERATIONS[-1], ITERATIONS[-2]
    assert last.plan == before.plan
    assert (last.recipe.is_varied, last.recipe.one_cycle) == (True, True)
    assert (before.recipe.is_varied, before.recipe.one_cycle) == (False, False)


@pytest.mark.slow
def test_the_command_trains_all_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two small iterations: progress goes through both, and a stopped run gives the same files."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    data = made_folder(tmp_path / "data", training=240, test=20)
    tiny = Plan((Layer("conv", 2, 5, 4), Layer("gap"), Layer("linear", 10)))
    bare = Plan((Layer("conv", 2, 5, 4, is_normalised=False), *tiny.layers[1:]))
    as_large = Plan((tiny.layers[0], Layer("conv", 10, 6, is_plain=True)))
    recipe = Recipe(epochs=2, one_cycle=False)
    plans = {"first": bare, "second": tiny, "third": as_large}
    monkeypatch.setattr(
        nine_train, "ITERATIONS", [Iteration(name, plan, recipe) for name, plan in plans.items()]
    )

    def run(name: str, stop_at: int = 0) -> Path:
        def told(done: int, together: int) -> None:
            shares.append(done / together)
            if len(shares) == stop_at:
                raise KeyboardInterrupt

        shares: list[float] = []
        path = sheetprop.train("nine-iterations", data=data, output=tmp_path / name, progress=told)
        assert shares == sorted(shares)
        assert shares[-1] == 1
        return path

    path = run("whole")
    with pytest.raises(KeyboardInterrupt):
        run("stopped", stop_at=12)
    run("stopped")

    assert path.name == "third.safetensors"
    files = sorted(one.name for one in path.parent.iterdir())
    assert files == sorted(
        f"{name}{end}" for name in plans for end in (".csv", ".json", ".safetensors")
    )
    assert sorted(one.name for one in (tmp_path / "stopped").iterdir()) == files
    for name in plans:
        weights = f"{name}.safetensors"
        assert (tmp_path / "stopped" / weights).read_bytes() == (path.parent / weights).read_bytes()
