"""A report between two processes: dataclasses as JSON, and back with every type looked at.

What a process says that has read a stranger's file is not believed. JSON runs nothing, and what is
not of the type that a field declares is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from sheetprop.workbooks.sheet import ExcelError

ERROR = "error"
"""The only key of the object that stands for an error of a cell: a text of its own kind."""


class Garbled(ValueError):  # noqa: N818 - the condition
    """What came is not what was to come."""


def packed(value: object) -> bytes:
    """Return a dataclass, or what dataclasses hold, as JSON in ASCII."""
    return json.dumps(_plain(value)).encode("ascii")


def unpacked(content: bytes, kind: Any) -> Any:
    """Return the dataclass `kind` that `packed` made into JSON. Raises `Garbled`."""
    try:
        return _reader(kind)(json.loads(content))
    except (ValueError, RecursionError) as error:
        raise Garbled(str(error)) from error


def _plain(value: object) -> Any:
    if isinstance(value, ExcelError):
        return {ERROR: str(value)}
    if value is None or isinstance(value, str | int | float):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return {"": [[_plain(key), _plain(one)] for key, one in value.items()]}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, frozenset):
        return [_plain(one) for one in sorted(value)]
    raise TypeError(f"{type(value).__name__} is not passed between processes")


Reader = Callable[[Any], Any]


@cache
def _reader(kind: Any) -> Reader:
    """Return what makes a value of a type from its JSON."""
    origin, inside = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    if origin in (Union, UnionType):
        return _union_reader(tuple(map(_reader, inside)))
    if origin is tuple:
        return _tuple_reader(inside)
    if origin is frozenset:
        members = _tuple_reader((inside[0], ...))
        return lambda value: frozenset(members(value))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_reader(*map(_reader, inside))
    return _plain_reader(kind)


def _plain_reader(kind: type) -> Reader:
    def read(value: Any) -> Any:
        if kind is str and isinstance(value, dict) and set(value) == {ERROR}:
            return ExcelError(_text(value[ERROR]))
        if kind is float and type(value) is int:
            return float(value)
        if type(value) is not kind:
            raise Garbled(f"{type(value).__name__} where {kind.__name__} belongs")
        return value

    if kind not in (str, int, float, bool, NoneType):
        raise TypeError(f"{kind} is not passed between processes")
    return read


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Garbled("an error that is no text")
    return value


def _dataclass_reader(kind: Any) -> Reader:
    @cache  # only those kinds are looked into that come
    def readers() -> list[Reader]:
        hints = get_type_hints(kind)
        return [_reader(hints[field.name]) for field in fields(kind)]

    def read(value: Any) -> Any:
        if not isinstance(value, list) or len(value) != len(fields(kind)):
            raise Garbled(f"no {kind.__name__}")
        return kind(*(reader(one) for reader, one in zip(readers(), value, strict=True)))

    return read


def _union_reader(readers: tuple[Reader, ...]) -> Reader:
    def read(value: Any) -> Any:
        for reader in readers:
            try:
                return reader(value)
            except Garbled:
                continue
        raise Garbled(f"{type(value).__name__} where something else belongs")

    return read


def _tuple_reader(inside: tuple[Any, ...]) -> Reader:
    is_long = len(inside) == 2 and inside[1] is ...
    readers = [_reader(kind) for kind in inside if kind is not ...]

    def read(value: Any) -> Any:
        if not isinstance(value, list) or not (is_long or len(value) == len(readers)):
            raise Garbled("no such list")
        if is_long:
            return tuple(map(readers[0], value))
        return tuple(reader(one) for reader, one in zip(readers, value, strict=True))

    return read


def _mapping_reader(key_reader: Reader, value_reader: Reader) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, dict) or set(value) != {""} or not isinstance(value[""], list):
            raise Garbled("no mapping")
        pairs = value[""]
        if not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
            raise Garbled("no mapping")
        return {key_reader(key): value_reader(one) for key, one in pairs}

    return read
