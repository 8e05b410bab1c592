"""The command that starts another process of this very package."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from sheetprop.errors import SheetpropError

BOOT = """
import importlib.util, json, sys
package, path, module, argument = json.loads(sys.argv[1])
sys.path += [one for one in path if one not in sys.path]
spec = importlib.util.spec_from_file_location(
    "sheetprop", package + "/__init__.py", submodule_search_locations=[package]
)
sys.modules["sheetprop"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["sheetprop"])
importlib.import_module("sheetprop.workers." + module).main(argument)
"""
"""What a new process runs: this very package, whatever else is called so where it stands."""


def command(module: str, argument: object) -> list[str]:
    """Return the command that starts a process of this package, isolated from where it stands."""
    if not sys.executable:
        raise SheetpropError("Python's own program is not known, so no file can be checked safely")
    here = Path.cwd()
    path = [one for one in sys.path if one and Path(one).is_absolute() and Path(one) != here]
    package = str(Path(__file__).parent.parent)
    told = json.dumps([package, path, module, argument])
    flags = ["-I", *(["-B"] if sys.dont_write_bytecode else [])]
    return [sys.executable, *flags, "-c", BOOT, told]


def environment() -> dict[str, str]:
    """Return the variables that it is given: nothing that changes Python."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
