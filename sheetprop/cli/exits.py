"""How a command ends: exceptions turned into exit codes, each with a sentence on stderr."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sheetprop.errors import SheetpropError
from sheetprop.reports.cleaned import clean

DONE, MISTAKES_FOUND, COULD_NOT, BUG, INTERRUPTED = 0, 1, 2, 3, 130


@dataclass
class Outcome:
    """What a command ends with; `code` is set by it, or by `outcome` when it fails."""

    code: int = DONE


@contextmanager
def outcome() -> Iterator[Outcome]:
    """Yield an `Outcome` whose code is right whatever happens inside; nothing is raised."""
    result = Outcome()
    try:
        try:
            yield result
        except SystemExit as error:  # argparse ends --help and --version so
            result.code = error.code if isinstance(error.code, int) else COULD_NOT
        sys.stdout.flush()
    except SheetpropError as error:
        result.code = fail(str(error))
    except KeyboardInterrupt:
        result.code = INTERRUPTED
    except BrokenPipeError:  # whoever read the result has had enough
        result.code = COULD_NOT
        _discard_the_rest()
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        result.code = fail(f"{where}{error.strerror or error}")
        _discard_the_rest()
    except Exception as error:  # whatever else it is, it was not foreseen
        traceback.print_exc()
        fail(f"this is a bug in sheetprop; please report it with the lines above ({error!r})")
        result.code = BUG


def fail(sentence: str) -> int:
    """Say in one line on stderr why it could not be done, and return the exit code for that."""
    note(sentence)
    return COULD_NOT


def note(sentence: str) -> None:
    """Say something on stderr, in one line."""
    sys.stderr.write(f"sheetprop: {' '.join(clean(sentence).split())}\n")


def _discard_the_rest() -> None:
    """Keep Python from flushing stdout once more at its end, which would fail again."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stream without a file behind it
        return
