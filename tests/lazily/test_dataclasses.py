"""The project's own dataclasses behave as those of the standard library, which are made at once."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
from functools import cached_property

import pytest

from sheetprop.lazily import dataclasses as records
from sheetprop.maths.trees.expr import Name, Number
from sheetprop.workbooks.sheet import Series


def twins(**options: bool) -> list[type]:
    """Return one class as both make it."""
    made = []
    for dataclass, field in (
        (records.dataclass, records.field),
        (dataclasses.dataclass, dataclasses.field),
    ):

        @dataclass(**options)
        class Base:
            first: int
            second: list = field(default_factory=list, compare=False)

        @dataclass(**options)
        class Twin(Base):
            third: float = 1.5
            fourth: str = field(default="x", repr=False)

        made.append(Twin)
    return made


@pytest.mark.parametrize("slots", [False, True])
def test_fields_defaults_and_texts_are_the_same(slots):
    ours, theirs = twins(frozen=True, slots=slots)
    told = [
        (
            repr(kind(1)).rpartition(".")[2],
            repr(kind(1, [2], fourth="y")),
            kind(1, [3]) == kind(1, [4]),
            kind(1) == kind(1, third=2.0),
            hash(kind(1)) == hash(kind(1)),
            kind.__match_args__,
            [(f.name, f.type, f.repr, f.compare) for f in dataclasses.fields(kind)],
            list(dataclasses.asdict(kind(1)).items()),
            list(inspect.signature(kind).parameters)[-2:],
            hasattr(kind(1), "__dict__"),
        )
        for kind in (ours, theirs)
    ]

    assert told[1] == told[0]


def test_a_frozen_one_is_changed_by_replacing_alone():
    ours, _ = twins(frozen=True, slots=True)
    one = ours(1)

    with pytest.raises(dataclasses.FrozenInstanceError):
        one.first = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.first
    assert tuple(
        x.first for x in (one, records.replace(one, first=2), dataclasses.replace(one, first=3))
    ) == (1, 2, 3)
    with pytest.raises(TypeError):
        ours()


def test_one_that_may_change_has_no_hash():
    ours, theirs = twins()
    one = ours(1)
    one.first = 7

    assert (one.first, ours.__hash__, theirs.__hash__) == (7, None, None)


def test_what_follows_from_the_fields_can_be_kept_with_a_frozen_one():
    @records.dataclass(frozen=True)
    class Kept:
        number: int

        @cached_property
        def twice(self) -> int:
            return 2 * self.number

    assert (Kept(3).twice, Kept(number=3).twice) == (6, 6)


@pytest.mark.parametrize("one", [Series("A1:A9", name="x"), Name("w1", -1), Number(0.5)])
def test_one_goes_from_process_to_process(one):
    assert one == pickle.loads(pickle.dumps(one))


def test_the_standard_library_builds_on_one():
    @dataclasses.dataclass(frozen=True)
    class Child(Series):
        fifth: int = 5

    assert (Child("A1").values, Child("A1").fifth) == ("A1", 5)
