"""The layers for sums, and the exact sums beside them, by hand and on all of MNIST."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from training.made_mnist import made_folder

import sheetprop
from sheetprop.training import tensors
from sheetprop.training.evaluated import Epoch, csv_text
from sheetprop.training.forward import Weights, probabilities
from sheetprop.training.idx import labelled
from sheetprop.training.shipped_networks import FOLDER, shipped
from sheetprop.training.sums.evaluated import sum_evaluation
from sheetprop.training.sums.head import Head, Read, exact, head_of, logits, read
from sheetprop.training.sums.shipped_head import shipped_head

MNIST = os.environ.get("SHEETPROP_MNIST", "")
"""Names a folder with the four files of MNIST."""


def made_head() -> Head:
    """Return layers that hand on ten features and the number, and add both rightly."""
    hidden = Weights(np.eye(32, 20), np.zeros(32))
    out = np.zeros((19, 32))
    for one in range(19):
        # Of -(digit + number - sum)² what depends on the sum, less a constant.
        out[one, :10] = 2 * one * np.arange(10)
        out[one, 10:20] = 2 * one * np.arange(10)
    return Head(hidden, Weights(out, -(np.arange(19.0) ** 2)))


def test_a_head_that_adds_rightly_is_right_of_all_pairs() -> None:
    """Of ten digits with ten numbers all 19 sums come out, one for 0 + 0, ten for 9."""
    found = Read(np.eye(10), np.eye(10))
    told = sum_evaluation(made_head(), found, np.arange(10, dtype=np.uint8))

    assert (told.digits_right, told.sums_right, told.exact_right, told.pairs) == (10, 100, 100, 100)
    assert told.pairs_by_sum == (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
    assert told.right_by_sum == told.pairs_by_sum
    assert told.right_by_number == (10,) * 10
    assert told.surest_mistakes == ()


def test_a_wrong_sum_is_told_with_its_pair() -> None:
    """An image read as 1 whose label is 7 is wrong with every number, in the sum, too."""
    found = Read(np.eye(10)[[1, 2]], np.eye(10)[[1, 2]])
    told = sum_evaluation(made_head(), found, np.array([7, 2], np.uint8))

    assert (told.digits_right, told.sums_right, told.exact_right, told.agreeing) == (1, 10, 10, 20)
    assert {(one.image, one.label, one.answer - one.number) for one in told.surest_mistakes} == {
        (0, 7, 1)
    }


def test_exact_sums_are_the_convolution_of_both() -> None:
    """A doubtful digit with a doubtful number: each sum has the probability of all its pairs."""
    digit, number = np.zeros(10), np.zeros(10)
    digit[[3, 8]], number[[0, 5]] = (0.75, 0.25), (0.5, 0.5)
    (found,) = exact(digit[None], number)

    assert found.shape == (19,)
    assert {k: v for k, v in enumerate(found) if v} == {3: 0.375, 8: 0.5, 13: 0.125}


def test_damaged_weights_are_told() -> None:
    """An array of another shape is named."""
    arrays = dict(tensors.read(FOLDER / "digit-sum.safetensors"))
    arrays["2.bias"] = np.zeros(18, np.float32)

    with pytest.raises(sheetprop.SheetpropError, match=r"2\.bias of the weights is missing, or"):
        head_of(arrays, 32)


def test_what_ships_is_above_what_was_to_be_reached() -> None:
    """The log: digits at least 99.4 %, sums at least 98.9 %; it fits its table and its weights."""
    made = shipped_head()
    test = made.log["test"]
    epochs = [Epoch(**epoch) for epoch in made.log["epochs"]]

    assert test["digits_right"] >= 9940
    assert test["sums_right"] >= 98_900
    assert (FOLDER / "digit-sum.csv").read_text(encoding="utf-8") == csv_text(epochs)
    assert made.log["parameters"] == made.head.parameters == 2003
    best = max(epoch.validation_accuracy for epoch in epochs)
    assert epochs[made.log["chosen_epoch"] - 1].validation_accuracy == best


@pytest.mark.slow
@pytest.mark.skipif(not MNIST, reason="SHEETPROP_MNIST names no folder with MNIST")
def test_all_pairs_are_answered_as_the_log_says() -> None:
    """Digits, sums and exact sums are those of the log to the last of 100,000 pairs."""
    made, test = shipped_head(), labelled(Path(MNIST), "test")
    found = sum_evaluation(
        made.head, read(made.eyes.plan, made.eyes.weights, test.images), test.labels
    )

    assert json.loads(json.dumps(asdict(found))) == made.log["test"]


@pytest.mark.slow
def test_the_layers_are_trained_on_made_digits(tmp_path: Path) -> None:
    """The log fits the weights, the same seed gives the same, and a stopped run goes on to it."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    data = made_folder(tmp_path / "data", training=600, test=50)

    def run(name: str, stop_at: int | None = None) -> Path:
        def told(done: int, _: int) -> None:
            if done == stop_at:
                raise KeyboardInterrupt

        return sheetprop.train(
            "digit-sum", data=data, epochs=2, output=tmp_path / name, progress=told
        )

    path = run("whole")
    log = json.loads(path.with_suffix(".json").read_text())
    eyes, test = shipped("standard"), labelled(data, "test")
    found = read(eyes.plan, eyes.weights, test.images)
    head = head_of(tensors.read(path), 32)

    right = sum(
        (probabilities(logits(head, found.features, n)).argmax(1) == test.labels + n).sum()
        for n in range(10)
    )
    assert log["test"]["sums_right"] == right
    with pytest.raises(KeyboardInterrupt):
        run("stopped", stop_at=4)
    assert [one.name for one in (tmp_path / "stopped").iterdir()] == ["digit-sum.unfinished"]
    assert run("stopped").read_bytes() == path.read_bytes()
