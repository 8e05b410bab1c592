"""Whether a workbook's logits are PyTorch's: ``python benchmarks/logits.py FOLDER_WITH_MNIST``.

Test digits are drawn on *Draw*, one after another, and the logits that formualizer and LibreOffice
calculate are set beside those that PyTorch calculates in double precision. ``--torch PYTHON`` names
a Python that has it, where this one has not.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sheetprop.training import tensors
from sheetprop.training.idx import SIDE, labelled
from sheetprop.training.plan import NETWORKS
from sheetprop.training.shipped_networks import FOLDER, shipped, shipped_digits
from sheetprop.words import ENGLISH, Words, texts_of

Array = NDArray[np.float64]
ROOT = Path(__file__).parents[1]
TOP, LEFT = 39, 2  # the first cell of the drawing on Draw
SECONDS = 900

_SCRIPT = """
path, drawings, choice, top, left, sheet, row, column = arguments
document = opened(path)
draw = document.Sheets.getByName("Draw")
row, column, top, left = int(row) - 1, int(column) - 1, int(top) - 1, int(left) - 1
y, x = json.loads(choice)
draw.getCellByPosition(x - 1, y - 1).String = "drawn"
out = document.Sheets.getByName(sheet).getCellRangeByPosition(column, row, column + 9, row)
for drawing in json.load(open(drawings)):
    area = draw.getCellRangeByPosition(left, top, left + 27, top + 27)
    area.setDataArray(tuple(map(tuple, drawing)))
    document.calculateAll()
    print(json.dumps(out.getDataArray()[0]), flush=True)
document.close(True)
"""


def main() -> None:
    """Print how far the logits are apart."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--network", choices=[*NETWORKS], default="standard")
    parser.add_argument("--torch", default=sys.executable)
    parser.add_argument("--witness", action="store_true", help="print PyTorch's logits only")
    asked = parser.parse_args()
    images = labelled(asked.folder, "test").images[: asked.count] / 255
    if asked.witness:
        print(json.dumps(by_torch(asked.network, images).tolist()))
        return
    command = [asked.torch, __file__, *sys.argv[1:], "--witness"]
    paths = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=paths)
    expected = np.array(json.loads(told.stdout))
    for name, found in calculated(asked.network, images):
        apart = float(np.abs(found - expected).max())
        print(f"{name}: {len(found)} digits of {asked.network}, at most {apart:.2g} apart")


def by_torch(name: str, images: Array) -> Array:
    """Return the logits that PyTorch calculates in double precision."""
    import torch

    from sheetprop.training.torch_run import module_of

    module = module_of(shipped(name).plan)
    arrays = tensors.read(FOLDER / f"{name}.safetensors")
    module.load_state_dict({n: torch.tensor(a) for n, a in arrays.items()}, strict=False)
    with torch.no_grad():
        found: Array = module.double().eval()(torch.tensor(images[:, None])).numpy()
    return found


def calculated(name: str, images: Array) -> Iterator[tuple[str, Array]]:
    """Yield the logits that the formulas of the workbook give, by each program."""
    from sheetprop.calculating.engine import Engine
    from sheetprop.lessons.mnist.draw_sheet import CHOICE, DRAW, names_of
    from sheetprop.lessons.mnist.layout import layout
    from sheetprop.lessons.mnist.places import maps_of
    from sheetprop.lessons.mnist.stored_digits import as_stored
    from sheetprop.workbooks.writing.write import write

    sys.path.insert(0, str(ROOT / "tests"))
    import libreoffice

    words = Words(texts_of(ENGLISH))
    network = as_stored(shipped(name))
    made, last = layout(network, words), maps_of(network.plan)[-1]
    start = time.process_time()
    engine = Engine(made)
    engine.set(DRAW, CHOICE, names_of(shipped_digits(), words)[0])
    own = []
    for image in images:
        cells = {(DRAW, (TOP + y, LEFT + x)): float(image[y, x]) for y, x in np.ndindex(SIDE, SIDE)}
        engine.set_all(cells)
        engine.recalculate()
        own.append([engine.value(last.sheet, last.at(k, 0, 0)) for k in range(10)])
    spent = time.process_time() - start
    yield f"formualizer, {spent / len(images):.2f} s each", np.array(own, float)
    with tempfile.TemporaryDirectory() as folder:
        path, drawings = Path(folder, "digits.xlsx"), Path(folder, "drawings.json")
        write(made, path)
        drawings.write_text(json.dumps(images.tolist()), encoding="utf-8")
        row, column = last.at(0, 0, 0)
        places = json.dumps(CHOICE), str(TOP), str(LEFT), last.sheet, str(row), str(column)
        arguments = [str(path), str(drawings), *places]
        found = libreoffice.scripted(_SCRIPT, arguments, Path(folder, "office"), SECONDS)
    yield "LibreOffice", np.array(found)


if __name__ == "__main__":
    main()
