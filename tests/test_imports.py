"""Who may import whom: between folders, between files, and from libraries."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import sheetprop

PACKAGE = Path(sheetprop.__file__).parent
EVERYONE = ["errors", "spec", "words", "shipped", "caller", "whole", "bounded", "lazily"]

# What a folder's files may import, besides their own folder, what a folder above allows, and
# EVERYONE. A folder named without those in it stands for all of them.
FOUNDATION = ["maths", "notation", "workbooks", "calculating"]
FOLDERS: dict[str, list[str]] = {
    "lazily": [],
    "maths": [],
    "maths.trees": [],
    "notation": ["maths"],
    "workbooks": ["maths", "notation"],
    "workbooks.reading": [],
    "workbooks.writing": [],
    "workbooks.writing.rows": [],
    "workbooks.marking": ["workbooks.reading"],
    "calculating": ["maths", "notation", "workbooks"],
    "calculating.loops": [],
    "training": [],
    "training.nine_steps": [],
    "training.sums": [],
    "lessons": [*FOUNDATION, "rows"],
    "lessons.parts": [],
    "lessons.runs": ["lessons.parts"],
    "lessons.start": ["lessons.parts", "lessons.runs"],
    "lessons.picture": ["lessons.parts", "lessons.runs", "lessons.start"],
    "lessons.slope": ["lessons.parts", "lessons.runs", "lessons.start"],
    "lessons.explanation": ["lessons.parts", "lessons.runs", "lessons.start"],
    "lessons.kinds": [
        "lessons.parts",
        "lessons.runs",
        "lessons.start",
        "lessons.explanation",
        "lessons.mnist",
        "training",
    ],
    "lessons.kinds.architecture": [],
    "lessons.kinds.arrays": [],
    "lessons.kinds.descent": ["lessons.kinds.optimizers"],
    "lessons.kinds.digit_sum": [],
    "lessons.kinds.gates": [],
    "lessons.kinds.jacobian": ["lessons.kinds.gates"],
    "lessons.kinds.linear": [],
    "lessons.kinds.logs": ["lessons.kinds.tables"],
    "lessons.kinds.maps": [],
    "lessons.kinds.optimizers": [],
    "lessons.kinds.temperature": [],
    "lessons.kinds.tables": [],
    "lessons.predict": ["lessons.parts", "lessons.runs", "lessons.start"],
    "lessons.contrast": [
        "lessons.parts",
        "lessons.runs",
        "lessons.start",
        "lessons.explanation",
    ],
    "lessons.explanation.rates": [],
    "lessons.mnist": ["lessons.parts", "training"],
    "rows": ["maths"],
    "rows.headers": [],
    "tables": [*FOUNDATION, "rows"],
    "tables.readings": [],
    "mistakes": [*FOUNDATION, "rows", "tables"],
    **{f"mistakes.{folder}": [] for folder in ["factors", "references", "cells", "experiment"]},
    "mistakes.arrays": [],
    "mistakes.rows": [],
    "mistakes.derivatives": [],
    "mistakes.logs": [],
    "mistakes.layers": [],
    "mistakes.charts": ["mistakes.experiment"],
    "mistakes.texts": ["mistakes.factors", "mistakes.references"],
    "checking": [*FOUNDATION, "rows", "tables", "mistakes"],
    "checking.labels": [],
    "checking.finding": ["checking.labels"],
    "checking.without_headers": ["checking.finding"],
    "checking.one_layer": ["checking.finding", "checking.without_headers"],
    "checking.fitting": ["checking.finding", "checking.labels"],
    "checking.helpers": ["checking.fitting"],
    "checking.judging": ["checking.finding", "checking.fitting", "checking.helpers"],
    "checking.ledger": ["checking.judging"],
    "checking.marks": ["checking.ledger"],
    "checking.spread": ["checking.finding", "checking.ledger"],
    "checking.shapes": [],
    "checking.rows": ["checking.finding", "checking.ledger", "checking.shapes"],
    "checking.rows.right": [],
    "checking.arrays": ["checking.layouts", "checking.ledger"],
    "checking.arrays.doubts": ["checking.arrays.groups"],
    "checking.arrays.groups": [],
    "checking.cells": ["checking.finding", "checking.ledger", "checking.rows", "lessons.kinds"],
    "checking.logs": ["checking.finding", "checking.ledger", "checking.rows"],
    "checking.layers": ["checking.ledger", "checking.rows", "checking.shapes"],
    "checking.of_others": [],
    "checking.layouts": ["checking.ledger", "lessons.kinds", "lessons.mnist", "training"],
    "checking.layouts.logs": ["checking.logs", "checking.rows"],
    "checking.layouts.naming": [],
    "checking.layouts.parts": [],
    "checking.layouts.sums": [],
    "exercises.planted": [],
    "exercises.smallest": [],
    "exercises": [*FOUNDATION, "rows", "lessons", "tables", "mistakes", "checking"],
    "reports": [*FOUNDATION, "tables", "mistakes", "checking"],
    "reports.page": [],
    "workers": [*FOUNDATION, "checking", "reports"],
    "batch": [*FOUNDATION, "checking", "reports", "workers"],
    "classes": [
        *FOUNDATION,
        *["lessons", "tables", "mistakes", "checking", "exercises", "reports", "workers", "batch"],
    ],
    "classes.rosters": [],
    "classes.submitted": ["classes.rosters"],
    "classes.grades": ["classes.rosters", "classes.submitted"],
    "classes.overview": ["classes.grades"],
    "classes.machines": ["classes.grades", "classes.submitted"],
    "classes.exports": ["classes.grades", "classes.overview"],
    "cli": [
        *FOUNDATION,
        "lessons",
        "mistakes",
        "checking",
        "exercises",
        "reports",
        "batch",
        "workers",
        "classes",
        "training",
    ],
}
FOLDERS["front"] = [*FOLDERS]
# The same for the single files of the top level; "" is the front door, sheetprop/__init__.py.
FILES_ABOVE: dict[str, list[str]] = {
    "errors": [],
    "spec": [],
    "words": [],
    "shipped": [],
    "caller": [],
    "bounded": [],
    "whole": [],
    "validate": [],
    "template_file": [],
    "template_spec": ["validate", "template_file", "maths"],
    "template": ["validate", "template_file", "template_spec", "maths", "lessons.kinds"],
    "destination": [],
    "": ["front", "checking"],
    "__main__": ["cli"],
}
MAY_ALSO: dict[str, list[str]] = {
    "lessons.kinds": ["validate"],
    "exercises": ["validate", "destination"],
    "batch": ["validate", "destination"],
    "checking.cells": ["validate"],
    "classes": ["validate", "destination", "template"],
    "cli": ["", "validate", "template", "destination"],
    "front": ["validate", "template", "destination"],
}
MOST_IN_A_FOLDER = 13
"""So many modules a person can keep in mind at once."""

HEAVY = {
    "formualizer",
    "numpy",
    "openpyxl",
    "pandas",
    "python_calamine",
    "rich",
    "torch",
    "torchvision",
    "xlsxwriter",
}

FILES = sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imported(path: Path, *, for_types: bool = False) -> set[str]:
    """Return the modules a file imports, with those for type checking only if asked for."""
    return {name for name, is_for_types in imports_of(path) if for_types or not is_for_types}


@cache
def imports_of(path: Path) -> list[tuple[str, bool]]:
    """Return each module that a file imports, and whether for type checking only."""
    found: list[tuple[str, bool]] = []
    rest: list[tuple[ast.AST, bool]] = [(ast.parse(path.read_text(encoding="utf-8")), False)]
    while rest:
        node, is_for_types = rest.pop()
        if isinstance(node, ast.If) and "TYPE_CHECK" in ast.dump(node.test):
            is_for_types = True
        if isinstance(node, ast.Import):
            found += [(alias.name, is_for_types) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively"
            names = [resolved(str(node.module), alias.name) for alias in node.names]
            found += [(name, is_for_types) for name in names]
        elif not isinstance(node, ast.expr):  # an expression holds no import
            rest += [(inner, is_for_types) for inner in ast.iter_child_nodes(node)]
    return found


@cache
def resolved(module: str, name: str) -> str:
    """Return the module that ``from module import name`` reads: a submodule or the module."""
    path = PACKAGE.parent.joinpath(*module.split("."), name)
    is_module = path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
    return f"{module}.{name}" if is_module else module


def own_imports(path: Path, *, for_types: bool = False) -> set[str]:
    """Return what a file imports of sheetprop itself."""
    names = imported(path, for_types=for_types)
    return {name for name in names if name.split(".")[0] == "sheetprop"}


def home(module: str) -> str:
    """Return the folder a module stands in, or its own name at the top level."""
    _, *parts = module.split(".")
    while parts and ".".join(parts) not in FOLDERS:
        parts.pop()
    return ".".join(parts) if parts else [*module.split("."), ""][1]


def above(folder: str) -> Iterator[str]:
    """Yield a folder and the folders it stands in."""
    parts = folder.split(".")
    yield from (".".join(parts[:count]) for count in range(len(parts), 0, -1))


def may_import(here: str, other: str) -> bool:
    """Whether the table lets the files of one place import from another."""
    if other in EVERYONE or here == other:
        return True
    if here in FILES_ABOVE:
        return any(place in FILES_ABOVE[here] for place in [other, *above(other)])
    allowed = {a for place in above(here) for a in (*FOLDERS[place], *MAY_ALSO.get(place, ()))}
    # The files of a folder itself stand above, and know, what is in the folders in it; these may
    # use the files beside them that do not import from them: the test of circles holds that.
    is_kin = here in above(other) or (other in above(here) and other != here)
    return is_kin or any(place in allowed for place in above(other)) or other in allowed


def test_imports_go_one_way() -> None:
    """A module imports only what the table of folders lets it."""
    forbidden = [
        f"{path} imports {name}"
        for path in FILES
        for name in own_imports(path)
        if not may_import(home(module_name(path)), home(name))
    ]

    assert forbidden == []


def test_the_table_names_every_folder() -> None:
    """No row of the table is forgotten when a folder or a file of the top level is added."""
    folders = {module_name(path.parent / "__init__.py") for path in FILES}
    named = {name.partition(".")[2] for name in folders} - {""}
    alone = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}

    assert named == set(FOLDERS)
    assert alone == set(FILES_ABOVE) - {""}


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """Return the files of one circle of imports, none where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_files_import_each_other_in_a_circle() -> None:
    """No file needs one that needs it, not even for its types."""
    assert circle({module_name(path): own_imports(path, for_types=True) for path in FILES}) == []


