"""Check damaged workbooks by the thousand: no exception, no hang, no more memory than allowed.

    python benchmarks/fuzz.py [--files 2000] [--seed 1] [--keep FOLDER] [FOLDER…]

Each file is a workbook of the folders, or one made here, with one to four kinds of damage. Worker
processes check it and write the report in every format; the parent stops a worker that takes too
long. File ``17`` of a seed is the same in every run; `--keep` saves the files that failed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import select
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

MOST_SECONDS = 20.0
MOST_MEMORY = 1 << 30
BATCH = 60
SUFFIXES = (".xlsx", ".xlsm", ".ods")


def main() -> None:
    """Check the files, print what failed and a summary."""
    options = _options()
    if options.worker:
        _work(options)
        return
    with tempfile.TemporaryDirectory() as folder:
        sources = [*_made_here(Path(folder)), *_found(options.folders)]
        start = time.perf_counter()
        outcomes = list(_outcomes(options, sources))
        _summary(outcomes, len(sources), time.perf_counter() - start)
    sys.exit(any(outcome.is_failure for outcome in outcomes))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the files that failed")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _found(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (f for f in sorted(folder.rglob("*")) if f.suffix in SUFFIXES)


def _made_here(folder: Path) -> Iterator[Path]:
    """Make workbooks as sheetprop itself writes them, and one with openpyxl."""
    import openpyxl

    import sheetprop

    yield sheetprop.build(learning_rates=[0.5], iterations=12, output=folder / "one.xlsx")
    yield sheetprop.build(learning_rates=[0.1, 2], iterations=5, output=folder / "two.xlsx")
    book = openpyxl.load_workbook(folder / "one.xlsx")
    book.save(folder / "without values.xlsx")
    yield folder / "without values.xlsx"


@dataclass(frozen=True)
class Outcome:
    """What became of one file: a verdict, or a failure and its last lines."""

    number: int
    verdict: str
    seconds: float
    memory: int
    problem: str = ""

    @property
    def is_failure(self) -> bool:
        """Whether something happened that must not."""
        return bool(self.problem) or self.seconds > MOST_SECONDS


def _outcomes(options: argparse.Namespace, sources: list[Path]) -> Iterator[Outcome]:
    """Yield the outcome of every file; a worker that fails is followed by another."""
    number, end = options.first, options.first + options.files
    while number < end:
        for outcome in _batch(options, sources, number, min(BATCH, end - number)):
            number = outcome.number + 1
            if outcome.is_failure:
                print(f"{outcome.number}: {outcome.verdict} {outcome.problem}", flush=True)
            elif number % 500 == 0:
                print(f"{number} files", flush=True)
            yield outcome


def _batch(
    options: argparse.Namespace, sources: list[Path], first: int, count: int
) -> Iterator[Outcome]:
    command = [sys.executable, __file__, "--worker", f"--first={first}", f"--files={count}"]
    command += [f"--seed={options.seed}", *map(str, sources)]
    command += [f"--keep={options.keep}"] if options.keep else []
    number = first
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as worker:
        for line in _lines(worker):
            name, verdict, seconds, memory, problem = line.decode().rstrip("\n").split("\t")
            yield Outcome(int(name), verdict, float(seconds), int(memory), problem)
            number = int(name) + 1
        if number < first + count:
            worker.kill()
            assert worker.stderr is not None
            said = worker.stderr.read().decode(errors="replace").strip().splitlines()[-1:]
            yield Outcome(number, "died or hung", 0.0, 0, f"{worker.poll()} {said}")


def _lines(worker: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """Yield a worker's lines until it ends, or none comes for too long."""
    assert worker.stdout is not None
    while select.select([worker.stdout], [], [], 2 * MOST_SECONDS)[0]:
        line = worker.stdout.readline()
        if not line:
            worker.wait()
            return
        yield line


