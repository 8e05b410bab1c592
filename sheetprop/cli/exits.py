"""How a command ends: exceptions and signals turned into exit codes, with a sentence on stderr."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

from sheetprop.errors import SheetpropError
from sheetprop.reports.cleaned import clean
from sheetprop.whole import remove_unfinished

DONE, MISTAKES_FOUND, COULD_NOT, BUG, INTERRUPTED = 0, 1, 2, 3, 130

ENDING = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)
"""Signals that tell a process to end; what was begun is removed first."""


class ToldToEnd(KeyboardInterrupt):
    """The process is told to end; `code` is what it ends with, as shells count."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


@dataclass
class Outcome:
    """What a command ends with; `code` is set by it, or by `outcome` when it fails."""

    code: int = DONE


@contextmanager
def outcome() -> Iterator[Outcome]:
    """Yield an `Outcome` whose code is right whatever happens inside; nothing is raised.

    However it ends, no half-written file is left.
    """
    result = Outcome()
    with _noticing_signals():
        try:
            with _sentences(result):
                yield result
        finally:
            _ignore_signals()
            remove_unfinished()


@contextmanager
def _sentences(result: Outcome) -> Iterator[None]:
    try:
        try:
            yield
        except SystemExit as error:  # argparse ends --help and --version so
            result.code = error.code if isinstance(error.code, int) else COULD_NOT
        sys.stdout.flush()
    except SheetpropError as error:
        result.code = fail(str(error))
    except ToldToEnd as ended:
        result.code = ended.code
        _discard_the_rest()
    except KeyboardInterrupt:
        result.code = INTERRUPTED
        _discard_the_rest()
    except BrokenPipeError:  # whoever read the result has had enough
        result.code = COULD_NOT
        _discard_the_rest()
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        result.code = fail(f"{where}{error.strerror or error}")
        _discard_the_rest()
    except Exception as error:  # whatever else it is, it was not foreseen
        import traceback

        note_bug(traceback.format_exc())
        fail(f"this is a bug in sheetprop; please report it with the lines above ({error!r})")
        result.code = BUG


@contextmanager
def _noticing_signals() -> Iterator[None]:
    """Raise `ToldToEnd` at a signal to end, and put everything back afterwards."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (*ENDING, signal.SIGINT)}
    for number in ENDING:
        if before[number] is signal.SIG_DFL:  # not one that is ignored, as under nohup
            signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            if handler is not None:
                signal.signal(number, handler)


def listen_to_keys() -> None:
    """Raise `KeyboardInterrupt` at a key that interrupts, whatever was done about it till now."""
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _end(number: int, _: FrameType | None) -> None:
    raise ToldToEnd(number)


def _ignore_signals() -> None:
    """Let nothing come in between while what was begun is removed."""
    if threading.current_thread() is threading.main_thread():
        for number in (*ENDING, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)


def fail(sentence: str) -> int:
    """Say in one line on stderr why it could not be done, and return the exit code for that."""
    note(sentence)
    return COULD_NOT


def note(sentence: str) -> None:
    """Say something on stderr, in one line."""
    with suppress(OSError, ValueError):  # nobody listens
        sys.stderr.write(f"sheetprop: {' '.join(clean(sentence).split())}\n")


def note_bug(told: str) -> None:
    """Say on stderr where sheetprop itself broke off, line by line."""
    with suppress(OSError, ValueError):
        sys.stderr.writelines(f"{clean(line)}\n" for line in told.splitlines())


def _discard_the_rest() -> None:
    """Keep Python from flushing stdout once more at its end, which would fail again."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stream without a file behind it
        return
