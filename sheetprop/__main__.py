"""The command ``sheetprop``, which is ``python -m sheetprop`` too, from its first moment on."""

import sys

if __name__ == "__main__" and not sys.flags.safe_path and sys.path:
    del sys.path[0]  # the current folder, which may be full of files of strangers

# `signal` is made of it, and takes about as long to import as Python to start.
import _signal  # type: ignore[import-not-found]
import os


def main() -> int:
    """Run the command line and return its exit code, as `sheetprop.cli.main`."""
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:  # and not ignored
        _signal.signal(_signal.SIGINT, _leave)
    from sheetprop.cli import main as run

    return run()


def _leave(*_: object) -> None:
    """End at once while the program is still read, and nothing has begun that must be put right."""
    os._exit(130)


if __name__ == "__main__":
    sys.exit(main())
