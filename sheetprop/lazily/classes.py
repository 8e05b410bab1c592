"""Dataclasses whose methods are made when they are first needed, so that importing is quick.

The standard library compiles six methods for each class as soon as it is defined: for the hundred
classes that a check imports, that takes longer than the check. Here ``__init__`` is compiled with
the first object and the other methods are shared. `dataclasses` itself is imported by whoever asks
for ``__dataclass_fields__``: its `fields`, `replace` and `asdict` take these classes too. Known
are the options that this package uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any

MISSING = object()
FIELDS = "_fields_of_record"
FEW = 4
"""Objects that are filled sooner than code for it is compiled."""


class Field:
    """One field: its name, its type as written, its default, and what it takes part in."""

    __slots__ = ("compare", "default", "default_factory", "name", "repr", "type")

    def __init__(self, default: Any, default_factory: Any, *, repr: bool, compare: bool) -> None:  # noqa: A002
        self.default, self.default_factory = default, default_factory
        self.repr, self.compare = repr, compare
        self.name = self.type = ""


def field(
    *,
    default: Any = MISSING,
    default_factory: Any = MISSING,
    repr: bool = True,  # noqa: A002
    compare: bool = True,
) -> Any:
    """Say more of a field than its type and default."""
    return Field(default, default_factory, repr=repr, compare=compare)


def dataclass(
    cls: Any = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = False,
    order: bool = False,
    repr: bool = True,  # noqa: A002
) -> Any:
    """Make a class a dataclass."""
    if cls is None:
        return lambda one: dataclass(one, frozen=frozen, slots=slots, order=order, repr=repr)
    own, inherited = _own_fields(cls), getattr(cls, FIELDS, {})
    if slots:
        cls = _with_slots(cls, [name for name in own if name not in inherited])
    found: dict[str, Field] = {**inherited, **own}
    setattr(cls, FIELDS, found)
    setattr(cls, "__match_args__", tuple(found))  # noqa: B010 - a type checker knows better
    cls.__dataclass_fields__ = _Standard("__dataclass_fields__", frozen)
    cls.__dataclass_params__ = _Standard("__dataclass_params__", frozen)
    cls.__signature__ = _Signature()
    made = _comparing(tuple(name for name, one in found.items() if one.compare), order=order)
    made |= {"__init__": _first_init(cls, frozen=frozen)}
    made |= {"__repr__": _repr} if repr else {}
    made |= {"__setattr__": _refuse, "__delattr__": _refuse} if frozen else {"__hash__": None}
    made |= {"__getstate__": _state, "__setstate__": _set_state} if frozen and slots else {}
    for name, method in made.items():
        if name not in cls.__dict__:
            setattr(cls, name, method)
    return cls


def fields(record: Any) -> tuple[Field, ...]:
    """Return the fields of a dataclass, or of one of its objects, in order."""
    return tuple(getattr(record, FIELDS).values())


def is_dataclass(record: object) -> bool:
    """Whether this is a dataclass, or an object of one."""
    return hasattr(record, FIELDS)


def replace(record: Any, /, **changes: Any) -> Any:
    """Return an object with other values in some fields."""
    for name in getattr(record, FIELDS):
        if name not in changes:
            changes[name] = getattr(record, name)
    return record.__class__(**changes)


def _own_fields(cls: Any) -> dict[str, Field]:
    """Return the fields a class itself states; only defaults stay as its attributes."""
    own: dict[str, Field] = {}
    for name, kind in cls.__dict__.get("__annotations__", {}).items():  # noqa: RUF063 - of 3.11
        stated = cls.__dict__.get(name, MISSING)
        if isinstance(stated, Field):
            one = stated
            delattr(cls, name)
        else:
            one = Field(stated, MISSING, repr=True, compare=True)
        if one.default is not MISSING:
            setattr(cls, name, one.default)
        one.name, one.type = name, kind
        own[name] = one
    return own


def _with_slots(cls: Any, names: list[str]) -> Any:
    """Return the class made once more, as slots can only be stated at the beginning."""
    left_out = {*names, "__dict__", "__weakref__"}
    space = {name: value for name, value in vars(cls).items() if name not in left_out}
    made = type(cls)(cls.__name__, cls.__bases__, {**space, "__slots__": tuple(names)})
    made.__qualname__ = cls.__qualname__
    return made


def _first_init(cls: Any, *, frozen: bool) -> Callable[..., None]:
    """Return what fills the first few objects: most classes have no more of them."""
    made = 0

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        nonlocal made
        made += 1
        if made > FEW or not _filled(self, args, kwargs):
            cls.__init__ = _init(cls, frozen=frozen)
            cls.__init__(self, *args, **kwargs)
        elif hasattr(self, "__post_init__"):
            self.__post_init__()

    return __init__


def _filled(self: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Fill an object by its fields one by one; return False where arguments do not fit."""
    found: dict[str, Field] = getattr(self, FIELDS)
    given = {**dict(zip(found, args, strict=False)), **kwargs}
    if len(given) != len(args) + len(kwargs) or not found.keys() >= given.keys():
        return False
    for name, one in found.items():
        if name in given:
            value = given[name]
        elif one.default_factory is not MISSING:
            value = one.default_factory()
        elif one.default is not MISSING:
            value = one.default
        else:
            return False
        object.__setattr__(self, name, value)
    return True


