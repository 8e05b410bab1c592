"""Named arrays in a file of the safetensors format, read and written without its library.

A file begins with the length of its head (8 bytes, the lowest first); the head is JSON that tells
of each array its kind of number, its shape, and where its bytes stand after the head. Source: the
format's description by Hugging Face.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheetprop.errors import SheetpropError

Tensors = Mapping[str, NDArray[Any]]

_KINDS = {"F32": "<f4", "F64": "<f8", "U8": "|u1", "I32": "<i4", "I64": "<i8"}
_LENGTH = 8  # bytes
_ABOUT = "__metadata__"


def read(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file by their names.

    Raises:
        SheetpropError: it cannot be read, or is no such file.

    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SheetpropError(f"{path}: cannot be read ({error.strerror or error})") from error
    try:
        length = int.from_bytes(content[:_LENGTH], "little")
        head = json.loads(content[_LENGTH : _LENGTH + length])
        data = content[_LENGTH + length :]
        return {name: _array(told, data) for name, told in head.items() if name != _ABOUT}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = "is no safetensors file, or a truncated one"
        raise SheetpropError(f"{path}: {reason}") from error


def _array(told: Mapping[str, Any], data: bytes) -> NDArray[Any]:
    first, last = told["data_offsets"]
    kind = np.dtype(_KINDS[told["dtype"]])
    shape = tuple(told["shape"])
    if not 0 <= first <= last <= len(data) or prod(shape) * kind.itemsize != last - first:
        raise ValueError("the data is not as long as the head says")
    return np.frombuffer(data[first:last], kind).reshape(shape)


def content_of(tensors: Tensors) -> bytes:
    """Return what a file with these arrays holds; equal arrays give equal bytes."""
    head: dict[str, object] = {}
    pieces: list[bytes] = []
    end = 0
    for name in sorted(tensors):
        kind = _kind(name, tensors[name])
        piece = np.ascontiguousarray(tensors[name], _KINDS[kind]).tobytes()
        offsets = [end, end + len(piece)]
        head[name] = {"dtype": kind, "shape": list(tensors[name].shape), "data_offsets": offsets}
        pieces.append(piece)
        end += len(piece)
    text = json.dumps(head, separators=(",", ":")).encode()
    text += b" " * (-len(text) % _LENGTH)  # so that the numbers begin at a multiple of 8
    return len(text).to_bytes(_LENGTH, "little") + text + b"".join(pieces)


def _kind(name: str, array: NDArray[Any]) -> str:
    for kind, code in _KINDS.items():
        if array.dtype == np.dtype(code):
            return kind
    raise ValueError(f"{name}: numbers of the kind {array.dtype} are not written")
