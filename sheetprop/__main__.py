"""``python -m sheetprop`` is the command ``sheetprop``."""

import sys

from sheetprop.cli import main

sys.exit(main())
