"""In whose language messages name an argument: ``--force`` in a shell, ``force=True`` in Python.

The functions of `sheetprop` and the commands have the same arguments. A message names one as
whoever called can type it, so the command line says, for as long as it runs, that it is asking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

SHORT: Mapping[str, str] = MappingProxyType(
    {"output": "-o", "learning_rates": "--lr", "with_mistake": "--with", "subject": "SUBJECT"}
)
"""Options better known by their short form, and what is no option but an argument of its own."""

_is_shell = ContextVar("is_shell", default=False)


@contextmanager
def in_a_shell(is_shell: bool = True) -> Iterator[None]:
    """Name arguments as options of the command line while this lasts."""
    token = _is_shell.set(is_shell)
    try:
        yield
    finally:
        _is_shell.reset(token)


def is_in_a_shell() -> bool:
    """Whether arguments are named as options of the command line."""
    return _is_shell.get()


def argument(name: str, value: object = None) -> str:
    """Return an argument as its caller types it, with a value where one is meant.

    ``argument("force", True)`` is ``--force`` or ``force=True``.
    """
    if not is_in_a_shell():
        return name if value is None else f"{name}={value!r}".replace("'", '"')
    option = SHORT.get(name, f"--{name.replace('_', '-')}")
    return option if value is None or value is True else f"{option} {value}"
