"""Files of four kinds: ordinary, damaged, hostile, and put together by chance.

File ``17`` of a seed is made from that number alone, whichever process makes it.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from fuzzing.damage import damaged  # noqa: E402

ORDINARY, DAMAGED, HOSTILE, CONSTRUCTED = "ordinary", "damaged", "hostile", "constructed"
SHARES = {ORDINARY: 2, DAMAGED: 2, HOSTILE: 3, CONSTRUCTED: 3}
SUFFIXES = (".xlsx", ".xlsm", ".ods")
LARGEST = 4 << 20
"""Bytes of a hostile file: larger ones are made smaller, or ten thousand would take days."""


def kind_of(seed: int, number: int) -> str:
    """Return of which kind the file with a number is."""
    (kind,) = random.Random(f"{seed}:{number}:kind").choices([*SHARES], [*SHARES.values()])
    return str(kind)


def made(seed: int, number: int, kind: str, sources: Sequence[Path], folder: Path) -> Path:
    """Write a file into a folder, and return its path."""
    chance = random.Random(f"{seed}:{number}")
    if kind == HOSTILE:
        return _hostile(folder / f"{number:05}-hostile.xlsx", chance)
    if kind == CONSTRUCTED:
        return _constructed(folder / f"{number:05}-constructed.xlsx", chance)
    source = chance.choice(sources)
    path = folder / f"{number:05}-{kind}{source.suffix}"
    content = source.read_bytes()
    path.write_bytes(damaged(content, chance) if kind == DAMAGED else content)
    return path


def _hostile(path: Path, chance: random.Random) -> Path:
    """Write a file made to do harm, as large as chance has it; one in four is damaged as well."""
    from hostile_ways import MAKERS

    maker, small, large = MAKERS[chance.choice([*MAKERS])]
    share = chance.random() ** 2
    while True:
        path.unlink(missing_ok=True)
        maker(path, _size(small, large, share))
        if path.stat().st_size <= LARGEST or share < 0.05:
            break
        share /= 2
    if chance.random() < 0.25:
        path.write_bytes(damaged(path.read_bytes(), chance))
    return path


def _constructed(path: Path, chance: random.Random) -> Path:
    """Write a file put together by chance; one in eight is damaged as well."""
    from fuzzing.constructed import constructed

    content = constructed(chance)
    path.write_bytes(damaged(content, chance) if chance.random() < 0.125 else content)
    return path


def _size(small: int, large: int, share: float) -> int:
    """Return a size between two, by orders of magnitude."""
    if small < 1:
        return round(small + share * (large - small))
    return round(math.exp(math.log(small) + share * (math.log(large) - math.log(small))))


def made_here(folder: Path) -> list[Path]:
    """Make workbooks as sheetprop itself writes them, one with openpyxl, and two by hand."""
    import openpyxl
    from worksheets import RIGHT, Table, save

    import sheetprop

    paths = [
        sheetprop.build(learning_rates=[0.5], iterations=12, output=folder / "one.xlsx"),
        sheetprop.build(learning_rates=[0.1, 2], iterations=5, output=folder / "two.xlsx"),
        save(folder / "right.xlsx", Table()),
        save(folder / "wrong.xlsx", Table().changed("w1", RIGHT["w1"].replace("-", "+"))),
    ]
    openpyxl.load_workbook(paths[0]).save(folder / "without values.xlsx")
    return [*paths, folder / "without values.xlsx"]
