"""What ships is what its logs and its text say; on the whole of MNIST in the slow tests."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest

from sheetprop.training.evaluated import Epoch, csv_text, evaluation
from sheetprop.training.forward import outputs, probabilities
from sheetprop.training.idx import labelled
from sheetprop.training.plan import SHIPPED
from sheetprop.training.shipped_networks import FOLDER, shipped

MNIST = os.environ.get("SHEETPROP_MNIST", "")
"""Names a folder with the four files of MNIST."""


def test_files_are_small_and_have_their_sums() -> None:
    """Each file is below 100 kB and has the SHA-256 that the text beside it tells."""
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path in FOLDER.rglob("*.*"):
        if path.name != "README.md":
            content = path.read_bytes()
            assert len(content) < 100_000
            name = path.relative_to(FOLDER).as_posix()
            assert f"{hashlib.sha256(content).hexdigest()}  {name}" in told


@pytest.mark.parametrize("name", SHIPPED)
def test_the_table_is_that_of_the_log(name: str) -> None:
    """The CSV holds the epochs of the JSON, in all digits."""
    epochs = [Epoch(**epoch) for epoch in shipped(name).log["epochs"]]

    assert (FOLDER / f"{name}.csv").read_text(encoding="utf-8") == csv_text(epochs)


def test_an_evaluation_counts() -> None:
    """Right answers, confusion and the surest mistake are those of three images."""
    shares = np.array([[0.1, 0.9] + [0] * 8, [0.6, 0.4] + [0] * 8, [0.7, 0.3] + [0] * 8])
    found = evaluation(shares, np.array([1, 1, 0], np.uint8))

    assert (found.images, found.right, found.accuracy) == (3, 2, 2 / 3)
    assert found.confusion[1][:2] == (1, 1)
    assert [(m.image, m.label, m.answer) for m in found.surest_mistakes] == [(1, 1, 0)]


@pytest.mark.slow
@pytest.mark.skipif(not MNIST, reason="SHEETPROP_MNIST names no folder with MNIST")
@pytest.mark.parametrize("name", SHIPPED)
def test_a_network_does_on_mnist_what_its_log_says(name: str) -> None:
    """Right answers and the whole confusion are told to the last of the 10,000 test images."""
    network, test = shipped(name), labelled(Path(MNIST), "test")
    parts = [
        outputs(network.plan, network.weights, part / 255)[-1]
        for part in np.array_split(test.images, 50)
    ]
    found = evaluation(probabilities(np.concatenate(parts)), test.labels)

    assert found.right == network.log["test"]["right"]
    assert [list(row) for row in found.confusion] == network.log["test"]["confusion"]
