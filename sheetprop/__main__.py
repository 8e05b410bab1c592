"""``python -m sheetprop`` is the command ``sheetprop``."""

import sys

if not sys.flags.safe_path and sys.path:
    del sys.path[0]  # the current folder, which may be full of files of strangers

from sheetprop.cli import main

sys.exit(main())