def test_a_circle_is_found() -> None:
    """The test above can fail: a circle of three files is drawn."""
    assert set(circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == {"a", "b", "c"}


@pytest.mark.parametrize("folder", ["", *FOLDERS])
def test_no_folder_is_too_full(folder: str) -> None:
    """Nobody meets more modules at once than can be kept in mind."""
    modules = set(PACKAGE.joinpath(*filter(None, folder.split("."))).glob("*.py"))

    assert len({path for path in modules if path.stem != "__init__"}) <= MOST_IN_A_FOLDER


def test_the_trace_is_a_witness_of_its_own() -> None:
    """It imports NumPy, the spec and the standard library, so never the trees."""
    run, functions = (PACKAGE / "maths" / f"{name}.py" for name in ("trace", "matrix_functions"))
    modules = {name.split(".")[0] for path in (run, functions) for name in imported(path)}

    assert modules <= {"numpy", "sheetprop", *sys.stdlib_module_names}
    assert own_imports(run) == {"sheetprop.spec", "sheetprop.maths.matrix_functions"}
    assert own_imports(functions) == set()


def test_libraries_are_used_only_where_they_are_declared() -> None:
    """Nothing outside the standard library is imported but the dependencies."""
    for path in FILES:
        outside = {name.split(".")[0] for name in imported(path)} - sys.stdlib_module_names
        assert outside <= HEAVY | {"sheetprop"}, path


LIGHT = "sheetprop, sheetprop.cli, sheetprop.template, sheetprop.checking.check"


OF_OTHERS = ("sheetprop.mistakes.rows.", "sheetprop.mistakes.arrays.", "sheetprop.checking.cells.")
"""What no network is checked with."""


def test_importing_is_light() -> None:
    """No large library, and nothing for other kinds of sheets, is imported before it is needed."""
    code = f"import sys, {LIGHT}, sheetprop.reports.text; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    loaded = {name.split(".")[0] for name in result.stdout.split()}

    assert loaded & HEAVY == set()
    assert [name for name in result.stdout.split() if name.startswith(OF_OTHERS)] == []


def test_help_needs_no_library() -> None:
    """`sheetprop --help` works where none of the libraries is installed."""
    without_libraries = [sys.executable, "-S", "-m", "sheetprop", "--help"]
    result = subprocess.run(without_libraries, capture_output=True, cwd=PACKAGE.parent)

    assert result.returncode == 0


def test_the_trees_need_no_library() -> None:
    """The quantities and their formulas, the trace aside, run on the standard library."""
    for path in (PACKAGE / "maths").rglob("*.py"):
        outside = {name.split(".")[0] for name in imported(path)} & HEAVY
        assert not outside or path.stem in ("trace", "trace_table", "matrix_functions")
