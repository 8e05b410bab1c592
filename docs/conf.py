"""How Sphinx makes a site of these pages: ``python -m sphinx -W docs docs/_site``."""

from __future__ import annotations

import re
from pathlib import Path

VERSION = Path(__file__).parent.parent / "sheetprop" / "front" / "version.py"

project = "sheetprop"
author = "the sheetprop authors"
copyright = "2026, the sheetprop authors"  # noqa: A001 - Sphinx asks for this name
version = release = re.findall(r'^__version__ = "(.+)"$', VERSION.read_text("utf-8"), re.M)[0]

extensions = ["myst_parser"]
exclude_patterns = ["_site", "generator"]
myst_heading_anchors = 3
nitpicky = True  # with -W a reference that leads nowhere ends the build

html_theme = "furo"
html_title = f"sheetprop {release}"
html_copy_source = False
html_show_sphinx = False
