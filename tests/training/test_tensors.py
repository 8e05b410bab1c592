"""Arrays come back from a safetensors file as they went in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sheetprop.errors import SheetpropError
from sheetprop.training import tensors

ARRAYS = {
    "2.weight": np.arange(6, dtype=np.float32).reshape(1, 2, 3) / 7,
    "10.bias": np.array([], np.float64),
    "bytes": np.array([[0, 255]], np.uint8),
    "count": np.array(5, np.int64),
}


def test_arrays_come_back(tmp_path: Path) -> None:
    """Names, kinds, shapes and every number are kept."""
    path = tmp_path / "weights.safetensors"
    path.write_bytes(tensors.content_of(ARRAYS))
    found = tensors.read(path)

    assert set(found) == set(ARRAYS)
    for name, array in ARRAYS.items():
        assert found[name].dtype == array.dtype
        assert found[name].shape == array.shape
        assert (found[name] == array).all()


def test_numbers_begin_at_a_multiple_of_eight() -> None:
    """Other readers map the file into memory, for which the format wants this."""
    content = tensors.content_of(ARRAYS)

    assert int.from_bytes(content[:8], "little") % 8 == 0


@pytest.mark.parametrize("length", [0, 5, 8, 60, -1])
def test_a_truncated_file_is_told(tmp_path: Path, length: int) -> None:
    """Wherever it ends, one sentence says so."""
    path = tmp_path / "weights.safetensors"
    path.write_bytes(tensors.content_of(ARRAYS)[:length])

    with pytest.raises(SheetpropError, match="is no safetensors file, or a truncated one"):
        tensors.read(path)


@pytest.mark.parametrize("head", [b"[]", b"[1]", b'{"a":{"dtype":"Q4"}}', b'{"a":1}', b"\xff\xff"])
def test_a_foreign_file_is_told(tmp_path: Path, head: bytes) -> None:
    """What is JSON of another kind, or none, is no such file."""
    path = tmp_path / "weights.safetensors"
    path.write_bytes(len(head).to_bytes(8, "little") + head)

    with pytest.raises(SheetpropError, match="is no safetensors file"):
        tensors.read(path)


def test_unknown_numbers_are_not_written() -> None:
    """A kind of number that the reader does not know is refused, not changed."""
    with pytest.raises(ValueError, match="complex64"):
        tensors.content_of({"a": np.zeros(2, np.complex64)})
