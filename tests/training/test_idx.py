"""MNIST's files are read whole, and whatever is no such file is told in one sentence."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from training.made_mnist import idx, made_digits, made_folder

from sheetprop.errors import SheetpropError
from sheetprop.training.idx import labelled, read


@pytest.mark.parametrize("gzipped", [False, True])
def test_files_are_read_as_they_were_made(tmp_path: Path, gzipped: bool) -> None:
    """Images and labels come back, from packed and from plain files."""
    folder = made_folder(tmp_path, training=12, test=5, gzipped=gzipped)

    for part, count, seed in (("train", 12, 1), ("test", 5, 2)):
        images, labels = made_digits(count, seed)
        found = labelled(folder, part)
        assert (found.images == images).all()
        assert (found.labels == labels).all()


def test_a_name_with_a_dot_is_found(tmp_path: Path) -> None:
    """Some sites call the files train-images.idx3-ubyte."""
    for path in list(made_folder(tmp_path, 12, 5).iterdir()):
        path.rename(path.with_name(path.name.replace("-idx", ".idx")))

    assert len(labelled(tmp_path, "train").labels) == 12


WHOLE = idx(made_digits(3)[0])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (WHOLE[:-1], "is truncated: 2367 bytes where its head tells of 2368"),
        (WHOLE + b"x", "is longer than it says"),
        (WHOLE[:9], "is no idx file of images"),
        (b"", "is no idx file of images"),
        (b"<html>not found</html>", "is no idx file of images"),
        (idx(np.zeros(3)), "is no idx file of images"),
        (bytes([0, 0, 13]) + WHOLE[3:], "is no idx file of images"),
        (gzip.compress(WHOLE, mtime=0)[:-20], "is a truncated or damaged gzip file"),
        (
            gzip.compress(WHOLE, mtime=0)[:12] + b"damaged" * 9,
            "is a truncated or damaged gzip file",
        ),
    ],
)
def test_a_foreign_or_truncated_file_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    """One sentence names the file and what is wrong with it."""
    path = tmp_path / "train-images-idx3-ubyte"
    path.write_bytes(content)

    with pytest.raises(SheetpropError, match=told) as error:
        read(path, 3)
    assert str(error.value).startswith(f"{path}: ")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """The sentence names the file that is wanted, or the folder that is none."""
    with pytest.raises(SheetpropError, match="has no train-images-idx3-ubyte or"):
        labelled(tmp_path, "train")
    with pytest.raises(SheetpropError, match="is no folder"):
        labelled(tmp_path / "none", "train")


def test_files_that_do_not_fit_are_told(tmp_path: Path) -> None:
    """Labels of other images, other sizes and labels that are no digits are found."""
    images, labels = made_digits(4)
    (tmp_path / "t10k-images-idx3-ubyte").write_bytes(idx(images))
    of_labels = tmp_path / "t10k-labels-idx1-ubyte"
    of_labels.write_bytes(idx(labels[:3]))
    with pytest.raises(SheetpropError, match="has 3 labels for the 4 images"):
        labelled(tmp_path, "test")
    of_labels.write_bytes(idx(labels + 8))
    with pytest.raises(SheetpropError, match="label 11, which is no digit"):
        labelled(tmp_path, "test")
    (tmp_path / "t10k-images-idx3-ubyte").write_bytes(idx(images[:, :9]))
    with pytest.raises(SheetpropError, match="have 9 × 28 pixels"):
        labelled(tmp_path, "test")


def test_a_file_that_unpacks_without_an_end_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more is unpacked than the largest file of MNIST holds."""
    monkeypatch.setattr("sheetprop.training.idx.LARGEST", 5_000)
    path = tmp_path / "train-images-idx3-ubyte.gz"
    path.write_bytes(gzip.compress(bytes(1_000_000), mtime=0))

    with pytest.raises(SheetpropError, match="is larger than"):
        read(path, 3)
