"""Check kinds of worksheets that nobody foresaw, and print what was expected and what came.

    python benchmarks/unforeseen.py [--headers] [--show] [--only TEXT] [--save FOLDER]

Every kind is proved right or wrong by formualizer and NumPy before it is checked. `--show` tells
what is said of those whose answer is not honest, `--save` writes their files.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "checking")]

from unforeseen.all_kinds import KINDS  # noqa: E402
from unforeseen.headers import faults, pairs  # noqa: E402
from unforeseen.judging import SEVERITY, answer_to  # noqa: E402

Line = tuple[int, str, str]
"""Severity of the worst fault (9 without one), name, and what there is to say."""


def main() -> None:
    """Check all kinds and print a line for each, the most harmful answers last."""
    options = _options()
    if options.headers:
        _headers(options.jobs)
        return
    names = [k.name for k in KINDS if options.only in k.name]
    with ProcessPoolExecutor(options.jobs) as pool:
        lines = list(pool.map(_line, names, [options.save] * len(names)))
    for level, _, text in sorted(lines, key=lambda line: -line[0]):
        print(text if options.show or level == 9 else text.partition("\n")[0])
    print(f"{len(lines)} kinds, {sum(level == 9 for level, _, _ in lines)} answered honestly")
    for level, meaning in enumerate(SEVERITY):
        print(f"  {sum(one == level for one, _, _ in lines):4} {meaning}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--show", action="store_true", help="tell what was said")
    parser.add_argument("--only", default="", metavar="TEXT", help="kinds with this in their name")
    parser.add_argument("--headers", action="store_true", help="mistype every header instead")
    parser.add_argument("--save", type=Path, metavar="FOLDER", help="write the failing files")
    parser.add_argument("--jobs", type=int, default=None)
    return parser.parse_args()


def _headers(jobs: int | None) -> None:
    """Head every column of a right sheet with every other column's name."""
    everything = list(pairs())
    with ProcessPoolExecutor(jobs) as pool:
        found = list(pool.map(_header, everything, chunksize=10))
    failed = [(pair, said) for pair, said in zip(everything, found, strict=True) if said]
    for (name, other), said in failed:
        print(f"{name} as {other}: {'; '.join(said)}")
    print(f"{len(everything)} headers mistyped, {len(failed)} answered with more than one remark")


def _header(pair: tuple[str, str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        return faults(*pair, Path(folder))


def _line(name: str, save: Path | None) -> Line:
    kind = next(k for k in KINDS if k.name == name)
    with tempfile.TemporaryDirectory() as folder:
        try:
            answer = answer_to(kind, Path(folder))
        except Exception:
            return -1, name, f"BROKEN {name}: {traceback.format_exc(limit=-3)}"
    side = "right" if kind.is_right else "wrong"
    head = f"{side} {name}: expected {answer.expected}, got {answer.got}"
    if not answer.faults:
        return 9, name, f"ok {head}"
    worst = min(level for level, _ in answer.faults)
    if save is not None:
        save.mkdir(parents=True, exist_ok=True)
        board = kind.make()
        board.file = f"{name}.xlsx"
        board.save(save)
    lines = [f"{worst} {head}", f"    ({kind.sentence})"]
    lines += [f"    {SEVERITY[level]}: {text}" for level, text in answer.faults]
    return worst, name, "\n".join([*lines, *(f"    said {line}" for line in answer.said)])


if __name__ == "__main__":
    main()
