"""The command ``sheetprop``, which is ``python -m sheetprop`` too, from its first moment on."""

import sys

if __name__ == "__main__" and not sys.flags.safe_path and sys.path:
    del sys.path[0]  # the current folder, which may be full of files of strangers

import os
import signal


def main() -> int:
    """Run the command line and return its exit code, as `sheetprop.cli.main`."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # and not ignored
        signal.signal(signal.SIGINT, _leave)
    from sheetprop.cli import main as run

    return run()


def _leave(*_: object) -> None:
    """End at once while the program is still read, and nothing has begun that must be put right."""
    os._exit(130)


if __name__ == "__main__":
    sys.exit(main())