def _summary(outcomes: list[Outcome], sources: int, seconds: float) -> None:
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    failed = sum(outcome.is_failure for outcome in outcomes)
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    print(f"{len(outcomes)} damaged files of {sources} workbooks in {seconds:.0f} s")
    print(", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common()))
    print(f"slowest: {slowest.seconds:.2f} s (file {slowest.number})")
    print(f"memory at most {max(outcome.memory for outcome in outcomes) >> 10} MiB")
    print(f"failures: {failed}")


def _work(options: argparse.Namespace) -> None:
    """Check a batch: the inside of a worker. It leaves its results on stdout, a line for each."""
    resource.setrlimit(resource.RLIMIT_AS, (2 * MOST_MEMORY, 2 * MOST_MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.first, options.first + options.files):
            chance = random.Random(f"{options.seed}:{number}")
            source = chance.choice(options.folders)
            path = Path(folder) / f"file{number}{source.suffix}"
            path.write_bytes(damaged(source.read_bytes(), chance))
            start = time.perf_counter()
            verdict, problem = _checked(path)
            took = time.perf_counter() - start
            usage = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
            memory = max(resource.getrusage(who).ru_maxrss for who in usage)
            print(number, verdict, f"{took:.3f}", memory, problem, sep="\t", flush=True)
            if (problem or took > MOST_SECONDS) and options.keep:
                options.keep.mkdir(exist_ok=True)
                (options.keep / path.name).write_bytes(path.read_bytes())
            path.unlink()


def _checked(path: Path) -> tuple[str, str]:
    """Return the verdict and the problem with it, if any."""
    from sheetprop.checking.check import check_file
    from sheetprop.checking.report import VERDICTS
    from sheetprop.reports import FORMATS

    try:
        report = check_file(path, with_pictures=True)
        for form in FORMATS.values():
            form.render([report])
    except BaseException as error:  # a panic of a Rust library is no Exception
        traceback.print_exc()
        place = traceback.extract_tb(error.__traceback__)[-1]
        said = " ".join(str(error).split())[:150]
        return "raised", f"{type(error).__name__} in {place.name}:{place.lineno} {said}"
    needs_reason = report.verdict in ("unreadable", "not-recognised")
    is_clear = report.verdict in VERDICTS and bool(report.reason) == needs_reason
    return report.verdict, "" if is_clear else f"no clear verdict: {report.reason}"


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a file with one to four kinds of damage."""
    for _ in range(chance.choice([1, 1, 1, 2, 3, 4])):
        kind = chance.choice(OF_FILE) if chance.random() < 0.15 else _of_parts
        content = kind(content, chance)
    return content


def _flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 3, 30]) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _hole(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.randrange(200) :]


OF_FILE = [_flipped, _cut, _hole]


def _of_parts(content: bytes, chance: random.Random) -> bytes:
    """Damage the parts of an archive, if it still is one."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [(part.filename, archive.read(part)) for part in archive.infolist()]
    except Exception:  # whatever was damaged before
        return _flipped(content, chance)
    if not parts:
        return content
    chance.choice(OF_PARTS)(parts, chance)
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts:
            archive.NameToInfo.pop(name, None)  # two of one name are damage too, not a warning
            with archive.open(zipfile.ZipInfo(name or "?"), "w") as file:
                file.write(part)
    return result.getvalue()


Parts = list[tuple[str, bytes]]


def _removed(parts: Parts, chance: random.Random) -> None:
    parts.pop(chance.randrange(len(parts)))


def _twice(parts: Parts, chance: random.Random) -> None:
    name, _ = chance.choice(parts)
    parts.append((name, chance.choice(parts)[1]))


def _swapped(parts: Parts, chance: random.Random) -> None:
    a, b = chance.randrange(len(parts)), chance.randrange(len(parts))
    (first, one), (second, other) = parts[a], parts[b]
    parts[a], parts[b] = (first, other), (second, one)


def _part_damaged(parts: Parts, chance: random.Random) -> None:
    index = chance.randrange(len(parts))
    name, part = parts[index]
    parts[index] = name, chance.choice(OF_FILE)(part, chance)


def _tokens_changed(parts: Parts, chance: random.Random) -> None:
    """Change the text of one part, a worksheet more often than others."""
    sheets = [k for k, (name, _) in enumerate(parts) if "worksheets/sheet" in name]
    index = chance.choice(sheets) if sheets and chance.random() < 0.8 else None
    index = chance.randrange(len(parts)) if index is None else index
    name, part = parts[index]
    text = part.decode("utf-8", errors="surrogateescape")
    text = chance.choice(OF_TEXT)(text, chance)
    parts[index] = name, text.encode("utf-8", errors="surrogateescape")


OF_PARTS: list[Callable[[Parts, random.Random], None]] = [
    _removed,
    _twice,
    _swapped,
    _part_damaged,
    *[_tokens_changed] * 16,
]


def _somewhere(pattern: str, new: Callable[[str, random.Random], str]) -> Damage:
    """Return the damage that replaces a few of the places where a pattern matches."""
    compiled = re.compile(pattern, re.DOTALL)

    def change(text: str, chance: random.Random) -> str:
        found = list(compiled.finditer(text))
        if not found:
            return text
        few = sorted(chance.sample(found, min(len(found), chance.choice([1, 1, 5, 200]))), key=_end)
        for match in reversed(few):
            text = text[: match.start()] + new(match[0], chance) + text[match.end() :]
        return text

    return change


Damage = Callable[[str, random.Random], str]


def _end(match: re.Match[str]) -> int:
    return match.end()


NUMBERS = ["0", "-1", "1e999", "NaN", "99999999999", "1E-320", "", "x", "0.5", "1048577", "-0", "²"]
SIGNS = "+-*/^()%,:!$&=<>\"'#@{}[]; .0123456789ABCXFDZexp\0é∂\ufffe"
PIECES = [
    "SUM(",
    "EXP(-",
    "IF(",
    "A:A",
    "1:1",
    "#REF!",
    "OFFSET(A1,1,1)",
    'INDIRECT("A1")',
    "{1,2;3}",
    "Sheet9!A1",
    "[1]x!A1",
    "XFD1048576",
    "A1:XFD9",
    "SEQUENCE(99)",
    "1E308*10",
    "1/0",
    "eta",
    "ROW()",
    "LAMBDA(x,x)(1)",
    '"text"',
    "TRUE",
    "MMULT(A1:B2,C1:D2)",
    "A32#",
    "@A1",
    "ROUND(",
    ",3)",
    "--",
]


def _mangled(formula: str, chance: random.Random) -> str:
    start = chance.randrange(len(formula) + 1)
    stop = min(len(formula), start + chance.choice([0, 0, 1, 3]))
    new = chance.choice([chance.choice(SIGNS), chance.choice(PIECES), "", formula])
    return formula[:start] + new.replace("&", "&amp;").replace("<", "&lt;") + formula[stop:]


def _other_number(_: str, chance: random.Random) -> str:
    return chance.choice(NUMBERS)


def _moved(digits: str, chance: random.Random) -> str:
    return str(max(0, int(digits[:15]) + chance.choice([-1, 1, 7, 10**6])))


OF_TEXT: list[Damage] = [
    _somewhere(r"(?<=<f>)[^<]+(?=</f>)", _mangled),
    _somewhere(r"(?<=<f>)[^<]+(?=</f>)", _mangled),
    _somewhere(r"(?<=>)[^<]+(?=</f>)", _mangled),
    _somewhere(r"(?<=<v>)[^<]*(?=</v>)", _other_number),
    _somewhere(r"\d+", _moved),
    _somewhere(r"(?<=\")[^\"<>]*(?=\")", _other_number),
    # Not beyond the next start: a part that has lost its end tags would be searched for minutes.
    _somewhere(r"<c [^>]*>(?:(?!<c ).)*?</c>", lambda *_: ""),
    _somewhere(
        r"<row [^>]*>(?:(?!<row ).)*?</row>", lambda text, chance: text * chance.choice([0, 2])
    ),
    _somewhere(r"</?\w[^>]*>", lambda *_: ""),
    _somewhere(r"</?\w[^>]*>", lambda tag, _: tag * 2),
    _somewhere(r"<\w+", lambda _, chance: "<" + chance.choice(["c", "f", "v", "is", "t", "row"])),
    _somewhere(r" t=\"\w+\"", lambda _, chance: f' t="{chance.choice("nbse")}"'),
    _somewhere(r" (?:si|r|ref|r:id|Id|Target|Type)=\"[^\"]*\"", lambda *_: ""),
    _somewhere(
        r"(?<=>)[^<>]+(?=<)", lambda text, chance: text[::-1] if chance.random() < 0.5 else ""
    ),
    _somewhere(r"^", lambda *_: '<!DOCTYPE x [<!ENTITY y "z">]>'),
    _somewhere(
        r"(?<=encoding=\")[^\"]*", lambda _, chance: chance.choice(["UTF-16", "x", "latin1"])
    ),
]


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
