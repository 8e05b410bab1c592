"""Reading MNIST as it is published: four idx files in a folder, gzipped or not.

An idx file begins with two zero bytes, the kind of its numbers (8: bytes), how many dimensions it
has, and the length of each as four bytes, the highest first. Source: LeCun, Cortes and Burges,
"The MNIST database of handwritten digits".
"""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sheetprop.bounded import content_of
from sheetprop.errors import SheetpropError

Bytes = NDArray[np.uint8]

SIDE = 28
"""Pixels of an image's side."""

DIGITS = 10

LARGEST = 64 << 20
"""Bytes of a file, unpacked; the largest of MNIST has 47 million."""

_BYTES = 8  # the kind of number that MNIST has
_GZIPPED = b"\x1f\x8b"
_NAMES = {"train": "train", "test": "t10k"}


@dataclass(frozen=True)
class Labelled:
    """Images (count × 28 × 28 bytes, 0 is paper and 255 ink) and the digit that each shows."""

    images: Bytes
    labels: Bytes


def labelled(folder: Path, part: str) -> Labelled:
    """Return the ``train`` or the ``test`` images of a folder with their labels.

    Raises:
        SheetpropError: a file is missing, truncated, or of another kind; or they do not fit.

    """
    images_path = _found(folder, f"{_NAMES[part]}-images-idx3-ubyte")
    labels_path = _found(folder, f"{_NAMES[part]}-labels-idx1-ubyte")
    images, labels = read(images_path, 3), read(labels_path, 1)
    if images.shape[1:] != (SIDE, SIDE):
        size = " × ".join(map(str, images.shape[1:]))
        raise SheetpropError(f"{images_path}: its images have {size} pixels, not {SIDE} × {SIDE}")
    if len(images) != len(labels):
        raise SheetpropError(
            f"{labels_path}: has {len(labels)} labels for the {len(images)} images of "
            f"{images_path.name}; take both from one data set"
        )
    if labels.size and labels.max() >= DIGITS:
        raise SheetpropError(f"{labels_path}: has a label {labels.max()}, which is no digit")
    return Labelled(images, labels)


def has_files(folder: Path) -> bool:
    """Whether the four files of MNIST are in a folder, whatever is in them."""
    kinds = ("images-idx3-ubyte", "labels-idx1-ubyte")
    names = [f"{part}-{kind}" for part in _NAMES.values() for kind in kinds]
    return all(any(path.is_file() for path in _candidates(folder, name)) for name in names)


def read(path: Path, dimensions: int) -> Bytes:
    """Return the bytes of an idx file as an array of so many dimensions.

    Raises:
        SheetpropError: it cannot be read, is truncated, or is of another kind.

    """
    content = _content(path)
    begin = 4 + 4 * dimensions
    if content[:4] != bytes([0, 0, _BYTES, dimensions]) or len(content) < begin:
        kind = "images" if dimensions == 3 else "labels"
        raise SheetpropError(
            f"{path}: is no idx file of {kind}; take the files of MNIST as they are"
        )
    shape = struct.unpack(f">{dimensions}I", content[4:begin])
    wanted = begin
    count = 1
    for length in shape:
        count *= length
    wanted += count
    if len(content) != wanted:
        problem = "is truncated" if len(content) < wanted else "is longer than it says"
        raise SheetpropError(
            f"{path}: {problem}: {len(content)} bytes where its head tells of {wanted}; "
            "download it again"
        )
    return np.frombuffer(content, np.uint8, offset=begin).reshape(shape)


def _content(path: Path) -> bytes:
    """Return what a file holds, unpacked where it is packed."""
    try:
        content = content_of(path, LARGEST)
        if content.startswith(_GZIPPED):
            with gzip.open(io.BytesIO(content)) as packed:
                content = packed.read(LARGEST + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        reason = "is a truncated or damaged gzip file; download it again"
        raise SheetpropError(f"{path}: {reason}") from error
    except OSError as error:
        raise SheetpropError(f"{path}: cannot be read ({error.strerror or error})") from error
    if len(content) > LARGEST:
        raise SheetpropError(f"{path}: is larger than {LARGEST >> 20} MiB; no file of MNIST is")
    return content


def _found(folder: Path, name: str) -> Path:
    """Return the path of a file."""
    for candidate in _candidates(folder, name):
        if candidate.is_file():
            return candidate
    if not folder.is_dir():
        raise SheetpropError(f"{folder}: is no folder; name one with the four idx files of MNIST")
    raise SheetpropError(f"{folder}: has no {name} or {name}.gz; it takes the four files of MNIST")


def _candidates(folder: Path, name: str) -> list[Path]:
    """Return the paths a file may have; some sites write a dot for the last dash."""
    dotted = name.replace("-idx", ".idx")
    return [folder / one for one in (name, f"{name}.gz", dotted, f"{dotted}.gz")]
