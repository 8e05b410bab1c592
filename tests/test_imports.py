from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import sheetprop

PACKAGE = Path(sheetprop.__file__).parent
EVERYONE = ["errors", "spec", "words", "shipped"]

# Who may import whom, besides itself and EVERYONE. What stands later may use what stands earlier.
LAYERS = [
    "maths",
    "notation",
    "sheets",
    "mistakes",
    "checking",
    "exercises",
    "reports",
    "classroom",
]
LESSONS = ["validate", "template", "destination"]
ALLOWED: dict[str, list[str]] = {
    "errors": [],
    "spec": [],
    "words": [],
    "shipped": [],
    **{layer: LAYERS[:place] for place, layer in enumerate(LAYERS)},
    "exercises": [*LAYERS[: LAYERS.index("exercises")], "validate", "destination"],
    "validate": [],
    "template": ["validate", "maths"],
    "destination": [],
    "": LAYERS + LESSONS,  # the front door, sheetprop/__init__.py
    "cli": ["", *LAYERS, *LESSONS],
    "__main__": ["cli"],
}
HEAVY = {"formualizer", "numpy", "openpyxl", "pandas", "python_calamine", "rich", "xlsxwriter"}

FILES = sorted(PACKAGE.rglob("*.py"))


def module_name(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imported(path, *, at_top_only=False):
    """Return the modules a file imports, without those for type checking only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = [n for n in ast.walk(tree) if isinstance(n, ast.If) and "TYPE_CHECK" in ast.dump(n)]
    ignored = {inner for node in for_types for inner in ast.walk(node)}
    nodes = tree.body if at_top_only else ast.walk(tree)
    found = set()
    for node in nodes:
        if node in ignored:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively"
            found |= {resolved(node.module, alias.name) for alias in node.names}
    return found


def resolved(module, name):
    """Return the module that ``from module import name`` reads: a submodule or the module."""
    path = PACKAGE.parent.joinpath(*module.split("."), name)
    is_module = path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
    return f"{module}.{name}" if is_module else module


def owner(module):
    """Return the row of `ALLOWED` to which a module belongs."""
    return [*module.split("."), ""][1]


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_imports_go_one_way(path):
    """A module imports only what stands before it in the table."""
    here = owner(module_name(path))
    used = {owner(module) for module in imported(path) if module.split(".")[0] == "sheetprop"}

    assert used <= {*ALLOWED[here], *EVERYONE, here}


def test_the_table_names_every_package_and_module():
    """No row of the table is forgotten when a package or a module of the top level is added."""
    assert {owner(module_name(path)) for path in FILES} <= set(ALLOWED)


def test_the_trace_is_a_witness_of_its_own():
    """maths/trace.py imports NumPy, the spec and the standard library, so never the trees."""
    modules = {name.split(".")[0] for name in imported(PACKAGE / "maths" / "trace.py")}
    own = {n for n in imported(PACKAGE / "maths" / "trace.py") if n.startswith("sheetprop")}

    assert modules <= {"numpy", "sheetprop", *sys.stdlib_module_names}
    assert own == {"sheetprop.spec"}


def test_libraries_are_used_only_where_they_are_declared():
    """Nothing outside the standard library is imported but the dependencies."""
    for path in FILES:
        outside = {name.split(".")[0] for name in imported(path)} - sys.stdlib_module_names
        assert outside <= HEAVY | {"sheetprop"}, path


LIGHT = ["sheetprop", "sheetprop.cli", "sheetprop.template", "sheetprop.checking.check"]


@pytest.mark.parametrize("module", [*LIGHT, "sheetprop.reports.text"])
def test_importing_is_light(module):
    """No large library is imported before a command needs it."""
    code = f"import sys, {module}; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    loaded = {name.split(".")[0] for name in result.stdout.split()}

    assert loaded & HEAVY == set()


def test_help_needs_no_library():
    """`sheetprop --help` works where none of the libraries is installed."""
    without_libraries = [sys.executable, "-S", "-m", "sheetprop", "--help"]
    result = subprocess.run(without_libraries, capture_output=True, cwd=PACKAGE.parent)

    assert result.returncode == 0


def test_the_trees_need_no_library():
    """The quantities and their formulas, the trace aside, run on the standard library."""
    for path in (PACKAGE / "maths").glob("*.py"):
        outside = {name.split(".")[0] for name in imported(path)} & HEAVY
        assert not outside or path.stem == "trace"
