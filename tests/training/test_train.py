"""A run is refused before it begins where it could not end, and writes all of its files or none."""

from __future__ import annotations

import csv
import errno
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from training.made_mnist import made_folder

import sheetprop
from sheetprop.cli import main
from sheetprop.training import tensors, train
from sheetprop.training.forward import folded, outputs
from sheetprop.training.idx import labelled
from sheetprop.training.plan import plan_of


def without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)


def test_without_torch_one_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command ends with the extra that is wanted, and writes nothing."""
    without_torch(monkeypatch)
    data = made_folder(tmp_path / "data")

    assert main(["train", "mnist", "--data", str(data), "-o", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "pip install 'sheetprop[train]'" in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"subject": "cats"}, "subject: must be"),
        ({"network": "large"}, "the networks are standard, light"),
        ({"epochs": 0}, "epochs: must be a whole number of at least 1"),
        ({"seed": -1}, "seed: must be"),
        ({"subject": "nine-iterations", "network": "light"}, "network: does not go with nine"),
        ({"subject": "digit-sum", "network": "large"}, "networks that ship are standard, light"),
    ],
)
def test_what_cannot_be_used_is_told(given: dict[str, object], told: str, tmp_path: Path) -> None:
    """Each argument has its sentence, before anything is read."""
    with pytest.raises(sheetprop.SheetpropError, match=told):
        sheetprop.train(**{"data": tmp_path, **given})


@pytest.mark.parametrize("suffix", [".safetensors", ".json", ".csv"])
def test_no_file_is_overwritten_unasked(tmp_path: Path, suffix: str) -> None:
    """Whichever of the three exists, the run does not begin."""
    (tmp_path / f"light{suffix}").write_text("mine")

    with pytest.raises(sheetprop.WorkbookError, match="exists already"):
        sheetprop.train(network="light", data=tmp_path, output=tmp_path)


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    """Where the second cannot be written, the first is not there either."""
    paths = {".a": tmp_path / "a", ".b": tmp_path / "file" / "b"}
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(sheetprop.WorkbookError, match="cannot be written"):
        train.write(paths, {".a": b"1", ".b": b"2"}, force=False)

    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_validation_images_are_no_training_images(tmp_path: Path) -> None:
    """Each training image is in one of both parts, by the seed; the test images are all there."""
    data = made_folder(tmp_path)
    training, validation, test = train.parts_of(data, seed=1)
    whole = sorted(image.tobytes() for image in labelled(data, "train").images)

    assert len(validation.labels) == 20
    both = [*training.images, *validation.images]
    assert sorted(image.tobytes() for image in both) == whole
    assert (test.images == labelled(data, "test").images).all()
    again = train.parts_of(data, seed=1)
    assert (again[0].labels == training.labels).all()
    assert (train.parts_of(data, seed=2)[0].labels != training.labels).any()


def test_too_few_images_are_told(tmp_path: Path) -> None:
    """Without any image to validate on there is no run."""
    with pytest.raises(sheetprop.SheetpropError, match="too few images"):
        train.parts_of(made_folder(tmp_path, training=3), seed=1)


def test_a_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the second file finds no room, the first is not there either."""

    real = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.suffix == ".b":
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    paths = {suffix: tmp_path / f"light{suffix}" for suffix in (".a", ".b")}
    with pytest.raises(sheetprop.WorkbookError, match=r"light\.b: cannot be written \(No space"):
        train.write(paths, {".a": b"1", ".b": b"2"}, force=False)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("train-images-idx3-ubyte", b"\0\0\x08\x03\0\0", "is no idx file of images"),
        ("train-labels-idx1-ubyte", b"\x89PNG\r\n\x1a\n" * 9, "is no idx file of labels"),
        ("t10k-images-idx3-ubyte", None, "is truncated"),
        ("t10k-labels-idx1-ubyte", b"\x1f\x8b\x08\0\0", "truncated or damaged gzip file"),
    ],
)
@pytest.mark.parametrize("subject", ["mnist", "digit-sum", "nine-iterations"])
def test_damaged_data_is_one_sentence(
    subject: str,
    name: str,
    content: bytes | None,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A foreign file or one that was cut ends each run before it begins, and nothing is written."""
    monkeypatch.setitem(sys.modules, "torch", ModuleType("torch"))
    data = made_folder(tmp_path / "data", training=24, test=4)
    path = data / name
    path.write_bytes(path.read_bytes()[:-5] if content is None else content)

    assert main(["train", subject, "--data", str(data), "-o", str(tmp_path / "out")]) == 2
    errors = capsys.readouterr().err
    assert errors.count("\n") == 1
    assert told in errors
    assert str(path) in errors
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_disk_that_fills_up_while_training_is_told(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """After the first epoch there is no room to keep it: one sentence, and nothing half-written."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    data = made_folder(tmp_path / "data", training=120, test=20)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    request.addfinalizer(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before))
    with pytest.raises(sheetprop.WorkbookError, match=r"light\.unfinished: cannot be written"):
        sheetprop.train(network="light", data=data, epochs=2, output=tmp_path / "out")

    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.slow
def test_the_command_is_interrupted_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl+C in the first epoch ends with 130 and how to go on, and nothing is there."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    from sheetprop.training import torch_run

    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(torch_run, "varied", pressed)
    data = made_folder(tmp_path / "data", training=120, test=20)
    assert main(["train", "mnist", "--data", str(data), "-o", str(tmp_path / "out")]) == 130
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "interrupted; the same command goes on" in told
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.parametrize("subject", ["mnist", "digit-sum"])
def test_a_gpu_is_used_where_there_is_one(
    subject: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where PyTorch says that there is one, the network goes there (here PyTorch has no CUDA)."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    if torch.cuda.is_available():
        pytest.skip("there is one")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    data = made_folder(tmp_path / "data", training=24, test=4)
    with pytest.raises((AssertionError, RuntimeError), match=r"CUDA|NVIDIA"):
        sheetprop.train(subject, data=data, epochs=1, output=tmp_path / "out")

    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_network_is_trained_on_made_digits(tmp_path: Path) -> None:
    """It learns, its files agree with each other, and the same seed gives the same files."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    data = made_folder(tmp_path / "data", training=1200, test=100)
    told: list[tuple[int, int]] = []
    path = sheetprop.train(
        network="light",
        data=data,
        epochs=3,
        output=tmp_path / "out",
        progress=lambda *now: told.append(now),
    )
    log = json.loads(path.with_suffix(".json").read_text())
    rows = list(csv.DictReader(path.with_suffix(".csv").read_text().splitlines()))
    plan = plan_of(log["layers"])
    test = labelled(data, "test")
    logits = outputs(plan, folded(plan, tensors.read(path)), test.images / 255)[-1]

    assert told[-1] == (54, 54)
    assert [row["epoch"] for row in rows] == ["1", "2", "3"]
    assert log["epochs"][-1]["train_loss"] < log["epochs"][0]["train_loss"]
    assert log["test"]["right"] == (logits.argmax(1) == test.labels).sum()
    assert log["test"]["accuracy"] > 0.5
    again = sheetprop.train(network="light", data=data, epochs=3, output=tmp_path / "again")
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_an_interrupted_run_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    """Stopped in its second epoch and begun again, it gives what a run without a stop gives."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    data = made_folder(tmp_path / "data", training=600, test=50)

    def run(name: str, progress: Callable[[int, int], None] | None = None) -> Path:
        output = tmp_path / name
        return sheetprop.train(
            network="light", data=data, epochs=2, output=output, progress=progress
        )

    def stop(done: int, batches: int) -> None:
        if done > batches / 2 + 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run("stopped", stop)
    assert [path.name for path in (tmp_path / "stopped").iterdir()] == ["light.unfinished"]
    told: list[int] = []
    path = run("stopped", lambda done, _: told.append(done))

    assert told[0] > 1
    assert path.read_bytes() == run("whole").read_bytes()
    assert not path.with_name("light.unfinished").exists()
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "light.unfinished").write_bytes(b"no such file")
    assert run("damaged").read_bytes() == path.read_bytes()