def _init(cls: Any, *, frozen: bool) -> Callable[..., None]:
    """Compile what fills an object."""
    space: dict[str, Any] = {"_new": MISSING}
    heads, lines = ["self"], []
    if frozen and not _slot(cls, next(iter(getattr(cls, FIELDS)), "")):
        lines.append("_own = self.__dict__")
    for name, one in getattr(cls, FIELDS).items():
        value = name
        if one.default_factory is not MISSING:
            space[f"_make_{name}"] = one.default_factory
            value = f"_make_{name}() if {name} is _new else {name}"
            heads.append(f"{name}=_new")
        elif one.default is not MISSING:
            space[f"_default_{name}"] = one.default
            heads.append(f"{name}=_default_{name}")
        else:
            heads.append(name)
        lines.append(_line(cls, space, name, value) if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "\n ".join(lines or ["pass"])
    exec(f"def __init__({', '.join(heads)}):\n {body}", space)  # noqa: S102 - names of fields
    made: Callable[..., None] = space["__init__"]
    return made


def _line(cls: Any, space: dict[str, Any], name: str, value: str) -> str:
    """Return the line that fills a field of an object which lets nobody else change it."""
    slot = _slot(cls, name)
    if slot is None:
        return f"_own[{name!r}] = {value}"
    space[f"_set_{name}"] = slot.__set__
    return f"_set_{name}(self, {value})"


def _slot(cls: Any, name: str) -> Any:
    """Return the descriptor of a field that has a slot, else None."""
    found = getattr(cls, name, None)
    return found if type(found).__name__ == "member_descriptor" else None


def _comparing(names: tuple[str, ...], *, order: bool) -> dict[str, Any]:
    get = _getter(names)

    def __eq__(self: Any, other: Any) -> Any:  # noqa: N807
        if other is self:
            return True
        return get(self) == get(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(get(self))

    def __lt__(self: Any, other: Any) -> Any:  # noqa: N807
        return get(self) < get(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__eq__": __eq__, "__hash__": __hash__, **({"__lt__": __lt__} if order else {})}


def _getter(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the values of some fields as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _repr(self: Any) -> str:
    shown = (name for name, one in getattr(self, FIELDS).items() if one.repr)
    told = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{self.__class__.__qualname__}({told})"


def _refuse(self: Any, name: str, *_: Any) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"{name!r} of {self.__class__.__name__} cannot be changed")


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in getattr(self, FIELDS)]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(getattr(self, FIELDS), state, strict=True):
        object.__setattr__(self, name, value)


class _Standard:
    """What the standard library keeps with a class, made when somebody asks."""

    def __init__(self, name: str, is_frozen: bool) -> None:
        self.name, self.is_frozen = name, is_frozen

    def __get__(self, record: object, cls: Any) -> Any:
        import dataclasses

        stated = _stated(getattr(cls, FIELDS))
        twin = dataclasses.make_dataclass(cls.__name__, stated, frozen=self.is_frozen)
        setattr(cls, self.name, getattr(twin, self.name))
        return getattr(twin, self.name)


def _stated(found: Mapping[str, Field]) -> Iterator[tuple[str, Any, Any]]:
    import dataclasses

    for name, one in found.items():
        told: dict[str, Any] = {"repr": one.repr, "compare": one.compare}
        if one.default is not MISSING:
            told["default"] = one.default
        if one.default_factory is not MISSING:
            told["default_factory"] = one.default_factory
        yield name, one.type, dataclasses.field(**told)


class _Signature:
    """The signature, which is that of a compiled ``__init__``."""

    def __get__(self, record: object, cls: Any) -> Any:
        import inspect

        whole = inspect.signature(_init(cls, frozen=False))
        return whole.replace(parameters=list(whole.parameters.values())[1:])
