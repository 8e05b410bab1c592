"""Small idx files in the place of MNIST's, so that no test needs the data itself."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np


def idx(array: np.ndarray) -> bytes:
    """Return the bytes of an idx file that holds an array of bytes."""
    head = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return head + array.astype(np.uint8).tobytes()


def made_digits(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return images in which a bar stands where the label says, and their labels."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 10
    images = rng.integers(0, 30, (count, 28, 28))
    for image, label in zip(images, labels, strict=True):
        image[4:24, 2 * label + 3 : 2 * label + 6] = 255
    return images.astype(np.uint8), labels.astype(np.uint8)


def made_folder(
    folder: Path, training: int = 240, test: int = 50, *, gzipped: bool = False
) -> Path:
    """Write the four files into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, count, seed in (("train", training, 1), ("t10k", test, 2)):
        images, labels = made_digits(count, seed)
        for kind, array in (("images-idx3-ubyte", images), ("labels-idx1-ubyte", labels)):
            content = idx(array)
            path = folder / f"{name}-{kind}"
            if gzipped:
                path, content = path.with_name(f"{path.name}.gz"), gzip.compress(content)
            path.write_bytes(content)
    return folder
